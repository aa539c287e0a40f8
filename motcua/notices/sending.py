"""Sending what is due: taken under a lease, sent outside any transaction, and what became of it written at once.

What happens when a worker dies: before the send, nothing went out and the lease runs out; after the send and before the
row is written, the message goes out a second time with the same key. A gateway that honours the key makes that one
message; an e-mail is then there twice, under one Message-ID. So: at least once, never lost, seldom twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from motcua.base.times import day_of
from motcua.notices.choosing import setting_of
from motcua.notices.forwarding import payload_of
from motcua.notices.gateways import SECONDS, Answer, Message, Send, opened
from motcua.notices.kinds import FOR_OFFICERS, OF_PETITION, Way
from motcua.notices.models import Delivery, Progress, WaySetting
from motcua.notices.quiet import quiet_until
from motcua.notices.telling import RINGING, quiet_hours
from motcua.notices.wording import Key, Said, render, words_on
from motcua.ratings.kinds import Place
from motcua.ratings.links import link_key

BATCH = 20
LEASE = timedelta(seconds=SECONDS * BATCH * 3)
# Minutes after each attempt in vain; after the last one it is given up and stands on the list of what failed.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
# So many messages in a row that nobody answered: the way is down, and the rest waits.
DOWN_AFTER = 3
_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM notices_delivery WHERE way = %(way)s AND state IN ('waiting', 'sending') AND next_at <= %(at)s
        AND (state = 'waiting' OR lease_until <= %(at)s)
    ORDER BY next_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED
)
UPDATE notices_delivery d SET state = 'sending', lease_until = %(lease)s, attempts = d.attempts + 1, tried_at = %(at)s
FROM due
JOIN notices_delivery x ON x.id = due.id JOIN notices_notice n ON n.id = x.notice_id
LEFT JOIN dossiers_dossier o ON o.id = n.dossier_id
WHERE d.id = due.id
RETURNING d.id, d.attempts, d.round, d.address, d.language, n.key, n.kind, n.facts::text, o.submission_no, o.secret,
    n.account_id
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """One delivery that this worker has to send."""

    pk: int
    attempts: int
    round: int
    address: str
    language: str
    notice: str
    kind: str
    facts: dict[str, Any]
    submission_no: str | None
    secret: str | None
    account_id: int | None


def send_due(at: datetime, *, clock: Any = None) -> dict[str, int]:
    """Send what is due on every open way, one batch of each; how many by what became of them.

    clock: says the instant at which an answer came; `at` where none is given.
    """
    done = {"sent": 0, "later": 0, "given_up": 0}
    for way in Way:
        setting = setting_of(way, at)
        if setting is None or (way in RINGING and quiet_until(at, quiet_hours(at))):
            continue
        rows = claim(way, at)
        if rows:
            _send_all(setting, rows, at, clock or (lambda: at), done)
    return done


def claim(way: Way, at: datetime) -> list[Claimed]:
    """Take what is due under a lease, in one statement; what another worker took, or is taking, is left to it."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"way": way.value, "at": at, "lease": at + LEASE, "most": BATCH})
        return sorted((_claimed(row) for row in cursor.fetchall()), key=lambda one: one.pk)


def _claimed(row: Sequence[Any]) -> Claimed:
    values = list(row)
    values[7] = json.loads(values[7])
    return Claimed(*values)


def _send_all(setting: WaySetting, rows: Sequence[Claimed], at: datetime, clock: Any, done: dict[str, int]) -> None:
    words = words_on(day_of(at), {one.kind for one in rows if setting.way != Way.PAKN})
    in_vain = 0
    with opened(setting) as send:
        for place, one in enumerate(rows):
            if in_vain == DOWN_AFTER:
                done["later"] += give_back(rows[place:], clock() + WAITS[0])
                return
            in_vain = _send(setting, one, words, send, clock, done, in_vain)


def _send(
    setting: WaySetting,
    one: Claimed,
    words: Mapping[Key, Said],
    send: Send,
    clock: Any,
    done: dict[str, int],
    in_vain: int,
) -> int:
    message = message_of(setting.way, one, words)
    try:
        answer = send(message)
    except Exception as error:  # whatever it is, it must not hold up the others
        answer = Answer(error=type(error).__name__)
    done[record(one, setting.way, answer, message.body, clock())] += 1
    return in_vain + 1 if answer.is_down else 0


def key_of(notice: str, way: str, round: int) -> str:
    """The key of a message: dossier and number of the event, the way, and how often it was sent anew after a refusal."""
    return f"{notice}-{way}" + (f"-{round}" if round else "")


def message_of(way: str, one: Claimed, words: Mapping[Key, Said]) -> Message:
    """The words of a delivery as they stand now; for the province's system, what happened."""
    if way == Way.PAKN:
        return Message(key_of(one.notice, way, one.round), one.address, "", payload_of(one.facts))
    form = "long" if way == Way.EMAIL else "short"
    language = one.language if (one.kind, one.language, form) in words else "vi"
    subject, body = words[one.kind, language, form]
    facts = {**one.facts, **links_of(one)}
    return Message(key_of(one.notice, way, one.round), one.address, render(subject, facts), render(body, facts))


def links_of(one: Claimed) -> dict[str, str]:
    """Where the dossier is read after logging in, or followed by its code; where it is rated; a petition by its code alone. Empty without an address."""
    portal = settings.PUBLIC_ADDRESS
    if not portal:
        return {}
    if one.kind in FOR_OFFICERS:
        return {"link": f"{portal}/tai-khoan/thong-bao/"}
    if one.kind in OF_PETITION.values():
        return {"link": f"{portal}/phan-anh/theo-doi/?ma={one.facts['code']}"}
    if one.submission_no is None or one.secret is None:
        return {}
    page = f"{one.submission_no}/" if one.account_id is not None else f"tra-cuu/?ma={one.submission_no}"
    rate = f"{portal}/danh-gia/nha/{one.submission_no}/{link_key(one.submission_no, one.secret, Place.HOME)}/"
    return {"link": f"{portal}/ho-so/{page}", "rate_link": rate}


def record(one: Claimed, way: str, answer: Answer, said: str, at: datetime) -> str:
    """Write what became of an attempt, unless somebody else has taken the delivery since: `sent`, `later`, `given_up`."""
    mine = Delivery.objects.filter(pk=one.pk, state=Progress.SENDING, attempts=one.attempts)
    if answer.taken:
        facts = {"state": Progress.SENT, "sent_at": at, "gateway_ref": answer.ref, "said": said, "last_error": ""}
        mine.update(lease_until=None, quiet_until=None, **facts)
        return "sent"
    if answer.refused or one.attempts > len(WAITS):
        state = Progress.REFUSED if answer.refused else Progress.FAILED
        mine.update(state=state, lease_until=None, quiet_until=None, last_error=answer.error, said=said)
        return "given_up"
    again = at + max(WAITS[one.attempts - 1], timedelta(seconds=answer.wait_seconds))
    rest = quiet_until(again, quiet_hours(at)) if way in RINGING else None
    mine.update(
        state=Progress.WAITING, lease_until=None, next_at=rest or again, quiet_until=rest, last_error=answer.error
    )
    return "later"


def give_back(rows: Iterable[Claimed], next_at: datetime) -> int:
    """Let go of what was taken and not tried; it costs no attempt."""
    ids = [one.pk for one in rows]
    return Delivery.objects.filter(pk__in=ids, state=Progress.SENDING).update(
        state=Progress.WAITING, lease_until=None, next_at=next_at, attempts=F("attempts") - 1
    )

"""Where a dossier is, for whoever has its code and secret: public, and not to be guessed."""

from __future__ import annotations

import hmac
from collections import deque
from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from motcua.api import answers
from motcua.api.bodies import Body
from motcua.api.problems import TooMany
from motcua.api.reading import Code, later
from motcua.base.errors import NotThere
from motcua.base.ids import tidy_key
from motcua.base.postgresql import prepared
from motcua.dossiers.states import State

router = Router(tags=["track"])


class TrackIn(Body):
    code: Code
    secret: Code


class Guesses:
    """Wrong guesses by address within the last minutes, in this process; a secret has 39 bits."""

    def __init__(self, most: int = 20, seconds: int = 300, addresses: int = 10_000) -> None:
        self.most, self.seconds, self.addresses = most, seconds, addresses
        self.wrong: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """Raises TooMany after `most` wrong guesses."""
        times = self.wrong.get(address)
        moment = monotonic()
        while times and times[0] < moment - self.seconds:
            times.popleft()
        if times and len(times) >= self.most:
            wait = int(times[0] + self.seconds - moment) + 1
            raise TooMany(_("Bạn đã nhập sai quá nhiều lần. Hãy thử lại sau %(wait)s giây.") % {"wait": wait}, wait)

    def note(self, address: str) -> None:
        """One more."""
        if len(self.wrong) >= self.addresses:
            self.wrong.clear()
        self.wrong.setdefault(address, deque()).append(monotonic())

    def forget(self) -> None:
        """For tests."""
        self.wrong.clear()


guesses = Guesses()


@router.post("", response=answers.Tracked, summary=later(gettext_lazy("Tra cứu hồ sơ")))
def track(request: HttpRequest, body: TrackIn) -> dict[str, Any]:
    """By dossier code (or submission number) and secret; after 20 wrong guesses wait (429)."""
    address = request.META.get("REMOTE_ADDR", "")
    guesses.check(address)
    wanted = body.code.strip().upper()
    column = "submission_no" if wanted.startswith("TN-") else "code"
    row = prepared(_FOUND.format(column), [wanted]).fetchone()
    if row is None or not hmac.compare_digest(row[0].encode(), tidy_key(body.secret).encode()):
        guesses.note(address)
        raise NotThere(_("Không có hồ sơ với mã số và mã bí mật này."))
    _secret, key, code, submission_no, state, due_at, accepted_at, procedure, name, office, office_name = row
    return {
        "code": code,
        "submission_no": submission_no,
        "state": state,
        "state_label": str(State(state).label),
        "procedure": {"code": procedure, "label": name},
        "at_office": {"code": office, "name": office_name},
        "due_at": due_at,
        "timeline": answers.timeline(key, for_applicant=True),
        "clock": answers.clock(key if accepted_at else None),
    }


# Written out: the public asks this most, and four tables through the ORM cost three times as much as all the rest.
_FOUND = """
select d.secret, d.id, d.code, d.submission_no, d.state, d.due_at, d.accepted_at, p.code, p.name, o.code, o.name
from dossiers_dossier d
join catalogue_procedure p on p.id = d.procedure_id
join offices_office o on o.id = d.at_office_id
where d.{} = %s
"""

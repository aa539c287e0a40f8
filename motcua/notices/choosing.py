"""What people choose: which ways outside the portal they are told on.

To be told of one's own dossier is the office's duty by law and needs no consent, so e-mail and SMS are on unless the person
turns them off. Zalo is a third party's: it is off until the person agrees, and the sentence agreed to is kept with the
instant. The portal can't be turned off. Law: LBVDLCN-2025
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.notices.kinds import Way
from motcua.notices.models import WayChoice, WaySetting
from motcua.offices.actors import Actor
from motcua.people.models import Account

CONSENT = "zalo-2026-1"
# Every way to a person.
BY_DUTY = {Way.EMAIL: True, Way.SMS: True, Way.ZALO: False}
_CHOSEN = """
SELECT DISTINCT ON (account_id, way) account_id, way, is_on FROM notices_waychoice
WHERE account_id = ANY(%s) ORDER BY account_id, way, id DESC
"""
_OPEN = """
SELECT DISTINCT ON (way) way, is_on FROM notices_waysetting WHERE valid_from <= %s ORDER BY way, valid_from DESC, id DESC
"""


def chosen(account_ids: Iterable[int]) -> dict[int, dict[Way, bool]]:
    """Of each account, which ways they want; one statement."""
    ids = sorted(set(account_ids))
    found = {one: dict(BY_DUTY) for one in ids}
    with connection.cursor() as cursor:
        cursor.execute(_CHOSEN, [ids])
        for account_id, way, is_on in cursor.fetchall():
            found[account_id][Way(way)] = is_on
    return found


def open_ways(at: datetime) -> frozenset[Way]:
    """The ways that are open at an instant; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [at])
        return frozenset(Way(way) for way, is_on in cursor.fetchall() if is_on)


def setting_of(way: str, at: datetime) -> WaySetting | None:
    """How a way works at an instant; None while it is shut."""
    row = WaySetting.objects.filter(way=way, valid_from__lte=at).order_by("-valid_from", "-id").first()
    return row if row is not None and row.is_on else None


@transaction.atomic
def choose(wanted: Mapping[str, bool], *, agrees: bool, actor: Actor, at: datetime) -> int:
    """Keep what a person chose; how many ways changed.

    agrees: they agreed to the sentence about Zalo (`CONSENT`). Raises NotThere for nobody; Invalid without the agreement,
    or for a way to which they have no address.
    """
    account = Account.objects.select_for_update().filter(pk=actor.account_id or 0).first()
    if account is None:
        raise NotThere(_("Không có tài khoản này."))
    before = chosen([account.pk])[account.pk]
    changed = [way for way in BY_DUTY if way.value in wanted and wanted[way.value] != before[way]]
    wrong: dict[str, str] = {}
    for way in changed:
        if wanted[way.value] and not (account.email if way == Way.EMAIL else account.phone):
            wrong[way.value] = str(_("Hãy ghi địa chỉ thư hoặc số điện thoại của bạn trước."))
    if Way.ZALO in changed and wanted[Way.ZALO.value] and not agrees:
        wrong["agrees"] = str(_("Cần bạn đồng ý trước khi gửi qua Zalo."))
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    WayChoice.objects.bulk_create(
        WayChoice(
            account=account,
            way=way,
            is_on=wanted[way.value],
            consent=CONSENT if way == Way.ZALO and wanted[way.value] else "",
            chosen_at=at,
        )
        for way in changed
    )
    return len(changed)

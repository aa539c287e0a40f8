"""Machines in the hall that everybody may use: set up by whoever answers for the office, known by a secret, ended.

Law: ND309-2026 1; ND309-2026 2; ND61-2018 13
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.law.store import regime_on
from motcua.offices.actors import Actor
from motcua.offices.models import Kiosk, Office, Role
from motcua.people.tokens import digest_of

SHORTEST_NAME = 3
_STANDING = """
SELECT k.id, k.name, k.use, o.id, o.name FROM offices_kiosk k JOIN offices_office o ON o.id = k.office_id
WHERE k.digest = %s AND k.ended_at IS NULL
"""


class ThisKiosk(NamedTuple):
    """The machine that asks, what it is for, and whose hall it stands in."""

    kiosk_id: int
    name: str
    use: str
    office_id: int
    office_name: str


def kiosk_of(secret: str) -> ThisKiosk | None:
    """The machine with this secret, unless it was ended. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [digest_of(secret)])
        row = cursor.fetchone()
    return ThisKiosk(*row) if row else None


def looked_after_by(actor: Actor) -> QuerySet[Kiosk]:
    """The machines that this person may set up and end: an administrator all, the head of a unit those of the unit."""
    if _administers(actor):
        return Kiosk.objects.all()
    return Kiosk.objects.filter(office__in=_led(actor))


def set_up(office: Office, name: str, use: str = Kiosk.Use.KIOSK, *, actor: Actor, at: datetime) -> tuple[Kiosk, str]:
    """Make a browser a machine of an office's hall; with its secret, which can't be shown again.

    Machines for numbers and screens are older than kiosks. Raises Forbidden, Refused where the law of the day knows no
    kiosks, Invalid for a name that says nothing. Law: ND61-2018 13; ND309-2026 1
    """
    if actor.account_id is None or not (_administers(actor) or office.pk in _led(actor)):
        raise Forbidden(_("Chỉ quản trị hoặc người phụ trách Bộ phận Một cửa được đặt ki-ốt tại đây."))
    if use == Kiosk.Use.KIOSK and not regime_on(day_of(at)).kiosk:
        raise Refused(_("Chế độ pháp lý của ngày này chưa có ki-ốt (Nghị định 309/2026/NĐ-CP)."))
    name = tidy(name)
    if use not in Kiosk.Use.values:
        raise Invalid(_("Hãy chọn máy này dùng làm gì."), fields={"use": _("Hãy chọn máy này dùng làm gì.")})
    if len(name) < SHORTEST_NAME:
        sentence = _("Hãy đặt tên cho máy, để biết máy nào đứng ở đâu.")
        raise Invalid(sentence, fields={"name": sentence})
    secret = secrets.token_urlsafe(32)
    made = Kiosk.objects.create(
        office=office, name=name, use=use, digest=digest_of(secret), set_up_by_id=actor.account_id, set_up_at=at
    )
    return made, secret


def end(kiosk_id: int, *, actor: Actor, at: datetime) -> None:
    """From now on the machine is like any other browser. Ended twice it stays as it was ended first. Raises NotThere."""
    if not looked_after_by(actor).filter(pk=kiosk_id).exists():
        raise NotThere(_("Không có ki-ốt này."))
    Kiosk.objects.filter(Q(ended_at=None), pk=kiosk_id).update(ended_at=at, ended_by=actor.account_id)


def _administers(actor: Actor) -> bool:
    return any(role == Role.ADMINISTRATOR for role, _office in actor.postings)


def _led(actor: Actor) -> frozenset[int]:
    return frozenset(office for role, office in actor.postings if role == Role.UNIT_HEAD)

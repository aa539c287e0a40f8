"""Whom a counter knows already: what somebody said of themselves when they were here before.

Only out of dossiers that the officer may see; whoever asks notes the reading. Law: LBVDLCN-2025
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.offices.actors import Actor
from motcua.people.mandate_rows import Organisation
from motcua.people.models import ENTERPRISE_NO, PERSONAL_ID, bare_number

# More than this nobody reads at a counter; they are counted as "so many or more".
MOST_COUNTED = 50


@dataclass(frozen=True, slots=True)
class Known:
    """An owner as their last dossier says; `times` they were here, at most MOST_COUNTED. `last`: None: only registered."""

    number: str
    name: str
    kind: int
    phone: str = ""
    email: str = ""
    address: str = ""
    times: int = 0
    last: Dossier | None = None

    @property
    def last_at(self) -> datetime | None:
        """When they last handed something in here."""
        return self.last.submitted_at if self.last else None


def known_by_number(number: str, actor: Actor) -> Known | None:
    """The person or enterprise with this number, as far as this officer may know; None: nobody, or no number."""
    bare = bare_number(number)
    if not PERSONAL_ID.fullmatch(bare):
        return None
    theirs = Dossier.objects.visible_to(actor).filter(owner_id_no=bare)
    last = theirs.order_by("-submitted_at", "-id").first()
    if last is None:
        return _registered(bare)
    return Known(
        number=bare,
        name=last.owner_name,
        kind=last.owner_kind,
        phone=last.owner_phone,
        email=last.owner_email,
        address=last.owner_address,
        times=theirs.order_by()[:MOST_COUNTED].count(),
        last=last,
    )


def _registered(number: str) -> Known | None:
    """An organisation that is registered with us; its name and number are public."""
    if not ENTERPRISE_NO.fullmatch(number):
        return None
    found = Organisation.objects.filter(number=number).first()
    return Known(number, found.name, found.kind) if found else None

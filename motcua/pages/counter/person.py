"""Who stands at the counter: by the code of their card or by their number, filled into the page of intake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from motcua.catalogue.offers import Offer, OfferedComponent, offer
from motcua.dossiers.kinds import Channel, OwnerKind
from motcua.dossiers.known_people import Known, known_by_number
from motcua.dossiers.vault import Held
from motcua.pages.counter.intake_form import CARD_FIELDS
from motcua.pages.counter.scans import offered
from motcua.pages.layout.access import officers
from motcua.pages.layout.requests import PersonRequest
from motcua.people.identity_card import IdentityCard, is_card, read_card
from motcua.readings.log import read
from motcua.readings.models import Through

RECEIVING = ("receiver", "unit_head")


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody: their card, and what they said when they were here before. `torn`: a card, not legible."""

    card: IdentityCard | None
    known: Known | None
    torn: bool = False
    own: Sequence[tuple[Held, OfferedComponent]] = ()

    def fields(self) -> dict[str, Any]:
        """Name of the owner's fields → value: the card's word before what was said earlier."""
        card, known = self.card, self.known
        said: dict[str, Any] = {}
        if known is not None:
            said = {"id_no": known.number, "name": known.name, "kind": known.kind, "address": known.address}
            said |= {"phone": known.phone, "email": known.email}
        if card is not None:
            of_card = {
                "id_no": card.number,
                "name": card.name,
                "address": card.address,
                "kind": OwnerKind.CITIZEN.value,
            }
            said |= {name: value for name, value in of_card.items() if value}
        return {name: value for name, value in said.items() if value}

    @property
    def changed_name(self) -> bool:
        """Whether the card says another name than the last dossier."""
        return bool(self.card and self.known and self.card.name.casefold() != self.known.name.casefold())


@require_POST
@officers(*RECEIVING)
def person(request: PersonRequest) -> HttpResponse:
    """Whom a card or a number names, as a piece of the page of intake."""
    case = request.POST.get("truong_hop", "")
    terms = offer(int(case), Channel.COUNTER) if case.isdecimal() and len(case) < 19 else None
    return render(request, "counter/person.html", {"person": found(request, request.POST.get("so", ""), terms)})


def found(request: PersonRequest, text: str, terms: Offer | None) -> Person:
    """Whom a card or a number names, as far as this officer may know, with papers that fit; that they looked is kept."""
    card = read_card(text)
    known = known_by_number(card.number if card else text, request.actor)
    if known is not None and known.last is not None:
        read(request.actor, known.last, Through.PAGE, at=request.at, is_task=True)
    own = offered(known.number, terms.components, request) if known and terms else ()
    return Person(card, known, torn=card is None and is_card(text), own=own)


def asked_for(typed: Mapping[str, Any]) -> str | None:
    """In which field a card lies, or whose number is to be looked up by the button; None: neither."""
    by_card = next((name for name in CARD_FIELDS if is_card(str(typed.get(name, "")))), None)
    return by_card or ("owner_id_no" if "look_up" in typed else None)


def filled(request: PersonRequest, typed: Mapping[str, Any], field: str, terms: Offer) -> tuple[dict[str, Any], Person]:
    """What was typed, with the person of this field filled in; what somebody typed themselves is not written over.

    A card's own words are: whoever scans it wants it to count.
    """
    who = found(request, str(typed.get(field, "")), terms if field == "owner_id_no" else None)
    prefix = field.removesuffix("id_no")
    known = {f"{prefix}{name}": value for name, value in who.fields().items()}
    of_card = {"id_no", "name", "kind"} if who.card else {"id_no", "kind"}
    counts = {
        name: value for name, value in known.items() if name.removeprefix(prefix) in of_card or not typed.get(name)
    }
    return {**typed, **counts}, who

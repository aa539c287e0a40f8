"""What handing in a dossier costs, before it is handed in: the same fees and the same rule that its bill is made of.

Law: ND61-2018 15, 22
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.catalogue.offers import Offer
from motcua.fees.costs import Cost, costs_of
from motcua.fees.terms import Due


@dataclass(frozen=True, slots=True)
class Preview:
    """What a case costs by one channel on a day. `unsaid`: a part of it has to be said by an officer, so there is no sum."""

    cost: Cost | None = None
    unsaid: bool = False

    @property
    def is_free(self) -> bool:
        """Nothing is to be paid."""
        return self.cost is None and not self.unsaid


def dues_of(terms: Offer) -> list[Due]:
    """The fees of an offer as a bill takes them."""
    return [Due(fee.kind, fee.note or fee.source_text, fee.amount_vnd, fee.id) for fee in terms.fees if fee.amount_vnd]


def preview(terms: Offer, on: date) -> Preview:
    """What a dossier handed in on this day will cost; one statement, none where nothing is to be paid."""
    return previews([terms], on)[terms.channel]


def previews(offers: Iterable[Offer], on: date) -> dict[int, Preview]:
    """The same for the channels of one case (channel → preview), in one statement."""
    offers = list(offers)
    said = {terms.channel: dues_of(terms) for terms in offers if all(fee.amount_vnd is not None for fee in terms.fees)}
    costs = costs_of(said, procedure_code=offers[0].procedure_code, day=on) if offers else {}
    return {terms.channel: Preview(costs.get(terms.channel), terms.channel not in said) for terms in offers}

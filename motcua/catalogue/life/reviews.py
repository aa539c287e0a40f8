"""Reviewing procedures and proposing changes: which were looked at, what was proposed, what became of it.

Law: ND63-2010 27; ND63-2010 31
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.base.numbers import percent
from motcua.base.text import tidy
from motcua.catalogue.life.legal_acts import procedures_named
from motcua.catalogue.life.rows import LegalAct, Proposal, ProposalStep, Review

Kind, State = Proposal.Kind, ProposalStep.State
AIM_PERCENT = 20  # of the procedures reviewed, as the Government Office asked in 2021
# Which state may follow which.
NEXT: dict[str, tuple[str, ...]] = {
    State.PROPOSED: (State.SUBMITTED, State.APPROVED, State.REJECTED),
    State.SUBMITTED: (State.APPROVED, State.REJECTED),
    State.APPROVED: (State.CARRIED_OUT,),
    State.REJECTED: (),
    State.CARRIED_OUT: (),
}


@dataclass(frozen=True, slots=True)
class ReviewFigures:
    """How many different procedures a review looked at, and for how many of them each kind of change was proposed."""

    reviewed: int
    proposed: dict[str, int]

    def share(self, kind: str) -> Decimal | None:
        """Percent of the procedures reviewed, half-up, two decimals; None where none was."""
        return percent(self.proposed.get(kind, 0), self.reviewed)


def open_review(title: str, *, began_on: date, act: LegalAct | None, by: Any, at: datetime) -> Review:
    """The review of this name, begun when it isn't there yet. Raises Invalid without a name."""
    if not tidy(title):
        raise Invalid(_("Cần tên đợt rà soát."), fields={"title": _("Không được để trống.")})
    review, _made = Review.objects.get_or_create(
        title=tidy(title)[:300], defaults={"began_on": began_on, "act": act, "recorded_by": by, "recorded_at": at}
    )
    return review


@transaction.atomic
def propose(
    review: Review, codes: Sequence[str], *, kind: str, words: str, on: date, by: Any, at: datetime
) -> list[Proposal]:
    """Note what the review found for these procedures; what is noted already stays as it is, so twice changes nothing.

    Raises Invalid for unknown codes or a proposal without its content.
    """
    if kind not in Kind.values:
        raise Invalid(_("Không hợp lệ."), fields={"kind": _("Không hợp lệ.")})
    if kind != Kind.KEEP and not words.strip():
        sentence = _("Cần ghi nội dung đề xuất.")
        raise Invalid(sentence, fields={"words": sentence})
    procedures = procedures_named(codes)
    known = set(Proposal.objects.filter(review=review, kind=kind).values_list("procedure_id", flat=True))
    return Proposal.objects.bulk_create(
        [
            Proposal(
                review=review, procedure=one, kind=kind, words=words.strip(), on=on, act=review.act,
                recorded_by=by, recorded_at=at,
            )
            for one in procedures
            if one.pk not in known
        ],
        batch_size=1000,
    )  # fmt: skip


@transaction.atomic
def move(proposal_id: int, state: str, *, on: date, act: LegalAct | None, by: Any, at: datetime) -> ProposalStep:
    """A proposal gets further. Raises Refused where that state cannot follow, Invalid without the deciding act."""
    proposal = Proposal.objects.select_for_update().filter(pk=proposal_id).exclude(kind=Kind.KEEP).first()
    if proposal is None:
        raise Refused(_("Không có đề xuất này."), code="no_proposal")
    newest = proposal.steps.order_by("-on", "-id").first()
    before = newest.state if newest else State.PROPOSED
    if state not in NEXT[before]:
        sentence = _("Đề xuất đang ở trạng thái “%(state)s”, không thể chuyển như vậy.")
        raise Refused(sentence % {"state": State(before).label}, code="wrong_state")
    if state != State.SUBMITTED and act is None:
        sentence = _("Cần ghi văn bản quyết định.")
        raise Invalid(sentence, fields={"number": sentence})
    return ProposalStep.objects.create(proposal=proposal, state=state, on=on, act=act, recorded_by=by, recorded_at=at)


def with_state() -> QuerySet[Proposal, Any]:
    """Proposals, each with its `state` now; those that change nothing are not among them."""
    newest = ProposalStep.objects.filter(proposal=OuterRef("pk")).order_by("-on", "-id").values("state")[:1]
    rows = Proposal.objects.exclude(kind=Kind.KEEP).annotate(
        state=Coalesce(Subquery(newest), Value(str(State.PROPOSED)))
    )
    return rows.select_related("procedure", "review", "act").order_by("-review__began_on", "procedure__code", "kind")


def figures(review: Review) -> ReviewFigures:
    """What a review comes to; one statement."""
    kinds: dict[str, set[int]] = {}
    for procedure_id, kind in Proposal.objects.filter(review=review).values_list("procedure_id", "kind"):
        kinds.setdefault(kind, set()).add(procedure_id)
    reviewed = set[int]().union(*kinds.values())
    return ReviewFigures(len(reviewed), {kind: len(ids) for kind, ids in kinds.items()})

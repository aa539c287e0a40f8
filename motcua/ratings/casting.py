"""A person rates how their dossier was handled: once, and may change their mind for some days; or their turn in the hall.

Law: ND61-2018 27, 29, 31
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.canonical import digest
from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.calendar.store import calendar_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import own_interest, receives_here
from motcua.dossiers.states import State
from motcua.dossiers.visibility import may_see
from motcua.law.store import current_revision, regime_on
from motcua.offices.actors import Actor
from motcua.petitions.acts import open_from_turn, open_from_vote
from motcua.ratings.kinds import BY_LINK, RATABLE, Level, Place, Reason
from motcua.ratings.links import opens
from motcua.ratings.models import Vote, VoteChain
from motcua.tickets.drawing import ticket_of
from motcua.tickets.kinds import State as TicketState
from motcua.tickets.models import Ticket

LONGEST = 2000
NO_HASH = bytes(32)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks: a level, reasons, words of their own."""

    level: str
    reasons: tuple[str, ...] = ()
    words: str = ""


def ratable(submission_no: str, place: str, key: str) -> Dossier:
    """The dossier that a link opens. Raises NotThere, the same for a wrong key and an unknown dossier."""
    found = Dossier.objects.filter(submission_no=submission_no.strip().upper()).first()
    secret = found.secret if found else ""
    if not opens(key, found.submission_no if found else "-", secret, place) or found is None or place not in BY_LINK:
        raise NotThere(_("Liên kết đánh giá này không đúng."))
    return found


def vote_of(dossier: Dossier) -> Vote | None:
    """The vote that counts."""
    return Vote.objects.filter(dossier=dossier).order_by("-number").first()


def changeable_until(dossier: Dossier) -> date | None:
    """The last day, inclusive, on which the vote may be changed; None where none was cast."""
    first = Vote.objects.filter(dossier=dossier, number=1).first()
    if first is None:
        return None
    edition = current_revision()
    day = day_of(first.at)
    days = regime_on(day).rating_change_days
    return calendar_for(edition).add_working_days(day, days) if days else None


def why_not(dossier: Dossier, at: datetime) -> str:
    """Why it can't be rated now, as a sentence; empty where it can."""
    was_taken_up = dossier.accepted_at is not None or dossier.state == State.REFUSED
    if dossier.state not in RATABLE or not was_taken_up:
        return _("Hồ sơ chưa có kết quả: bạn đánh giá được khi cơ quan đã trả lời.")
    if not Vote.objects.filter(dossier=dossier).exists():
        return ""
    until = changeable_until(dossier)
    if until is None or day_of(at) > until:
        return _("Bạn đã đánh giá hồ sơ này; thời gian thay đổi đánh giá đã hết.")
    return ""


@transaction.atomic
def cast(submission_no: str, *, place: str, key: str, opinion: Opinion, at: datetime) -> Vote:
    """The person with the link rates, or changes their mind. Nobody is named: the link says that it is their dossier.

    Raises NotThere for a wrong link, Invalid for an unknown level or reason, Refused before the answer and after the
    days in which one may change. Somebody dissatisfied gets a case with the head of the unit. Law: ND61-2018 29, 31
    """
    dossier = ratable(submission_no, place, key)
    return _write(dossier, opinion, place=place, at=at)


@transaction.atomic
def enter_slip(dossier_id: int, *, slip_no: str, opinion: Opinion, actor: Actor, at: datetime) -> Vote:
    """A receiver types in a numbered paper slip, once; the person may still change it by their link. Law: ND61-2018 27

    Raises NotThere, Forbidden for others than the receiving unit and for an own interest, Refused where one was cast.
    """
    dossier = Dossier.objects.filter(pk=dossier_id).first()
    if dossier is None or not may_see(actor, dossier):
        raise NotThere(_("Không có hồ sơ này."))
    if not receives_here(actor, dossier) or own_interest(actor, dossier):
        raise Forbidden(_("Chỉ người tiếp nhận tại nơi nhận hồ sơ nhập được phiếu đánh giá."))
    slip = tidy(slip_no)
    if not slip:
        sentence = _("Cần số phiếu giấy.")
        raise Invalid(sentence, fields={"slip_no": sentence}, code="slip_needed")
    if Vote.objects.filter(slip_no=slip).exists():
        sentence = _("Phiếu này đã được nhập.")
        raise Invalid(sentence, fields={"slip_no": sentence}, code="slip_known")
    return _write(dossier, opinion, place=Place.PAPER, at=at, slip_no=slip, entered_by_id=actor.account_id)


@transaction.atomic
def cast_for_ticket(key: str, *, place: str, opinion: Opinion, at: datetime) -> Vote:
    """Whoever has the key of a number rates how they were served, once, on the day or later. Nobody is named.

    Raises NotThere for an unknown key, Invalid, Refused before the service is over and a second time. Somebody
    dissatisfied gets a case with the head of the unit. Law: ND61-2018 29, 31
    """
    _check(opinion)
    ticket = ticket_of(key)
    chain = _chain()  # from here on one vote after the other, so a second press finds the first
    if reason := why_not_ticket(ticket):
        raise Refused(reason, code="not_ratable" if ticket.state != TicketState.FINISHED else "rated")
    vote = _chained(chain, Vote(ticket=ticket, number=1, place=place, at=at), opinion)
    if vote.level == Level.NOT_SATISFIED:
        who = _("Người giữ số %(code)s ngày %(day)s") % {"code": ticket, "day": f"{ticket.day:%d/%m/%Y}"}
        open_from_turn(ticket.office_id, ticket.officer_id, who, _case_words(vote), at=at)
    return vote


def why_not_ticket(ticket: Ticket) -> str:
    """Why the turn can't be rated, as a sentence; empty where it can."""
    if ticket.state != TicketState.FINISHED:
        return _("Bạn đánh giá được khi quầy đã phục vụ xong.")
    if Vote.objects.filter(ticket=ticket).exists():
        return _("Lượt này đã được đánh giá. Xin cảm ơn.")
    return ""


def _write(
    dossier: Dossier, opinion: Opinion, *, place: str, at: datetime, slip_no: str = "", entered_by_id: int | None = None
) -> Vote:
    _check(opinion)
    chain = _chain()
    before = vote_of(dossier)
    if before is not None and place == Place.PAPER:
        raise Refused(_("Hồ sơ này đã được đánh giá."), code="rated")
    if reason := why_not(dossier, at):
        raise Refused(reason, code="not_ratable" if before is None else "rated")
    vote = Vote(
        dossier=dossier,
        number=before.number + 1 if before else 1,
        place=place,
        slip_no=slip_no,
        entered_by_id=entered_by_id,
        at=at,
    )
    _chained(chain, vote, opinion)
    if vote.level == Level.NOT_SATISFIED and (before is None or before.level != Level.NOT_SATISFIED):
        open_from_vote(dossier, _case_words(vote), at=at)
    return vote


def _chained(chain: VoteChain, vote: Vote, opinion: Opinion) -> Vote:
    """The vote with what was said, as the next link of the chain."""
    vote.serial, vote.previous_hash = chain.last_serial + 1, bytes(chain.last_hash)
    vote.level, vote.reasons = opinion.level, sorted(set(opinion.reasons))
    vote.words = opinion.words.strip()[:LONGEST]
    vote.hash = vote_hash(vote)
    vote.save(force_insert=True)
    chain.last_serial, chain.last_hash = vote.serial, vote.hash
    chain.save()
    return vote


def vote_hash(vote: Vote) -> bytes:
    """SHA-256 over everything the vote says and the hash of the vote before it, 32 bytes."""
    # A vote on a dossier says nothing of tickets, as those from before there were any.
    of_ticket = {"ticket": vote.ticket_id} if vote.ticket_id is not None else {}
    return digest(
        {
            **of_ticket,
            "serial": vote.serial,
            "dossier": vote.dossier_id,
            "number": vote.number,
            "level": str(vote.level),
            "reasons": [str(one) for one in vote.reasons],
            "words": vote.words,
            "place": str(vote.place),
            "slip": vote.slip_no,
            "entered_by": vote.entered_by_id,
            "at": vote.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "previous": bytes(vote.previous_hash).hex(),
        }
    )


def _chain() -> VoteChain:
    VoteChain.objects.get_or_create(pk=1, defaults={"last_hash": NO_HASH})
    return VoteChain.objects.select_for_update().get(pk=1)


def _check(opinion: Opinion) -> None:
    if opinion.level not in Level.values:
        sentence = _("Hãy chọn một mức hài lòng.")
        raise Invalid(sentence, fields={"level": sentence}, code="level")
    if not set(opinion.reasons) <= set(Reason.values):
        sentence = _("Nội dung đánh giá không đúng.")
        raise Invalid(sentence, fields={"reasons": sentence}, code="reasons")


def _case_words(vote: Vote) -> str:
    about = ", ".join(str(Reason(one).label) for one in vote.reasons)
    return "\n".join(part for part in (about, vote.words) if part)

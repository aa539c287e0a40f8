"""What the one-stop unit does with a dossier that comes in: take in, accept, send back, refuse, redirect.

Law: ND61-2018 17; TT01-2018 19
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.catalogue.offers import Course, Offer, offer
from motcua.dossiers import steps
from motcua.dossiers.acts import fees
from motcua.dossiers.acts.intake import Intake, Paper, checked, papers_given, write_papers
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.journal import Key, Performance, founding, performing
from motcua.dossiers.kinds import Channel, Origin
from motcua.dossiers.known_data import items_with_reasons
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.numbering import next_code
from motcua.dossiers.routing import competent_office, named_authority
from motcua.dossiers.states import Act
from motcua.fees.paying import Taking
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.post.custody import Item, receive


def take_in(intake: Intake, *, actor: Actor, at: datetime, fee: Taking | None = None) -> Dossier:
    """Take a complete dossier in over the counter, or from the postman's hands: number, receipt, clock.

    fee: what is paid for it at the same moment. Law: ND61-2018 17; QD45-2016 7
    """
    dossier, terms = checked(intake, at, complete=True)
    with founding(Act.TAKE_IN, dossier, actor=actor, at=at) as performance:
        _start(performance, terms)
        performance.say(channel=intake.channel, papers=len(intake.papers))
        fees.bill(performance, terms)
        fees.pay_at_intake(performance, fee)
        performance.papers = papers_given(intake.papers, terms, day_of(at))
    return dossier


def register(intake: Intake, *, actor: Actor, at: datetime, parcel_no: str = "", postman: str = "") -> Dossier:
    """Note that a dossier arrived, before it is judged: by post (with the item number) or incomplete at the counter.

    at: for post, the moment of the signed hand-over; postman: who signed for the post. Law: QD45-2016 7
    """
    dossier, terms = checked(intake, at, complete=False)
    if intake.channel == Channel.POST and not parcel_no.strip():
        raise Invalid(_("Cần số hiệu bưu gửi."), fields={"parcel_no": _("Cần số hiệu bưu gửi.")})
    with founding(Act.REGISTER, dossier, actor=actor, at=at) as performance:
        if intake.channel == Channel.POST:
            dossier.parcel_in = receive(_parcel(dossier, intake, terms, parcel_no.strip(), postman), actor=actor, at=at)
            performance.say(parcel=parcel_no.strip())
        fees.bill(performance, terms)
        performance.place(dossier.receiving_office_id, step=None)
        performance.papers = papers_given(intake.papers, terms, day_of(at))
    return dossier


def accept(
    dossier_id: Key,
    *,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    competent_office_id: int | None = None,
) -> Dossier:
    """Accept a complete, correct dossier that was submitted online or came by post: number, receipt, clock.

    competent_office_id: who decides; needed where the dossier's authority is open and the catalogue still names nobody,
    and counts only there. Law: ND61-2018 17
    """
    with performing(Act.ACCEPT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        terms = offer(dossier.case_id, dossier.channel)
        if dossier.authority_open:
            _name_authority(performance, terms, competent_office_id)
        _start(performance, terms)
        fees.bill(performance, terms)
        fees.pay_at_intake(performance, None)
    return dossier


def ask_at_intake(
    dossier_id: Key,
    *,
    items: list[dict[str, Any]],
    reason: str,
    basis: str = "",
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> SupplementRequest:
    """Send an incomplete dossier back once, with one full list (form 02). items: [{"name", "why", "component"?, "override"?}].

    basis: the provision on which the papers of the list are demanded, as it stands on the form.
    Law: ND61-2018 17
    """
    with performing(Act.ASK_AT_INTAKE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        terms = offer(performance.dossier.case_id, performance.dossier.channel)
        items = items_with_reasons(items, terms, performance.rulebook.regime_today)
        performance.say(reason, items=items, **({"basis": basis.strip()} if basis.strip() else {}))
        request = SupplementRequest.objects.create(
            dossier_id=performance.dossier.pk,
            stage=SupplementRequest.Stage.INTAKE,
            number=performance.dossier.supplement_requests.filter(stage=SupplementRequest.Stage.INTAKE).count() + 1,
            items=items,
            reason=reason,
            basis=basis.strip(),
            asked_by_id=performance.person,
            asked_at=performance.at,
        )
    return request


def answer_at_intake(
    dossier_id: Key, *, papers: list[Paper], note: str = "", actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Hand in what was missing; the unit then judges the dossier again. Law: ND61-2018 17"""
    with performing(Act.ANSWER_AT_INTAKE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        write_papers(dossier, papers, offer(dossier.case_id, dossier.channel), performance.at)
        dossier.supplement_requests.filter(stage=SupplementRequest.Stage.INTAKE, completed_at=None).update(
            answered_at=performance.at, completed_at=performance.at
        )
        performance.say(note, papers=len(papers))
    return dossier


def refuse_intake(
    dossier_id: Key, *, reason: str, basis: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Refuse to accept, with the reason and the legal basis (form 03). Law: ND61-2018 17"""
    if not basis.strip():
        raise Invalid(_("Cần căn cứ pháp lý."), fields={"basis": _("Cần căn cứ pháp lý.")}, code="basis_needed")
    with performing(Act.REFUSE_INTAKE, dossier_id, actor=actor, at=at, seen=seen) as performance:
        performance.say(reason, basis=basis.strip())
        fees.settle_at_the_end(performance)
        performance.place(performance.dossier.receiving_office_id, step=None)
    return performance.dossier


def redirect(
    dossier_id: Key, *, to_office_id: int, reason: str, actor: Actor, at: datetime, seen: int | None = None
) -> Dossier:
    """Pass a dossier that came to the wrong unit on to the right one; its clock has not started.

    Law: ND61-2018 17
    """
    target = Office.objects.on(day_of(at)).filter(pk=to_office_id).first()
    with performing(Act.REDIRECT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        if target is None or target.pk == dossier.receiving_office_id:
            sentence = _("Cần chọn một nơi tiếp nhận khác đang hoạt động.")
            raise Invalid(sentence, fields={"to_office": sentence})
        performance.say(reason, from_office=dossier.receiving_office_id, to_office=target.pk)
        if dossier.competent_office_id == dossier.receiving_office_id:
            dossier.competent_office_id = target.pk
        dossier.receiving_office_id = target.pk
        if dossier.support_office_id == target.pk:
            # It receives now: no place is named twice.
            dossier.support_office_id = None
        performance.place(target.pk, step=None)
    return dossier


def _name_authority(performance: Performance, terms: Offer, named_id: int | None) -> None:
    """Who decides: whom the catalogue names by now, else whom the accepting officer names; the event keeps it."""
    dossier, on = performance.dossier, day_of(performance.at)
    try:
        office = competent_office(terms.competent_key, terms.field, dossier.receiving_office, on)
        by = "catalogue"
    except Invalid:
        office, by = named_authority(named_id, dossier.receiving_office, on), "officer"
    dossier.competent_office_id = office.pk
    dossier.authority_open = False
    performance.say(competent_office=office.pk, authority=by)


def _start(performance: Performance, terms: Offer) -> None:
    """Number the dossier, freeze regime and process on it, and start its clock."""
    dossier, at = performance.dossier, performance.at
    if terms.limit is None:
        raise Invalid(
            _("Thời hạn của thủ tục này cần cán bộ xác nhận trước khi tiếp nhận hồ sơ (nguồn ghi: “%(text)s”).")
            % {"text": terms.limit_text},
            code="limit_needs_person",
        )
    regime = performance.regime
    limit = terms.limit_on(day_of(at), regime.binding_limit) or terms.limit
    dossier.regime = regime.code
    course = _course(dossier, terms, day_of(at))
    dossier.process_id = course.process_id
    # Replays retell published counts; nothing was published of the parts.
    dossier.group_id = terms.group_id if dossier.origin != Origin.REPLAY else None
    performance.clock(
        ClockEvent(
            ClockKind.START,
            at,
            performance.calendar,
            limit=limit,
            law=regime.article("17"),
            shift_after=regime.starts_shifted_after(),
        )
    )
    dossier.accepted_at = at
    performance.place(
        dossier.receiving_office_id,
        step=steps.first_step(course.process_id).seq,
        holder_id=performance.actor.account_id,
    )
    dossier.code = next_code(dossier.receiving_office_id, day_of(at), regime)
    performance.say(code=dossier.code, regime=regime.code, version=terms.version_id, limit=limit.to_json())
    if limit != terms.limit:
        performance.say(statutory_limit=terms.limit.to_json())


def _course(dossier: Dossier, terms: Offer, on: date) -> Course:
    """The usual process, or wholly at the provincial centre where the list of the day says so. Law: TT01-2018 6"""
    at_centre = bool(terms.onsite) and dossier.receiving_office.kind == Office.Kind.CENTER_PROVINCE
    return terms.course_on(on, at_centre=at_centre)


def _parcel(dossier: Dossier, intake: Intake, terms: Offer, item_no: str, postman: str) -> Item:
    names = {component.id: component.name for component in terms.components}
    papers = [
        {
            "name": paper.name or names.get(paper.component_id or 0, ""),
            "originals": paper.originals,
            "copies": paper.copies,
        }
        for paper in intake.papers
    ]
    office = dossier.receiving_office_id
    return Item(item_no, dossier.owner_name, office, dossier.owner_address, postman, papers=papers)

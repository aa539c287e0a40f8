"""What an applicant does alone: write a draft, keep it, hand it in. Law: ND61-2018 16; ND45-2020 10"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.times import day_of
from motcua.calendar.limits import Limit, LimitKind, Part, Unit
from motcua.catalogue.models import ProcedureCase
from motcua.dossiers import consent
from motcua.dossiers.acts import fees
from motcua.dossiers.acts.intake import Intake, checked, papers_given
from motcua.dossiers.clock import ClockEvent, ClockKind, fold
from motcua.dossiers.journal import founding
from motcua.dossiers.kinds import ConsentWay, SubmitterRole
from motcua.dossiers.models import Dossier, Draft, DraftPaper
from motcua.dossiers.permissions import not_in_role
from motcua.dossiers.states import Act
from motcua.dossiers.visibility import ANSWERS, drafts_of, owned_by
from motcua.files.models import StoredFile
from motcua.offices.actors import Actor
from motcua.people import capacities
from motcua.people.models import bare_number

_NO_MORE = gettext_lazy(
    "Bạn không còn quyền nộp hồ sơ thay mặt %(whom)s. Những gì bạn đã nhập vẫn còn trong bản nháp; "
    "hãy hỏi người đại diện của tổ chức."
)


def save_draft(case_id: int, data: dict[str, Any], *, actor: Actor, at: datetime) -> Draft:
    """Begin a draft; it is resumed on any device."""
    if actor.account_id is None:
        raise NotThere(_("Cần đăng nhập để lưu hồ sơ nháp."))
    if actor.acting_for is not None and not actor.may_as_applicant("file"):
        raise Forbidden(not_in_role(actor.acting_for))
    case = ProcedureCase.objects.select_related("version").get(pk=case_id)
    whom = actor.acting_for.principal_id if actor.acting_for is not None else None
    return Draft.objects.create(
        account_id=actor.account_id, owner_account_id=whom, version=case.version, case=case, data=data, saved_at=at
    )


def rewrite_draft(
    draft_id: int, change: Callable[[dict[str, Any]], dict[str, Any]], *, actor: Actor, at: datetime
) -> Draft:
    """Keep what the applicant has written by now.

    change: from what the draft holds at this moment to the keys that are new. It is asked while the row is locked, so that
    what another window saved a moment ago, while this one was sending files, is not undone.
    """
    with transaction.atomic():
        draft = own_draft(draft_id, actor, lock=True)
        draft.data, draft.saved_at = {**draft.data, **change(draft.data)}, at
        draft.save(update_fields=["data", "saved_at"])
    return draft


def own_draft(draft_id: int, actor: Actor, *, lock: bool = False) -> Draft:
    """The applicant's own draft in the capacity they chose; anybody else's does not exist for them.

    lock: until the transaction ends, so that a second click on "submit" finds the draft used up.
    Raises NotThere, Refused where they wrote it in another capacity.
    """
    drafts = Draft.objects.select_for_update(of=("self",)) if lock else Draft.objects.all()
    draft = drafts.filter(drafts_of(actor), pk=draft_id).first()
    if draft is not None:
        return draft
    mine = Draft.objects.filter(pk=draft_id, account_id=actor.account_id or 0).exclude(data__has_key=ANSWERS)
    typed = mine.select_related("owner_account").first()
    if typed is None:
        raise NotThere(_("Không có hồ sơ nháp này."))
    if typed.owner_account is None:
        raise Refused(
            _("Bạn soạn bản nháp này cho chính mình. Hãy chọn tư cách “Chính tôi” ở đầu trang."), code="capacity"
        )
    sentence = _("Bạn soạn bản nháp này thay mặt %(whom)s. Hãy chọn tư cách ấy ở đầu trang.")
    raise Refused(sentence % {"whom": typed.owner_account.full_name}, code="capacity")


def keep_paper(draft: Draft, component_id: int | None, name: str, file_id: int) -> DraftPaper:
    """Keep an uploaded file with the draft; the same file sent twice for one paper (a second click) is kept once."""
    digest = StoredFile.objects.values("sha256").filter(pk=file_id)[:1]
    with transaction.atomic():
        if Draft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first() is None:
            raise NotThere(_("Không có hồ sơ nháp này."))  # handed in while the file was examined
        there = same_paper(draft, component_id, digest)
        return there or DraftPaper.objects.create(draft=draft, component_id=component_id, name=name, file_id=file_id)


def same_paper(draft: Draft, component_id: int | None, digest: object) -> DraftPaper | None:
    """The paper of a draft with this content for this component. digest: a SHA-256 or the query for one."""
    for_it = Q(component=None) if component_id is None else Q(component=component_id)
    return draft.papers.filter(for_it, file__sha256=digest).first()


def drop_paper(draft_id: int, paper_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a file out of a draft; one that is already gone stays gone."""
    draft = own_draft(draft_id, actor)
    draft.papers.filter(pk=paper_id).delete()
    Draft.objects.filter(pk=draft.pk).update(saved_at=at)


def discard_draft(draft_id: int, *, actor: Actor) -> None:
    """Throw a draft away, with its papers."""
    own_draft(draft_id, actor).delete()


def submit(intake: Intake, *, actor: Actor, at: datetime, draft_id: int | None = None) -> Dossier:
    """Hand a dossier in online; the unit answers within the regime's working hours. The draft is used up.

    By the owner, or by who helps at a unit (`intake.help`): then the event keeps who, where, and what shows the consent.
    Where the catalogue doesn't say who decides, the unit names the authority when it accepts.
    For whom it is handed in is what the applicant chose (`actor.owner_id`), and the draft's own.
    Law: ND61-2018 16; ND45-2020 11
    """
    intake = _agreed(_for_whom(intake, actor, draft_id, at), draft_id, at)
    dossier, terms = checked(intake, at, complete=True, authority_may_wait=True)
    with founding(Act.SUBMIT, dossier, actor=actor, at=at) as performance:
        hours = performance.regime.online_ack_hours
        patience = Limit(LimitKind.DURATION, (Part(Fraction(hours), Unit.WORKING_HOUR),))
        calendar = performance.calendar
        dossier.answer_due_at = fold([ClockEvent(ClockKind.START, at, calendar, limit=patience)]).due_at
        performance.place(dossier.receiving_office_id, step=None)
        performance.say(papers=len(intake.papers), **({"authority": "open"} if dossier.authority_open else {}))
        if reused := [paper.reused_from_id for paper in intake.papers if paper.reused_from_id is not None]:
            performance.say(reused_from=sorted(set(reused)))
        fees.bill(performance, terms)
        performance.papers = papers_given(intake.papers, terms, day_of(at))
        if intake.help is not None:
            performance.say(help=intake.help.as_json())
        if draft_id is not None:
            own_draft(draft_id, actor, lock=True).delete()
            performance.say(draft=draft_id)
    return dossier


def _agreed(intake: Intake, draft_id: int | None, at: datetime) -> Intake:
    """The intake with the code by which the person who is helped agreed, as it is kept and not as somebody says."""
    if intake.help is None or intake.help.way != ConsentWay.CODE:
        return intake
    return replace(intake, help=replace(intake.help, code=consent.confirmed(draft_id, intake.owner.phone, at)))


def _for_whom(intake: Intake, actor: Actor, draft_id: int | None, at: datetime) -> Intake:
    """The intake with the account of whom the applicant acts for, in whose name alone they may hand in.

    Raises Forbidden in words where their role does not reach so far, or no more; what they typed stays.
    """
    one = actor.acting_for
    draft = own_draft(draft_id, actor) if draft_id is not None else None
    if draft is not None and draft.owner_account_id is not None and one is None:
        whom = capacities.over(draft.account_id, draft.owner_account_id, at)
        raise Forbidden(_NO_MORE % {"whom": whom.name})
    if one is None:
        return intake
    if one.is_over:
        raise Forbidden(_NO_MORE % {"whom": one.name})
    if not actor.may_as_applicant("file"):
        raise Forbidden(not_in_role(one))
    wrong: dict[str, str] = {}
    number = bare_number(intake.owner.id_no)
    if one.number and number != one.number and not number.startswith(f"{one.number}-"):
        wrong["owner_id_no"] = _("Bạn đang thay mặt %(whom)s: mã số phải là %(number)s.") % {
            "whom": one.name,
            "number": one.number,
        }
    if intake.submitter.role != SubmitterRole.AGENT:
        wrong["submitter_role"] = _("Thay mặt tổ chức thì chọn “Người được ủy quyền, đại diện”.")
    if wrong:
        raise Invalid(_("Hồ sơ còn thiếu hoặc chưa đúng thông tin."), fields=wrong)
    return replace(intake, owner=replace(intake.owner, account_id=one.principal_id), brought_by_id=actor.account_id)


def handed_in_from(draft_id: int, actor: Actor) -> str | None:
    """The submission number of what this person handed in from this draft; None where it is none of theirs."""
    theirs = Dossier.objects.filter(owned_by(actor) | Q(helper_id=actor.account_id or 0))
    typed = theirs.filter(events__act=Act.SUBMIT, events__actor_id=actor.account_id, events__data__draft=draft_id)
    return typed.values_list("submission_no", flat=True).first()

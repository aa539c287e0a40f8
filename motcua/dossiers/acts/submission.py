"""What an applicant does alone: write a draft, keep it, hand it in. Law: ND61-2018 16; ND45-2020 10"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.calendar.limits import Limit, LimitKind, Part, Unit
from motcua.catalogue.models import ProcedureCase
from motcua.dossiers.acts import fees
from motcua.dossiers.acts.intake import Intake, checked, papers_given
from motcua.dossiers.clock import ClockEvent, ClockKind, fold
from motcua.dossiers.journal import founding
from motcua.dossiers.models import Dossier, Draft, DraftPaper
from motcua.dossiers.states import Act
from motcua.files.models import StoredFile
from motcua.offices.actors import Actor


def save_draft(case_id: int, data: dict[str, Any], *, actor: Actor, at: datetime, draft_id: int | None = None) -> Draft:
    """Keep what the applicant has written so far; the same draft is resumed on any device."""
    if actor.account_id is None:
        raise NotThere(_("Cần đăng nhập để lưu hồ sơ nháp."))
    case = ProcedureCase.objects.select_related("version").get(pk=case_id)
    if draft_id is not None:
        draft = own_draft(draft_id, actor)
        draft.case, draft.version, draft.data, draft.saved_at = case, case.version, data, at
        draft.save(update_fields=["case", "version", "data", "saved_at"])
        return draft
    return Draft.objects.create(account_id=actor.account_id, version=case.version, case=case, data=data, saved_at=at)


def own_draft(draft_id: int, actor: Actor, *, lock: bool = False) -> Draft:
    """The applicant's own draft; anybody else's does not exist for them.

    lock: until the transaction ends, so that a second click on "submit" finds the draft used up.
    """
    drafts = Draft.objects.select_for_update() if lock else Draft.objects.all()
    draft = drafts.filter(pk=draft_id, account_id=actor.account_id or 0).first()
    if draft is None:
        raise NotThere(_("Không có hồ sơ nháp này."))
    return draft


def keep_paper(draft: Draft, component_id: int | None, name: str, file_id: int) -> DraftPaper:
    """Keep an uploaded file with the draft; the same file sent twice for one paper (a second click) is kept once."""
    digest = StoredFile.objects.values("sha256").filter(pk=file_id)[:1]
    with transaction.atomic():
        Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
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
    Law: ND61-2018 16; ND45-2020 11
    """
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
        performance.papers = papers_given(intake.papers, terms)
        if intake.help is not None:
            performance.say(help=intake.help.as_json())
        if draft_id is not None:
            own_draft(draft_id, actor, lock=True).delete()
            performance.say(draft=draft_id)
    return dossier


def handed_in_from(draft_id: int, actor: Actor) -> str | None:
    """The submission number of what this person handed in from this draft; None where it is none of theirs."""
    theirs = Q(owner_account_id=actor.account_id or 0) | Q(helper_id=actor.account_id or 0)
    mine = Dossier.objects.filter(theirs, events__act=Act.SUBMIT)
    return mine.filter(events__data__draft=draft_id).values_list("submission_no", flat=True).first()

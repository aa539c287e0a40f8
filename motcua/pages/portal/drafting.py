"""Submitting online: choose case and unit, say who and what, add papers, look it over, hand it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import MotcuaError
from motcua.base.times import day_of
from motcua.catalogue.offers import Offer, offer
from motcua.dossiers.acts import submission
from motcua.dossiers.acts.intake import Intake, Owner
from motcua.dossiers.assistance import HELPING_AT
from motcua.dossiers.consent import confirm
from motcua.dossiers.costs import preview
from motcua.dossiers.kinds import Channel, OwnerKind
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.persons import ALONE
from motcua.dossiers.visibility import writes_for
from motcua.offices.models import Office
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.typed import typed_before
from motcua.pages.portal.as_typed import as_typed
from motcua.pages.portal.draft_forms import AccountFacts, OwnerFields, OwnerForm, was
from motcua.pages.portal.draft_papers import keep_sent, paper_context, papers_of, typed_in
from motcua.pages.portal.helped_draft import (
    entered_form,
    form_of,
    help_of,
    helping_of,
    last_form,
    send_code,
    units_of_helper,
)
from motcua.pages.portal.on_screen import FILLED, OnScreenForm, filled_in, forms_of, wrong_forms
from motcua.pages.portal.places import MOST_OF_A_NAME, MOST_SUGGESTED, FoundUnit, found_units, units_for
from motcua.pages.portal.resuming import leads_on
from motcua.pages.portal.two_windows import fields_of_both
from motcua.pages.portal.uploads import Kept
from motcua.pages.portal.views import chosen_case, published
from motcua.people.models import Account

AUTOSAVE = "autosave"  # what a page adds when it saves by itself: nothing is shown, nothing goes on


def start(request: PersonRequest, code: str) -> HttpResponse:
    """Choose the case and the unit that receives; a draft begins."""
    version = published(code)
    cases = list(version.cases.all())
    given = request.POST or request.GET
    case = chosen_case(cases, given.get("truong-hop", ""))
    units = units_for(version, day_of(request.at))
    text = given.get("noi-nop", "")[:MOST_OF_A_NAME]
    helping = units_of_helper(request, day_of(request.at))
    chosen, meant, fault = _place(units, request.POST.get("unit", ""), text)
    if request.method == "POST" and chosen is not None:
        data = {"office": chosen.pk}
        if (helper := next((one for one in helping if str(one.pk) == request.POST.get("for")), None)) is not None:
            data[HELPING_AT] = helper.pk
        draft = submission.save_draft(case.pk, data, actor=request.actor, at=request.at)
        return redirect("portal:draft_owner", draft.pk)
    context: dict[str, Any] = {
        "version": version,
        "cases": cases,
        "case": case,
        "units": units,
        "meant": meant,
        "chosen": chosen,
        "many": len(units) > MOST_SUGGESTED,
        "text": text,
        "fault": fault if request.method == "POST" else "",
        "helping": helping,
        "for": given.get("for", ""),
        "online": offer(case.pk, Channel.ONLINE).accepts_channel,
    }
    return render(request, "portal/draft_start.html", context, status=422 if request.method == "POST" else 200)


def _place(units: list[Office], chosen: str, text: str) -> tuple[Office | None, list[FoundUnit], str]:
    """(the unit chosen, or the only one so named; else those that may be meant; what to do then)."""
    unit = next((one for one in units if str(one.pk) == chosen), None)
    if unit is not None or not text.strip():
        return unit, [], "" if unit else _("Hãy chọn nơi nộp hồ sơ.")
    meant = found_units(units, text)
    if not meant:
        return None, [], _("Không thấy nơi nộp nào tên như vậy. Hãy gõ tên xã, phường, hoặc chọn từ danh sách.")
    if len(meant) == 1 and not meant[0].formerly:  # an old name is shown first: somebody may mean another part of it
        return meant[0].unit, [], ""
    return None, meant, _("Hãy chọn đúng nơi nộp trong những nơi tên như vậy.")


@leads_on
def owner(request: PersonRequest, draft_id: int) -> HttpResponse:
    """Whom it is about. Saved whatever was typed; goes on only when it is right."""
    draft = submission.own_draft(draft_id, request.actor)
    facts = _facts_of(request)
    form = form_of(draft, None, facts, request.at)
    if request.method == "POST":
        draft = _save_owner(draft, form, request)
        form = form_of(draft, draft.data["owner"], facts, request.at)
        if AUTOSAVE in request.POST:
            return as_typed(request, form)
        if "later" in request.POST:
            messages.success(request, _("Đã lưu bản nháp. Bạn có thể làm tiếp trên bất kỳ thiết bị nào."))
            return redirect(_list_of(draft))
        if form.is_valid():
            return redirect("portal:draft_papers", draft.pk)
    return show(request, "portal/draft_owner.html", {**_draft_context(draft, 1, request), "was": was(form)}, form=form)


@leads_on
def papers(request: PersonRequest, draft_id: int) -> HttpResponse:
    """A file for each paper; every good file is kept, every bad one is named."""
    draft = submission.own_draft(draft_id, request.actor)
    terms = offer(draft.case_id, Channel.ONLINE)
    kept, wrong = Kept(), list[OnScreenForm]()
    if request.method == "POST":
        kept = keep_sent(draft, terms, request)
        if AUTOSAVE in request.POST and not kept.faults:
            return as_typed(request, *forms_of(draft, terms, day_of(request.at)))
        if not kept.faults and "later" in request.POST:
            messages.success(request, _("Đã lưu bản nháp. Bạn có thể làm tiếp trên bất kỳ thiết bị nào."))
            return redirect(_list_of(draft))
        wrong = wrong_forms(draft, terms, day_of(request.at)) if "next" in request.POST else []
        if not kept.faults and not wrong:
            return redirect("portal:draft_review" if "next" in request.POST else "portal:draft_papers", draft.pk)
    elif (before := typed_before(request)) is not None:
        shown = {"typed": typed_in(draft.data, terms, before), FILLED: filled_in(draft.data, terms, before)}
        draft.data = {**draft.data, **shown}  # shown only: reading writes nothing
    told = paper_context(draft, terms, request.actor, day_of(request.at), strict=bool(wrong))
    context = {**_draft_context(draft, 2, request), **told, "faults": kept.faults, "wrong": wrong}
    return render(request, "portal/draft_papers.html", context, status=422 if kept.faults or wrong else 200)


@leads_on
def review(request: PersonRequest, draft_id: int) -> HttpResponse:
    """Everything once more, then hand it in."""
    draft = submission.own_draft(draft_id, request.actor)
    terms = offer(draft.case_id, Channel.ONLINE)
    account = _facts_of(request)
    entered = entered_form(draft, account, request.at)
    if not entered.is_valid():
        messages.warning(request, _("Thông tin chủ hồ sơ còn thiếu hoặc chưa đúng. Hãy xem lại."))
        return redirect("portal:draft_owner", draft.pk)
    if "send_code" in request.POST:
        send_code(draft, request)
        return redirect("portal:draft_review", draft.pk)
    form = last_form(draft, posted(request))
    if request.method == "POST":
        dossier = attempt(form, lambda: _hand_in(draft, terms, entered, form, request))
        if dossier is not None:
            page = "portal:helped_submitted" if HELPING_AT in draft.data else "portal:submitted"
            return redirect(page, dossier.submission_no)
    context = {
        **_draft_context(draft, 3, request),
        **paper_context(draft, terms, request.actor, day_of(request.at)),
        "entered": entered,
        "terms": terms,
    }
    context["preview"] = preview(terms, day_of(request.at))
    return show(request, "portal/draft_review.html", context, form=form)


@require_POST
@leads_on
def drop_paper(request: PersonRequest, draft_id: int, paper_id: int) -> HttpResponse:
    """Take a file out of a draft; what was typed and chosen beside it is kept."""
    draft = submission.own_draft(draft_id, request.actor)
    submission.drop_paper(draft_id, paper_id, actor=request.actor, at=request.at)
    for fault in keep_sent(draft, offer(draft.case_id, Channel.ONLINE), request).faults:
        messages.error(request, fault)
    return redirect("portal:draft_papers", draft_id)


@require_POST
@leads_on
def discard(request: PersonRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away."""
    to = _list_of(submission.own_draft(draft_id, request.actor))
    submission.discard_draft(draft_id, actor=request.actor)
    messages.success(request, _("Đã xóa bản nháp."))
    return redirect(to)


def _list_of(draft: Draft) -> str:
    """The page where a draft is found again."""
    return "portal:helping" if HELPING_AT in draft.data else "portal:dossiers"


def _facts_of(request: PersonRequest) -> AccountFacts:
    account = Account.objects.get(pk=request.actor.account_id)
    one = request.actor.acting_for
    whom = Account.objects.get(pk=one.principal_id) if one is not None else None
    return AccountFacts(account.full_name, account.personal_id, account.phone, account.email, one, whom)


def _save_owner(draft: Draft, form: OwnerFields, request: PersonRequest) -> Draft:
    def change(data: dict[str, Any]) -> dict[str, Any]:
        return {"owner": fields_of_both(data.get("owner", {}), request.POST, form.fields)}

    return submission.rewrite_draft(draft.pk, change, actor=request.actor, at=request.at)


def _unit(draft: Draft) -> Office | None:
    return Office.objects.filter(pk=draft.data.get("office")).first()


def _draft_context(draft: Draft, step: int, request: PersonRequest) -> dict[str, Any]:
    steps = [_("Thông tin"), _("Giấy tờ"), _("Xem lại và nộp")]
    whom = draft.owner_account.full_name if draft.owner_account is not None else ""
    known = {"draft": draft, "unit": _unit(draft), "step": step, "steps": steps, "helping": helping_of(draft)}
    return {**known, "whom": whom, "may_hand_in": writes_for(request.actor, draft)}


def _hand_in(draft: Draft, terms: Offer, entered: OwnerFields, form: Form, request: PersonRequest) -> Dossier:
    intake = _intake(draft, terms, entered, request)
    if "code" in form.cleaned_data:
        confirm(draft, form.cleaned_data["code"], at=request.at)
    return submission.submit(intake, actor=request.actor, at=request.at, draft_id=draft.pk)


def _intake(draft: Draft, terms: Offer, entered: OwnerFields, request: PersonRequest) -> Intake:
    given = entered.cleaned_data
    unit = _unit(draft)
    if unit is None:
        raise MotcuaError(_("Nơi nộp hồ sơ không còn hoạt động. Hãy bắt đầu lại từ trang thủ tục."))
    helped = help_of(draft, entered, request)
    whom = Owner(
        name=given["owner_name"],
        kind=given.get("owner_kind", OwnerKind.CITIZEN),
        id_no=given["owner_id_no"],
        phone=given["owner_phone"],
        email=given["owner_email"],
        address=given["owner_address"],
        account_id=None if helped else request.actor.account_id,
    )
    return Intake(
        case_id=draft.case_id,
        channel=Channel.ONLINE,
        receiving_office_id=unit.pk,
        owner=whom,
        papers=papers_of(draft, terms, day_of(request.at)),
        content=given["content"],
        submitter=entered.submitter() if isinstance(entered, OwnerForm) else ALONE,
        help=helped,
        return_way=given["return_way"],
        device="kiosk" if request.kiosk else "web",
    )

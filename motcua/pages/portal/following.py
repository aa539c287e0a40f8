"""My dossiers: the list, one dossier with its story, answering what was asked, withdrawing, my papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.ahead.promise import promise_of
from motcua.base.errors import NotThere, Refused
from motcua.base.times import day_of
from motcua.dossiers.acts import ending
from motcua.dossiers.assistance import HELPING_AT
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import summary
from motcua.dossiers.inquiries import appointments
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, Draft, FinancialDuty, Result, SupplementRequest
from motcua.dossiers.next_step import Facts, Need, NextStep
from motcua.dossiers.permissions import may_pay_for
from motcua.dossiers.states import WITH_RESULT, Act, PartState, State
from motcua.dossiers.telling import Followed, followed, handed_in, ledger_of, told_of
from motcua.dossiers.visibility import drafts_of, may_know_secret
from motcua.files.models import StoredFile
from motcua.files.store import is_intact, open_file
from motcua.forms.issuing import Asked, issued, original_of
from motcua.forms.verifying import check_result
from motcua.offices.models import Role
from motcua.operations.apologising import said_sorry
from motcua.pages.layout.errors_told import errors_told
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.history import days_told, happenings, is_over, progress_of, step_title
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.papers import issue_after_act, pdf_response
from motcua.pages.layout.parts import parts_told
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.signatures import signatures_page
from motcua.pages.layout.voices import rating_address, voice_links
from motcua.pages.portal.asking import question_form
from motcua.pages.portal.paying import money_of
from motcua.ratings.kinds import Place
from motcua.ratings.next_steps import Known, next_step_of, owners_steps, steps_of, waiting_of
from motcua.readings import log
from motcua.readings.models import Purpose

ANSWERS = (Act.ANSWER_AT_INTAKE, Act.ANSWER_SUPPLEMENT)


class WithdrawForm(Form):
    """Why a dossier is taken back."""

    reason = forms.CharField(label=lazy("Lý do rút hồ sơ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


# What is told of a paper that was issued.
FORM = ("dossier_id", "form_id", "kind", "occasion", "dated_at", "facts")
# What a line of the list tells of its dossier beside the next step.
LISTED = ("pk", "submission_no", "code", "state", "submitted_at", "accepted_at", "answer_due_at", "due_at", "stands_still",
          "version__name", "at_office__name")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mine:
    """A line of my list: LISTED of the dossier, what is next, and the page where that is done (empty: the dossier's own)."""

    dossier: Any
    step: NextStep
    address: str
    label: str


def dossiers(request: PersonRequest) -> HttpResponse:
    """What waits for me, the nearest last day first; drafts to go on with; everything handed in, the newest first."""
    rows = Dossier.objects.owned_by(request.actor).values_list(*LISTED, named=True)
    page = cursor_page(rows, request, key="submitted_at", descending=True)
    steps = steps_of([one.pk for one in page.items], request.at)
    listed = {one.pk: one for one in page.items}
    first: Known = {}
    if not request.GET.get("sau"):
        is_all = not page.next_query  # so nothing else can wait
        first = waiting_of(steps) if is_all else owners_steps(request.actor.owner_id or 0, request.at)
        if others := first.keys() - listed.keys():
            listed |= {one.pk: one for one in rows.filter(pk__in=others)}
    place = _place(request)
    context = {
        "page": page,
        "lines": [_mine(one, *steps[one.pk], place) for one in page.items if one.pk in steps],
        "waiting": [_mine(listed[pk], *known, place) for pk, known in first.items() if pk in listed],
        "drafts": _drafts(request),
        "at": request.at,
    }
    return render(request, "portal/dossiers.html", context)


def _drafts(request: PersonRequest) -> list[Any]:
    drafts = Draft.objects.filter(drafts_of(request.actor)).exclude(data__has_key=HELPING_AT).order_by("-saved_at")
    return list(drafts.values_list("pk", "saved_at", "version__name", "owner_account__full_name", named=True)[:50])


def _place(request: PersonRequest) -> Place:
    """Where the person is who would rate now: a vote at the machine in the hall is counted apart."""
    return Place.KIOSK if request.kiosk else Place.HOME


def _mine(dossier: Any, facts: Facts, step: NextStep, place: Place) -> Mine:
    if step.need == Need.SUPPLEMENT:
        return Mine(dossier, step, reverse("portal:answer", args=[facts.submission_no]), _("Gửi phần bổ sung"))
    if step.need == Need.RATE:
        return Mine(dossier, step, rating_address(facts.submission_no, facts.secret, place), _("Đánh giá"))
    return Mine(dossier, step, "", "")


def own_dossier(request: PersonRequest, submission_no: str) -> Dossier:
    """The dossier, if it is this person's; for everybody else it does not exist."""
    found = next(iter(Dossier.objects.owned_by(request.actor).filter(submission_no=submission_no)), None)
    if found is None and (request.actor.acting_for or request.actor.may_act_for):
        raise NotThere(_("Không có hồ sơ này với tư cách bạn đang chọn. Hãy xem lại tư cách ở đầu trang."))
    if found is None:
        raise NotThere(_("Không có hồ sơ này."))
    return found


def submitted(request: PersonRequest, submission_no: str) -> HttpResponse:
    """What to keep after handing in: number and secret."""
    found, seen = own_dossier(request, submission_no), followed(submission_no)
    money = money_of(seen, request.at) if seen is not None else None
    context = {"dossier": found, "money": money, **_may(found, request)}
    return render(request, "portal/submitted.html", context)


def _may(found: Dossier, request: PersonRequest) -> dict[str, bool]:
    """What of a dossier's keys is shown in the capacity that the person chose."""
    return {"knows_secret": may_know_secret(request.actor, found), "may_pay": may_pay_for(request.actor, found)}


def story_of(found: Followed, request: PersonRequest) -> dict[str, Any]:
    """What the page of a dossier tells, to its owner or to whoever has its secret."""
    events = told_of(found.pk)
    told = story(ledger_of(events))
    return {
        "story": found,
        "next": next_step_of(found.facts, request.at),
        "step": step_title(found),
        "progress": progress_of(found.state),
        "items": happenings(events, found.process_id, applicant=True),
        "appointments": appointments(events, found.state, request.at),
        "days": days_told(told.days),
        "why": summary(told),
        "over": is_over(found, request.at),
        "sorry": said_sorry(found.pk) if _was_late(found, request.at) else None,
        "parts": parts_told(found.pk, found.state, request.at) if found.is_joint else [],
        "at": request.at,
        "money": money_of(found, request.at),
        "voices": voice_links(
            found.submission_no,
            found.secret,
            found.state,
            is_accepted=found.accepted_at is not None,
            place=_place(request),
        ),
        "promise": promise_of(found, request.at),
        "question": question_form(found),
        **errors_told(found.pk, events, applicant=True),
    }


def _was_late(found: Followed, at: datetime) -> bool:
    return found.due_at is not None and day_of(found.due_at) < day_of(found.finished_at or at)


def dossier(request: PersonRequest, submission_no: str) -> HttpResponse:
    """One dossier: where it is, when it is due and why, what happened, what I must do next."""
    found, seen = own_dossier(request, submission_no), followed(submission_no)
    if seen is None:
        raise NotThere(_("Không có hồ sơ này."))
    open_acts = acts_open_to(found, request.actor, request.at)
    context = {
        **story_of(seen, request),
        **_may(found, request),
        "dossier": found,
        "answer_act": next((act for act in open_acts if act in ANSWERS), None),
        "may_withdraw": Act.WITHDRAW in open_acts,
        "may_note": Act.NOTE_ATTEMPT in open_acts,
        "asked": asked_of(found) if found.state in ("supplement", "pre_supplement") else None,
        "duty": _duty(found) if found.state == State.PAYMENT else None,
        "papers": handed_in(found.pk),
        "result": (
            next(iter(Result.objects.filter(dossier=found).select_related("file")), None)
            if found.state in WITH_RESULT
            else None
        ),
        "forms": list(found.issued_forms.filter(file__isnull=False).order_by("dated_at", "id").only(*FORM)),
    }
    return render(request, "portal/dossier.html", context)


def readers(request: PersonRequest, submission_no: str) -> HttpResponse:
    """Who in the offices read my dossier, when and what for. Law: LBVDLCN-2025"""
    found = own_dossier(request, submission_no)
    rows = [(row, role_words(row.role), Purpose(row.purpose).label) for row in log.told_of(found.pk)]
    return render(request, "portal/readers.html", {"dossier": found, "rows": rows})


def role_words(role: str) -> str:
    """A role as the applicant reads it; nothing for none."""
    return str(Role(role).label) if role in Role.values else ""


def asked_of(found: Dossier) -> SupplementRequest | None:
    """What the person is asked for now."""
    return found.supplement_requests.filter(completed_at=None).order_by("-id").first()


def _duty(found: Dossier) -> FinancialDuty | None:
    return found.financial_duties.filter(recorded_at=None).first()


def withdraw(request: PersonRequest, submission_no: str) -> HttpResponse:
    """Take a dossier back, with a reason, after asking once more."""
    found = own_dossier(request, submission_no)
    form = WithdrawForm(posted(request))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: ending.withdraw(found.pk, reason=form.cleaned_data["reason"], actor=request.actor, at=request.at),
        )
        if done is not None:
            issue_after_act(request, found.pk)
            messages.success(request, _("Đã rút hồ sơ."))
            return redirect("portal:dossier", submission_no)
    return show(request, "portal/withdraw.html", {"dossier": found}, form=form)


def paper(request: PersonRequest, submission_no: str, paper_id: int) -> HttpResponseBase:
    """A paper that came with my dossier."""
    found = own_dossier(request, submission_no)
    given = found.papers.select_related("file").filter(pk=paper_id).first()
    return download(given.file if given else None)


def result(request: PersonRequest, submission_no: str) -> HttpResponseBase:
    """The result of my dossier, once it is issued."""
    found = own_dossier(request, submission_no)
    answered = getattr(found, "result", None) if found.state in WITH_RESULT else None
    if answered is not None and answered.file is not None and not is_intact(answered.file):
        raise Refused(
            _(
                "Tệp kết quả trong kho không còn đúng như khi phát hành nên không giao cho bạn. Hãy báo cơ quan giải quyết."
            ),
            code="file_changed",
        )
    return download(answered.file if answered else None)


def part_file(request: PersonRequest, submission_no: str, part: int) -> HttpResponseBase:
    """What one of several agencies resolved of my dossier, once the whole is issued."""
    found = own_dossier(request, submission_no)
    one = found.parts.select_related("file").filter(number=part, state=PartState.DONE).first()
    return download(one.file if one and found.finished_at else None)


def signatures(request: PersonRequest, submission_no: str) -> HttpResponse:
    """Who signed my result, and whether it is still what they signed; as JSON with ?dang=json."""
    found = own_dossier(request, submission_no)
    if found.state not in WITH_RESULT:
        raise NotThere(_("Không có tệp này."))
    return signatures_page(request, check_result(found, request.at), {"dossier": found, "back": "portal:dossier"})


def form(request: PersonRequest, submission_no: str, kind: str, number: int) -> HttpResponse:
    """A paper that was issued to me, as it was issued."""
    found = own_dossier(request, submission_no)
    row = issued(Asked(found.pk, kind, number))
    if row is None or row.file is None:
        raise NotThere(_("Hồ sơ này không có phiếu như vậy."))
    return pdf_response(original_of(row), f"{found}-{kind}-{number}.pdf")


def download(stored: StoredFile | None) -> FileResponse:
    """A stored file as an attachment under its own name; the browser neither guesses its type nor runs it."""
    if stored is None:
        raise NotThere(_("Không có tệp này."))
    response = FileResponse(open_file(stored), as_attachment=True, filename=stored.name, content_type=stored.media_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""One dossier as an officer sees it: facts, papers, what happened, why this date, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.ahead.expected import expected_of
from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import summary
from motcua.dossiers.inquiries import consultations_of, verifications_of
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier, GivenPaper, Result
from motcua.dossiers.parts import beyond_warning, too_long
from motcua.dossiers.permissions import may_see_contacts, own_interest, serves
from motcua.dossiers.states import OPEN, RESOLVED, Act
from motcua.dossiers.step_story import steps_told, sum_warning
from motcua.dossiers.telling import ledger_of, told_of
from motcua.files.models import StoredFile
from motcua.files.store import open_file
from motcua.forms.catalogue import Kind
from motcua.notices.inbox import told_of as notices_told
from motcua.notices.models import Notice
from motcua.operations.models import Alarm, Reminder
from motcua.operations.reminding import may_remind, reminders_of
from motcua.operations.watching import alarms_of
from motcua.pages.layout.acting import ACT_ROUTES, dossier_seen_by
from motcua.pages.layout.errors_told import errors_told
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.history import days_told, happenings
from motcua.pages.layout.papers import papers_of
from motcua.pages.layout.parts import parts_for
from motcua.pages.layout.reading import dossier_read_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings import log
from motcua.readings.log import LONGEST_REASON
from motcua.readings.models import Through

SHOWN_INLINE = frozenset({"application/pdf", "image/jpeg", "image/png"})
# Acts that end or turn a dossier away stand apart from those that move it on.
HARD = frozenset({
    Act.REFUSE_INTAKE, Act.REFUSE_RESULT, Act.STOP, Act.END_UNANSWERED, Act.WITHDRAW, Act.SEND_BACK,
    Act.PROPOSE_CORRECTION, Act.PROPOSE_DATE, Act.REFUSE_CORRECTION,
})  # fmt: skip
# Without one of these nothing was asked of the person.
ASKING = frozenset({Act.ASK_AT_INTAKE, Act.ASK_SUPPLEMENT, Act.ASK_SUPPLEMENT_AGAIN})
# Few dossiers have any: whether one does is asked with the dossier itself.
THERE = {
    "has_reminders": Exists(Reminder.objects.filter(dossier=OuterRef("pk"))),
    "has_notices": Exists(Notice.objects.filter(dossier=OuterRef("pk"))),
    "has_alarms": Exists(Alarm.objects.filter(dossier=OuterRef("pk"))),
}
# Acts on one consultation or verification stand beside it.
OF_A_ROW = frozenset({Act.DROP_CONSULTATION, Act.MOVE_VERIFICATION, Act.RECORD_VERIFICATION, Act.CANCEL_VERIFICATION})


class WhyForm(Form):
    """Why somebody opens a dossier that is not at their step or unit."""

    reason = forms.CharField(
        label=lazy("Lý do xem"),
        help_text=lazy("Được lưu lại; người có hồ sơ đọc được cơ quan, vai trò, thời điểm và lý do này."),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@dataclass(frozen=True)
class Button:
    """One act that is open, and where it is done."""

    act: Act
    address: str
    tone: str


def dossier(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """Everything about one dossier on one page; whoever has no evident business with it says why first."""
    found: Any = dossier_seen_by(request, dossier_id, also=THERE)
    form = WhyForm(posted(request))
    if request.method == "POST":
        said = attempt(form, lambda: say_why(request, found, form.cleaned_data["reason"]))
        if said is not None:
            return redirect("desk:dossier", found.pk)
    if request.method == "POST" or not log.may_read(request.actor, found, Through.PAGE, at=request.at):
        response = show(request, "desk/dossier_closed.html", {"dossier": found, "at": request.at}, form=form)
        response["Cache-Control"] = "private, no-store"  # going back to it would ask again for what was said
        return response
    return render(request, "desk/dossier.html", everything(found, request))


def say_why(request: PersonRequest, found: Dossier, reason: str) -> bool:
    """Keep the reason; the page is open for the rest of the day."""
    log.say_why(request.actor, found, reason=reason, at=request.at)
    return True


def everything(found: Any, request: PersonRequest) -> dict[str, Any]:
    """What the page tells of a dossier that was asked whether it has THERE."""
    events = told_of(found.pk)
    ledger = ledger_of(events)
    told = story(ledger)
    acted = {event.act for event in events}
    is_unit = may_see_contacts(request.actor, found)
    opened = [act for act in acts_open_to(found, request.actor, request.at) if act in ACT_ROUTES]
    asked = list(found.supplement_requests.select_related("asked_by").order_by("id")) if acted & ASKING else []
    parts = parts_for(found, request.actor, request.at) if found.joint_offices is not None else []
    return {
        "dossier": found,
        "at": request.at,
        "contacts": is_unit,
        "interest": own_interest(request.actor, found),
        "buttons": buttons(found, opened),
        "opened": opened,
        "may_issue": serves(request.actor, found),
        "consultations": consultations_of(found, events, request.actor),
        "verifications": verifications_of(found, events, request.actor),
        "timeline": happenings(events, found.process_id, applicant=False),
        "days": days_told(told.days),
        "why": summary(told),
        "expected": expected_of(found, request.at),
        "papers": found.papers.select_related("file", "component", "reused_from").order_by("id"),
        "requests": asked[::-1],
        "duties": found.financial_duties.order_by("-number") if Act.ASK_FINANCIAL_DUTY in acted else (),
        "steps": steps_told(found, ledger, (found.state in RESOLVED and found.finished_at) or request.at),
        "parts": parts,
        "parts_warning": too_long([one.part for one in parts], told.limit) if parts else "",
        "beyond_warning": beyond_warning([one.part for one in parts], found.due_at),
        "sum_warning": sum_warning(found.process_id, told.limit),
        "result": _result_of(found),
        **errors_told(found.pk, events),
        **reminders_told(found, request),
        "notices": notices_told(found.pk, contacts=is_unit) if found.has_notices else [],
        "alarms": alarms_of(found.pk) if found.has_alarms else [],
        "slips": [one for one in papers_of(found, request, asked) if is_unit or one.kind != Kind.RECEIPT],
    }


def _result_of(found: Dossier) -> Result | None:
    rows = Result.objects.filter(dossier=found).select_related("file", "decided_by")
    return next(iter(rows), None) if found.result_kind else None


def reminders_told(found: Any, request: PersonRequest) -> dict[str, Any]:
    """What was sent to hurry it on, which of it waits for this person's answer, and whether they may send more."""
    sent = reminders_of(found.pk) if found.has_reminders else []
    mine = {one.pk for one in sent if not hasattr(one, "answer") and one.is_for(request.actor)}
    may_send = found.state in OPEN and may_remind(request.actor, found, day_of(request.at))
    return {"reminders": sent, "to_answer": mine, "may_remind": may_send}


def buttons(found: Dossier, opened: list[Act]) -> list[Button]:
    """The open acts, from the tables that the acts themselves ask; the first is the one that is usually next."""
    soft, hard = [act for act in opened if act not in {*HARD, *OF_A_ROW}], [act for act in opened if act in HARD]
    made: list[Button] = []
    for act in (*soft, *hard):
        tone = "primary" if not made else ("outline-primary hard" if act in HARD else "outline-primary")
        made.append(Button(act, reverse(ACT_ROUTES[act], args=[found.pk]), tone))
    return made


def paper(request: PersonRequest, dossier_id: int, paper_id: int) -> FileResponse:
    """A file that came with the dossier."""
    found = dossier_read_by(request, dossier_id, Through.FILE)
    given = GivenPaper.objects.filter(dossier=found, pk=paper_id).select_related("file").first()
    return sent(given.file if given else None)


def result(request: PersonRequest, dossier_id: int) -> FileResponse:
    """The file of the result."""
    found = dossier_read_by(request, dossier_id, Through.FILE)
    answered = Result.objects.filter(dossier=found).select_related("file").first()
    return sent(answered.file if answered else None)


def sent(stored: StoredFile | None) -> FileResponse:
    """A stored file to look at; what a browser might run is only offered for saving."""
    if stored is None:
        raise NotThere(_("Không có tệp này."))
    response = FileResponse(
        open_file(stored),
        content_type=stored.media_type,
        as_attachment=stored.media_type not in SHOWN_INLINE,
        filename=stored.name,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response

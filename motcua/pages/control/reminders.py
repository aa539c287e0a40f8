"""Reminders: sent about one dossier or to an office, answered by whom they are for, counted by office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.offices.models import Office
from motcua.operations import reminding
from motcua.operations.counts import REMINDERS, reminders_behind, reminders_counted
from motcua.operations.models import Reminder
from motcua.pages.control.board import Cell
from motcua.pages.control.menu import GROUPS
from motcua.pages.control.periods import shortcuts
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.periods import period_of, row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.measures import Measure
from motcua.reports.scope import REPORTERS

SHOWN_LATE = 200


class ReminderForm(Form):
    """What is to be done, and by when an answer is expected."""

    words = forms.CharField(label=lazy("Đôn đốc việc gì"), max_length=1000, widget=forms.Textarea({"rows": 4}))
    answer_by = forms.DateField(
        label=lazy("Trả lời chậm nhất ngày"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class AnswerForm(Form):
    """What was done, or until when it will be."""

    words = forms.CharField(
        label=lazy("Trả lời"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=lazy("Đã làm gì, hoặc bao giờ xong. Chỉ trả lời được một lần."),
    )


@officers(*REPORTERS)
def reminders(request: PersonRequest) -> HttpResponse:
    """How many were sent, answered, and in time, by office."""
    period, today = period_of(request), day_of(request.at)
    made = reminders_counted(request.actor, period, today)
    context = {
        "menu": GROUPS,
        "made": made,
        "shortcuts": shortcuts(request, period),
        "lines": [_cell(measure, made.total, period.key) for measure in REMINDERS.values()],
        "heads": list(REMINDERS.values()),
        "rows": [
            (row.name, [_cell(one, row.figures, period.key, dong=row.key) for one in REMINDERS.values()])
            for row in made.rows
        ],
    }
    return render(request, "control/reminders.html", context)


@officers(*REPORTERS)
def reminder_list(request: PersonRequest) -> HttpResponse:
    """The reminders behind a figure, the latest first."""
    period, measure, row = period_of(request), request.GET.get("chitieu", ""), request.GET.get("dong", "")
    today = day_of(request.at)
    found = reminders_behind(request.actor, period, today, measure, office=row_asked(row))
    context = {
        "measure": REMINDERS[measure],
        "period": period,
        "page": _page(found, request),
        "today": today,
        "back": f"{reverse('control:reminders')}?ky={period.key}",
    }
    return render(request, "control/reminder_list.html", context)


@officers()
def my_reminders(request: PersonRequest) -> HttpResponse:
    """What this officer is reminded of: what still has to be answered, or everything."""
    rows = Reminder.objects.for_person(request.actor)
    is_whole = request.GET.get("xem") == "tat-ca"
    if not is_whole:
        rows = rows.open()
    context = {"page": _page(rows, request), "today": day_of(request.at), "is_whole": is_whole}
    return render(request, "control/my_reminders.html", context)


@officers()
def reminder(request: PersonRequest, reminder_id: int) -> HttpResponse:
    """One reminder with its answer; whom it is for answers it here."""
    found, is_mine = _one(request, reminder_id)
    form = AnswerForm(posted(request))
    if request.method == "POST":
        made = attempt(
            form,
            lambda: reminding.answer(reminder_id, words=form.cleaned_data["words"], actor=request.actor, at=request.at),
        )
        if made is not None:
            messages.success(request, _("Đã gửi trả lời."))
            return redirect("control:reminder", reminder_id)
    answer = getattr(found, "answer", None)
    late = Dossier.objects.visible_to(request.actor).filter(pk__in=found.late[:SHOWN_LATE]).order_by("due_at", "id")
    context = {
        "reminder": found,
        "answer": answer,
        "may_answer": is_mine and answer is None,
        "late": late,
        "today": day_of(request.at),
        "may_count": bool(request.actor.offices(*REPORTERS)),
    }
    return show(request, "control/reminder.html", context, form=form)


@officers(*REPORTERS)
def remind_dossier(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """Remind whoever holds a dossier."""
    found = Dossier.objects.visible_to(request.actor).filter(pk=dossier_id)
    dossier = found.select_related("at_office", "holder", "procedure").first()
    if dossier is None:
        raise NotThere(_("Không có hồ sơ này."))
    if not reminding.may_remind(request.actor, dossier, day_of(request.at)):
        raise Forbidden(_("Bạn không có quyền đôn đốc hồ sơ này."))
    form = _form(request)
    if request.method == "POST":
        made = attempt(
            form, lambda: reminding.remind_of_dossier(dossier_id, **_said(form), actor=request.actor, at=request.at)
        )
        if made is not None:
            messages.success(request, _("Đã gửi đôn đốc."))
            return redirect("control:reminder", made.pk)
    return show(request, "control/remind.html", {"dossier": dossier, "at": request.at}, form=form)


@officers(*REPORTERS)
def remind_office(request: PersonRequest, office_code: str) -> HttpResponse:
    """Remind the leaders of an office of everything that it has late."""
    office = Office.objects.by_code(office_code).first()
    if office is None or not reminding.may_remind_office(request.actor, office.pk, day_of(request.at)):
        raise NotThere(_("Không có cơ quan này."))
    form = _form(request)
    if request.method == "POST":
        made = attempt(
            form, lambda: reminding.remind_office(office.pk, **_said(form), actor=request.actor, at=request.at)
        )
        if made is not None:
            messages.success(request, _("Đã gửi đôn đốc."))
            return redirect("control:reminder", made.pk)
    late = len(reminding.late_of(office.pk, request.at))
    address = f"{reverse('control:board_list')}?{urlencode({'chitieu': 'late', 'dong': office.pk, 'rieng': 1})}"
    return show(request, "control/remind.html", {"office": office, "late": late, "late_address": address}, form=form)


def _one(request: PersonRequest, reminder_id: int) -> tuple[Reminder, bool]:
    """The reminder, and whether it is for this person. It does not exist for who neither answers nor reports on it."""
    rows = Reminder.objects.select_related("office", "holder", "dossier", "answer")
    mine = rows.filter(pk__in=Reminder.objects.for_person(request.actor).filter(pk=reminder_id).values("pk")).first()
    if mine is not None:
        return mine, True
    if request.actor.offices(*REPORTERS):
        seen = Reminder.objects.seen_by(request.actor, day_of(request.at)).filter(pk=reminder_id)
        if (found := rows.filter(pk__in=seen.values("pk")).first()) is not None:
            return found, False
    raise NotThere(_("Không có đôn đốc này."))


def _form(request: PersonRequest) -> ReminderForm:
    in_three_days: date = day_of(request.at) + timedelta(days=3)
    return ReminderForm(posted(request), initial={"answer_by": in_three_days})


def _said(form: ReminderForm) -> dict[str, Any]:
    return {"words": form.cleaned_data["words"], "answer_by": form.cleaned_data["answer_by"]}


def _page(rows: Any, request: PersonRequest) -> Any:
    return cursor_page(rows.select_related("office", "dossier", "answer"), request, key="sent_at", descending=True)


def _cell(measure: Measure, figures: dict[str, int], period: str, **row: Any) -> Cell:
    query = urlencode({"ky": period, "chitieu": measure.key, **row})
    address = f"{reverse('control:reminder_list')}?{query}" if figures[measure.key] else ""
    return Cell(measure, figures[measure.key], address)

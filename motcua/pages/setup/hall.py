"""The hall of a unit: lines of services and counters, set up by whoever answers for it. Rules: `tickets.halls`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.errors import MotcuaError, NotThere
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField
from motcua.tickets.calling import free_counter
from motcua.tickets.halls import (
    MOST_SLOTS,
    LineText,
    close_line,
    counters_of,
    end_counter,
    end_line,
    lines_of,
    save_counter,
    save_line,
)
from motcua.tickets.models import Counter, Line
from motcua.tickets.permissions import may_arrange

ARRANGES = ("administrator", "unit_head")


class HallForm(Form):
    """Which hall, for whoever may arrange several."""

    coquan = OfficeField(label=lazy("Cơ quan"), help_text=lazy("Mã hoặc vài chữ của tên, không cần dấu"), required=True)


class LineForm(Form):
    """A group of services."""

    letter = forms.CharField(label=lazy("Chữ cái"), max_length=1, help_text=lazy("Đứng trước số, ví dụ A trong A012."))
    name = forms.CharField(label=lazy("Tên nhóm dịch vụ"), max_length=100)
    name_en = forms.CharField(label=lazy("Tên tiếng Anh"), max_length=100, required=False)
    fields_text = forms.CharField(
        label=lazy("Lĩnh vực"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=lazy("Mỗi dòng một lĩnh vực như trong danh mục; để trống: mọi lĩnh vực."),
    )  # fmt: skip
    slot_most = forms.IntegerField(
        label=lazy("Số chỗ hẹn trước trong mỗi nửa giờ"), min_value=0, max_value=MOST_SLOTS, initial=0,
        help_text=lazy("0: không nhận hẹn giờ qua điện thoại."),
    )  # fmt: skip

    def text(self) -> LineText:
        """What was filled in."""
        data = self.cleaned_data
        fields = data["fields_text"].splitlines()
        return LineText(data["letter"], data["name"], data["name_en"], fields, data["slot_most"])


class CounterForm(Form):
    """A counter and its lines."""

    number = forms.IntegerField(label=lazy("Số quầy"), min_value=1, max_value=999)
    counter_name = forms.CharField(label=lazy("Tên quầy"), max_length=100, required=False)
    lines = forms.TypedMultipleChoiceField(
        label=lazy("Gọi số của nhóm"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(line.pk, str(line)) for line in lines_of(office.pk)]  # type: ignore[attr-defined]


@officers(*ARRANGES)
def hall(request: PersonRequest) -> HttpResponse:
    """Lines and counters of one hall; what is sent adds or changes one of them."""
    office = _office(request)
    if office is None:
        form = HallForm(request.GET if "coquan" in request.GET else None)
        form.fields["coquan"].on = day_of(request.at)  # type: ignore[attr-defined]
        if form.is_valid() and may_arrange(request.actor, form.cleaned_data["coquan"].pk):
            return _back(form.cleaned_data["coquan"])
        return show(request, "setup/choose_hall.html", form=form)
    line = lines_of(office.pk).filter(pk=_pk(request, "nhom")).first()
    counter = counters_of(office.pk).filter(pk=_pk(request, "quay")).first()
    line_form = LineForm(request.POST if "save_line" in request.POST else None, initial=_line_now(line))
    sent = request.POST if "save_counter" in request.POST else None
    counter_form = CounterForm(office, sent, initial=_counter_now(counter))
    if "save_line" in request.POST:
        done = attempt(
            line_form,
            lambda: save_line(office, line_form.text(), actor=request.actor, line_id=line.pk if line else None),
        )
        if done is not None:
            return _back(office)
    if "save_counter" in request.POST:
        made = attempt(counter_form, lambda: _save_counter(request, office, counter_form, counter))
        if made is not None:
            return _back(office)
    sent_form: Form = counter_form if "save_counter" in request.POST else line_form
    context = {
        "office": office, "lines": lines_of(office.pk), "counters": counters_of(office.pk), "line": line,
        "counter": counter, "line_form": line_form, "counter_form": counter_form,
    }  # fmt: skip
    return show(request, "setup/hall.html", context, form=sent_form)


@require_POST
@officers(*ARRANGES)
def change_hall(request: PersonRequest) -> HttpResponse:
    """One press: close or open a line, end a line or counter, free a counter that somebody forgot to leave."""
    what, _dash, number = request.POST.get("do", "").partition("-")
    who: dict[str, Any] = {"actor": request.actor, "at": request.at}
    pk = int(number) if number.isdigit() else 0
    of_line = what in ("dong", "mo", "bo_nhom")
    model: Any = Line if of_line else Counter
    row = model.objects.filter(pk=pk).select_related("office").first()
    if row is None:
        raise NotThere(_("Không có nhóm hay quầy này."))
    try:
        if what in ("dong", "mo"):
            close_line(pk, closed=what == "dong", **who)
        elif what == "bo_nhom":
            end_line(pk, **who)
        elif what == "bo_quay":
            end_counter(pk, **who)
        elif what == "roi":
            free_counter(pk, **who)
    except NotThere:
        raise
    except MotcuaError as error:
        messages.error(request, str(error))
    return _back(row.office)


def _office(request: PersonRequest) -> Office | None:
    """The hall that is asked for, or the only one; None where there is a choice. Raises NotThere for another's."""
    code = request.GET.get("coquan", "")
    if code:
        office = Office.objects.by_code(code).first()
        if office is not None and not may_arrange(request.actor, office.pk):
            raise NotThere(_("Không có trang này."))
        return office
    led = [office for role, office in request.actor.postings if role == "unit_head"]
    return Office.objects.get(pk=led[0]) if len(led) == 1 else None


def _save_counter(request: PersonRequest, office: Office, form: CounterForm, counter: Counter | None) -> Counter:
    data = form.cleaned_data
    known = counter.pk if counter else None
    return save_counter(
        office, data["number"], data["counter_name"], data["lines"], actor=request.actor, counter_id=known
    )


def _back(office: Office) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('setup:hall')}?coquan={office.code}")


def _pk(request: PersonRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdigit() and len(text) < 18 else 0


def _line_now(line: Line | None) -> dict[str, Any]:
    if line is None:
        return {}
    kept = {"letter": line.letter, "name": line.name, "name_en": line.name_en, "slot_most": line.slot_most}
    return {**kept, "fields_text": "\n".join(line.fields)}


def _counter_now(counter: Counter | None) -> dict[str, Any]:
    if counter is None:
        return {}
    lines = [line.pk for line in counter.lines.all()]
    return {"number": counter.number, "counter_name": counter.name, "lines": lines}

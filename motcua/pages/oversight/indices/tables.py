"""Tables of indicators: what holds since when and on what basis; another one is proposed, and decided by another person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.indices.models import IndicatorTable, Scheme, TableProposal
from motcua.indices.proposals import approve, as_said, differences, propose, reject
from motcua.indices.tables import CHOICES, Table, from_rows, read_table, table_on
from motcua.law.proposals import Person
from motcua.offices.standing import roles_at_province
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.catalogue.views import KEEPERS, READERS

WORDS = {
    "zero": gettext_lazy("0 điểm"),
    "left_out": gettext_lazy("không tính vào tổng"),
    "none": gettext_lazy("giữ nguyên"),
    "proportional": gettext_lazy("tính lại theo phần còn lại"),
}
LABELS = {
    "empty": gettext_lazy("Mẫu số bằng 0"),
    "missing": gettext_lazy("Hệ thống chưa có dữ liệu"),
    "scale": gettext_lazy("Khi có thành phần không tính"),
}


class TableForm(Form):
    """Points, target and way of scoring of each row, and what is counted where nothing is there."""

    valid_from = forms.DateField(
        label=gettext_lazy("Áp dụng từ ngày"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    document = forms.CharField(label=gettext_lazy("Văn bản"), max_length=300)
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea({"rows": 3}))

    def __init__(self, table: Table, data: Any = None) -> None:
        self.base = as_said(table)
        initial = {key: table.parameter(key) for key in CHOICES}
        for place, row in enumerate(self.base["indicators"]):
            initial |= {f"m{place}": row[4], f"t{place}": row[5]}
        super().__init__(data, initial=initial)
        for key, choices in CHOICES.items():
            if key in table.parameters:
                field = forms.ChoiceField(label=LABELS[key], choices=[(one, WORDS[one]) for one in choices])
                field.widget.attrs["class"] = "form-select"
                self.fields[key] = field
        for place, row in enumerate(self.base["indicators"]):
            self._number(f"m{place}", f"{row[0]} {row[1]}: {_('điểm tối đa')}", required=True)
            if table.scheme == Scheme.SERVICE_QUALITY:
                self._number(f"t{place}", f"{row[0]}: {_('mục tiêu (%)')}", required=False)

    def _number(self, name: str, label: str, *, required: bool) -> None:
        field = forms.DecimalField(
            label=label, required=required, max_digits=5, decimal_places=2, min_value=0, max_value=100
        )
        field.widget.attrs["class"] = "form-control"
        self.fields[name] = field

    def grounds(self) -> list[forms.BoundField]:
        """What holds for the whole table."""
        return [field for field in self if not field.name[1:].isdigit()]

    def points(self) -> list[forms.BoundField]:
        """What holds for single rows, in their order."""
        return [field for field in self if field.name[1:].isdigit()]

    def content(self) -> dict[str, Any]:
        """The table as proposed, as plain data."""
        given = self.cleaned_data
        rows = []
        for place, row in enumerate(self.base["indicators"]):
            target = given.get(f"t{place}")
            rows.append([*row[:4], str(given[f"m{place}"]), None if target is None else str(target), row[6]])
        parameters = {key: given.get(key, value) for key, value in self.base["parameters"].items()}
        return {**self.base, "indicators": rows, "parameters": parameters}


class VerdictForm(Form):
    """What another person says to it."""

    note = forms.CharField(label=gettext_lazy("Ý kiến"), required=False, widget=forms.Textarea({"rows": 3}))


@officers(*READERS)
def index_tables(request: PersonRequest) -> HttpResponse:
    """The tables in force today, those that were and will be, and what waits for a decision."""
    today = day_of(request.at)
    context = {
        "shown": [(scheme, table_on(scheme, today) or _first(scheme)) for scheme in Scheme],
        "every": IndicatorTable.objects.order_by("scheme", "-valid_from"),
        "waiting": TableProposal.objects.filter(decision=None).order_by("id"),
        "decided": TableProposal.objects.exclude(decision=None).select_related("decision").order_by("-id")[:20],
        "may_propose": _speaker(request).may_propose,
        "today": today,
    }
    return render(request, "oversight/index_tables.html", context)


@officers(*KEEPERS)
def propose_table(request: PersonRequest) -> HttpResponse:
    """Propose another table, beginning with the one that holds."""
    scheme = request.GET.get("bo", Scheme.SERVICE_QUALITY)
    tomorrow = day_of(request.at) + timedelta(days=1)
    table = (table_on(scheme, tomorrow) or _first(scheme)) if scheme in Scheme.values else None
    if table is None:
        raise NotThere(_("Không có bảng chỉ số này."))
    person = _speaker(request)
    if not person.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa bảng chỉ số."))
    form = TableForm(table, posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: _propose(form, person, request))
        if made is not None:
            messages.success(request, _("Đã gửi đề nghị. Một người khác có quyền phê duyệt sẽ quyết định."))
            return redirect("oversight:table_proposal", made.pk)
    return show(request, "oversight/propose_table.html", {"table": table}, form=form)


@officers(*READERS)
def table_proposal(request: PersonRequest, table_proposal_id: int) -> HttpResponse:
    """One proposal: what it changes, who and why; and the decision, by another person."""
    found = TableProposal.objects.select_related("decision").filter(pk=table_proposal_id).first()
    if found is None:
        raise NotThere(_("Không có đề nghị này."))
    person, form = _speaker(request), VerdictForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, person, form)) is not None:
        return redirect("oversight:table_proposal", found.pk)
    is_open = not hasattr(found, "decision")
    before = table_on(found.scheme, found.valid_from - timedelta(days=1))
    context = {
        "one": found,
        "decision": None if is_open else found.decision,
        "differences": differences(before, read_table(found.content)),
        "may_decide": is_open and person.may_decide and person.account_id != found.proposed_by,
        "is_own": is_open and person.account_id == found.proposed_by,
    }
    return show(request, "oversight/table_proposal.html", context, form=form)


def _propose(form: TableForm, person: Person, request: PersonRequest) -> TableProposal:
    given = form.cleaned_data
    return propose(
        form.content(),
        valid_from=given["valid_from"],
        reason=given["reason"],
        document=given["document"],
        by=person,
        at=request.at,
    )


def _decide(request: PersonRequest, found: TableProposal, person: Person, form: VerdictForm) -> bool:
    verdict, note = request.POST.get("verdict"), form.cleaned_data["note"]
    if verdict not in ("approve", "reject"):
        raise Invalid(_("Hãy chọn phê duyệt hoặc từ chối."))
    if verdict == "approve":
        approve(found.pk, by=person, at=request.at, note=note)
        words = {"day": f"{found.valid_from:%d/%m/%Y}"}
        messages.success(request, _("Đã phê duyệt: bảng áp dụng từ %(day)s.") % words)
    else:
        reject(found.pk, by=person, at=request.at, note=note)
        messages.success(request, _("Đã từ chối đề nghị. Bảng đang áp dụng không đổi."))
    return True


def _speaker(request: PersonRequest) -> Person:
    return Person(request.actor.account_id or 0, request.actor.full_name, roles_at_province(request.actor))


def _first(scheme: str) -> Table | None:
    """The first table that there will be, where none holds yet."""
    row = IndicatorTable.objects.filter(scheme=scheme).order_by("valid_from").first()
    return from_rows(row, row.indicators.all()) if row else None

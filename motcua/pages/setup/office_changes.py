"""Offices merged, divided or renamed: one person proposes, another decides. The rules are `offices.changing`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.law.proposals import Person
from motcua.offices.changing import KINDS, Plan, Successor, decide_change, plan_of, propose_change
from motcua.offices.models import Office, OfficeChange
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.forms import DecisionForm
from motcua.pages.setup.people import READERS, speaker

ROWS = range(1, 7)


class OfficeChangeForm(Form):
    """What ends, what follows, who takes over; a row without a code is no office."""

    kind = forms.ChoiceField(label=lazy("Hình thức"), choices=[(kind.value, kind.label) for kind in KINDS])
    on = forms.DateField(
        label=lazy("Từ ngày"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=lazy("Sau hôm nay; từ ngày này các cơ quan cũ kết thúc."),
    )
    sources = forms.CharField(
        label=lazy("Mã các cơ quan kết thúc"), max_length=500, help_text=lazy("Cách nhau bằng dấu phẩy.")
    )
    document = forms.CharField(label=lazy("Số, ký hiệu văn bản"), max_length=300)
    reason = forms.CharField(label=lazy("Lý do"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    heir = forms.CharField(
        label=lazy("Mã đơn vị nhận bàn giao"),
        max_length=20,
        required=False,
        help_text=lazy("Nhận hồ sơ đang mở và cán bộ; để trống khi chỉ có một đơn vị tiếp nối."),
    )
    people = forms.CharField(
        label=lazy("Cán bộ về đơn vị khác"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=lazy("Mỗi dòng: tên đăng nhập = mã đơn vị. Những người khác về đơn vị nhận bàn giao."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.common = list(self.fields)
        for number in ROWS:
            for name, label, most in (("code", _("Mã"), 20), ("name", _("Tên"), 200), ("short", _("Tên ngắn"), 100)):
                field = forms.CharField(label=label, max_length=most, required=False)
                field.widget.attrs["class"] = "form-control"
                self.fields[f"{name}{number}"] = field

    def shared_fields(self) -> list[forms.BoundField]:
        """What is said of the whole change."""
        return [self[name] for name in self.common]

    def rows(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The successors with their fields."""
        for number in ROWS:
            yield number, [self[f"{name}{number}"] for name in ("code", "name", "short")]

    def plan(self) -> Plan:
        """What was typed, as the rules take it. Raises Invalid for a line of people that can't be read."""
        data = self.cleaned_data
        successors = tuple(
            Successor(data[f"code{number}"].strip(), data[f"name{number}"].strip(), data[f"short{number}"].strip())
            for number in ROWS
            if data[f"code{number}"].strip()
        )
        people = {}
        for line in data["people"].splitlines():
            login, sign, code = (part.strip() for part in line.partition("="))
            if line.strip() and not (sign and login and code):
                sentence = _("Không hiểu dòng “%(line)s”.") % {"line": line.strip()}
                raise Invalid(sentence, fields={"people": sentence})
            if line.strip():
                people[login] = code
        sources = tuple(code for code in re.split(r"[,;\s]+", data["sources"]) if code)
        heir = data["heir"].strip() or (successors[0].code if len(successors) == 1 else "")
        return Plan(data["kind"], data["on"], sources, successors, heir, people)


@officers(*READERS)
def office_changes(request: PersonRequest) -> HttpResponse:
    """Every change, the newest first."""
    page = cursor_page(OfficeChange.objects.all(), request, key="proposed_at", descending=True)
    rows = [(one, plan_of(one)) for one in page.items]
    context = {"page": page, "rows": rows, "may_propose": speaker(request).may_propose}
    return show(request, "setup/office_changes.html", context)


@officers(*READERS)
def propose_office_change(request: PersonRequest) -> HttpResponse:
    """Propose one."""
    person = speaker(request)
    if not person.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sắp xếp cơ quan."))
    form = OfficeChangeForm(posted(request), initial={"on": day_of(request.at) + timedelta(days=1)})

    def act() -> OfficeChange:
        grounds = {name: form.cleaned_data[name] for name in ("document", "reason")}
        return propose_change(form.plan(), **grounds, by=person, at=request.at)

    if request.method == "POST":
        made = attempt(form, act)
        if made is not None:
            messages.success(request, _("Đã gửi đề nghị. Một người khác có quyền phê duyệt sẽ quyết định."))
            return redirect("setup:office_change", made.pk)
    return show(request, "setup/propose_office_change.html", form=form)


@officers(*READERS)
def office_change(request: PersonRequest, office_change_id: int) -> HttpResponse:
    """One change, and the decision of a second person."""
    found = OfficeChange.objects.filter(pk=office_change_id).first()
    if found is None:
        raise NotThere(_("Không có đề nghị này."))
    person, form = speaker(request), DecisionForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, person, form)) is not None:
        return redirect("setup:office_change", found.pk)
    plan, is_open = plan_of(found), found.approved is None
    names = dict(
        Office.objects.filter(code__in=[*plan.sources, *(s.code for s in plan.successors)]).values_list("code", "name")
    )
    context = {
        "one": found,
        "sources": [(code, names.get(code, code)) for code in plan.sources],
        "successors": [(s.code, s.name or names.get(s.code, s.code), s.code == plan.heir) for s in plan.successors],
        "people": sorted(plan.people.items()),
        "may_decide": is_open and person.may_decide and person.account_id != found.proposed_by,
        "is_own": is_open and person.account_id == found.proposed_by,
    }  # fmt: skip
    return show(request, "setup/office_change.html", context, form=form)


def _decide(request: PersonRequest, found: OfficeChange, person: Person, form: DecisionForm) -> OfficeChange:
    verdict = request.POST.get("verdict")
    if verdict not in ("approve", "reject"):
        raise Invalid(_("Hãy chọn phê duyệt hoặc từ chối."))
    note = form.cleaned_data["note"]
    made = decide_change(found.pk, approved=verdict == "approve", by=person, at=request.at, note=note)
    messages.success(
        request,
        _("Đã phê duyệt. Cây cơ quan thay đổi từ ngày đã ghi.")
        if made.approved
        else _("Đã từ chối. Cây cơ quan giữ nguyên."),
    )
    return made

"""Outages of the system: one person enters, another decides. The rules are `dossiers.outages`'s."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.dossiers.models import Outage
from motcua.dossiers.outages import decide, record
from motcua.law.proposals import Person
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.forms import DecisionForm, OutageForm
from motcua.pages.setup.people import READERS, speaker


@officers(*READERS)
def outages(request: PersonRequest) -> HttpResponse:
    """Every outage, the newest first."""
    page = cursor_page(Outage.objects.all(), request, key="began_at", descending=True)
    return show(request, "setup/outages.html", {"page": page, "may_record": speaker(request).may_propose})


@officers(*READERS)
def record_outage(request: PersonRequest) -> HttpResponse:
    """Enter one."""
    person = speaker(request)
    if not person.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được ghi nhận gián đoạn."))
    form = OutageForm(posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: record(**form.cleaned_data, by=person, at=request.at))
        if made is not None:
            messages.success(request, _("Đã ghi nhận. Một người khác có quyền phê duyệt sẽ quyết định."))
            return redirect("setup:outage", made.pk)
    return show(request, "setup/record_outage.html", form=form)


@officers(*READERS)
def outage(request: PersonRequest, outage_id: int) -> HttpResponse:
    """One outage, and the decision of a second person."""
    found = Outage.objects.filter(pk=outage_id).first()
    if found is None:
        raise NotThere(_("Không có lần gián đoạn này."))
    person = speaker(request)
    form = DecisionForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, person, form)) is not None:
        return redirect("setup:outage", found.pk)
    is_open = found.approved is None
    context = {
        "outage": found,
        "may_decide": is_open and person.may_decide and person.account_id != found.recorded_by,
        "is_own": is_open and person.account_id == found.recorded_by,
    }
    return show(request, "setup/outage.html", context, form=form)


def _decide(request: PersonRequest, found: Outage, person: Person, form: DecisionForm) -> Outage:
    verdict = request.POST.get("verdict")
    if verdict not in ("approve", "reject"):
        raise Invalid(_("Hãy chọn phê duyệt hoặc từ chối."))
    made = decide(found.pk, approved=verdict == "approve", by=person, at=request.at, note=form.cleaned_data["note"])
    messages.success(
        request,
        _("Đã phê duyệt. Thời hạn các hồ sơ bị ảnh hưởng được tính lại trong lần chạy hằng ngày tới.")
        if made.approved
        else _("Đã từ chối. Không hồ sơ nào thay đổi thời hạn."),
    )
    return made

"""Processes with their steps at the centre: proposed for procedures of the list, decided by another person.

The rules are `catalogue.life.onsite_processes`'s.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.catalogue.life import onsite_processes as rules
from motcua.catalogue.life.onsite import list_on
from motcua.catalogue.life.rows import OnsiteEntry, OnsiteList, OnsiteProcess
from motcua.catalogue.models import Process
from motcua.catalogue.offers import forget_offers
from motcua.law.proposals import Person
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.process_picture import picture
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.forms import DecisionForm
from motcua.pages.setup.onsite_forms import OnsiteProcessForm
from motcua.pages.setup.people import READERS, speaker


@officers(*READERS)
def onsite(request: PersonRequest) -> HttpResponse:
    """The list by mode and process, with what is still to be proposed; then what was proposed, newest first."""
    day = next_day(day_of(request.at))
    page = cursor_page(_proposals(), request, key="proposed_at", descending=True)
    context = {
        "current": list_on(day),
        "day": day,
        "groups": [] if page.first_query else rules.groups_on(day),
        "page": page,
        "may_propose": speaker(request).may_propose,
    }
    return show(request, "setup/onsite.html", context)


@officers(*READERS)
def propose_onsite(request: PersonRequest, process_id: int, mode: str) -> HttpResponse:
    """Propose, for procedures of the list that go by one process, where each of its steps is done."""
    person = speaker(request)
    if not person.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa quy trình."))
    base = Process.objects.filter(pk=process_id, usable=True, retired_at=None).first()
    if base is None or mode not in OnsiteEntry.Mode.values:
        raise NotThere(_("Không có quy trình này."))
    day = next_day(day_of(request.at))
    same = (one for one in rules.groups_on(day) if (one.mode, one.base.pk) == (mode, base.pk))
    group = next(same, None)
    initial = {"codes": "\n".join((group.open or group.codes) if group else ()), "valid_from": day}
    form = OnsiteProcessForm(base, posted(request), initial=initial)
    if request.method == "POST":
        made = attempt(
            form,
            lambda: rules.propose(
                form.codes_typed(),
                base_id=base.pk,
                mode=mode,
                places=form.places(),
                **{name: form.cleaned_data[name] for name in ("valid_from", "document", "reason")},
                by=person,
                at=request.at,
            ),
        )
        if made is not None:
            messages.success(request, _("Đã gửi đề nghị. Một người khác có quyền phê duyệt sẽ quyết định."))
            return redirect("setup:onsite_proposal", made.pk)
    context = {"base": base, "mode": OnsiteEntry.Mode(mode).label}
    return show(request, "setup/propose_onsite.html", context, form=form)


@officers(*READERS)
def onsite_proposal(request: PersonRequest, onsite_id: int) -> HttpResponse:
    """One proposed process: for which procedures, from when, why, its picture; and the decision, by another person."""
    found = _proposals().filter(pk=onsite_id).first()
    if found is None:
        raise NotThere(_("Không có đề nghị này."))
    person = speaker(request)
    form = DecisionForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, person, form)) is not None:
        return redirect("setup:onsite_proposal", found.pk)
    is_open = not hasattr(found, "decision")
    context = {
        "one": found,
        "decision": getattr(found, "decision", None),
        "picture": picture(found.process.steps.all(), "process"),
        "may_decide": is_open and person.may_decide and person.account_id != found.proposed_by_id,
        "is_own": is_open and person.account_id == found.proposed_by_id,
    }
    return show(request, "setup/onsite_proposal.html", context, form=form)


def next_day(today: date) -> date:
    """The first day that can still be prepared: tomorrow, or the first day of a list that is to come."""
    newest = OnsiteList.objects.order_by("-valid_from", "-id").first()
    tomorrow = today + timedelta(days=1)
    return max(tomorrow, newest.valid_from) if newest else tomorrow


def _decide(request: PersonRequest, found: OnsiteProcess, person: Person, form: DecisionForm) -> bool:
    note, verdict, at = form.cleaned_data["note"], request.POST.get("verdict"), request.at
    if verdict not in ("approve", "reject"):
        raise Invalid(_("Hãy chọn phê duyệt hoặc từ chối."))
    if verdict == "approve":
        rules.approve(found.pk, by=person, at=at, note=note)
        forget_offers()
        sentence = _("Đã phê duyệt: áp dụng cho hồ sơ tiếp nhận từ %(day)s.")
        messages.success(request, sentence % {"day": f"{found.valid_from:%d/%m/%Y}"})
    else:
        rules.reject(found.pk, by=person, at=at, note=note)
        messages.success(request, _("Đã từ chối đề nghị. Quy trình đang áp dụng không đổi."))
    return True


def _proposals() -> QuerySet[OnsiteProcess]:
    return OnsiteProcess.objects.select_related("process", "base", "proposed_by", "decision", "decision__decided_by")

"""Interlinked groups: what is in use, what is proposed, and a second person's word. The rules are the catalogue's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.catalogue.group_proposals import decide_group, propose_group, warnings_of
from motcua.catalogue.group_rows import GroupProposal
from motcua.catalogue.groups import groups_in_use
from motcua.law.proposals import Person
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.process_picture import parts_picture
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.forms import DecisionForm
from motcua.pages.setup.group_forms import GroupForm, office_choices
from motcua.pages.setup.people import READERS, speaker


@officers(*READERS)
def groups(request: PersonRequest) -> HttpResponse:
    """The groups in use, each as a picture, and what was proposed, the newest first."""
    rows = [
        (group, parts_picture(group.parts.all(), office_choices(day_of(request.at)), f"g{group.pk}"))
        for group in groups_in_use()
    ]
    page = cursor_page(GroupProposal.objects.all(), request, key="proposed_at", descending=True)
    context = {"rows": rows, "page": page, "may_propose": speaker(request).may_propose}
    return show(request, "setup/groups.html", context)


@officers(*READERS)
def propose_group_page(request: PersonRequest) -> HttpResponse:
    """Another version of a group, or a new one."""
    person = speaker(request)
    if not person.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa nhóm liên thông."))
    key = request.GET.get("nhom", "")
    group = next((one for one in groups_in_use() if one.key == key), None)
    if key and group is None:
        raise NotThere(_("Không có nhóm liên thông này."))
    form = GroupForm(group, day_of(request.at), posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: propose_group(form.content(), **form.grounds(), by=person, at=request.at))
        if made is not None:
            messages.success(request, _("Đã gửi đề nghị. Một người khác có quyền phê duyệt sẽ quyết định."))
            return redirect("setup:group_proposal", made.pk)
    return show(request, "setup/propose_group.html", {"group": group}, form=form)


@officers(*READERS)
def group_proposal(request: PersonRequest, group_proposal_id: int) -> HttpResponse:
    """One proposal: the group as a picture, what it would contradict, and the decision of a second person."""
    found = GroupProposal.objects.filter(pk=group_proposal_id).first()
    if found is None:
        raise NotThere(_("Không có đề nghị này."))
    person, form = speaker(request), DecisionForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, person, form)) is not None:
        return redirect("setup:group_proposal", found.pk)
    is_open = found.approved is None
    context: dict[str, Any] = {
        "one": found,
        "picture": parts_picture(found.content["parts"], office_choices(day_of(request.at)), "p"),
        "warnings": warnings_of(found.content) if is_open else [],
        "may_decide": is_open and person.may_decide and person.account_id != found.proposed_by,
        "is_own": is_open and person.account_id == found.proposed_by,
    }
    return show(request, "setup/group_proposal.html", context, form=form)


def _decide(request: PersonRequest, found: GroupProposal, person: Person, form: DecisionForm) -> GroupProposal:
    verdict = request.POST.get("verdict")
    if verdict not in ("approve", "reject"):
        raise Invalid(_("Hãy chọn phê duyệt hoặc từ chối."))
    note = form.cleaned_data["note"]
    made = decide_group(found.pk, approved=verdict == "approve", by=person, at=request.at, note=note)
    messages.success(
        request,
        _("Đã phê duyệt. Nhóm áp dụng cho hồ sơ tiếp nhận từ ngày đã ghi.")
        if made.approved
        else _("Đã từ chối. Nhóm đang dùng giữ nguyên."),
    )
    return made

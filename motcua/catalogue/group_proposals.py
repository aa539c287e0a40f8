"""Another version of an interlinked group: one person proposes, another decides, it holds from a day that is to come.

Dossiers accepted before that day keep the group that they were accepted under. Law: ND61-2018 19(6), 19(7)
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.calendar.limits import CERTAIN, Limit
from motcua.catalogue.group_rows import GroupProposal, InterlinkedGroup
from motcua.catalogue.groups import check_order, keep_group, longest_path, path_warning
from motcua.catalogue.models import Procedure, ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import forget_offers, offer
from motcua.law.four_eyes import Person, check_second, check_still_to_come, reason_for_no

MOST_PARTS = 30
COUNTER = 1


def propose_group(content: dict[str, Any], *, valid_from: date, reason: str, by: Person, at: datetime) -> GroupProposal:
    """Propose a group as it shall be from a day on. content: as the bundled file has one, its `key` the group's.

    Raises Forbidden without the right, Invalid with a sentence per field: what is missing, a procedure that is not
    there or goes by another group, parts that wait in a circle or for one that is not there, a day that has begun.
    """
    if not by.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa nhóm liên thông."))
    if not tidy(reason):
        sentence = _("Cần nêu lý do.")
        raise Invalid(sentence, fields={"reason": sentence}, code="reason_needed")
    _check_day(valid_from, at)
    check_content(content)
    return GroupProposal.objects.create(
        key=content["key"],
        content=content,
        valid_from=valid_from,
        reason=tidy(reason),
        proposed_by=by.account_id,
        proposer_name=by.name,
        proposed_at=at,
    )


@transaction.atomic
def decide_group(proposal_id: int, *, approved: bool, by: Person, at: datetime, note: str = "") -> GroupProposal:
    """Say yes or no, as a second person; a no needs its reason, a yes comes before the day.

    Raises NotThere, Forbidden (also for the proposer's own), Refused when it is decided or too late, Invalid when it
    contradicts what was published meanwhile.
    """
    note = reason_for_no(note, approved=approved)
    proposal = GroupProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotThere(_("Không có đề nghị này."))
    check_second(by, proposal.proposed_by, is_decided=proposal.approved is not None)
    if approved:
        check_still_to_come(proposal.valid_from, at)
        check_content(proposal.content)
    proposal.approved, proposal.note = approved, note
    proposal.decided_by, proposal.decider_name, proposal.decided_at = by.account_id, by.name, at
    proposal.save()
    return proposal


def publish_due(at: datetime) -> list[InterlinkedGroup]:
    """Publish what was approved and whose day has come, the oldest first; each once."""
    made = []
    due = GroupProposal.objects.filter(approved=True, group=None, valid_from__lte=day_of(at))
    for proposal in due.order_by("valid_from", "pk"):
        with transaction.atomic():
            in_use = InterlinkedGroup.objects.filter(key=proposal.key, retired_at=None).first()
            proposal.group = keep_group({**proposal.content, "proposal": proposal.pk}, at) or in_use
            proposal.save()
        if proposal.group is not None:
            made.append(proposal.group)
    forget_offers()
    return made


def _check_day(valid_from: date, at: datetime) -> None:
    if valid_from <= day_of(at):
        sentence = _("Ngày áp dụng phải sau hôm nay.")
        raise Invalid(sentence, fields={"valid_from": sentence}, code="too_late")


def check_content(content: dict[str, Any]) -> None:
    """Raises Invalid where the group contradicts itself, the catalogue, or another group in use."""
    wrong = {name: _("Cần điền.") for name in ("name", "decision") if not tidy(content[name])}
    codes = content["codes"]
    if not codes:
        wrong["codes"] = _("Cần ít nhất một mã thủ tục.")
    known = set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    if unknown := sorted(set(codes) - known):
        wrong["codes"] = _("Không có thủ tục mang mã %(codes)s.") % {"codes": ", ".join(unknown)}
    others = InterlinkedGroup.objects.filter(retired_at=None, codes__overlap=codes).exclude(key=content["key"])
    if other := others.first():
        wrong["codes"] = _("Thủ tục này đã thuộc nhóm liên thông “%(name)s”.") % {"name": other.name}
    parts = content["parts"]
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Invalid(_("Nhóm liên thông có từ 2 đến %(most)s phần việc.") % {"most": MOST_PARTS}, fields=wrong)
    for part in parts:
        words = {"number": part["number"]}
        for name in ("name", "office"):
            if not tidy(part[name]):
                wrong[f"{name}{part['number']}"] = _("Phần việc %(number)s: cần tên và cơ quan.") % words
        if part["limit"] and Limit.parse(part["limit"]).kind not in CERTAIN:
            wrong[f"limit{part['number']}"] = _("Phần việc %(number)s: cần thời hạn rõ ràng.") % words
    if wrong:
        raise Invalid(_("Nhóm liên thông chưa hợp lệ."), fields=wrong)
    check_order(waits_of(content))


def waits_of(content: dict[str, Any]) -> dict[int, list[int]]:
    """number → numbers of the parts before it."""
    return {part["number"]: part["waits_for"] for part in content["parts"]}


def warnings_of(content: dict[str, Any]) -> list[str]:
    """Where the parts one after the other take longer than a procedure's own limit: both numbers. Forbids nothing."""
    limits = {part["number"]: Limit.parse(part["limit"]) for part in content["parts"] if part["limit"]}
    if len(limits) < len(content["parts"]):
        return []
    found = []
    versions = ProcedureVersion.objects.filter(status="published", procedure__code__in=content["codes"])
    for case in ProcedureCase.objects.filter(version__in=versions).select_related("version__procedure").order_by("pk"):
        path = longest_path(limits, waits_of(content), offer(case.pk, COUNTER).limit)
        if sentence := path_warning(path):
            found.append(f"{case.version.procedure.code}: {sentence}")
    return list(dict.fromkeys(found))

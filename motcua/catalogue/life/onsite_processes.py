"""A process with its steps at the centre: one person proposes it for procedures of the list, another decides.

Like a parameter of the law it holds from a day that is still to come; dossiers under way keep the process they have.
Law: TT01-2018 6
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.ids import random_key
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.catalogue.life.onsite import list_on, placed_on, unfit
from motcua.catalogue.life.rows import OnsiteDecision, OnsiteEntry, OnsiteProcess
from motcua.catalogue.models import Process, ProcessStep
from motcua.catalogue.processes import copy_placed, processes_for
from motcua.law.four_eyes import Person, check_second, check_still_to_come, grounds, reason_for_no

Place, Role = ProcessStep.Place, ProcessStep.Role
# What each step of the present process may become; empty: it is left out.
CHOICES: tuple[str, ...] = (Place.ONSITE, Place.COMPETENT, "")


@dataclass(frozen=True, slots=True)
class Group:
    """Procedures of the list that are done in one mode and go by one process at their authority."""

    mode: str
    base: Process
    codes: tuple[str, ...]
    placed: tuple[str, ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Those that have no process at the centre yet."""
        return tuple(code for code in self.codes if code not in self.placed)


def groups_on(on: date) -> list[Group]:
    """The list of a day by mode and process; six statements."""
    current = list_on(on)
    modes: dict[str, str] = dict(current.entries.values_list("procedure__code", "mode")) if current else {}
    bases = processes_for(modes)
    placed = placed_on(modes, on)
    groups: dict[tuple[str, Process], list[str]] = defaultdict(list)
    for code in sorted(modes):
        if code in bases:
            groups[modes[code], bases[code]].append(code)
    return [
        Group(mode, base, tuple(codes), tuple(code for code in codes if code in placed))
        for (mode, base), codes in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0][0], pair[0][1].pk))
    ]


def usual_places(base: Process) -> list[str]:
    """What a proposal starts from: the receiver's steps as they are, all others at the centre."""
    rows = base.steps.order_by("seq").values_list("place", flat=True)
    return [str(place if place == Place.RECEIVING else Place.ONSITE) for place in rows]


@transaction.atomic
def propose(
    codes: Sequence[str],
    *,
    base_id: int,
    mode: str,
    places: Sequence[str],
    valid_from: date,
    document: str,
    reason: str,
    by: Person,
    at: datetime,
) -> OnsiteProcess:
    """Propose a new process for procedures of the list in force on its first day: the steps of the one they go by now,
    each at its place or left out. Raises Forbidden, NotThere, or Invalid with every sentence that says what is wrong.
    """
    if not by.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa quy trình."))
    base = Process.objects.filter(pk=base_id, usable=True, retired_at=None).first()
    if base is None:
        raise NotThere(_("Không có quy trình này."))
    reason, document = grounds(reason, document)
    if valid_from <= day_of(at):
        sentence = _("Ngày áp dụng phải sau hôm nay: hồ sơ đã tiếp nhận giữ quy trình lúc tiếp nhận.")
        raise Invalid(sentence, fields={"valid_from": sentence}, code="day_invalid")
    named = tuple(dict.fromkeys(map(tidy, codes)))
    _check_listed(named, mode, base, valid_from)
    if len(places) != base.steps.count() or not set(places) <= {*CHOICES, Place.RECEIVING}:
        raise Invalid(_("Mỗi bước cần một nơi thực hiện."), code="places_needed")
    process = copy_placed(base, places, f"onsite/{random_key(12)}")
    _check_steps(process, mode)
    return OnsiteProcess.objects.create(
        process=process,
        base=base,
        mode=mode,
        codes=list(named),
        valid_from=valid_from,
        document=document,
        reason=reason,
        proposed_by_id=by.account_id,
        proposed_at=at,
    )


def approve(proposal_id: int, *, by: Person, at: datetime, note: str = "") -> OnsiteDecision:
    """Let it hold for dossiers accepted from its day on, which must still be to come.

    Raises NotThere, Forbidden (also for the proposer's own), Refused when it is decided or too late, Invalid when the
    list has changed since.
    """
    with transaction.atomic():
        proposal = _to_decide(proposal_id, by)
        check_still_to_come(proposal.valid_from, at)
        _check_listed(proposal.codes, proposal.mode, proposal.base, proposal.valid_from)
        return _decide(proposal, by, at, approved=True, note=note)


def reject(proposal_id: int, *, by: Person, at: datetime, note: str) -> OnsiteDecision:
    """Say no, with the reason. Raises as `approve`."""
    reason_for_no(note)
    with transaction.atomic():
        return _decide(_to_decide(proposal_id, by), by, at, approved=False, note=note)


def _to_decide(proposal_id: int, by: Person) -> OnsiteProcess:
    # The row is never changed, only locked: of two who decide at once the second is told.
    proposal = (
        OnsiteProcess.objects.select_for_update(of=("self",)).select_related("base").filter(pk=proposal_id).first()
    )
    if proposal is None:
        raise NotThere(_("Không có đề nghị này."))
    decided = OnsiteDecision.objects.filter(proposal=proposal).exists()
    check_second(by, proposal.proposed_by_id, is_decided=decided)
    return proposal


def _decide(proposal: OnsiteProcess, by: Person, at: datetime, *, approved: bool, note: str) -> OnsiteDecision:
    return OnsiteDecision.objects.create(
        proposal=proposal, approved=approved, decided_by_id=by.account_id, decided_at=at, note=tidy(note)
    )


def _check_listed(codes: Sequence[str], mode: str, base: Process, on: date) -> None:
    """Every procedure is in the list of that day, in this mode, and goes by this process."""
    current = list_on(on)
    rows = OnsiteEntry.objects.filter(list=current, procedure__code__in=codes, mode=mode)
    listed = set(rows.values_list("procedure__code", flat=True))
    if strange := sorted(set(codes) - listed):
        day = f"{on:%d/%m/%Y}"
        sentence = _("Không thuộc danh mục tại chỗ của ngày %(day)s ở mức này: %(codes)s.")
        raise _wrong(sentence % {"day": day, "codes": ", ".join(strange[:20])})
    if not codes:
        raise _wrong(_("Cần nêu ít nhất một thủ tục."))
    going = processes_for(codes)
    if strange := sorted(code for code in codes if going.get(code) != base):
        raise _wrong(_("Không theo quy trình này: %(codes)s.") % {"codes": ", ".join(strange[:20])})


def _check_steps(process: Process, mode: str) -> None:
    wrong = unfit(mode, list(process.steps.order_by("seq")))
    if not process.usable:
        wrong.append(_("Quy trình phải bắt đầu bằng tiếp nhận, có phê duyệt và kết thúc bằng trả kết quả."))
    if wrong:
        raise Invalid(" ".join(wrong), fields={"places": " ".join(wrong)}, code="not_onsite")


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"codes": sentence}, code="codes_invalid")

"""The list of procedures done wholly at the centre, and whether the centre can really do them.

Four at the place: received, appraised, approved, returned there; five: sealed there too. Law: TT01-2018 6
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Invalid
from motcua.base.text import fold, tidy
from motcua.catalogue.life.events import CLOSED, Standing, standings
from motcua.catalogue.life.legal_acts import procedures_named
from motcua.catalogue.life.rows import LegalAct, OnsiteEntry, OnsiteList
from motcua.catalogue.models import Process, ProcessStep
from motcua.catalogue.processes import processes_for
from motcua.offices.actors import DELEGABLE
from motcua.offices.models import Delegation, Office, Posting, Role

Mode = OnsiteEntry.Mode
AIM_PERCENT = 30  # of the procedures of the province, as one set it to itself in 2021
AT_CENTRE = (
    "tai cho",
    "tai trung tam",
    "ttpvhcc",
    "trung tam phuc vu hanh chinh cong",
    "trung tam hcc",
    "bo phan mot cua",
)
NEEDED: dict[str, tuple[tuple[str, Any], ...]] = {
    Mode.FOUR: (("handler", gettext_lazy("thẩm định")), ("approver", gettext_lazy("phê duyệt"))),
    Mode.FIVE: (
        ("handler", gettext_lazy("thẩm định")),
        ("approver", gettext_lazy("phê duyệt")),
        ("clerk", gettext_lazy("đóng dấu")),
    ),
}


@transaction.atomic
def approve_list(
    lines: Sequence[tuple[str, str]], *, act: LegalAct, valid_from: date, by: Any, at: datetime
) -> OnsiteList:
    """A new list of (code, mode), which from its day on replaces the one before. Raises Invalid for codes that are
    unknown or named twice, for an unknown mode, and for a procedure without a published version.
    """
    codes = [tidy(code) for code, _mode in lines]
    twice = sorted({code for code in codes if codes.count(code) > 1}) if len(set(codes)) != len(codes) else []
    if twice or any(mode not in Mode.values for _code, mode in lines):
        sentence = _("Mã ghi hai lần: %(codes)s.") % {"codes": ", ".join(twice)} if twice else _("Không hợp lệ.")
        raise Invalid(sentence, fields={"lines": sentence})
    procedures = procedures_named(codes)
    if unpublished := [one.code for one in procedures if one.current_id is None]:
        sentence = _("Chưa công khai: %(codes)s.") % {"codes": ", ".join(unpublished)}
        raise Invalid(sentence, fields={"lines": sentence})
    made = OnsiteList.objects.create(act=act, valid_from=valid_from, recorded_by=by, recorded_at=at)
    OnsiteEntry.objects.bulk_create(
        OnsiteEntry(list=made, procedure=one, version_id=one.current_id or 0, mode=mode)
        for one, (_code, mode) in zip(procedures, lines, strict=True)
    )
    return made


def list_on(on: date) -> OnsiteList | None:
    """The list in force on a day."""
    rows = OnsiteList.objects.filter(valid_from__lte=on).select_related("act")
    return rows.order_by("-valid_from", "-id").first()


def modes_on(on: date) -> dict[int, str]:
    """procedure → mode, of the list in force on a day; two statements."""
    current = list_on(on)
    return dict(current.entries.values_list("procedure_id", "mode")) if current else {}


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry of the list and what is wrong with it, each a sentence; none: the centre can do it."""

    entry: OnsiteEntry
    violations: tuple[str, ...]


def checked(onsite: OnsiteList, centre: Office | None, on: date) -> list[Checked]:
    """Every entry of a list held against postings at the centre, its process and its life on a day; eight statements."""
    entries = list(onsite.entries.select_related("procedure", "version").order_by("procedure__code"))
    standing = standings(on, [entry.procedure_id for entry in entries])
    processes = processes_for([entry.procedure.code for entry in entries])
    steps: dict[int, list[ProcessStep]] = defaultdict(list)
    for step in ProcessStep.objects.filter(process__in=set(processes.values())).order_by("process_id", "seq"):
        steps[step.process_id].append(step)
    roles, delegated = roles_at(centre, on), delegated_to(centre, on)
    found = []
    for entry in entries:
        process = processes.get(entry.procedure.code)
        wrong = [
            *_life(entry, standing.get(entry.procedure_id, Standing.IN_USE)),
            *_people(entry, roles | {power.role for power in delegated if power.covers(entry)}),
            *_process(entry, process, steps[process.pk] if process else []),
        ]
        found.append(Checked(entry, tuple(wrong)))
    return found


def roles_at(centre: Office | None, on: date) -> frozenset[str]:
    """The roles for which somebody is posted at the centre on a day."""
    if centre is None:
        return frozenset()
    return frozenset(
        Posting.objects.on(on).filter(office=centre, account__is_active=True).values_list("role", flat=True)
    )


@dataclass(frozen=True)
class DelegatedRole:
    """A role that somebody at the centre has by a delegation in force, for some procedures or fields or all."""

    role: str
    procedures: tuple[str, ...]
    fields: tuple[str, ...]

    def covers(self, entry: OnsiteEntry) -> bool:
        """Whether it holds for this procedure."""
        is_limited = self.procedures or self.fields
        return not is_limited or entry.procedure.code in self.procedures or entry.version.field in self.fields


def delegated_to(centre: Office | None, on: date) -> list[DelegatedRole]:
    """What delegations in force on a day give to people posted at the centre; two statements.

    Only deciding is delegated, and only what its owner holds where they delegate it. Law: TT01-2018 6
    """
    people = Posting.objects.on(on).filter(office=centre, account__is_active=True).values("account_id")
    given = list(Delegation.objects.on(on).filter(to_account__in=people))
    held = Posting.objects.on(on).filter(
        account__in={one.from_account_id for one in given}, role__in=DELEGABLE, reserve_for=None
    )
    roles = {(posting.account_id, posting.office_id, posting.role) for posting in held}
    return [
        DelegatedRole(role, tuple(one.procedures), tuple(one.fields))
        for one in given
        for account, office, role in roles
        if (account, office) == (one.from_account_id, one.office_id)
    ]


def at_centre(step: ProcessStep) -> bool:
    """Is a step done at the centre: that of the receiver, or one whose printed role says so."""
    return step.place == ProcessStep.Place.RECEIVING or any(mark in fold(step.role_text) for mark in AT_CENTRE)


def _life(entry: OnsiteEntry, standing: Standing) -> list[str]:
    wrong = []
    if standing in CLOSED:
        wrong.append(_("Thủ tục không còn nhận hồ sơ mới: %(why)s.") % {"why": str(standing.label).lower()})
    if entry.procedure.current_id != entry.version_id:
        words = {"number": entry.version.number}
        wrong.append(_("Danh mục ghi theo phiên bản %(number)s, thủ tục nay đã có phiên bản mới: cần rà lại.") % words)
    return wrong


def _people(entry: OnsiteEntry, roles: frozenset[str]) -> list[str]:
    wanted = [("receiver", _("tiếp nhận, trả kết quả")), *NEEDED[entry.mode]]
    return [
        _("Trung tâm chưa có người được phân công %(work)s (%(role)s).") % {"work": work, "role": Role(role).label}
        for role, work in wanted
        if role not in roles
    ]


def _process(entry: OnsiteEntry, process: Process | None, steps: list[ProcessStep]) -> list[str]:
    if process is None or process.is_default:
        return [_("Thủ tục chưa có quy trình nội bộ riêng được phê duyệt cho các bước tại Trung tâm.")]
    wrong = [
        _("Bước %(seq)s (%(role)s) không làm tại Trung tâm.")
        % {"seq": step.seq, "role": step.role_text or step.content[:80]}
        for step in steps
        if not at_centre(step)
    ]
    has = {step.role for step in steps}
    wrong += [
        _("Quy trình không có bước %(work)s.") % {"work": work} for role, work in NEEDED[entry.mode] if role not in has
    ]
    return wrong

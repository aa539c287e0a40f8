"""The list of procedures done wholly at the centre, and whether the centre can really do them.

Four at the place: received, appraised, approved, returned there; five: sealed there too. Law: TT01-2018 6
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Invalid
from motcua.base.numbers import percent
from motcua.base.text import tidy
from motcua.catalogue.life.events import CLOSED, Standing, standings
from motcua.catalogue.life.legal_acts import procedures_named
from motcua.catalogue.life.rows import LegalAct, OnsiteEntry, OnsiteList, OnsiteProcess
from motcua.catalogue.models import Procedure, Process, ProcessStep
from motcua.catalogue.processes import processes_for
from motcua.offices.actors import DELEGABLE
from motcua.offices.competence import keys_for
from motcua.offices.models import Delegation, Office, Posting, Role

Mode = OnsiteEntry.Mode
AIM_PERCENT = 30  # of the procedures of the province, as one set it to itself in 2021
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
    """A new list of (code, mode), which from its day on replaces the one before; an empty one ends it. Raises Invalid
    for codes that are unknown or named twice, for an unknown mode, and for a procedure without a published version.
    """
    codes = [tidy(code) for code, _mode in lines]
    twice = sorted({code for code in codes if codes.count(code) > 1}) if len(set(codes)) != len(codes) else []
    if twice or any(mode not in Mode.values for _code, mode in lines):
        sentence = _("Mã ghi hai lần: %(codes)s.") % {"codes": ", ".join(twice)} if twice else _("Không hợp lệ.")
        raise Invalid(sentence, fields={"lines": sentence})
    procedures = procedures_named(codes) if codes else []
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
class ListShare:
    """The rate of procedures: those of the list over those of the province that are in use. No dossier is counted."""

    listed: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Half-up, two decimals; None where the province has none in use."""
        return percent(self.listed, self.whole)


def share_on(on: date) -> ListShare:
    """How much of the procedures of the province the list of a day has; five statements."""
    current = list_on(on)
    provincial = Procedure.objects.filter(current__levels__contains=["TINH"])
    outside = [pk for pk, standing in standings(on).items() if standing not in (Standing.IN_USE, Standing.SUSPENDED)]
    return ListShare(current.entries.count() if current else 0, provincial.exclude(pk__in=outside).count())


def processes_on(wanted: Iterable[tuple[str, str]], on: date) -> dict[str, Process]:
    """code → the process that its dossiers go by at the centre on a day, of (code, mode): the one approved for there,
    else the usual one; two statements.
    """
    modes = dict(wanted)
    return processes_for(modes) | placed_on(modes, on)


def placed_on(modes: Mapping[str, str], on: date) -> dict[str, Process]:
    """code → the process at the centre that was approved for it and its mode, on a day; one statement."""
    rows = OnsiteProcess.objects.filter(decision__approved=True, valid_from__lte=on, codes__overlap=list(modes))
    found: dict[str, Process] = {}
    for row in rows.select_related("process").order_by("valid_from", "id"):
        found |= {code: row.process for code in row.codes if modes.get(code) == row.mode}
    return found


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry of the list and what is wrong with it, each a sentence; none: the centre can do it."""

    entry: OnsiteEntry
    violations: tuple[str, ...]
    process_id: int | None = None


def checked(onsite: OnsiteList, centre: Office | None, on: date) -> list[Checked]:
    """Every entry of a list held against people at the centre, its process and its life on a day; nine statements."""
    entries = list(onsite.entries.select_related("procedure", "version").order_by("procedure__code"))
    standing = standings(on, [entry.procedure_id for entry in entries])
    processes = processes_on([(entry.procedure.code, entry.mode) for entry in entries], on)
    steps: dict[int, list[ProcessStep]] = defaultdict(list)
    for step in ProcessStep.objects.filter(process__in=set(processes.values())).order_by("process_id", "seq"):
        steps[step.process_id].append(step)
    powers, offices = powers_at(centre, on), authorities_of(centre, on)
    found = []
    for entry in entries:
        process = processes.get(entry.procedure.code)
        known = steps[process.pk] if process else []
        office = _authority(entry, offices)
        wrong = [
            *_life(entry, standing.get(entry.procedure_id, Standing.IN_USE)),
            *_people(entry, known, {power.role for power in powers if power.covers(entry, office)}),
            *_process(entry, process, known),
        ]
        found.append(Checked(entry, tuple(wrong), process.pk if process else None))
    return found


@dataclass(frozen=True)
class PowerThere:
    """A role that somebody who is posted at the centre has at some office, for some procedures or fields or all."""

    role: str
    office_id: int
    procedures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def covers(self, entry: OnsiteEntry, office_id: int | None) -> bool:
        """Whether it holds for this procedure, which this office decides (None: not known which)."""
        is_limited = self.procedures or self.fields
        is_its = self.role == Role.RECEIVER or office_id in (None, self.office_id)
        return is_its and (
            not is_limited or entry.procedure.code in self.procedures or entry.version.field in self.fields
        )


def powers_at(centre: Office | None, on: date) -> list[PowerThere]:
    """What people who are posted at the centre on a day may do for the authorities, by their own posting there or by a
    delegation in force; three statements.

    Who appraises, approves and seals at the centre is of the authority: being posted at the centre is not enough. Only
    deciding is delegated, and only what its owner holds where they delegate it. Law: TT01-2018 6; ND61-2018 11
    """
    if centre is None:
        return []
    there = Posting.objects.on(on).filter(office=centre, account__is_active=True).values("account_id")
    own = Posting.objects.on(on).filter(account__in=there, reserve_for=None)
    given = list(Delegation.objects.on(on).filter(to_account__in=there))
    givers = Posting.objects.on(on).filter(
        account__in={one.from_account_id for one in given}, role__in=DELEGABLE, reserve_for=None
    )
    held = {(posting.account_id, posting.office_id, posting.role) for posting in givers}
    powers = [
        PowerThere(one.role, one.office_id, tuple(one.procedures), tuple(one.fields))
        for one in own
        if one.office_id == centre.pk or one.role != Role.RECEIVER
    ]
    return powers + [
        PowerThere(role, one.office_id, tuple(one.procedures), tuple(one.fields))
        for one in given
        for account, office, role in held
        if (account, office) == (one.from_account_id, one.office_id)
    ]


def authorities_of(centre: Office | None, on: date) -> dict[str, int]:
    """key → office of the centre's province, as they are on a day; one statement."""
    if centre is None:
        return {}
    return dict(Office.objects.on(on).filter(province=centre.province).values_list("key", "pk"))


def _authority(entry: OnsiteEntry, offices: dict[str, int]) -> int | None:
    key = entry.procedure.competent_key
    if key is None:
        return None
    return next((offices[one] for one in keys_for(key, entry.version.field) if one in offices), None)


def at_centre(step: ProcessStep) -> bool:
    """Is a step done at the centre: that of the receiver, or one that its process puts there."""
    return step.place in (ProcessStep.Place.RECEIVING, ProcessStep.Place.ONSITE)


def unfit(mode: str, steps: Sequence[ProcessStep]) -> list[str]:
    """Why steps are not four, or five, at the place; each reason a sentence. Law: TT01-2018 6"""
    wrong = [
        _("Bước %(seq)s (%(role)s) không làm tại Trung tâm.")
        % {"seq": step.seq, "role": step.role_text or step.content[:80]}
        for step in steps
        # Of four at the place the seal is not one.
        if not at_centre(step) and not (mode == Mode.FOUR and step.role == Role.CLERK)
    ]
    has = {step.role for step in steps}
    return wrong + [
        _("Quy trình không có bước %(work)s.") % {"work": work} for role, work in NEEDED[mode] if role not in has
    ]


def _life(entry: OnsiteEntry, standing: Standing) -> list[str]:
    wrong = []
    if standing in CLOSED:
        wrong.append(_("Thủ tục không còn nhận hồ sơ mới: %(why)s.") % {"why": str(standing.label).lower()})
    if entry.procedure.current_id != entry.version_id:
        words = {"number": entry.version.number}
        wrong.append(_("Danh mục ghi theo phiên bản %(number)s, thủ tục nay đã có phiên bản mới: cần rà lại.") % words)
    return wrong


def _people(entry: OnsiteEntry, steps: Sequence[ProcessStep], roles: set[str]) -> list[str]:
    wanted = {"receiver": _("tiếp nhận, trả kết quả"), **{role: str(work) for role, work in NEEDED[entry.mode]}}
    wanted |= {
        step.role: step.get_role_display().lower() for step in steps if at_centre(step) and step.role not in wanted
    }
    return [
        _("Trung tâm chưa có người được phân công %(work)s (%(role)s).") % {"work": work, "role": Role(role).label}
        for role, work in wanted.items()
        if role not in roles
    ]


def _process(entry: OnsiteEntry, process: Process | None, steps: Sequence[ProcessStep]) -> list[str]:
    if process is None or process.is_default:
        return [_("Thủ tục chưa có quy trình nội bộ riêng được phê duyệt cho các bước tại Trung tâm.")]
    return unfit(entry.mode, steps)

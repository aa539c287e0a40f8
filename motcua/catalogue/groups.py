"""Groups of procedures that several agencies resolve together: loaded from a file, checked, never changed under a case.

Law: ND61-2018 19(6), 19(7)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.canonical import digest
from motcua.base.errors import Invalid
from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.catalogue.group_rows import GroupPart, GroupProposal, InterlinkedGroup
from motcua.catalogue.offers import forget_offers

IN_HOURS = {Unit.WORKING_DAY: 8, Unit.WORKING_HOUR: 1}
Waits = Mapping[int, Iterable[int]]


@dataclass(frozen=True, slots=True)
class Path:
    """The longest way through the parts against the whole limit, in working hours."""

    hours: Fraction
    limit: Fraction

    @property
    def is_too_long(self) -> bool:
        return self.hours > self.limit


def circle(waits: Waits) -> list[int]:
    """The numbers of parts that wait for each other in a circle, in its order; empty where every part can start.

    A number that is not among the keys waits for nothing.
    """
    done: set[int] = set()
    for first in waits:
        way: list[int] = []
        found = _walk(first, waits, way, done)
        if found:
            return found
    return []


def _walk(number: int, waits: Waits, way: list[int], done: set[int]) -> list[int]:
    if number in way:
        return way[way.index(number) :]
    if number in done:
        return []
    way.append(number)
    for before in waits.get(number, ()):
        if found := _walk(before, waits, way, done):
            return found
    way.pop()
    done.add(number)
    return []


def check_order(waits: Waits) -> None:
    """Raises Invalid where a part waits for one that is not there, or for itself, directly or around a circle."""
    for number, before in waits.items():
        if strangers := sorted(set(before) - set(waits)):
            words = {"number": number, "other": ", ".join(map(str, strangers))}
            raise Invalid(_("Phần việc %(number)s chờ phần việc không có: %(other)s.") % words, code="part_unknown")
    if found := circle(waits):
        shown = " → ".join(str(number) for number in [*found, found[0]])
        sentence = _("Các phần việc chờ nhau thành vòng, không phần nào bắt đầu được: %(circle)s.")
        raise Invalid(sentence % {"circle": shown}, code="parts_in_a_circle")


def longest_path(limits: Mapping[int, Limit], waits: Waits, whole: Limit | None) -> Path | None:
    """The longest way through the parts and the whole limit; None where they are not all working time.

    The order must have no circle (`check_order`).
    """
    own = {number: working_hours(limit) for number, limit in limits.items()}
    of_whole = working_hours(whole)
    if of_whole is None or not own or any(hours is None for hours in own.values()):
        return None
    ends: dict[int, Fraction] = {}

    def end_of(number: int) -> Fraction:
        if number not in ends:
            before = max((end_of(other) for other in waits.get(number, ())), default=Fraction(0))
            ends[number] = before + (own[number] or Fraction(0))
        return ends[number]

    return Path(max(end_of(number) for number in own), of_whole)


def path_warning(path: Path | None) -> str:
    """That the parts one after the other take longer than the whole, naming both numbers; empty where they fit."""
    if path is None or not path.is_too_long:
        return ""
    words = _(
        "Các phần việc nối tiếp nhau mất %(parts)s giờ làm việc, thời hạn của cả hồ sơ là %(limit)s giờ: "
        "thời hạn trên giấy hẹn vẫn có hiệu lực."
    )
    return words % {"parts": _show(path.hours), "limit": _show(path.limit)}


def working_hours(limit: Limit | None) -> Fraction | None:
    """A limit in working hours, 8 a day; None where it is not working time."""
    if limit is None or limit.kind is not LimitKind.DURATION or any(part.unit not in IN_HOURS for part in limit.parts):
        return None
    return sum((part.value * IN_HOURS[part.unit] for part in limit.parts), Fraction(0))


def _show(hours: Fraction) -> str:
    return f"{float(hours):g}".replace(".", ",")


@transaction.atomic
def load_groups(rows: Iterable[Mapping[str, Any]], at: datetime) -> int:
    """Keep every group of a file; how many are new. One that changed becomes a new row and the old one is retired.

    A group that the province has published a version of is the province's: no file takes it back. Raises Invalid for
    parts that can't start, or a limit that can't be read.
    """
    ours = set(GroupProposal.objects.filter(group__isnull=False).values_list("key", flat=True))
    made = [keep_group(row, at) for row in rows if row["key"] not in ours]
    forget_offers()
    return sum(group is not None for group in made)


def keep_group(row: Mapping[str, Any], at: datetime) -> InterlinkedGroup | None:
    """The group as a new row, in the place of the one in use; None where it is in use just so. Raises Invalid."""
    mark = digest(row)
    if InterlinkedGroup.objects.filter(key=row["key"], digest=mark, retired_at=None).exists():
        return None
    parts = [read_part(part) for part in row["parts"]]
    check_order({part.number: part.waits_for for part in parts})
    InterlinkedGroup.objects.filter(key=row["key"], retired_at=None).update(retired_at=at)
    group = InterlinkedGroup.objects.create(
        key=row["key"],
        digest=mark,
        codes=row["codes"],
        name=row["name"],
        decision=row["decision"],
        decided_on=date.fromisoformat(row["decided_on"]) if row["decided_on"] else None,
        province=row["province"],
        lead=row["lead"],
        source=row["source"],
        confidence=row["confidence"],
    )
    for part in parts:
        part.group = group
    GroupPart.objects.bulk_create(parts)
    return group


def read_part(row: Mapping[str, Any]) -> GroupPart:
    """A part of a group from a file or a proposal, of no group yet. Raises Invalid for a limit that can't be read."""
    return GroupPart(
        number=row["number"],
        name=row["name"],
        code=row["code"],
        office=row["office"],
        agency=row["agency"],
        task=row["task"],
        waits_for=row["waits_for"],
        limit=Limit.parse(row["limit"]).to_json() if row["limit"] else None,
        limit_source=row["limit_source"],
    )


def groups_in_use() -> list[InterlinkedGroup]:
    """The groups that new dossiers go by, with their parts; two statements."""
    return list(InterlinkedGroup.objects.filter(retired_at=None).prefetch_related("parts").order_by("name", "id"))

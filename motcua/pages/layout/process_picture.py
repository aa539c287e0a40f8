"""The steps of a process as a picture drawn on the server: left to right on a wide screen, top to bottom on a phone.

The same rows stand in a table beside it, so the picture shows nothing that is not also written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.calendar.limit_words import limit_words
from motcua.calendar.limits import Limit
from motcua.catalogue.group_rows import GroupPart
from motcua.catalogue.groups import read_part
from motcua.catalogue.models import Process, ProcessStep
from motcua.catalogue.offers import OfferedStep
from motcua.catalogue.processes import hours_of

PER_ROW = 4
BOX, TALL, GAP, DOWN = 216, 150, 40, 44
CHARACTERS, LINES = 21, 4
PLACES = {
    ProcessStep.Place.RECEIVING: gettext_lazy("Bộ phận Một cửa"),
    ProcessStep.Place.COMPETENT: gettext_lazy("Cơ quan giải quyết"),
    ProcessStep.Place.ONSITE: gettext_lazy("Tại Trung tâm"),
}
UNCOUNTED = gettext_lazy("không tính thời gian")


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """One step as picture and table have it; `hours` are working hours, None where it has no limit of its own."""

    seq: int
    title: str
    role: str
    place: str
    content: str
    hours: Fraction | None

    @property
    def place_name(self) -> str:
        """Where it is done, in words."""
        return str(PLACES.get(ProcessStep.Place(self.place), self.place))

    @property
    def role_name(self) -> str:
        """Which of the five roles does it, in words."""
        return str(ProcessStep.Role(self.role).label)

    @property
    def time(self) -> str:
        """Its limit in words."""
        return str(UNCOUNTED) if self.hours is None else time_words(self.hours)


@dataclass(frozen=True, slots=True)
class Picture:
    """A process ready for the page: both drawings, its rows, and their sum."""

    steps: tuple[DrawnStep, ...]
    wide: SafeString
    tall: SafeString
    hours: Fraction | None

    @property
    def total(self) -> str:
        """The sum of the counted steps in words; the dash where none is counted."""
        return "–" if self.hours is None else time_words(self.hours)


def time_words(hours: Fraction) -> str:
    """`0,5 ngày làm việc`: working hours as working days of eight, hours where that is no half day."""
    days = hours / 8
    if (days * 2).denominator == 1:
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", 1 if days == 1 else 2) % {"n": _number(days)}
    return ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", 1 if hours == 1 else 2) % {"n": _number(hours)}


def picture(steps: Iterable[OfferedStep | ProcessStep], key: str) -> Picture:
    """The picture of these steps (offered or stored ones); `key` makes its ids unique on the page."""
    drawn = tuple(_drawn(step) for step in steps)
    counted = [step.hours for step in drawn if step.hours is not None]
    return Picture(
        drawn,
        _draw(drawn, PER_ROW, f"{key}-wide"),
        _draw(drawn, 1, f"{key}-tall"),
        sum(counted, Fraction(0)) if counted else None,
    )


def sum_warning(process: Process) -> str:
    """Where the steps of a printed table do not add up to its total: both numbers, and which one binds; else empty."""
    if process.sum_matches is not False or process.stated_hours is None:
        return ""
    return _("Tổng các bước là %(sum)s, quyết định ghi tổng %(stated)s. Thời hạn công bố mới có hiệu lực.") % {
        "sum": time_words(Fraction(process.sum_hours or 0)),
        "stated": time_words(Fraction(process.stated_hours)),
    }


def _drawn(step: OfferedStep | ProcessStep) -> DrawnStep:
    if isinstance(step, ProcessStep):
        counted = hours_of(step.value, step.unit) if step.counted else None
        title, hours = step.role_text, None if counted is None else Fraction(counted)
    else:
        title, hours = step.title, step.hours
    return DrawnStep(
        step.seq, title or str(ProcessStep.Role(step.role).label), step.role, step.place, step.content, hours
    )


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """One agency's part of a group, with the words of a step."""

    seq: int
    title: str
    place_name: str
    time: str
    waits_for: tuple[int, ...]
    task: str = ""
    place: str = ProcessStep.Place.COMPETENT
    after: str = ""


@dataclass(frozen=True, slots=True)
class PartsPicture:
    """A group ready for the page: what begins at once stands one under the other, what waits stands to the right."""

    parts: tuple[DrawnPart, ...]
    wide: SafeString
    tall: SafeString


def parts_picture(rows: Iterable[GroupPart | dict[str, Any]], offices: dict[str, str], key: str) -> PartsPicture:
    """The picture of the parts of a group, stored or proposed; their order has no circle. offices: key → name."""
    parts = [_part_of(row, offices) for row in rows]
    depth: dict[int, int] = {}
    for _round in parts:
        for part in parts:
            depth[part.seq] = max((depth.get(before, 0) + 1 for before in part.waits_for), default=0)
    columns: dict[int, list[int]] = {}
    for part in parts:
        columns.setdefault(depth[part.seq], []).append(part.seq)
    wide = {
        seq: (2 + column * (BOX + GAP), 2 + row * (TALL + DOWN))
        for column, seqs in columns.items()
        for row, seq in enumerate(seqs)
    }
    tall = {
        part.seq: (2, 2 + row * (TALL + DOWN)) for row, part in enumerate(sorted(parts, key=lambda p: depth[p.seq]))
    }
    return PartsPicture(
        tuple(parts), _draw_parts(parts, wide, f"{key}-wide", ways=True), _draw_parts(parts, tall, f"{key}-tall")
    )


def _part_of(row: GroupPart | dict[str, Any], offices: dict[str, str]) -> DrawnPart:
    if isinstance(row, dict):
        row = read_part(row)
    limit = limit_words(Limit.from_json(row.limit)) if row.limit else _("chưa xác định")
    office = row.agency or offices.get(row.office, row.office)
    return DrawnPart(row.number, row.name, office, limit, tuple(row.waits_for), row.task)


def _draw_parts(
    parts: Sequence[DrawnPart], places: dict[int, tuple[int, int]], key: str, *, ways: bool = False
) -> SafeString:
    # Not wider than its page's share: two parts are drawn as large as four.
    least = PER_ROW * (BOX + GAP) - GAP + 4 if ways else 0
    width = max(least, max((x for x, _y in places.values()), default=0) + BOX + 2)
    height = max((y for _x, y in places.values()), default=0) + TALL + 2
    name = ngettext("Nhóm gồm %(n)s phần việc", "Nhóm gồm %(n)s phần việc", len(parts)) % {"n": len(parts)}
    after = _("sau phần")
    spoken = "; ".join(
        f"{part.seq}. {part.title} ({part.place_name}, {part.time}"
        + (f", {after} {', '.join(map(str, part.waits_for))})" if part.waits_for else ")")
        for part in parts
    )
    lines = [_way(places[before], places[part.seq]) for part in parts for before in part.waits_for if before in places]
    if not ways:
        lines = []
        parts = [
            replace(part, after=f"{after} {', '.join(map(str, part.waits_for))}" if part.waits_for else "")
            for part in parts
        ]
    return format_html(
        '<svg class="process" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}</svg>',
        width, height, key, key, key, name, key, spoken,
        format_html_join("", '<path class="way" d="{}"/><path class="head" d="{}"/>', lines),
        format_html_join("", "{}", ((_box(part, *places[part.seq]),) for part in parts)),
    )  # fmt: skip


def _way(start: tuple[int, int], end: tuple[int, int]) -> tuple[str, str]:
    """From the right side of the part before to the left side of the one that waits for it."""
    (left, top), (x, y) = start, end
    turn, middle = x - GAP // 2, TALL // 2
    return f"M{left + BOX} {top + middle}H{turn}V{y + middle}H{x - 6}", f"M{x - 9} {y + middle - 5}l9 5-9 5z"


def _draw(steps: Sequence[DrawnStep], per_row: int, key: str) -> SafeString:
    rows = -(-len(steps) // per_row)
    columns = min(per_row, len(steps)) or 1
    width, height = columns * (BOX + GAP) - GAP + 4, rows * (TALL + DOWN) - DOWN + 4
    places = [(2 + (i % per_row) * (BOX + GAP), 2 + (i // per_row) * (TALL + DOWN)) for i in range(len(steps))]
    name = ngettext("Quy trình gồm %(n)s bước", "Quy trình gồm %(n)s bước", len(steps)) % {"n": len(steps)}
    spoken = "; ".join(f"{step.seq}. {step.title} ({step.place_name}, {step.time})" for step in steps)
    return format_html(
        '<svg class="process" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}{}</svg>',
        width, height, key, key, key, name, key, spoken,
        format_html_join("", '<path class="way" d="{}"/><path class="head" d="{}"/>', _arrows(places, per_row)),
        format_html_join("", "{}", ((_box(step, *place),) for step, place in zip(steps, places, strict=True))),
    )  # fmt: skip


def _arrows(places: Sequence[tuple[int, int]], per_row: int) -> Iterable[tuple[str, str]]:
    for before, (x, y) in enumerate(places[1:]):
        left, top = places[before]
        middle = TALL // 2
        if top == y:
            yield f"M{left + BOX} {top + middle}H{x - 6}", f"M{x - 9} {y + middle - 5}l9 5-9 5z"
        elif per_row == 1:
            yield f"M{x + BOX // 2} {top + TALL}V{y - 6}", f"M{x + BOX // 2 - 5} {y - 9}l5 9 5-9z"
        else:
            start, turn, end = left + BOX // 2, top + TALL + DOWN // 2, x + BOX // 2
            yield f"M{start} {top + TALL}V{turn}H{end}V{y - 6}", f"M{end - 5} {y - 9}l5 9 5-9z"


def _box(step: DrawnStep | DrawnPart, x: int, y: int) -> SafeString:
    lines = _wrapped(f"{step.seq}. {step.title}")
    text = format_html_join(
        "",
        '<text class="who" x="{}" y="{}">{}</text>',
        ((x + 12, y + 26 + i * 20, line) for i, line in enumerate(lines)),
    )
    if isinstance(step, DrawnPart) and step.after:
        text += format_html('<text class="where" x="{}" y="{}">{}</text>', x + 12, y + TALL - 55, step.after)
    return format_html(
        '<g class="{}"><rect x="{}" y="{}" width="{}" height="{}" rx="8"/>{}'
        '<text class="where" x="{}" y="{}">{}</text><text class="time" x="{}" y="{}">{}</text></g>',
        step.place, x, y, BOX, TALL, text, x + 12, y + TALL - 34, _short(step.place_name), x + 12, y + TALL - 13, step.time,
    )  # fmt: skip


def _short(text: str) -> str:
    return text if len(text) <= CHARACTERS else f"{text[: CHARACTERS - 1]}…"


def _wrapped(text: str) -> list[str]:
    """Lines that fit the box; the last one ends with dots where words are left."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > CHARACTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()[:CHARACTERS]
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1][: CHARACTERS - 1] + "…"]
    return lines


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}".replace(".", ",")

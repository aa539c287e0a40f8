"""One measure over many months, told for the offices as they were, or as those of another day.

Every dossier is counted in exactly one row, whichever way it is told, so that the months add up to the same both ways.
What can't be told apart has a row of its own, in words; a share of it is an estimate, and is only made when asked for.
Law: ND118-2025; TT01-2020 2
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.base.text import fold, sort_key
from motcua.dossiers.states import State
from motcua.offices.lineage import Known, Lineage, Unit, read_lineage
from motcua.offices.models import Office
from motcua.reports.behind import Page, behind, everyone_behind
from motcua.reports.measures import MEASURES, leaves
from motcua.reports.month import bounds, restrict
from motcua.reports.periods import Period, between, parse_period, so_far
from motcua.reports.scope import Scope, life_words, not_then, was_there
from motcua.reports.sets import PLACES, members

Way = Literal["then", "new", "old"]
WAYS = ("then", "new", "old")
MOST_MONTHS = 60
_DONE = f"""coalesce(d.finished_at, CASE WHEN d.state IN ('{State.REFUSED.value}', '{State.WITHDRAWN.value}')
    THEN d.last_event_at END)"""
# What tells where a dossier of a divided or merged office belongs; nothing is read for the other offices.
_TRACED = f"""
SELECT m.office, k.offices, k.homes, k.epoch, {{what}} FROM (
    SELECT m.dossier_id, {{place}} AS office FROM ({{members}}) m
    WHERE m.measure = ANY(%(measures)s) AND {{condition}}
) m LEFT JOIN LATERAL (
    SELECT ARRAY[d.receiving_office_id, d.competent_office_id, d.at_office_id] AS offices,
        (SELECT count(*) FROM unnest(%(days)s::date[]) x WHERE x <= ({_DONE} AT TIME ZONE INTERVAL '7 hours')::date)
            + CASE WHEN {_DONE} IS NULL THEN 1000 ELSE 0 END AS epoch,
        (SELECT array_agg(c.home ORDER BY c.home)
            FROM unnest(%(of)s::bigint[], %(homes)s::bigint[], %(names)s::text[]) c (of, home, name)
            WHERE c.of = m.office AND fold(d.owner_address) ~ c.name) AS homes
    FROM dossiers_dossier d WHERE d.id = m.dossier_id
) k ON m.office = ANY(%(asked)s)
GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - only our own fragments are put together
# Added to the number of reorganisations before a dossier was done, where it never was.
_OPEN = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: one measure, months [first, last] as `2025-06`, told in which way, as of which day."""

    measure: str
    months: tuple[Period, ...]
    way: Way
    day: date
    scope: Scope

    @property
    def first(self) -> date:
        """First day of the first month."""
        return self.months[0].first

    @property
    def last(self) -> date:
        """Last day of the last month."""
        return self.months[-1].last


@dataclass(frozen=True, slots=True)
class Line:
    """One office over the months. `apart`: what can't be told apart of a divided or merged office; `note` says so.

    is_part: a part of this office belongs to others, so that the row is no figure of the office asked for alone.
    """

    key: str
    code: str
    name: str
    note: str
    counts: tuple[int, ...]
    apart: bool = False
    is_part: bool = False

    @property
    def sum(self) -> int:
        """All months together; for figures that stand at a month's end it says nothing."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Series:
    """The answer. `total` is None where a row reaches beyond the office asked for: then no sum is its figure."""

    question: Question
    lines: tuple[Line, ...]
    total: tuple[int, ...] | None


def months_between(first: str, last: str) -> tuple[Period, ...]:
    """Every month from one to another, both inclusive. Raises Invalid: a wrong word, wrong order, too many."""
    found = [parse_period(text) for text in (first, last)]
    if any((one.first.year, one.first.month) != (one.last.year, one.last.month) for one in found):
        raise _wrong("tu", _("Hãy ghi tháng, ví dụ 2025-06."))
    count = (found[1].first.year - found[0].first.year) * 12 + found[1].first.month - found[0].first.month + 1
    if count < 1:
        raise _wrong("den", _("Tháng cuối phải sau hoặc bằng tháng đầu."))
    if count > MOST_MONTHS:
        raise _wrong("tu", _("Nhiều nhất %(most)s tháng một lần.") % {"most": MOST_MONTHS})
    start = found[0].first
    marks = [(start.year * 12 + start.month - 1 + step) for step in range(count)]
    return tuple(parse_period(f"{mark // 12}-{mark % 12 + 1:02d}") for mark in marks)


def question(
    measure: str,
    first: str,
    last: str,
    scope: Scope,
    way: str = "then",
    day: date | None = None,
    *,
    today: date | None = None,
) -> Question:
    """A checked question; `scope.office` None for all that the scope holds.

    day: the day whose offices the figures are told for (default: the last day for `new`, the first for `old`).
    today: a month that is not over is told as of then, one that has not begun refused (None: all are over). Raises
    NotThere for an unknown measure, Invalid for the months, the way, or an office that was not there in that time.
    """
    if measure not in MEASURES:
        raise NotThere(_("Không có chỉ tiêu này."))
    if way not in WAYS:
        raise Invalid(_("Chỉ có thể tính theo đơn vị lúc đó, đơn vị mới hoặc đơn vị cũ."), code="way")
    months = months_between(first, last)
    if today is not None:
        months = tuple(so_far(one, today) for one in months)
    told = day or (months[0].first if way == "old" else months[-1].last)
    if scope.office is not None:
        _check_life(scope.office, months, None if way == "then" else told)
    return Question(measure, months, cast(Way, way), told, scope)


def series(asked: Question, lineage: Lineage | None = None) -> Series:
    """The figures, one statement for each month."""
    lineage = lineage or read_lineage()
    told, counted = _lines_of(asked, lineage)
    sums: dict[Unit, Counter[int]] = defaultdict(Counter)
    for place, month in enumerate(asked.months):
        for unit, count in _by_unit(asked, month, lineage, counted, "count(*)"):
            if told is None or unit.office in told:
                sums[unit][place] += count
    with_lines = Office.objects.prefetch_related("successions__to_office", "predecessions__from_office")
    named = with_lines.in_bulk({unit.office for unit in sums})
    lines = [_line(unit, named[unit.office], counts, asked, lineage, told) for unit, counts in sums.items()]
    lines.sort(key=lambda line: (line.apart, sort_key(line.name), line.key))
    total = None
    if not any(line.is_part for line in lines):
        total = tuple(sum(line.counts[place] for line in lines) for place in range(len(asked.months)))
    return Series(asked, tuple(lines), total)


def estimated(made: Series) -> dict[str, dict[str, tuple[int, ...]]]:
    """{row that can't be told apart: {row: its estimated share by month}}; empty where nothing tells the shares.

    An office that was divided: in proportion to what its successors have of the same measure over all months asked for,
    whole numbers by the largest remainder, so that each month adds up. An estimate, to be called one wherever shown.
    """
    lineage = read_lineage()
    known = {line.key: line for line in made.lines if not line.apart}
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for line in made.lines:
        steps = lineage.after.get(int(line.key.removeprefix("?")), []) if line.apart else []
        weights = {key: known[key].sum for step in steps if (key := str(step.to_id)) in known}
        if len(weights) == len(steps) and sum(weights.values()) > 0:
            shared = [shares_of(count, weights) for count in line.counts]
            found[line.key] = {key: tuple(month[key] for month in shared) for key in weights}
    return found


def shares_of(count: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A count in proportion to weights (their sum above 0), whole and adding up: by the largest remainder."""
    whole = sum(weights.values())
    found = {key: count * weight // whole for key, weight in weights.items()}
    by_rest = sorted(weights, key=lambda key: (-(count * weights[key] % whole), key))
    for key in by_rest[: count - sum(found.values())]:
        found[key] += 1
    return found


def dossiers_of(asked: Question, month: Period, keys: frozenset[str] | None = None) -> list[int]:
    """Ids of the dossiers behind a figure: of these rows in this month, or of all rows."""
    lineage = read_lineage()
    told, counted = _lines_of(asked, lineage)
    return sorted(
        one
        for unit, ids in _by_unit(asked, month, lineage, counted, "array_agg(m.dossier_id)")
        if (told is None or unit.office in told) and (keys is None or key_of(unit) in keys)
        for one in ids
    )


def page_behind(asked: Question, month: Period, keys: frozenset[str] | None, after: str = "") -> Page:
    """The dossiers behind a figure, page by page."""
    return behind(month, _scope(asked, None), asked.measure, after=after, only=dossiers_of(asked, month, keys))


def everyone(asked: Question, month: Period, keys: frozenset[str] | None) -> Iterator[Any]:
    """All of them, for a file."""
    return everyone_behind(month, _scope(asked, None), asked.measure, only=dossiers_of(asked, month, keys))


def key_of(unit: Unit) -> str:
    """The key of a row: the office, with a question mark where it can't be told apart."""
    return f"?{unit.office}" if unit.apart else str(unit.office)


def _check_life(office: Office, months: tuple[Period, ...], told: date | None) -> None:
    days = [between(months[0].first, months[-1].last), *([between(told, told)] if told else [])]
    if not any(was_there(office, one) for one in days):
        raise not_then(office)


def _lines_of(asked: Question, lineage: Lineage) -> tuple[set[int] | None, set[int] | None]:
    return lineage.lines(asked.scope.office.pk) if asked.scope.office is not None else (None, None)


def _scope(asked: Question, counted: set[int] | None) -> Scope:
    return replace(asked.scope, office=None, offices=None if counted is None else frozenset(counted))


def _by_unit(
    asked: Question, month: Period, lineage: Lineage, counted: set[int] | None, what: str
) -> list[tuple[Unit, Any]]:
    """(unit, aggregate of a month's dossiers) by what is known of them; each dossier is in exactly one of them."""
    wanted = leaves(asked.measure)
    condition, values = restrict(_scope(asked, counted))
    days = sorted({step.on for step in lineage.steps})
    day = month.first if asked.way == "then" else asked.day
    asks = _doubtful(lineage, day, asked.way)
    homes = _homes(lineage, day, asks)
    place = PLACES[asked.scope.place]
    sql = _TRACED.format(place=place, members=members(frozenset(wanted)), condition=condition, what=what)
    values |= {
        "measures": list(wanted),
        "days": days,
        "asked": list(asks),
        "of": [row[0] for row in homes],
        "homes": [row[1] for row in homes],
        "names": [row[2] for row in homes],
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(month), **values})
        return [
            (_unit(asked.way, office, day, _known(offices, at_home, epoch, days), lineage), aggregate)
            for office, offices, at_home, epoch, aggregate in cursor.fetchall()
        ]


def _known(offices: list[int] | None, homes: list[int] | None, epoch: int | None, days: list[date]) -> Known:
    ended = days[epoch:] if epoch is not None and epoch < _OPEN else []
    return Known(frozenset(offices or ()), frozenset(homes or ()), frozenset(ended))


def _unit(way: Way, office: int, day: date, known: Known, lineage: Lineage) -> Unit:
    # As they were: whoever was there on any day of the month; what lies with an office that ended before lies with its heir.
    if way == "then" and not lineage.nodes[office].ended_by(day):
        return Unit(office)
    return lineage.unit_on(office, day, known)


def _doubtful(lineage: Lineage, day: date, way: Way) -> set[int]:
    """Offices of which something must be known: those on whose way to that day several stand side by side."""
    found: set[int] = set()
    for node in lineage.nodes.values():
        if node.ended_by(day):
            line, steps = lineage.followers([node.id]), lineage.after
        elif node.valid_from > day and way != "then":
            line, steps = lineage.forerunners([node.id]), lineage.before
        else:
            continue
        if any(len(steps.get(one, [])) > 1 for one in line):
            found.add(node.id)
    return found


def _homes(lineage: Lineage, day: date, asks: set[int]) -> list[tuple[int, int, str]]:
    """(office, commune, pattern): communes that an address may name, for offices that they tell apart."""
    found: set[tuple[int, int]] = set()
    for office in asks:
        steps = lineage.after.get(office, []) if lineage.nodes[office].ended_by(day) else lineage.before.get(office, [])
        near = {step.to_id if step.from_id == office else step.from_id for step in steps}
        near |= set(lineage.parts.get(office, []))
        found |= {(office, one) for one in near if lineage.nodes[one].level == "commune"}
    return sorted((office, one, _pattern(lineage.nodes[one].short_name)) for office, one in found)


def _pattern(name: str) -> str:
    """A commune's name as whole words of a folded address."""
    return r"\m" + "".join(one if one.isalnum() or one == " " else "." for one in fold(name)) + r"\M"


def _line(
    unit: Unit, office: Office, counts: Counter[int], asked: Question, lineage: Lineage, told: set[int] | None
) -> Line:
    months = range(len(asked.months))
    is_part = told is not None and not lineage.is_whole(unit.office, told)
    note = ""
    if unit.apart:
        note = _("không tách được: %(life)s") % {"life": life_words(office)}
    elif _is_worth_telling(office, asked):
        note = life_words(office)
    if is_part:
        note = (note + "; " if note else "") + _("chỉ một phần thuộc cơ quan được hỏi")
    return Line(
        key_of(unit), office.code, office.name, note, tuple(counts[place] for place in months), unit.apart, is_part
    )


def _is_worth_telling(office: Office, asked: Question) -> bool:
    """Whether a reader wonders: the office began or ended within the months, or was not there on the day."""
    node_from, node_to = office.valid_from, office.valid_to
    if asked.way == "then":
        return asked.first < node_from or (node_to is not None and node_to <= asked.last)
    return asked.day < node_from or (node_to is not None and node_to <= asked.day)


def _wrong(name: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={name: sentence}, code="months")

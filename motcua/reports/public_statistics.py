"""Public statistics: what was received and resolved month by month and by agency, and how satisfied people were.

Anybody may ask, so nobody's question counts a dossier: a closed month is told by its published open data (decision
0036), one that is over and not closed by the sums of the province that are kept (decision 0042), a running one and one
that is not kept (any more) not at all: both say that they are not counted, which is something else than an empty set.
Put together once an hour in each process, one at a time. Numbers from 1 to k - 1 are hidden, and every sum and
rate that they could be computed from. Law: QD766-2022; ND61-2018 31
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from threading import Lock
from time import monotonic
from typing import TypeVar

from django.db import connection
from django.db.models import Func, IntegerField
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.numbers import NOTHING, percent, show_count, show_percent
from motcua.base.text import sort_key
from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.reports.beginning import first_day
from motcua.reports.kept import KeptFigures, kept_of_each, kept_votes
from motcua.reports.measures import FORMER, MEASURES, ONLINE, RATES, counted_as, leaves
from motcua.reports.models import FrozenFigure, OpenMonth
from motcua.reports.open_data import MEASURES_PUBLISHED, threshold
from motcua.reports.periods import Period, parse_period, so_far
from motcua.reports.suppression import ALL
from motcua.reports.votes import Figures, complete

MONTHS = 24
KEPT_SECONDS = 3600.0
# What the page shows, each a sum of published measures.
SHOWN = ("new", "resolved", "resolved_late")
IN_TIME = ("resolved_early", "resolved_on_time")
# A measure; nothing stands for nought, None for hidden.
Known = Mapping[str, int | None]
Counted = Mapping[str, int]
Made = TypeVar("Made")


class Standing(StrEnum):
    """How sure the figures of a month are."""

    CLOSED = "closed"
    OVER = "over"
    UNCOUNTED = "uncounted"
    RUNNING = "running"


SUREST = (Standing.CLOSED, Standing.OVER, Standing.UNCOUNTED)


class Missing(StrEnum):
    """Why a figure has no value: its set is empty, it is small, or nobody counted it yet."""

    EMPTY = "empty"
    HIDDEN = "hidden"
    UNCOUNTED = "uncounted"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or a rate as everybody may read it; `missing` says why where there is none."""

    value: int | Decimal | None = None
    missing: Missing = Missing.EMPTY

    @property
    def is_hidden(self) -> bool:
        return self.missing == Missing.HIDDEN

    @property
    def is_uncounted(self) -> bool:
        return self.missing == Missing.UNCOUNTED

    @property
    def words(self) -> str:
        """As printed."""
        if self.is_hidden:
            return _("che")
        if self.is_uncounted:
            return _("chưa đếm xong")
        if self.value is None:
            return NOTHING
        return show_count(self.value) if isinstance(self.value, int) else show_percent(self.value)


EMPTY, HIDDEN, UNCOUNTED = Figure(), Figure(missing=Missing.HIDDEN), Figure(missing=Missing.UNCOUNTED)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the list. number, closed_at: of its last close. Figures are those of the whole province.

    Of a month that is RUNNING or UNCOUNTED every figure is uncounted. online: the shares that were handed in online
    alone and with help, which agencies have no line for.
    """

    period: Period
    standing: Standing
    number: int
    closed_at: datetime | None
    figures: dict[str, Figure]
    online: dict[str, Figure]

    @property
    def is_closed(self) -> bool:
        return self.standing == Standing.CLOSED

    @property
    def is_running(self) -> bool:
        return self.standing == Standing.RUNNING

    @property
    def is_uncounted(self) -> bool:
        return self.standing == Standing.UNCOUNTED

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each figure with its name, as printed."""
        return _cells(self.figures) + [(str(name), self.online[key].words) for key, name in ONLINE_NAMES.items()]


@dataclass(frozen=True, slots=True)
class Voices:
    """How satisfied those were who rated, and how many of those who could rate did; uncounted where nobody counted votes."""

    votes: Figure
    satisfied: Figure
    response: Figure


@dataclass(frozen=True, slots=True)
class Agency:
    """One line of a closed month."""

    code: str
    name: str
    figures: dict[str, Figure]
    voices: Voices

    @property
    def cells(self) -> list[tuple[str, str]]:
        """Each figure with its name, as printed."""
        return _cells(self.figures)


@dataclass(frozen=True, slots=True)
class MonthTold:
    """One month: its agencies (none while it is not closed), the province's voices, and since when it is so."""

    month: Month
    agencies: tuple[Agency, ...]
    voices: Voices
    threshold: int
    at: datetime


NAMES = {**{key: MEASURES[key].name for key in SHOWN}, "in_time": RATES["on_time_rate"].name}
ONLINE_NAMES = {key: RATES[key].name for key in ("online_rate", "online_helped_rate")}
NOTHING_COUNTED, NOTHING_ONLINE = dict.fromkeys(NAMES, UNCOUNTED), dict.fromkeys(ONLINE_NAMES, UNCOUNTED)
NO_VOICES, UNCOUNTED_VOICES = Voices(EMPTY, EMPTY, EMPTY), Voices(UNCOUNTED, UNCOUNTED, UNCOUNTED)
_kept: dict[str, tuple[float, object]] = {}
# Office code (`*`: all) → its name and published numbers over all fields.
Publication = dict[str, tuple[str, dict[str, int | None]]]
_publications: dict[int, Publication] = {}
_OF_ALL_FIELDS = """
SELECT o.id, r ->> 'office_code', r ->> 'office', r ->> 'measure', (r ->> 'value')::bigint
FROM reports_openmonth o CROSS JOIN LATERAL json_array_elements(o.json::json -> 'rows') r
WHERE o.id = ANY(%(published)s) AND r ->> 'field' = %(all)s
"""
_one_at_a_time = Lock()


def forget_statistics() -> None:
    """Nothing is kept any more; for tests, whose rows are rolled back."""
    _kept.clear()
    _publications.clear()


def months(at: datetime) -> tuple[Month, ...]:
    """The running month and those before it, at most 24, from the first dossier on; the latest first."""
    return _hourly(f"months {day_of(at):%Y-%m}", lambda: _read_months(at))


def month_told(text: str, at: datetime) -> MonthTold | None:
    """The month of this word; without a word the latest closed one, else the latest counted, else over; None without any.

    Raises Invalid for any other period, and for the running month, of which nothing is told yet.
    """
    listed = months(at)
    over = [one for one in listed if one.standing != Standing.RUNNING]
    if not text.strip():
        asked = next((one for sure in SUREST for one in over if one.standing == sure), None)
    else:
        asked = next((one for one in over if one.period.key == text.strip()), None)
        if asked is None:
            raise _not_shown(text, over, at)
    if asked is None:
        return None
    found = asked
    return _hourly(f"month {found.period.key} {found.number}", lambda: _read_month(found, at))


def _not_shown(text: str, over: list[Month], at: datetime) -> Invalid:
    so_far(parse_period(text), day_of(at))  # says what is wrong with it
    if not over:
        return Invalid(_("Chưa có tháng nào đã hết để công bố."), code="period")
    words = {"first": f"{over[-1].period.first:%m/%Y}", "last": f"{over[0].period.first:%m/%Y}"}
    return Invalid(_("Ở đây chỉ có các tháng đã hết, từ %(first)s đến %(last)s.") % words, code="period")


def _hourly(key: str, make: Callable[[], Made]) -> Made:
    with _one_at_a_time:
        known = _kept.get(key)
        if known is None or monotonic() - known[0] > KEPT_SECONDS:
            if len(_kept) > 2 * MONTHS:  # what nobody asks for any more
                _kept.clear()
            known = _kept[key] = (monotonic(), make())
    return known[1]  # type: ignore[return-value]


def _read_months(at: datetime) -> tuple[Month, ...]:
    first, today = first_day(), day_of(at)
    if first is None:
        return ()
    closed: dict[str, list[OpenMonth]] = {}
    for one in newest_open_months():
        closed.setdefault(one.close.text, []).append(one)
    online = _frozen_online([one.close_id for every in closed.values() for one in every])
    shown = _shown(first, today)
    _publish([one.pk for period in shown for one in closed.get(period.key, [])])
    over = [period for period in shown if period.key not in closed and period.last < today]
    kept = kept_of_each(over, "competent") if over else {}
    return tuple(
        _month(period, closed.get(period.key, []), today, online, kept.get((period.first, period.last)))
        for period in shown
    )


def _shown(first: date, today: date) -> list[Period]:
    newest = today.year * 12 + today.month - 1
    oldest = max(newest - MONTHS, first.year * 12 + first.month - 1)
    return [parse_period(f"{mark // 12}-{mark % 12 + 1:02d}") for mark in range(newest, oldest - 1, -1)]


def _month(
    period: Period, closed: list[OpenMonth], today: date, frozen: Mapping[int, Counted], kept: KeptFigures | None
) -> Month:
    k = threshold(period.last)
    if closed:
        last = max(closed, key=lambda one: one.close.closed_at)
        figures = figures_of(_together([_publications[one.pk][ALL][1] for one in closed]))
        counts = [frozen.get(one.close_id, {}) for one in closed]
        both = {key: sum(one.get(key, 0) for one in counts) for key in ONLINE}
        return Month(
            period, Standing.CLOSED, last.close.number, last.close.closed_at, figures, online_of(both, figures, k)
        )
    if today <= period.last:
        return Month(period, Standing.RUNNING, 0, None, dict(NOTHING_COUNTED), dict(NOTHING_ONLINE))
    if kept is None:  # nobody counts for a reader: the nightly count will
        return Month(period, Standing.UNCOUNTED, 0, None, dict(NOTHING_COUNTED), dict(NOTHING_ONLINE))
    every: dict[str, int] = defaultdict(int)
    for _office, measure, many in kept:
        every[measure] += many
    sums = {key: sum(every[leaf] for leaf in leaves(key)) for key in MEASURES_PUBLISHED}
    known = {measure: None if 0 < many < k else many for measure, many in sums.items()}
    figures = figures_of(known)
    return Month(period, Standing.OVER, 0, None, figures, online_of(every, figures, k))


def _frozen_online(closes: list[int]) -> dict[int, Counted]:
    """Close → how many were handed in online alone and with help; one statement."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: dict.fromkeys(ONLINE, 0))
    rows = FrozenFigure.objects.filter(close_id__in=closes, measure__in=[*ONLINE, *FORMER])
    sized = rows.annotate(many=Func("dossiers", function="cardinality", output_field=IntegerField()))
    for close_id, measure, many in sized.values_list("close_id", "measure", "many"):
        found[close_id][counted_as(measure)] += many
    return dict(found)


def online_of(counted: Counted, figures: Mapping[str, Figure], k: int) -> dict[str, Figure]:
    """The shares of what was handed in online alone and with help; both hidden where one is a small number.

    Their sum is published: one alone would tell the other.
    """
    new = figures["new"]
    if new.is_hidden or not isinstance(new.value, int) or any(0 < counted.get(key, 0) < k for key in ONLINE):
        return dict.fromkeys(ONLINE_NAMES, HIDDEN)
    return {key: Figure(percent(counted.get(RATES[key].part, 0), new.value)) for key in ONLINE_NAMES}


def _read_month(month: Month, at: datetime) -> MonthTold:
    k, said = threshold(month.period.last), _votes_by_code(month.period)
    agencies = []
    if month.standing == Standing.CLOSED:
        newest = newest_open_months(month.period.key)
        _publish([one.pk for one in newest])
        for one in newest:
            for code, (name, known) in _publications[one.pk].items():
                if code != ALL:
                    agencies.append(Agency(code, name, figures_of(known), _voices(said, code, k)))
    agencies.sort(key=lambda row: sort_key(row.name))
    return MonthTold(month, tuple(agencies), _voices(said, ALL, k), k, at)


def figures_of(known: Known) -> dict[str, Figure]:
    """The shown figures of what is published; a sum with a hidden part is hidden, and so is a rate of it."""
    # Published measures are the parts of what is shown, not the counted ones: help is not published by agency.
    sums = {key: _sum(known, MEASURES[key].parts or (key,)) for key in SHOWN}
    whole, part = sums["resolved"], _sum(known, IN_TIME)
    in_time = HIDDEN if whole is None or part is None else Figure(percent(part, whole))
    return {**{key: HIDDEN if many is None else Figure(many) for key, many in sums.items()}, "in_time": in_time}


def voices_of(votes: Figures | None, k: int) -> Voices:
    """Votes and rates; hidden where from 1 to k - 1 voted, or could. Nobody who voted prints the dash."""
    if votes is None:
        return NO_VOICES
    cast, answered, ratable = votes["votes"], votes["answered"], votes["ratable"]
    if 0 < cast < k:
        number = satisfied = HIDDEN
    else:
        good = cast - votes["not_satisfied"]
        number, satisfied = Figure(cast), Figure(percent(good, cast))
    is_small = 0 < answered < k or 0 < ratable < k
    return Voices(number, satisfied, HIDDEN if is_small else Figure(percent(answered, ratable)))


def newest_open_months(month: str = "") -> list[OpenMonth]:
    """The last publication of each month and province (of one month, where it is named), without the files."""
    found = OpenMonth.objects.select_related("close__office").only(
        "threshold", "made_at", "close__text", "close__first", "close__number", "close__closed_at",
        "close__office__name", "close__office__code_qd20",
    )  # fmt: skip
    if month:
        found = found.filter(close__text=month)
    ordered = found.order_by("-close__first", "close__office_id", "-close__number")
    return list(ordered.distinct("close__first", "close__office_id"))


def _publish(open_months: Collection[int]) -> None:
    """See that these are in `_publications`: one statement for those that are not yet. A publication never changes."""
    if len(_publications) > 4 * MONTHS:  # what nobody asks for any more
        _publications.clear()
    if not (missing := set(open_months) - _publications.keys()):
        return
    made: dict[int, Publication] = {pk: {ALL: (ALL, {})} for pk in missing}
    with connection.cursor() as cursor:
        cursor.execute(_OF_ALL_FIELDS, {"published": list(missing), "all": ALL})
        for pk, code, office, measure, many in cursor.fetchall():
            made[pk].setdefault(code, (office, {}))[1][measure] = many
    _publications.update(made)


def _cells(figures: Mapping[str, Figure]) -> list[tuple[str, str]]:
    return [(str(name), figures[key].words) for key, name in NAMES.items()]


def _together(known: list[dict[str, int | None]]) -> Known:
    """Several provinces' numbers as one; hidden where one of them is."""
    return {measure: _sum_of([one.get(measure, 0) for one in known]) for measure in MEASURES_PUBLISHED}


def _sum(known: Known, measures: tuple[str, ...]) -> int | None:
    return _sum_of([known.get(measure, 0) for measure in measures])


def _sum_of(numbers: list[int | None]) -> int | None:
    found = [number for number in numbers if number is not None]
    return sum(found) if len(found) == len(numbers) else None


def _votes_by_code(period: Period) -> dict[str, Figures] | None:
    """Agency code (`*`: all together) → its votes, as they are kept; None where they are not counted. Two statements."""
    kept = kept_votes(period, "competent")
    if kept is None:
        return None
    codes = dict(Office.objects.filter(pk__in={office for office, _m, _n in kept}).values_list("pk", "code_qd20"))
    counted: dict[str, Figures] = {ALL: {}}
    for office, measure, many in kept:
        for key in (codes[office], ALL):
            found = counted.setdefault(key, {})
            found[measure] = found.get(measure, 0) + many
    return {key: complete(found) for key, found in counted.items()}


def _voices(said: dict[str, Figures] | None, code: str, k: int) -> Voices:
    return UNCOUNTED_VOICES if said is None else voices_of(said.get(code), k)

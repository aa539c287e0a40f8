"""The report laid out for the screen: what it sums up to, and its rows, each figure with the way to its dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from motcua.catalogue.models import Procedure
from motcua.offices.models import Office
from motcua.reports.measures import MEASURES, RATES, Figures, Measure, rates
from motcua.reports.month import Report

# What stands in the wide table; everything stands in the summary.
COLUMNS = (
    "carried_over",
    "new_counter",
    "new_online_self",
    "new_online_helped",
    "new_post",
    "total",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "ended",
    "waiting_supplement",
    "open_within",
    "open_late",
    "corrected",
)
LATE = ("open_late", "resolved_late")


class Addressed(Protocol):
    """Whatever knows where the dossiers behind a figure are listed."""

    def figure_address(self, measure: str, row: str = "") -> str:
        """The address of the list; row: one line of the table, or the whole."""
        ...


@dataclass(frozen=True)
class Cell:
    """A figure; `name` in the reader's language; `address` is empty when there is nothing behind it."""

    measure: Measure
    name: str
    count: int
    address: str


@dataclass(frozen=True)
class Line:
    """One line of the summary: a figure with its meaning; parts are set in."""

    cell: Cell
    is_part: bool


@dataclass(frozen=True)
class Share:
    """One rate in words."""

    name: Any
    value: Decimal | None


@dataclass(frozen=True)
class Summary:
    """All figures of the whole, and their rates."""

    lines: list[Line]
    shares: list[Share]


@dataclass(frozen=True)
class TableRow:
    """One row of the table."""

    code: str
    name: str
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    """The wide table: heads, rows, the last row."""

    heads: list[Measure]
    rows: list[TableRow]
    total: list[Cell]


def summary_of(made: Report, asked: Addressed) -> Summary:
    """The whole of a report."""
    parts = {part for key, measure in MEASURES.items() if key != "total" for part in measure.parts}
    lines = [
        Line(
            _cell(measure, str(measure.name), made.total[key], asked),
            is_part=key in parts and key not in ("carried_over", "new"),
        )
        for key, measure in MEASURES.items()
    ]
    return Summary(lines, [Share(RATES[key].name, value) for key, value in rates(made.total).items()])


def table_of(made: Report, asked: Addressed) -> Table:
    """The rows of a report."""
    heads = [MEASURES[key] for key in COLUMNS]
    names = [str(head.name) for head in heads]

    def cells(figures: Figures, row: str = "") -> list[Cell]:
        return [_cell(head, name, figures[head.key], asked, row) for head, name in zip(heads, names, strict=True)]

    rows = [TableRow(row.code, row.name, cells(row.figures, _mark(row.key))) for row in made.rows]
    return Table(heads, rows, cells(made.total))


def row_name(by: str, row: str) -> str:
    """The name of the row that a list belongs to; empty for the whole."""
    if not row:
        return ""
    if by == "field":
        return row
    model = Procedure if by == "procedure" else Office
    return next(_names(model, int(row)), "")


def _names(model: type[Procedure | Office], key: int) -> Iterator[str]:
    yield from model._default_manager.filter(pk=key).values_list("name", flat=True)


def _mark(key: int | str) -> str:
    # A row of dossiers without a field still has an address.
    return str(key) or "-"


def _cell(measure: Measure, name: str, count: int, asked: Addressed, row: str = "") -> Cell:
    return Cell(measure, name, count, asked.figure_address(measure.key, row) if count else "")

"""Small cells of a table with its sums are hidden so that the sums don't tell them. Pure.

A table of counts by row and column, with the sum of each row, of each column and of all. Every sum and cell from 1 to
k - 1 is hidden; then, for each of them, a closed way through the table is found along which k can be added here and
taken there so that every published number stays what it is, and what stands on the way is hidden too.

What holds for whoever has all published numbers and knows which cells are nought: each hidden number could as well be
another one at least k away, so no sums and differences of rows and columns tell it, nor narrow it to less than k + 1
values. What does not hold: against somebody who knows a hidden number from elsewhere, or an earlier publication of the
same month with other figures.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

# The key of a sum, in the place of the row or of the column.
ALL = "*"
Cell = tuple[str, str]
# What it costs to hide a number that could have been published: cells first, then sums, the sum of all last.
CELL, MARGIN, GRAND = 10, 400, 1_000_000
Around = dict[str, list[str]]
_Node = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class Published:
    """A table with its sums: `numbers` may be read by everybody, `hidden` may not; nought stands in neither."""

    numbers: dict[Cell, int]
    hidden: frozenset[Cell]


def with_sums(cells: Mapping[Cell, int]) -> dict[Cell, int]:
    """The cells that are not nought, with the sums of rows (`(row, *)`), columns (`(*, column)`) and all (`(*, *)`)."""
    table: dict[Cell, int] = defaultdict(int)
    for (row, column), count in cells.items():
        if count:
            for cell in ((row, column), (row, ALL), (ALL, column), (ALL, ALL)):
                table[cell] += count
    return dict(table)


def suppressed(cells: Mapping[Cell, int], k: int) -> Published:
    """The table with its small numbers hidden, and others so that these can't be recomputed. k ≤ 1: nothing is hidden.

    Raises ValueError for a negative count or a row or column called `*`.
    """
    if any(count < 0 for count in cells.values()) or any(ALL in cell for cell in cells):
        raise ValueError("counts are nought or more, and * stands for the sums")
    table = with_sums(cells)
    hidden = {cell for cell, count in table.items() if 0 < count < k}
    covered: set[Cell] = set()
    around = _neighbours(table)
    small: dict[_Node, list[Cell]] = defaultdict(list)
    for cell in sorted(hidden, key=lambda one: (ALL in one, one)):
        small[_ends(cell)[0]].append(cell)
    for start, together in small.items():
        if all(cell in covered for cell in together):
            continue
        came = _ways_from(start, table, around, hidden, k)
        for cell in together:
            if cell not in covered:
                way = _way_around(cell, came)
                hidden |= {one for one, _is_up in way}
                covered |= {one for one, is_up in way if is_up}
    return Published({cell: count for cell, count in table.items() if cell not in hidden}, frozenset(hidden))


def _ends(cell: Cell) -> tuple[_Node, _Node]:
    """Where a way begins that makes this cell go up, and where it must come to."""
    row, column = (False, cell[0]), (True, cell[1])
    return (row, column) if _goes_up(cell, from_row=False) else (column, row)


def _ways_from(
    start: _Node, table: dict[Cell, int], around: tuple[Around, Around], hidden: set[Cell], k: int
) -> dict[_Node, tuple[_Node, Cell, bool]]:
    """The cheapest ways from a row or column to all others: node → (the one before, the number passed, it goes up).

    In the table with its sums (those of one direction counted negatively) every row and every column adds up to
    nought, so going from rows to columns and back, up and down in turn, changes no published number. What goes down
    must have k; so the small number that the way is for is never passed on it.
    """
    rows, columns = around
    cost: dict[_Node, int] = {start: 0}
    came: dict[_Node, tuple[_Node, Cell, bool]] = {}
    queue = [(0, start)]
    while queue:
        so_far, node = heapq.heappop(queue)
        if so_far > cost[node]:
            continue
        is_column, name = node
        for other in (columns if is_column else rows)[name]:
            step = (other, name) if is_column else (name, other)
            is_up = _goes_up(step, from_row=not is_column)
            if not is_up and table[step] < k:
                continue
            then, price = (not is_column, other), so_far + _price(step, table, hidden)
            if price < cost.get(then, price + 1):
                cost[then], came[then] = price, (node, step, is_up)
                heapq.heappush(queue, (price, then))
    return came


def _way_around(cell: Cell, came: dict[_Node, tuple[_Node, Cell, bool]]) -> list[tuple[Cell, bool]]:
    """The closed way on which this cell goes up by k: (number, goes up), the cell itself among them."""
    start, node = _ends(cell)
    way = [(cell, True)]
    while node != start:
        node, step, is_up = came[node]
        way.append((step, is_up))
    return way


def _goes_up(cell: Cell, *, from_row: bool) -> bool:
    """Whether a number goes up when the way passes it from its row to its column, or the other way round.

    A row's or a column's sum stands on the other side of the equation, so it goes as the cells do not.
    """
    is_margin = (cell[0] == ALL) != (cell[1] == ALL)
    return from_row == is_margin


def _neighbours(table: dict[Cell, int]) -> tuple[Around, Around]:
    """The columns of each row, and the rows of each column."""
    rows: Around = defaultdict(list)
    columns: Around = defaultdict(list)
    for row, column in sorted(table):
        rows[row].append(column)
        columns[column].append(row)
    return dict(rows), dict(columns)


def _price(cell: Cell, table: dict[Cell, int], hidden: set[Cell]) -> int:
    if cell in hidden:
        return 1
    if cell == (ALL, ALL):
        return GRAND
    # Of two cells the smaller one is missed less.
    return (MARGIN if ALL in cell else CELL) + min(table[cell].bit_length(), 9)

"""Hidden numbers can't be recomputed: everything published is put into equations and solved, in two independent ways."""

from __future__ import annotations

from collections import defaultdict, deque
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.suppression import ALL, Cell, Published, suppressed, with_sums

K = 5
names = st.sampled_from("abcdef")
tables = st.dictionaries(st.tuples(names, names), st.one_of(st.integers(0, 6), st.integers(0, 60)), max_size=24)


def equations(cells: dict[Cell, int], made: Published) -> list[tuple[dict[Cell, int], int]]:
    """Every row and column of the table with its sums: {hidden number: +1 or −1} = what the published ones leave."""
    table = with_sums(cells)
    lines: dict[tuple[str, str], dict[Cell, int]] = defaultdict(dict)
    for row, column in table:
        lines["row", row][row, column] = -1 if column == ALL else 1
        lines["column", column][row, column] = -1 if row == ALL else 1
    found = []
    for line in lines.values():
        unknown = {cell: sign for cell, sign in line.items() if cell in made.hidden}
        known = sum(sign * made.numbers[cell] for cell, sign in line.items() if cell not in made.hidden)
        found.append((unknown, -known))
    return found


def solved(cells: dict[Cell, int], made: Published) -> dict[Cell, Fraction]:
    """Hidden numbers that linear algebra alone tells (Gauss–Jordan over fractions)."""
    order = sorted(made.hidden)
    rows = [[Fraction(line.get(cell, 0)) for cell in order] + [Fraction(rest)] for line, rest in equations(cells, made)]
    place = 0
    for column in range(len(order)):
        pivot = next((one for one in range(place, len(rows)) if rows[one][column]), None)
        if pivot is None:
            continue
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place][column]
        rows[place] = [value / head for value in rows[place]]
        for other, row in enumerate(rows):
            if other != place and row[column]:
                rows[other] = [a - row[column] * b for a, b in zip(row, rows[place], strict=True)]
        place += 1
    found = {}
    for row in rows:
        left = [column for column in range(len(order)) if row[column]]
        if len(left) == 1:
            found[order[left[0]]] = row[-1] / row[left[0]]
    return found


def most(cells: dict[Cell, int], made: Published, cell: Cell, *, up: bool) -> int:
    """How far a hidden number can go up (or down) with everything published unchanged and nothing below nought.

    The table with its sums is a network: rows and columns are its nodes, hidden numbers its edges, and what can be
    moved around a cycle through the cell is a greatest flow (Edmonds–Karp), at most 1,000.
    """
    table = with_sums(cells)
    room: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for row, column in made.hidden:
        if (row, column) == cell:
            continue
        a, b = ("r", row), ("c", column)
        is_sum = (row == ALL) != (column == ALL)
        plus, minus = (b, a) if is_sum else (a, b), (a, b) if is_sum else (b, a)
        room[plus[0]][plus[1]] += 1000  # the number goes up
        room[minus[0]][minus[1]] += table[row, column]  # it goes down, to nought at most
    is_sum = (cell[0] == ALL) != (cell[1] == ALL)
    one, other = ("r", cell[0]), ("c", cell[1])
    # The cell itself going up is an edge one → other (or back); the rest of the cycle closes it.
    source, sink = (other, one) if up != is_sum else (one, other)
    limit, moved = (1000 if up else table[cell]), 0
    while moved < limit:
        came = {source: source}
        queue = deque([source])
        while queue and sink not in came:
            node = queue.popleft()
            for then, free in room[node].items():
                if free > 0 and then not in came:
                    came[then] = node
                    queue.append(then)
        if sink not in came:
            break
        way, node = [], sink
        while node != source:
            way.append((came[node], node))
            node = came[node]
        step = min(limit - moved, *(room[a][b] for a, b in way))
        for a, b in way:
            room[a][b] -= step
            room[b][a] += step
        moved += step
    return moved


def breadth(cells: dict[Cell, int], made: Published, cell: Cell) -> int:
    """How far apart the least and the greatest possible value of a hidden number are."""
    return most(cells, made, cell, up=True) + most(cells, made, cell, up=False)


@pytest.mark.property
@given(tables)
def test_no_hidden_number_can_be_recomputed_or_narrowed(cells: dict[Cell, int]) -> None:
    made = suppressed(cells, K)
    table = with_sums(cells)
    assert all(count >= K for count in made.numbers.values())
    assert made.hidden | set(made.numbers) == set(table) and not made.hidden & set(made.numbers)
    assert solved(cells, made) == {}
    assert all(breadth(cells, made, cell) >= K for cell in made.hidden)


@given(tables)
def test_what_is_published_is_true(cells: dict[Cell, int]) -> None:
    table = with_sums(cells)
    assert all(table[cell] == count for cell, count in suppressed(cells, K).numbers.items())
    assert suppressed(cells, 1).hidden == frozenset()


@given(tables)
def test_nothing_is_hidden_where_nothing_is_small(cells: dict[Cell, int]) -> None:
    large = {cell: count + K for cell, count in cells.items() if count}
    assert suppressed(large, K).hidden == frozenset()


def test_one_small_cell_among_large_ones_costs_a_rectangle() -> None:
    cells = {(row, column): 20 for row in "abc" for column in "xyz"} | {("a", "x"): 2}
    made = suppressed(cells, K)
    assert ("a", "x") in made.hidden and len(made.hidden) == 4
    assert not any(ALL in cell for cell in made.hidden)


def test_hiding_the_small_cell_alone_would_tell_it() -> None:
    """The solver finds what a naive table gives away, so that its silence elsewhere means something."""
    cells = {("a", "x"): 2, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 7}
    naive = Published({c: n for c, n in with_sums(cells).items() if n >= K}, frozenset({("a", "x")}))
    assert solved(cells, naive) == {("a", "x"): 2}
    assert breadth(cells, naive, ("a", "x")) == 0
    # Two in a row, told by their columns; and 1 beside 1 in a row whose sum is 2.
    pair = Published(
        {c: n for c, n in with_sums(cells).items() if c not in (("a", "x"), ("a", "y"))},
        frozenset({("a", "x"), ("a", "y")}),
    )
    assert solved(cells, pair) == {("a", "x"): 2, ("a", "y"): 20}


def test_a_table_of_one_small_cell_hides_its_sums_too() -> None:
    made = suppressed({("a", "x"): 3}, K)
    assert made.numbers == {} and len(made.hidden) == 4


def test_bad_tables_are_refused() -> None:
    for cells in ({("a", "x"): -1}, {(ALL, "x"): 1}):
        with pytest.raises(ValueError, match="nought"):
            suppressed(cells, K)

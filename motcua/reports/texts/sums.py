"""Does what a list names make up what it divides? Lists may flow into each other without a word.

`19.042 hồ sơ, trong đó kỳ trước 3.109, tiếp nhận mới 15.933, trực tiếp 9.908, trực tuyến 5.920 …`: the last ones divide
15.933. Of the readings that grammar allows, the one that holds is meant. A list that doesn't add up is a mistake only
where it claims to be whole: by its word, by its shares, or by the classes that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.reports.texts.classes import is_complete
from motcua.reports.texts.figures import Figure
from motcua.reports.texts.lists import Parts
from motcua.reports.texts.verdicts import Finding, Verdict, plain, printed, sum_words

WHOLE_WORDS = ("gồm", "bao gồm", "gồm có", "chia ra")
_REST = ("còn lại", "số còn lại")
# A list that names some parts, and comes this near to the whole, was likely meant to name all.
NEAR = Decimal("0.005")
# Shares that make up 100 within this, in points, are the shares of a whole list, one of them perhaps misprinted.
LOOSE = Decimal("0.3")


@dataclass(slots=True)
class Division:
    """What the sums say: findings, and for each part the wholes it may be a share of, the surest first."""

    findings: list[Finding]
    wholes_of: dict[int, list[Figure]]


def divide(lists: Sequence[Parts], shares: dict[int, Figure]) -> Division:
    """Reads every list. `shares`: place of a count → the rate printed with it."""
    division = Division([], {})
    for parts in lists:
        _divide_one(parts, shares, division)
    return division


def _divide_one(parts: Parts, shares: dict[int, Figure], division: Division) -> None:
    rest = list(parts.items)
    wholes = [one for one in parts.wholes if one.value > 0]
    first = True
    while rest and wholes:
        taken, whole, finding = _next_run(rest, wholes, parts, shares, first)
        for part in taken:
            known = division.wholes_of.setdefault(part.place, [])
            known += [one for one in (whole, *wholes) if one not in known and one is not part]
        if finding is not None:
            division.findings.append(finding)
        rest = rest[len(taken) :]
        # What follows may divide one of the parts, the last one first, or the whole again.
        wholes = [*reversed(taken), *[one for one in wholes if one not in taken]]
        first = False


def _next_run(
    rest: list[Figure], wholes: list[Figure], parts: Parts, shares: dict[int, Figure], first: bool
) -> tuple[list[Figure], Figure, Finding | None]:
    """The leading items that belong together, what they divide, and what is to be said of them."""
    for whole in wholes:
        size = _fitting(rest, whole)
        if size:
            return rest[:size], whole, Finding("sum", Verdict.HOLDS, whole, sum_words(rest[:size]), tuple(rest[:size]))
    too_big = _greater_than_all(rest[0], wholes) if first and not parts.is_open else None
    if too_big is not None and rest[0].is_exact and too_big.is_exact and parts.word != "(":
        words = f"phần {plain(rest[0].value)} lớn hơn toàn bộ {plain(too_big.value)}"
        return rest[:1], too_big, Finding("part", Verdict.WRONG, rest[0], words, (too_big,))
    run, dimension = _run(rest, parts)
    whole = _likeliest(run, wholes, shares)
    if not first and dimension not in ("timing", "channel", "rating", "intake"):
        # What comes after a list that adds up starts something new, unless it plainly divides.
        return run, whole, None
    return run, whole, _failure(run, dimension, whole, parts, shares, is_all=len(run) == len(parts.items))


def _fitting(rest: list[Figure], whole: Figure) -> int:
    """How many leading items make up the whole; 0 when none do."""
    total = Decimal(0)
    for size, part in enumerate(rest, 1):
        if not part.is_exact:
            return 0
        total += part.value
        if total == whole.value and size > 1:
            return size
    return 0


def _greater_than_all(part: Figure, wholes: list[Figure]) -> Figure | None:
    return wholes[0] if all(part.value > whole.value for whole in wholes) else None


def _run(rest: list[Figure], parts: Parts) -> tuple[list[Figure], str]:
    """The leading items of one dimension (the one that reaches farthest); all items where no dimension is spoken of."""
    best: tuple[list[Figure], str] = ([], "")
    for dimension in sorted({dimension for one in rest for dimension in one.classes}):
        run: list[Figure] = []
        seen: set[str] = set()
        for one in rest:
            key = one.classes.get(dimension)
            if key is None or key in seen:
                break
            seen.add(key)
            run.append(one)
        named = seen | parts.zeros.get(dimension, set())
        if len(run) > len(best[0]) or (len(run) == len(best[0]) and run and is_complete(dimension, named)):
            best = (run, dimension)
    # Carried over beside the ways in: together they are what came.
    mixed = [one for one in rest if {"intake", "channel"} & set(one.classes)]
    if len(mixed) > max(len(best[0]), 2) and mixed == rest[: len(mixed)]:
        return mixed, "intake+channel"
    return best if len(best[0]) > 1 else ((rest, "") if not best[0] or len(rest) == 1 else best)


def _likeliest(run: list[Figure], wholes: list[Figure], shares: dict[int, Figure]) -> Figure:
    """The whole under which most printed shares hold; else the one nearest in the text."""
    big = [one for one in wholes if all(part.value <= one.value for part in run)] or wholes
    return max(big, key=lambda whole: (_shares_held(run, whole, shares), -big.index(whole)))


def _shares_held(run: list[Figure], whole: Figure, shares: dict[int, Figure]) -> int:
    rates = [(part, shares[part.place]) for part in run if part.place in shares]
    near = [
        abs(part.value * 100 / whole.value - rate.value) <= Decimal(1).scaleb(-rate.token.decimals)
        for part, rate in rates
    ]
    return sum(near)


def _failure(
    run: list[Figure], dimension: str, whole: Figure, parts: Parts, shares: dict[int, Figure], *, is_all: bool
) -> Finding | None:
    """What is said of a run that makes up nothing; None where it doesn't claim to."""
    if len(run) < 2 or any(not one.is_exact for one in (*run, whole)) or parts.is_open:
        return None
    total = sum((one.value for one in run), Decimal(0))
    if _claims_all(run, dimension, parts, shares, is_all):
        return Finding("sum", Verdict.WRONG, whole, sum_words(run, whole), tuple(run))
    gap = abs(total - whole.value)
    if gap <= max(whole.value * NEAR, Decimal(2)) and gap * 20 <= whole.value:
        words = f"{sum_words(run, whole)}; không rõ danh sách này có kể hết các phần không"
        return Finding("sum", Verdict.UNSURE, whole, words, tuple(run))
    return None


def _claims_all(run: list[Figure], dimension: str, parts: Parts, shares: dict[int, Figure], is_all: bool) -> bool:
    if is_all and (parts.word in WHOLE_WORDS or any(word in run[-1].wide for word in _REST)):
        return True
    rates = [shares[one.place] for one in run if one.place in shares]
    if len(rates) == len(run):
        ulp = Decimal(1).scaleb(-min(rate.token.decimals for rate in rates))
        room: Decimal = max(Decimal(ulp * len(rates) / 2), LOOSE)
        if abs(sum((rate.value for rate in rates), Decimal(0)) - 100) <= room:
            return True
    if dimension == "intake+channel":
        named = {key for one in run for key in one.classes.values()}
        return {"carried", "online"} <= named and bool(named & {"counter", "counter_post", "new"})
    return bool(dimension) and is_complete(
        dimension, {one.classes[dimension] for one in run} | parts.zeros.get(dimension, set())
    )


def share_sets(figures: Sequence[Figure], attached: set[int]) -> list[Finding]:
    """Shares printed without their counts (“trực tuyến 62,5 %, trực tiếp 37,4 %”) that must make up 100."""
    free = [one for one in figures if one.token.kind == "percent" and one.place not in attached and not one.role]
    found = []
    for sentence in sorted({one.sentence for one in free}):
        here = [one for one in free if one.sentence == sentence]
        for dimension in ("timing", "channel", "rating"):
            run = [one for one in here if dimension in one.classes]
            keys = {one.classes[dimension] for one in run}
            if (
                len(run) < 2
                or len(keys) < len(run)
                or any(one.about for one in run)
                or not is_complete(dimension, keys)
            ):
                continue
            total = sum((one.value for one in run), Decimal(0))
            ulp = Decimal(1).scaleb(-min(one.token.decimals for one in run))
            verdict = Verdict.HOLDS if abs(total - 100) <= ulp * len(run) / 2 else Verdict.WRONG
            words = " + ".join(printed(one) for one in run) + f" = {plain(total)} %"
            found.append(
                Finding(
                    "sum", verdict, run[0], words + ("" if verdict == Verdict.HOLDS else ", khác 100 %"), tuple(run)
                )
            )
            break
    return found

"""The month's balance, where a text prints both sides: what came in is what was done, returned, waits or lies open.

A text that doesn't add up need not be wrong (it may leave a bucket out), so a difference is only “không chắc”.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from motcua.reports.texts.figures import Figure
from motcua.reports.texts.verdicts import Finding, Verdict, plain

# How many sentences later the other side may stand; the end of a paragraph counts as one more.
REACH = 3


def check_balance(figures: Sequence[Figure]) -> list[Finding]:
    """Judges carried over + new against all buckets of one later sentence."""
    usable = [one for one in figures if one.is_count and one.is_exact and not one.role and one.unit in ("dossier", "")]
    found = []
    for sentence in sorted({one.sentence for one in usable}):
        came = _came([one for one in usable if one.sentence == sentence])
        if came:
            later = range(sentence + 1, sentence + REACH + 1)
            sides = (_went([one for one in usable if one.sentence == number]) for number in later)
            went = next((side for side in sides if side), [])
            found += [_judge(came, went)] if went else []
    return found


def _came(here: list[Figure]) -> list[Figure]:
    """Carried over and new, said in one sentence without their total."""
    carried = [one for one in here if one.classes.get("intake") == "carried"]
    new = [
        one
        for one in here
        if one not in carried and "channel" not in one.classes and one.paren == -1
        and (one.classes.get("intake") == "new" or one.classes.get("direction") == "received")
    ]  # fmt: skip
    return [*new, *carried] if len(new) == 1 and len(carried) == 1 else []


def _went(here: list[Figure]) -> list[Figure]:
    """The buckets of one sentence, when it has what is done, what is open and a third."""
    outside = [one for one in here if one.paren == -1]
    kinds = [one.classes.get("outcome") for one in outside]
    if kinds.count("resolved") != 1 or "open" not in kinds or not {"waiting", "ended"} & set(kinds):
        return []
    return [one for one in outside if one.classes.get("outcome") or one.classes.get("timing") == "late"]


def _judge(came: list[Figure], went: list[Figure]) -> Finding:
    total, gone = (sum((one.value for one in side), Decimal(0)) for side in (came, went))
    sides = [" + ".join(plain(one.value) for one in side) for side in (came, went)]
    words = f"vào: {sides[0]} = {plain(total)}; ra và còn lại: {sides[1]} = {plain(gone)}"
    verdict = Verdict.HOLDS if total == gone else Verdict.UNSURE
    return Finding("balance", verdict, came[0], words, (*came, *went))

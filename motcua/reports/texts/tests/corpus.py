"""Synthetic texts with what is wrong in them marked: ⟦4,47%⟧ stands where a mistake must be found, and only there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from motcua.reports.texts.verdicts import Finding

FOLDER = Path(__file__).parent / "corpus"
PUBLISHED = Path(__file__).resolve().parents[4] / "data" / "replays" / "published.txt"
_MARKED = re.compile("⟦(.*?)⟧", re.DOTALL)


@dataclass(frozen=True)
class Sample:
    """A text, and the places (start, end) where mistakes are."""

    name: str
    text: str
    wrong: tuple[tuple[int, int], ...]


def samples(name: str) -> list[Sample]:
    """The texts of one file of the corpus."""
    found = []
    for block in re.split(
        r"^### ",
        (PUBLISHED if name == PUBLISHED.name else FOLDER / name).read_text(encoding="utf-8"),
        flags=re.MULTILINE,
    )[1:]:
        title, _, marked = block.partition("\n")
        text, wrong, at = "", [], 0
        for mark in _MARKED.finditer(marked):
            text += marked[at : mark.start()]
            wrong.append((len(text), len(text) + len(mark[1])))
            text += mark[1]
            at = mark.end()
        found.append(Sample(title.strip(), text + marked[at:], tuple(wrong)))
    return found


def hits(sample: Sample, found: Sequence[Finding]) -> tuple[int, int, int]:
    """(rightly found, false alarms, missed): which term of a sum is wrong can't be told, so any of them will do."""
    told = [{(one.token.start, one.token.end) for one in (finding.figure, *finding.figures)} for finding in found]
    right = sum(any(_meets(mark, places) for places in told) for mark in sample.wrong)
    false = sum(not any(_meets(mark, places) for mark in sample.wrong) for places in told)
    return right, false, len(sample.wrong) - right


def _meets(mark: tuple[int, int], places: set[tuple[int, int]]) -> bool:
    return any(mark[0] < end and start < mark[1] for start, end in places)

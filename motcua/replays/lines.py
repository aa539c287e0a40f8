"""One line of a comparison: the printed figure, ours, and what to say of the two."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What the comparison says; words for people in `WORDS`."""

    EQUAL = "equal"
    MISPRINT = "misprint"
    DIFFERENT = "different"
    OUTSIDE = "outside"


WORDS = {
    Verdict.EQUAL: "bằng nhau",
    Verdict.MISPRINT: "công bố in sai",
    Verdict.DIFFERENT: "KHÁC",
    Verdict.OUTSIDE: "ngoài báo cáo hồ sơ",
}


@dataclass(frozen=True, slots=True)
class Published:
    """One printed figure."""

    measure: str
    name: str
    agency: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison."""

    published: Published
    ours: str
    verdict: Verdict
    why: str = ""

"""Everyday words that no procedure's name has, and what they mean here: `data/search_aliases.csv`."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy

from motcua.base.text import fold

# Bodies that are no one-stop unit of a province, by the table's last column.
ELSEWHERE = {"police": gettext_lazy("cơ quan Công an")}
# What people say around the thing itself: “tôi muốn làm … cho con ở đâu”.
_AROUND = frozenset(
    [
        "lam",
        "xin",
        "cap",
        "cho",
        "toi",
        "minh",
        "em",
        "anh",
        "chi",
        "con",
        "be",
        "muon",
        "can",
        "hoi",
        "nhu",
        "the",
        "nao",
        "o",
        "dau",
        "gi",
        "thu",
        "tuc",
        "dang",
        "ky",
        "ho",
        "so",
        "giay",
        "to",
        "bi",
        "duoc",
        "nguoi",
        "cua",
        "va",
        "de",
    ]
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text asks for: codes of procedures, the likeliest first, or the body elsewhere that does it (`ELSEWHERE`)."""

    codes: tuple[str, ...] = ()
    elsewhere: str = ""


NOTHING = Meaning()


@cache
def aliases(path: Path | None = None) -> dict[str, Meaning]:
    """The table: folded everyday words → meaning. The longest come first, for the longest counts."""
    path = path or settings.DATA_DIR / "search_aliases.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            (fold(words), Meaning(tuple(row["codes"].split()), row["elsewhere"]))
            for row in csv.DictReader(file)
            for words in row["words"].split(";")
        ]
    return dict(sorted(rows, key=lambda row: -len(row[0])))


def meaning_of(words: list[str]) -> Meaning:
    """What folded words mean in everyday speech. One word alone counts only where nothing else is asked:
    “cuoi” is a wedding, and “noi cu tru cuoi cung” is none.
    """
    asked, core = f" {' '.join(words)} ", " ".join(essential(words))
    for alias, meaning in aliases().items():
        if core == alias or (" " in alias and f" {alias} " in asked):
            return meaning
    return NOTHING


def essential(words: list[str]) -> list[str]:
    """The words without those that people put around the thing they want; all, when nothing would be left."""
    return [word for word in words if word not in _AROUND] or words


def words_of(folded: str) -> list[str]:
    """The words of a folded text, without signs."""
    return re.findall(r"[^\W_]+", folded)

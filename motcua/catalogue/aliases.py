"""The tables of everyday speech in `data/search`: what phrases mean, what stands for the law's words, what tells nothing."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy

from motcua.base.text import fold

# Bodies that are no one-stop unit of a province, by the last column of `aliases.csv`.
ELSEWHERE = {
    "police": gettext_lazy("cơ quan Công an"),
    "court": gettext_lazy("Tòa án nhân dân"),
    "tax": gettext_lazy("cơ quan Thuế"),
}
# So many other words may stand inside an everyday phrase: “lấy vợ *người* nước ngoài”.
MOST_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text asks for: codes of procedures, the likeliest first, or the body elsewhere that does it (`ELSEWHERE`);
    `said` are the words that say so.
    """

    codes: tuple[str, ...] = ()
    elsewhere: str = ""
    said: frozenset[str] = frozenset()


NOTHING = Meaning()


def _rows(name: str) -> list[dict[str, str]]:
    path = Path(settings.DATA_DIR) / "search" / name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def aliases() -> dict[str, Meaning]:
    """Folded everyday phrases → meaning. The longest come first, for the longest counts."""
    rows = [
        (fold(words), Meaning(tuple(row["codes"].split()), row["elsewhere"]))
        for row in _rows("aliases.csv")
        for words in row["words"].split(";")
    ]
    return dict(sorted(rows, key=lambda row: (-len(row[0].split()), -len(row[0]))))


@cache
def alias_words() -> list[str]:
    """The phrases of the table."""
    return list(aliases())


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Folded everyday phrase → the ways in which names say it, each as a tsquery of all its words."""
    found: dict[str, tuple[str, ...]] = {}
    for row in _rows("synonyms.csv"):
        meant = tuple(" & ".join(words_of(fold(way))) for way in row["meant"].split(";"))
        for said in row["said"].split(";"):
            found[fold(said)] = meant
    return found


@cache
def shortened() -> dict[tuple[str, ...], tuple[str, ...]]:
    """What people write short or in particular → the folded words that it stands for."""
    return {
        tuple(words_of(fold(written))): tuple(words_of(fold(row["meant"])))
        for row in _rows("shortened.csv")
        for written in row["written"].split(";")
    }


def in_full(words: Sequence[str]) -> list[str]:
    """The words with what is written short in full."""
    full: list[str] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            meant = shortened().get(tuple(words[at : at + length]))
            if meant is not None:
                full += meant
                at += length
                break
        else:
            full.append(words[at])
            at += 1
    return full


@cache
def role_words(role: str) -> frozenset[str]:
    """Words, or folded phrases where they are parted by semicolons, that have a role: silent, weak, opening, variant."""
    for row in _rows("words.csv"):
        if row["role"] == role:
            parts = row["words"].split(";") if ";" in row["words"] else row["words"].split()
            return frozenset(fold(part) for part in parts)
    return frozenset()


def says(words: Sequence[str], phrase: str) -> bool:
    """Whether folded words have a phrase of at least two: two in their order, three and more in any, not far apart."""
    parts = phrase.split()
    places = [[at for at, word in enumerate(words) if word == part] for part in parts]
    if len(parts) < 2 or not all(places):
        return False
    for first in {at for row in places for at in row}:
        window = [next((at for at in row if first <= at < first + len(parts) + MOST_BETWEEN), None) for row in places]
        if None in window or len(set(window)) < len(parts):
            continue
        if len(parts) > 2 or window == sorted(at for at in window if at is not None):
            return True
    return False


def meaning_of(words: list[str]) -> Meaning:
    """What folded words mean in everyday speech: the longest phrases, each with a word that no longer one has, in turns.

    One word alone counts only where nothing else is asked: “cuoi” is a wedding, and “noi cu tru cuoi cung” is none.
    """
    asked, core = " ".join(words), " ".join(_bare(words))
    telling = [word for word in words if word not in role_words("silent")]
    every, said = set(words), set[str]()
    found: list[Meaning] = []
    for alias, meaning in aliases().items():
        parts = _parts(alias)
        if not parts <= every or parts <= said:
            continue
        if alias in (core, asked) or says(words, alias) or says(telling, alias):
            said |= parts
            found.append(meaning)
    if not found:
        return NOTHING
    turns = [code for row in zip_longest(*(one.codes for one in found)) for code in row if code]
    elsewhere = found[0].elsewhere if not turns or found[0].elsewhere else ""
    return Meaning(() if elsewhere else tuple(dict.fromkeys(turns)), elsewhere, frozenset(said))


@cache
def _parts(phrase: str) -> frozenset[str]:
    return frozenset(phrase.split())


def _bare(words: list[str]) -> list[str]:
    around = role_words("silent") | role_words("weak")
    return [word for word in words if word not in around]


def words_of(folded: str) -> list[str]:
    """The words of a folded text, without signs."""
    return re.findall(r"[^\W_]+", folded)

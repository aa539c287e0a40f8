"""The words of the catalogue: how rare each is, which stand side by side, and what a mistyped one was meant to be.

A syllable of Vietnamese is short, so one wrong letter leaves little to compare; its neighbours decide: “kai sinh” is “khai
sinh” because those two stand together in many names. Pure, but for `lexicon`, which reads the names once in a while.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from time import monotonic

from motcua.catalogue.models import Procedure

KEPT_SECONDS = 60.0
# What a way of reading costs, and what a neighbour pays back: it takes a well-known pair to mend a word that exists.
ALIKE, NEAR, UNTYPED, UNKNOWN = 3.1, 3.3, 1.0, 3.0
KNOWN_ALIKE, KNOWN_NEAR = 2.8, 3.4
ALONE = 9.0
MOST_PAID = 3.0
MOST_PATHS = 60
SHORTEST_MENDED, LONG_ENOUGH_ALONE = 3, 6

# Spelled differently, said alike in some part of the country: first sounds, then last ones.
_FIRST = (("ngh", "ng"), ("gh", "g"), ("tr", "c"), ("ch", "c"), ("gi", "d"), ("x", "s"), ("r", "d"), ("l", "n"),
          ("k", "q"), ("ph", "f"))  # fmt: skip
_LAST = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))
_TELEX = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("w", ""))
_TELEX_TONES = re.compile(r"[sfrxj]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Counts over folded names: in how many a word stands, how often two stand side by side."""

    names: int
    counts: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    deleted: Mapping[str, tuple[str, ...]]
    sounds: Mapping[str, tuple[str, ...]]

    def rarity(self, word: str) -> float:
        """How much a word tells, 0.3 (in nearly every name) to 1 (in a few, or unknown)."""
        return self._tells(self.counts.get(word, 0))

    def pair_rarity(self, one: str, other: str) -> float:
        """The same of two words side by side; 0 where they stand so in no name."""
        count = self.pairs.get((one, other), 0)
        return self._tells(count) if count > 1 else 0.0

    def _tells(self, count: int) -> float:
        if count == 0 or self.names < 2:
            return 1.0
        return max(0.3, min(1.0, math.log(self.names / count) / math.log(max(self.names / 8, 2))))

    def mended(self, words: list[str], kept: frozenset[str] = frozenset()) -> list[str]:
        """The words as they were meant: `kept` and those that the catalogue knows stay, unless a neighbour speaks clearly
        for another.
        """
        alone = ALONE if len(words) == 1 and len(words[0]) >= LONG_ENOUGH_ALONE else UNKNOWN
        paths: list[tuple[float, list[str]]] = [(0.0, [])]
        for word in words:
            best: dict[str, tuple[float, list[str]]] = {}
            for reading, cost in self._readings(word, alone) if word not in kept else [(word, 0.0)]:
                for paid, before in paths:
                    total = paid + cost - (self._pays(before[-1], reading) if before else 0.0)
                    if reading not in best or total < best[reading][0]:
                        best[reading] = (total, [*before, reading])
            paths = sorted(best.values(), key=lambda path: path[0])[:MOST_PATHS]
        return paths[0][1]

    def _pays(self, before: str, word: str) -> float:
        count = self.pairs.get((before, word), 0)
        return min(MOST_PAID, 0.8 * math.log2(1 + count)) if count else 0.0

    def _readings(self, word: str, unknown: float) -> list[tuple[str, float]]:
        known = word in self.counts
        found = {word: 0.0 if known else unknown}
        if len(word) < SHORTEST_MENDED or not word.isalpha():
            return list(found.items())
        for other in self._near(word):
            found[other] = KNOWN_NEAR if known else NEAR
        for other in self.sounds.get(sound(word), ()):
            if other != word:
                found[other] = KNOWN_ALIKE if known else ALIKE
        plain = untyped(word)
        if not known and plain != word and plain in self.counts:
            found[plain] = UNTYPED
        return list(found.items())

    def _near(self, word: str) -> set[str]:
        """Known words that differ by one letter: left out, put in, another one, or two that changed places."""
        likely = {other for key in (word, *_shorter(word)) for other in self.deleted.get(key, ())}
        return {other for other in likely if other != word and _one_apart(word, other)}


def _shorter(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def _one_apart(one: str, other: str) -> bool:
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        if len(differ) == 2:
            first, second = differ
            return second == first + 1 and one[first] == other[second] and one[second] == other[first]
        return len(differ) == 1
    longer, short = (one, other) if len(one) > len(other) else (other, one)
    return len(longer) == len(short) + 1 and short in _shorter(longer)


def sound(word: str) -> str:
    """A key that words share which people spell in place of each other: tr/ch, s/x, d/gi/r, l/n, i/y, final n/ng, t/c."""
    for written, said in _FIRST:
        if word.startswith(written) and len(word) > len(written):
            word = said + word[len(written) :]
            break
    for written, said in _LAST:
        if word.endswith(written) and len(word) > len(written):
            word = word[: -len(written)] + said
            break
    return word.replace("y", "i")


def untyped(word: str) -> str:
    """What a word typed by Telex would be, had the keyboard understood it, without marks: `ddawngs` → dang."""
    tone = max((found.start() for found in _TELEX_TONES.finditer(word) if found.start() >= 2), default=-1)
    if tone >= 0:
        word = word[:tone] + word[tone + 1 :]
    for typed, meant in _TELEX:
        word = word.replace(typed, meant)
    return word


def lexicon_of(names: Iterable[str], others: Iterable[str] = ()) -> Lexicon:
    """From folded names; `others` are phrases that people say, known as words but in no name."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    total = 0
    for name in names:
        words = re.findall(r"[^\W_]+", name)
        counts.update(set(words))
        pairs.update(itertools.pairwise(words))
        total += 1
    for phrase in others:
        words = phrase.split()
        counts.update(word for word in words if word not in counts)
        pairs.update(itertools.pairwise(words))
    deleted: defaultdict[str, set[str]] = defaultdict(set)
    sounds: defaultdict[str, set[str]] = defaultdict(set)
    for word in counts:
        if len(word) >= SHORTEST_MENDED - 1 and word.isalpha():
            sounds[sound(word)].add(word)
            for key in (word, *_shorter(word)):
                deleted[key].add(word)
    return Lexicon(
        total,
        counts,
        pairs,
        {key: tuple(sorted(found)) for key, found in deleted.items()},
        {key: tuple(sorted(found)) for key, found in sounds.items()},
    )


_kept: list[tuple[float, Lexicon]] = []


def lexicon(others: Iterable[str]) -> Lexicon:
    """The lexicon of what is published now; read again after a minute, for it only mends and weighs words."""
    if _kept and _kept[0][0] > monotonic():
        return _kept[0][1]
    names = Procedure.objects.filter(current__status="published").values_list("search_name", flat=True)
    made = lexicon_of(names, others)
    _kept[:] = [(monotonic() + KEPT_SECONDS, made)]
    return made


def forget_lexicon() -> None:
    """Empty the process's memory: after a load, and between tests."""
    _kept.clear()

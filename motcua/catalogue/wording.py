"""What people mean by what they type: mistyped words mended, everyday words beside the law's, each with its weight.

Pure over a lexicon and the tables of `data/search`; `search.py` asks the database with what comes out.
"""

import itertools
from dataclasses import dataclass
from functools import cache

from motcua.base.text import fold
from motcua.catalogue.aliases import (
    NOTHING,
    Meaning,
    alias_words,
    in_full,
    meaning_of,
    role_words,
    shortened,
    synonyms,
    words_of,
)
from motcua.catalogue.lexicon import Lexicon

MOST_WORDS = 14
SILENT, WEAK = 0.02, 0.2
# An everyday word is as much as a pair of rare ones.
SAID = 1.6
# “Again”, “ended”, “abroad” make another procedure of an everyday one.
ASKED_VARIANT = 1.2
# Syllables make words: two that stand side by side in names are worth more than each.
PAIR, PAIRED = 1.2, 0.5
# A word of no name only tells that something is missing.
UNKNOWN = 0.3
OFTEN = 5
LEAST_ASKED = 0.25


@dataclass(frozen=True, slots=True)
class Term:
    """Something a name can have; `query` in the words of tsquery, `weight` is what having it is worth."""

    query: str
    weight: float
    is_pair: bool = False

    @property
    def in_name(self) -> str:
        """The same, asked of the name alone."""
        return " ".join(
            part if part in {"&", "|", "<->", "(", ")"} else part + ("A" if part.endswith(":*") else ":A")
            for part in self.query.split()
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as it is understood: `words` mended, `core` those without what people put around, `terms` whose weights make 1, the everyday `meaning`, and `covered`,
    the share (0 to 1) of what tells something that the meaning's phrases have.
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    mended: bool
    terms: tuple[Term, ...]
    meaning: Meaning
    covered: float


def understood(text: str, known: Lexicon) -> Asked:
    """Read a text: what is written short in full, then as it stands, then mended where that means nothing everyday."""
    written = words_of(fold(text))[:MOST_WORDS]
    if not written:
        return Asked((), (), False, (), NOTHING, 0.0)
    last_open = not text[-1:].isspace() and tuple(written[-1:]) not in shortened()
    typed = in_full(written)
    words = _mended(typed, known, last_open)
    meaning = meaning_of(typed)
    if meaning == NOTHING and words != typed:
        meaning = meaning_of(words)
    terms = _terms(words, known, last_open)
    total = sum(term.weight for term in terms)
    terms = [Term(term.query, term.weight / total, term.is_pair) for term in terms]
    return Asked(
        tuple(words), _core(words, known), words != typed, tuple(terms), meaning, _covered(words, meaning, known)
    )


def _core(words: list[str], known: Lexicon) -> tuple[str, ...]:
    """The words without those that people put around, where these make no word with a neighbour; all, when none is left."""
    around = role_words("silent") | role_words("weak")
    paired = {word for pair in _pairs(words, known) if not {*pair} <= around for word in pair}
    return tuple(word for word in words if word not in around or word in paired) or tuple(words)


def _covered(words: list[str], meaning: Meaning, known: Lexicon) -> float:
    around = role_words("silent") | role_words("weak")
    telling = [word for word in words if word in meaning.said or (word in known.counts and word not in around)]
    every = sum(map(known.rarity, telling))
    return sum(known.rarity(word) for word in telling if word in meaning.said) / every if every else 1.0


def _mended(typed: list[str], known: Lexicon, last_open: bool) -> list[str]:
    """The last word may still be in the middle of being typed: it is mended only where nothing begins so."""
    words = known.mended(typed, role_words("silent") | role_words("weak"))
    if last_open and words[-1] != typed[-1] and any(word.startswith(typed[-1]) for word in known.counts):
        before = words[-2] if len(words) > 1 else ""
        begun = any(word.startswith(typed[-1]) and (before, word) in known.pairs for word in known.counts)
        if begun or not before:
            words[-1] = typed[-1]
    return words


@cache
def _said() -> dict[tuple[str, ...], tuple[str, ...]]:
    return {tuple(said.split()): meant for said, meant in synonyms().items()}


def _terms(words: list[str], known: Lexicon, last_open: bool) -> list[Term]:
    """Each word once: within the longest everyday phrase that begins there, or by itself."""
    weak = role_words("weak")
    pairs = _pairs(words, known)
    paired = {word for pair in pairs for word in pair}
    said, terms, at = _said(), list[Term](), 0
    longest = max(3, *map(len, said))
    variants = {tuple(variant.split()) for variant in role_words("variant")}
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            if phrase in said:
                terms.append(Term(_any([" & ".join(phrase), *said[phrase]]), SAID))
                at += length
                break
            if length > 1 and phrase in variants:
                terms.append(Term(" <-> ".join(phrase), ASKED_VARIANT))
                at += length
                break
        else:
            terms += _of_word(words[at], known, last_open and at == len(words) - 1, words[at] in paired)
            at += 1
    if all(term.weight < LEAST_ASKED for term in terms):
        terms = [Term(term.query, 1.0) for term in terms]
    return terms + [
        Term(" <-> ".join(pair), PAIR * known.pair_rarity(*pair) * (WEAK if {*pair} <= weak else 1), is_pair=True)
        for pair in pairs
        if pair not in variants
    ]


def _pairs(words: list[str], known: Lexicon) -> list[tuple[str, str]]:
    """What stands side by side in the text as it does in names: mostly the words of two syllables. With a word that
    people put around only where names have the two often: “bản sao”, “xã hội”.
    """
    silent = role_words("silent")
    return [
        pair
        for pair in itertools.pairwise(words)
        if known.pair_rarity(*pair) and (not {*pair} & silent or known.pairs[pair] >= OFTEN)
    ]


def _any(ways: list[str]) -> str:
    return " | ".join(f"( {way} )" for way in ways)


def _of_word(word: str, known: Lexicon, is_open: bool, is_paired: bool) -> list[Term]:
    weight = known.rarity(word) * (PAIRED if is_paired else 1)
    if word in role_words("silent"):
        weight = SILENT
    elif word in role_words("weak"):
        weight *= WEAK
    if word not in known.counts:
        return [Term(f"{word}:*" if len(word) > 1 else word, UNKNOWN)]
    # A number is not the beginning of a word, but would be that of many codes.
    if is_open and not word.isdigit():
        return [Term(word, 0.3 * weight), Term(f"{word}:*", 0.7 * weight)]
    return [Term(word, weight)]


def said_phrases() -> list[str]:
    """Everything that people say and no name has, for the lexicon."""
    return [*synonyms(), *alias_words(), *role_words("silent")]

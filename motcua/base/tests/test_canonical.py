"""One spelling: what the standard library would write, and nothing that can be spelled twice."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.canonical import canonical_json, digest

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | WORDS
FACTS = st.recursive(PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4))


class Number(IntEnum):
    """An enumeration of integers."""

    TWO = 2


class Word(StrEnum):
    """An enumeration of words."""

    STOPPED = "đã dừng"


@given(FACTS)
def test_it_is_what_the_standard_library_writes(fact: object) -> None:
    slowly = json.dumps(fact, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert canonical_json(fact) == slowly


@pytest.mark.parametrize(
    ("fact", "spelled"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ({"é": 1, "z": 2, "a\u0301": 3}, '{"a\u0301":3,"z":2,"é":1}'),
        ([Number.TWO, Word.STOPPED], '[2,"đã dừng"]'),
        (('\u2028\u007f\u001f"\\/\n',), '["\u2028\u007f\\u001f\\"\\\\/\\n"]'),
    ],
)
def test_keys_are_sorted_and_letters_stand_as_they_are(fact: object, spelled: str) -> None:
    assert canonical_json(fact).decode() == spelled


@pytest.mark.parametrize(
    "fact",
    [
        1.0, float("nan"), {"a": [1.5]}, Decimal(1), b"x", {1}, datetime(2026, 1, 1, tzinfo=UTC), date(2026, 1, 1),
        UUID(int=1), {1: "a"}, {None: 1}, 2**64, "\ud800", {"\ud800": 1}, object(),
    ],
)  # fmt: skip
def test_what_has_no_single_spelling_is_refused(fact: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(fact)


def test_a_digest_is_the_hash_of_that_spelling() -> None:
    by_hand = (
        "9d449891ee8772ef8903fc96594fe3b24dbfefaeb45bf46b01ad176dc51c4c56"  # printf '{"a":"Một","b":1}' | sha256sum
    )
    assert digest({"b": 1, "a": "Một"}).hex() == by_hand

"""Whatever a file is full of, signing and checking answer with a sentence, never with a fault of ours."""

from __future__ import annotations

import random

import pytest

from motcua.base.errors import MotcuaError
from motcua.signing import checking, pens
from motcua.signing.tests.conftest import SIGNED_AT, Desk

pytestmark = pytest.mark.django_db
WORDS = (
    b"/Pages",
    b"/Kids",
    b"/Type",
    b"/Root",
    b"/Contents",
    b"/ByteRange",
    b"/AcroForm",
    b"/Fields",
    b"obj",
    b"R",
    b"<<",
    b"[",
)


def damaged(document: bytes, chance: random.Random) -> bytes:
    """A few bytes changed, a piece cut out, or one word put in the place of another."""
    kind = chance.randrange(4)
    spot = chance.randrange(len(document))
    if kind == 0:
        return document[:spot] + bytes([chance.randrange(256)]) + document[spot + 1 :]
    if kind == 1:
        return document[:spot] + document[spot + chance.randrange(1, 2000) :]
    if kind == 2:
        return document[:spot]
    word, other = chance.sample(WORDS, 2)
    return document.replace(word, other, chance.randrange(1, 4))


def test_damage_is_answered_with_a_sentence(desk: Desk) -> None:
    pen = pens.take(desk.tuan, SIGNED_AT)
    signed = pens.sign(desk.paper, pen, at=SIGNED_AT)
    chance = random.Random(2021)
    answered = 0
    for _ in range(150):
        for work in (
            lambda: checking.check(damaged(signed, chance), SIGNED_AT),
            lambda: pens.sign(damaged(desk.paper, chance), pen, at=SIGNED_AT),
        ):
            try:
                work()
            except MotcuaError as sentence:
                assert str(sentence)
                answered += 1
    assert answered > 50


def test_pages_within_pages_without_end_are_refused(desk: Desk) -> None:
    document = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[2 0 R]/Count 1>>\nendobj\n"
    table = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    end = b"trailer\n<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(document)
    with pytest.raises(MotcuaError, match="không ký được"):
        pens.sign(document + table + end, pens.take(desk.tuan, SIGNED_AT), at=SIGNED_AT)

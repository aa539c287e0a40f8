"""Texts for QR codes: genuine ones open with the public key alone, everything else is refused in a clear sentence."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.base.errors import Invalid
from motcua.base.times import parse_local
from motcua.signing import codes

AT = parse_local("2021-11-01 08:00")
FACTS = ["F01@TT01", "000.00.18.H54-211101-0001", "9.000001", 1635728400, 1636365600, 12]


def test_what_was_sealed_opens(keys: Path) -> None:
    text = codes.sealed(FACTS, AT)
    assert codes.opened(text).facts == FACTS
    assert codes.opened(f"https://motcua.example/kt/{text}").facts == FACTS
    assert codes.opened(f"Quét mã: {text[:40]}\n{text[40:]} – xem").facts == FACTS


def test_a_telephone_can_check_with_the_public_key_alone(keys: Path) -> None:
    said, _, signature = codes.sealed(FACTS, AT).rpartition(".")
    (published,) = codes.code_keys()
    key = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(published.public + "="))
    key.verify(base64.urlsafe_b64decode(signature + "=="), said.encode())
    version, key_id, facts = said.split(".")
    assert (version, key_id) == ("MC1", published.id)
    assert json.loads(base64.urlsafe_b64decode(facts + "=" * (-len(facts) % 4))) == FACTS
    with pytest.raises(InvalidSignature):
        key.verify(base64.urlsafe_b64decode(signature + "=="), said.encode() + b"A")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    spot=st.integers(0, 400), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
)
def test_any_altered_letter_is_refused(keys: Path, spot: int, letter: str) -> None:
    text = codes.sealed(FACTS, AT)
    spot %= len(text)
    altered = text[:spot] + letter + text[spot + 1 :]
    if altered == text:
        return
    with pytest.raises(Invalid):
        codes.opened(altered)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(length=st.integers(0, 400))
def test_any_cut_text_is_refused(keys: Path, length: int) -> None:
    text = codes.sealed(FACTS, AT)
    with pytest.raises(Invalid):
        codes.opened(text[: length % len(text)])


def test_each_fault_has_its_sentence(keys: Path) -> None:
    text = codes.sealed(FACTS, AT)
    said, _, signature = text.rpartition(".")
    version, key_id, _facts = said.split(".")
    other = base64.urlsafe_b64encode(json.dumps(["F01@TT01", "giả"]).encode()).rstrip(b"=").decode()
    for wrong, code, words in (
        ("xin chào", "code_absent", "không phải mã xác thực"),
        (text[:-20], "code_truncated", "thiếu phần cuối"),
        (f"{version}.{key_id}.{other}.{signature}", "code_forged", "bị sửa hoặc làm giả"),
        (text.replace(key_id, "00000000"), "code_unknown_key", "không công bố"),
    ):
        with pytest.raises(Invalid, match=words) as refused:
            codes.opened(wrong)
        assert refused.value.code == code


def test_after_a_new_key_old_papers_stay_genuine(keys: Path) -> None:
    old = codes.sealed(FACTS, AT)
    newer = codes.new_code_key(parse_local("2022-01-01 08:00"))
    assert codes.opened(old).facts == FACTS
    assert codes.sealed(FACTS, AT).split(".")[1] == newer.id != old.split(".")[1]
    assert [key.signs_now for key in codes.code_keys()] == [True, False]

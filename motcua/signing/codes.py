"""Short signed texts for QR codes: anybody who has the public key can check one without asking us.

`MC1.<key id>.<facts>.<signature>`: facts are canonical JSON in base64url without padding, the signature is Ed25519
over everything before its dot. Keys are files `qr/<seconds>-<key id>` in the key folder: the newest one signs,
all of them check.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.canonical import canonical_json
from motcua.base.errors import Invalid
from motcua.signing.keys import keep_key, kept_key

VERSION = "MC1"
FOLDER = "qr"
SIGNATURE_LETTERS = 86
TEXT = re.compile(rf"{VERSION}\.([0-9a-f]{{8}})\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{{0,{SIGNATURE_LETTERS}}})")


@dataclass(frozen=True)
class CodeKey:
    """A key that QR texts are signed with."""

    id: str
    name: str
    made_at: datetime
    signs_now: bool

    @property
    def private(self) -> Ed25519PrivateKey:
        """The key itself."""
        key = kept_key(self.name)
        if not isinstance(key, Ed25519PrivateKey):
            raise AssertionError(f"{self.name} is no Ed25519 key")
        return key

    @property
    def public(self) -> str:
        """The 32 bytes of the public key, base64url without padding."""
        return _letters(_raw(self.private.public_key()))


@dataclass(frozen=True)
class Opened:
    """What a genuine text says."""

    key: CodeKey
    facts: Any


def code_keys() -> list[CodeKey]:
    """Every key, the newest (which signs) first."""
    names = sorted((path.stem for path in (Path(settings.KEYS_DIR) / FOLDER).glob("*-*.pem")), reverse=True)
    return [
        CodeKey(
            id=name.partition("-")[2],
            name=f"{FOLDER}/{name}",
            made_at=datetime.fromtimestamp(int(name.partition("-")[0]), UTC),
            signs_now=place == 0,
        )
        for place, name in enumerate(names)
    ]


def new_code_key(at: datetime) -> CodeKey:
    """Make a key that signs from now on; what older ones signed stays genuine."""
    key = Ed25519PrivateKey.generate()
    key_id = sha256(_raw(key.public_key())).hexdigest()[:8]
    keep_key(f"{FOLDER}/{int(at.timestamp()):010d}-{key_id}", key)
    return code_keys()[0]


def signing_key(at: datetime) -> CodeKey:
    """The key that signs now, made where there is none."""
    return next(iter(code_keys()), None) or new_code_key(at)


def sealed(facts: Any, at: datetime) -> str:
    """Facts (strings, whole numbers, lists) as a signed text."""
    key = signing_key(at)
    said = f"{VERSION}.{key.id}.{_letters(canonical_json(facts))}"
    return f"{said}.{_letters(key.private.sign(said.encode()))}"


def opened(text: str) -> Opened:
    """The facts of a genuine text; it may stand inside an address or among other words.

    Raises Invalid: code_absent, code_truncated, code_unknown_key, code_forged.
    """
    found = TEXT.search("".join(text.split()))
    if found is None:
        raise Invalid(_("Đây không phải mã xác thực của phiếu do hệ thống này phát hành."), code="code_absent")
    key_id, said, signature = found.groups()
    if len(signature) < SIGNATURE_LETTERS:
        raise Invalid(_("Mã bị thiếu phần cuối: hãy quét hoặc chép lại cho đủ."), code="code_truncated")
    key = next((one for one in code_keys() if one.id == key_id), None)
    if key is None:
        sentence = _("Mã ký bằng khóa %(key)s mà hệ thống này không công bố: không xác nhận được.")
        raise Invalid(sentence % {"key": key_id}, code="code_unknown_key")
    try:
        key.private.public_key().verify(_bytes(signature), f"{VERSION}.{key_id}.{said}".encode())
    except (InvalidSignature, binascii.Error) as fault:
        raise Invalid(_("Mã đã bị sửa hoặc làm giả: chữ ký không khớp với nội dung."), code="code_forged") from fault
    return Opened(key, json.loads(_bytes(said)))


def opened_with(text: str, public: Mapping[str, str]) -> Any:
    """The facts of a text, checked with published keys alone ({id: base64url}): no key folder, no network.

    Raises Invalid as `opened`.
    """
    found = TEXT.fullmatch(text.strip())
    if found is None:
        raise Invalid(_("Không có chữ ký đọc được."), code="code_absent")
    key_id, said, signature = found.groups()
    if key_id not in public:
        sentence = _("Mã ký bằng khóa %(key)s mà hệ thống này không công bố: không xác nhận được.")
        raise Invalid(sentence % {"key": key_id}, code="code_unknown_key")
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes(public[key_id]))
        key.verify(_bytes(signature), f"{VERSION}.{key_id}.{said}".encode())
    except (InvalidSignature, binascii.Error, ValueError) as fault:
        raise Invalid(_("Mã đã bị sửa hoặc làm giả: chữ ký không khớp với nội dung."), code="code_forged") from fault
    return json.loads(_bytes(said))


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _letters(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(letters: str) -> bytes:
    raw = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    if _letters(raw) != letters:  # two spellings of the same bytes would be two texts with one signature
        raise binascii.Error("not canonical")
    return raw

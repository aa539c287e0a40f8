"""Private keys: files in the key folder, for the program's own account only, written once, never in the database."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.errors import Refused

PrivateKey = RSAPrivateKey | EllipticCurvePrivateKey | Ed25519PrivateKey


def place_of(name: str) -> Path:
    """Where the key of this name lies: a path inside the key folder."""
    return Path(settings.KEYS_DIR) / f"{name}.pem"


def keep_key(name: str, key: PrivateKey) -> bool:
    """Write a key under a name that nobody has; False when another process was faster (its key stands)."""
    place = place_of(name)
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(pem_of(key))
        out.flush()
        os.fsync(out.fileno())
    try:
        os.link(draft, place)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def pem_of(key: PrivateKey) -> bytes:
    """The key as PKCS #8 PEM; the folder's mode is its guard."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_key(pem: bytes) -> PrivateKey:
    """A private key from PEM: RSA, an elliptic curve or Ed25519. Raises Refused for anything else."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as fault:
        raise Refused(_("Tệp khóa không đọc được hoặc có mật khẩu."), code="key_unreadable") from fault
    if not isinstance(key, PrivateKey):
        raise Refused(_("Loại khóa này không dùng để ký được."), code="key_unreadable")
    return key


def kept_key(name: str) -> PrivateKey:
    """The key of this name, parsed once per process. Raises Refused when this machine does not hold it."""
    place = place_of(name)
    if not name or not place.exists():
        raise Refused(_("Máy này không giữ khóa riêng của chứng thư số."), code="key_missing")
    return _parsed(place, place.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _parsed(place: Path, _changed: int) -> PrivateKey:
    return read_key(place.read_bytes())

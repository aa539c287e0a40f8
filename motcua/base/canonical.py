"""One spelling for a fact, so that its hash means something."""

import hashlib
import json
from typing import Any


def canonical_json(fact: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces. Floats are refused: they have no single spelling."""
    _refuse_floats(fact)
    return json.dumps(fact, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(fact: Any) -> bytes:
    """SHA-256 over the canonical JSON, 32 bytes."""
    return hashlib.sha256(canonical_json(fact)).digest()


def _refuse_floats(fact: Any) -> None:
    if isinstance(fact, float):
        raise TypeError("a float has no canonical spelling; use int or str")
    if isinstance(fact, dict):
        for value in fact.values():
            _refuse_floats(value)
    elif isinstance(fact, list | tuple):
        for value in fact:
            _refuse_floats(value)

"""One spelling for a fact, so that its hash means something."""

import hashlib
import json
from typing import Any

# One for all: putting it together costs as much as it does.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_PLAIN = frozenset({str, int, bool, type(None)})


def canonical_json(fact: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces. Floats are refused: they have no single spelling."""
    _refuse_floats(fact)
    return _ENCODER.encode(fact).encode()


def digest(fact: Any) -> bytes:
    """SHA-256 over the canonical JSON, 32 bytes."""
    return hashlib.sha256(canonical_json(fact)).digest()


def _refuse_floats(fact: Any) -> None:
    if isinstance(fact, float):
        raise TypeError("a float has no canonical spelling; use int or str")
    inside = fact.values() if isinstance(fact, dict) else fact if isinstance(fact, list | tuple) else ()
    for value in inside:
        if type(value) not in _PLAIN:
            _refuse_floats(value)

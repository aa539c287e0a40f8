"""One HTTP POST to a server outside the house, with an end: no redirect is followed, and the answer is not waited for long."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Posted:
    """What the other side answered. body: as far as it came in time; retry_after: its own words, empty where it has none."""

    status: int
    body: bytes
    retry_after: str


class NoAnswer(Exception):
    """Nothing came back. kind: one word for logs; the words are the machine's and may name the address."""

    def __init__(self, error: Exception) -> None:
        super().__init__(str(error))
        self.kind = type(error).__name__


def post(address: str, body: bytes, headers: Mapping[str, str], *, seconds: int, longest: int) -> Posted:
    """Send it once. seconds: to connect, for each wait and for the whole answer; longest: bytes read of it, about.

    Raises NoAnswer, ValueError for an address that is none.
    """
    where = urlsplit(address)
    kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
    line = kind(where.hostname or "", where.port, timeout=seconds)
    path = f"{where.path or '/'}{'?' + where.query if where.query else ''}"
    try:
        line.request("POST", path, body, dict(headers))
        answer = line.getresponse()
        return Posted(answer.status, _read(answer, seconds, longest), answer.getheader("Retry-After", "") or "")
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(error) from error
    finally:
        line.close()


def _read(answer: http.client.HTTPResponse, seconds: int, longest: int) -> bytes:
    until, got = time.monotonic() + seconds, b""
    while time.monotonic() < until and len(got) < longest and (piece := answer.read1(4096)):
        got += piece
    return got

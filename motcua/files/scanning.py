"""A virus scanner, where the province runs one: clamd, asked over its own protocol (INSTREAM)."""

from __future__ import annotations

import socket
import struct
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from motcua.files.sentences import refused

PIECE = 64 * 1024
SECONDS = 10.0
PING_SECONDS = 2.0
MOST_ANSWER = 4096


def is_configured() -> bool:
    """Does a scanner look at what is handed in? Where none does, nothing is ever called clean."""
    return bool(settings.VIRUS_SCANNER)


def is_clean(content: bytes) -> bool:
    """True: the scanner found nothing. False: there is no scanner. Raises Invalid (virus_found, scanner_away)."""
    if not is_configured():
        return False
    try:
        answer = _ask(b"zINSTREAM\0", content)
    except OSError as away:
        raise refused("scanner_away") from away
    if answer.endswith(" FOUND"):
        what = answer.removeprefix("stream: ").removesuffix(" FOUND")
        raise refused("virus_found", what=what[:80])
    if answer != "stream: OK":
        raise refused("scanner_away")
    return True


def answers() -> bool:
    """Does the scanner answer now?"""
    try:
        return _ask(b"zPING\0", None, PING_SECONDS) == "PONG"
    except OSError:
        return False


def _ask(command: bytes, content: bytes | None, seconds: float = SECONDS) -> str:
    with closing(_connect(seconds)) as scanner:
        scanner.sendall(command)
        if content is not None:
            for start in range(0, len(content), PIECE):
                piece = content[start : start + PIECE]
                scanner.sendall(struct.pack(">I", len(piece)) + piece)
            scanner.sendall(struct.pack(">I", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < MOST_ANSWER and (more := scanner.recv(1024)):
            answer += more
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _connect(seconds: float) -> socket.socket:
    """tcp://host:port or unix:///path/of/the.socket."""
    place = urlsplit(settings.VIRUS_SCANNER)
    if place.scheme == "tcp" and place.hostname:
        return socket.create_connection((place.hostname, place.port or 3310), timeout=seconds)
    if place.scheme == "unix" and place.path:
        local = socket.socket(socket.AF_UNIX)
        local.settimeout(seconds)
        local.connect(place.path)
        return local
    raise ImproperlyConfigured("MOTCUA_VIRUS_SCANNER must be tcp://host:port or unix:///path")

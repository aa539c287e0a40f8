"""DOCX and XLSX: an archive whose parts are really as small as they say, without programs in it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from motcua.files.kinds.fault import Fault

MOST_PARTS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes, of all parts and of the archives inside them together
DEEPEST = 2  # a table inside a letter is one deep
PIECE = 1024 * 1024
ENCRYPTED = 0x1
PROGRAMS = ("vbaproject.bin", ".exe", ".dll", ".js", ".vbs", ".bat", ".cmd", ".scr", ".ps1", ".jar", ".hta")


def look(content: bytes) -> dict[str, Any]:
    """Raises Fault; otherwise there is nothing to be said of it."""
    _unpack(content, 0, Room(MOST_UNPACKED))
    return {"pages": None, "signed": False, "notes": []}


class Room:
    """How many bytes may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise Fault("archive_bomb")


def _unpack(content: bytes, depth: int, room: Room) -> None:
    if depth > DEEPEST:
        raise Fault("archive_bomb")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Fault("archive_bomb")
            if _overlap(parts):
                raise Fault("archive_bomb")
            for part in parts:
                _one_part(archive, part, depth, room)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as damage:
        raise Fault("file_damaged") from damage


def _one_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int, room: Room) -> None:
    if part.flag_bits & ENCRYPTED:
        raise Fault("file_encrypted")
    if part.filename.lower().endswith(PROGRAMS):
        raise Fault("file_active")
    start = b""
    kept: list[bytes] = []
    for piece in _pieces(archive, part):  # also checks the sum that the archive states
        room.take(len(piece))
        start = start or piece[:4]
        if start == b"PK\x03\x04":
            kept.append(piece)
    if start[:2] == b"MZ":
        raise Fault("file_active")
    if kept:
        _unpack(b"".join(kept), depth + 1, room)


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while piece := opened.read(PIECE):
            yield piece


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Two parts made of the same bytes: how a small archive becomes an endless one."""
    ends = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < ends:
            return True
        ends = part.header_offset + part.compress_size
    return False

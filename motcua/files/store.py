"""The store of files: one local folder, named by content, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings

from motcua.base.text import tidy
from motcua.files.check import check
from motcua.files.models import StoredFile

if TYPE_CHECKING:
    from motcua.files.receiving import Examined


def path_of(digest: str) -> Path:
    """Where the content with this SHA-256 lies."""
    return Path(settings.FILES_ROOT) / digest[:2] / digest[2:4] / digest


def sync_folder(folder: Path) -> None:
    """Make a folder's entries survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """A folder and those above it, each entry synced in its parent."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        sync_folder(one.parent)


def keep(content: bytes) -> str:
    """Put content into the store and return its SHA-256; it is on disk when this returns, so call it before the commit.

    The file appears under its name by an atomic rename; content already there is not written again.
    """
    digest = sha256(content).hexdigest()
    place = path_of(digest)
    if place.exists():
        return digest
    make_folder(place.parent)
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_folder(place.parent)
    return digest


def store(name: str, chunks: Iterable[bytes], at: datetime, by: int | None) -> StoredFile:
    """Check a file of our own making by its first bytes and keep it. `by`: an account's id, None without one.

    What strangers send comes through `receiving.examine` and `keep_examined`.

    Raises Invalid with a sentence for the person when the file is empty, too large, encrypted or of a type
    that isn't taken; then nothing is kept.
    """
    content, media_type = check(chunks)
    return StoredFile.objects.create(
        sha256=keep(content),
        size_bytes=len(content),
        media_type=media_type,
        name=safe_name(name),
        stored_at=at,
        stored_by=by,
    )


def keep_examined(examined: Examined, at: datetime, by: int | None, signatures: str = "") -> StoredFile:
    """Keep what was examined; `signatures`: the worst verdict on them, `none` where nobody signed."""
    return StoredFile.objects.create(
        sha256=keep(examined.content),
        size_bytes=len(examined.content),
        media_type=examined.media_type,
        name=examined.name,
        stored_at=at,
        stored_by=by,
        pages=examined.pages,
        is_scanned=examined.scanned,
        signatures=signatures,
    )


def once_more(stored: StoredFile, at: datetime, by: int, signatures: str) -> StoredFile:
    """The same content handed in again: a row of its own, so that who may open the one says nothing of the other."""
    return StoredFile.objects.create(
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        media_type=stored.media_type,
        name=stored.name,
        stored_at=at,
        stored_by=by,
        pages=stored.pages,
        is_scanned=stored.is_scanned,
        signatures=signatures,
    )


def safe_name(name: str) -> str:
    """A file's own name without folders or control characters, at most 255 characters, ending kept."""
    bare = tidy(name.replace("\\", "/").rsplit("/", 1)[-1]) or "tep"
    stem, dot, ending = bare.rpartition(".")
    if not dot or len(ending) > 10:
        return bare[:255]
    return f"{stem[: 254 - len(ending)]}.{ending}"


def open_file(stored: StoredFile) -> BinaryIO:
    """The content of a stored file, for reading."""
    return path_of(stored.sha256).open("rb")


def is_intact(stored: StoredFile) -> bool:
    """Whether the content on disk is what was handed in."""
    try:
        content = path_of(stored.sha256).read_bytes()
    except FileNotFoundError:
        return False
    return sha256(content).hexdigest() == stored.sha256

"""What a person hands in, examined before it is kept: portal, counter, desk and API all come through here.

Examined is what the bytes are, not what they mean; signatures are looked at one floor up (dossiers/handed_in.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings

from motcua.base.errors import Invalid
from motcua.files import apart, scanning
from motcua.files.check import HEIC, PDF, bounded, media_type_of
from motcua.files.sentences import refused
from motcua.files.store import safe_name

MOST_PHOTOS = 30


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept: its content, what it is, and what was found."""

    name: str
    content: bytes
    media_type: str
    pages: int | None
    signed: bool
    scanned: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Photos as one PDF, and those that are not in it: place in the list → why. None: no photo could be taken."""

    pdf: Examined | None
    refused: Mapping[int, Invalid]


def examine(name: str, chunks: Iterable[bytes]) -> Examined:
    """One file, opened apart and scanned. HEIC, which few screens show, becomes a PDF of one page. Raises Invalid."""
    return examine_content(name, *first_look(chunks))


def first_look(chunks: Iterable[bytes]) -> tuple[bytes, str]:
    """Content and media type by the first bytes; reading stops where it is too much. Raises Invalid."""
    content = bounded(chunks)
    return content, media_type_of(content)


def examine_content(name: str, content: bytes, media_type: str) -> Examined:
    """What `examine` does after the first look."""
    if media_type == HEIC:
        joined = as_one_pdf(name, [content])
        if joined.pdf is None:
            raise joined.refused[0]
        return joined.pdf
    scanned = scanning.is_clean(content)
    found = apart.look(content, media_type)
    return Examined(safe_name(name), content, media_type, found.pages, found.signed, scanned, found.notes)


def as_one_pdf(name: str, photos: Sequence[bytes]) -> Joined:
    """Photos as one upright PDF under this name; a bad one is left out and told. Raises Invalid where none can be opened."""
    left_out: dict[int, Invalid] = {}
    clean: list[int] = []
    scanned = True
    for place, photo in enumerate(photos):
        try:
            scanned = scanning.is_clean(photo) and scanned
            clean.append(place)
        except Invalid as error:
            left_out[place] = error
    if not clean:
        return Joined(None, left_out)
    found, made = apart.one_pdf([photos[place] for place in clean], int(settings.MAX_FILE_BYTES))
    for one in found.bad:
        number, _colon, code = one.partition(":")
        left_out[clean[int(number) - 1]] = refused(code)
    if not found.pages:
        return Joined(None, left_out)
    stem = PurePosixPath(safe_name(name)).stem or "anh"
    pdf = Examined(safe_name(f"{stem}.pdf"), made, PDF, found.pages, False, scanned, found.notes)
    return Joined(pdf, left_out)

"""PDF: can it be opened without a password, has it pages, does it carry anything that would run, is it signed?"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf

from motcua.files.kinds.fault import Fault

MOST_OBJECTS = 400_000
# Names that make a reader do something: a script, a program, a form that sends itself, a film. Links may stay.
ACTIVE_KEYS = frozenset({"/JS", "/XFA", "/RichMediaContent"})
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute"})
SUSPECT = re.compile(
    rb"/(JS|XFA|RichMediaContent|JavaScript|Launch|ImportData|SubmitForm|Rendition|RichMediaExecute)\b"
)
DEEPEST = 60


def look(content: bytes) -> dict[str, Any]:
    """How many pages, and whether somebody signed. Raises Fault."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            pages = len(pdf.pages)
            if pages == 0:
                raise Fault("file_without_pages")
            return {"pages": pages, "signed": _walk(pdf), "notes": []}
    except pikepdf.PasswordError as locked:
        raise Fault("file_encrypted") from locked
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError) as damage:
        raise Fault("file_damaged") from damage


def _walk(pdf: pikepdf.Pdf) -> bool:
    """Every object once, wherever it hangs: an action that no page names is still in the file."""
    signed = False
    for count, one in enumerate(pdf.objects):
        if count > MOST_OBJECTS:
            raise Fault("file_too_complex")
        is_stream = isinstance(one, pikepdf.Stream)
        if not is_stream and not isinstance(one, pikepdf.Dictionary | pikepdf.Array):
            continue
        written = (one.stream_dict if is_stream else one).unparse(resolved=True)
        if SUSPECT.search(written) and _runs(one.stream_dict if is_stream else one, 0):
            raise Fault("file_active")
        signed = signed or (b"/ByteRange" in written and b"/Contents" in written)
    return signed


def _runs(one: Any, depth: int) -> bool:
    """Is there an action in it that runs something? A text that only speaks of one is none."""
    if depth > DEEPEST:
        raise Fault("file_too_complex")
    if isinstance(one, pikepdf.Array):
        return any(_runs(part, depth + 1) for part in one if not _elsewhere(part))
    if not isinstance(one, pikepdf.Dictionary):
        return False
    keys = set(one.keys())
    if keys & ACTIVE_KEYS or ("/S" in keys and str(one["/S"]) in ACTIVE_ACTIONS):
        return True
    return any(_runs(one[key], depth + 1) for key in keys if not _elsewhere(one[key]))


def _elsewhere(one: Any) -> bool:
    """An object with a number of its own is met by itself."""
    return isinstance(one, pikepdf.Object) and one.is_indirect

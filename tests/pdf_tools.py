"""Other people's programs as second opinions; where one is missing, a test that needs it says so and is skipped."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdf
import pytest

from motcua.base.typesetting import typeset

PAGE = """#let facts = json(bytes(sys.inputs.facts))
#set document(title: facts.title)
#set text(font: sys.inputs.font, lang: "vi")
= #facts.title
"""


def make_pdf(title: str, at: datetime) -> bytes:
    """A page with a title, as a real PDF."""
    with TemporaryDirectory() as folder:
        template = Path(folder) / "page.typ"
        template.write_text(PAGE, encoding="utf-8")
        return typeset(template, {"title": title}, made_at=at)


def run_tool(name: str, document: bytes, folder: Path, *words: str, after: Sequence[str] = ()) -> str:
    """What a program says of a document; both its outputs."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is not installed on this machine")
    file = folder / "paper.pdf"
    file.write_bytes(document)
    done = subprocess.run([name, *words, str(file), *after], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def text_of(document: bytes) -> str:
    """The text of a document with that of its visible marks, on one line."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    parts = [page.extract_text() for page in reader.pages]
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            look = annotation.get_object().get("/AP", {}).get("/N")
            if look is not None:
                parts.append(_text_of_form(reader, look.get_object()))
    return re.sub(r"\s+", " ", " ".join(parts))


def _text_of_form(reader: pypdf.PdfReader, form: pypdf.generic.DictionaryObject) -> str:
    """A mark is a form inside a form: each is read as a page of its own."""
    said = [pypdf.PageObject.extract_xform_text(pypdf.PageObject(reader), form)]  # type: ignore[arg-type]
    inner = form.get("/Resources", {}).get_object().get("/XObject", {})
    said += [_text_of_form(reader, one.get_object()) for one in inner.get_object().values()] if inner else []
    return " ".join(said)

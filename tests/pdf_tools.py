"""Other people's programs as second opinions; where one is missing, a test that needs it says so and is skipped."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree.ElementTree import fromstring

import pypdf
import pytest

from motcua.base.typesetting import typeset

# What PDF 1.7 knows; anything else has to say which of these it stands for.
TAGS = frozenset(
    [
        "Document",
        "Part",
        "Sect",
        "Div",
        "Span",
        "P",
        "H1",
        "H2",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "THead",
        "TBody",
        "TR",
        "TH",
        "TD",
        "Figure",
        "Link",
        "Form",
    ]
)
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


def assert_archived(document: bytes, title: str) -> None:
    """The document says that it is PDF/A-2a and PDF/UA-1, and carries what these ask: language, title, dates, a tree
    of tags in which every page's words stand, an output intent, and each font's program inside."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    root: Any = reader.trailer["/Root"]
    about = _xmp(root["/Metadata"].get_data())
    assert [about.get(name) for name in ("pdfa/part", "pdfa/conformance", "pdfua/part")] == ["2", "A", "1"]
    assert about["language"] == "vi" and title in about["title"] and about["CreateDate"]
    assert str(root["/Lang"]).startswith("vi") and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and title in str(reader.metadata.title)
    assert reader.metadata.creation_date is not None
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]["/K"] and root["/OutputIntents"]
    tags = list(_tags(root["/StructTreeRoot"]["/K"]))
    kinds = {str(tag["/S"])[1:] for tag in tags}
    assert {"Document", "H1"} <= kinds and kinds <= TAGS | {
        name[1:] for name in root["/StructTreeRoot"].get("/RoleMap", {})
    }
    assert all(tag.get("/Alt") for tag in tags if tag["/S"] == "/Figure")
    assert ("Table" in kinds) == ("TH" in kinds)
    assert "/Encrypt" not in reader.trailer and "/JavaScript" not in root.get("/Names", {})
    for page in reader.pages:
        assert "/StructParents" in page and page["/Tabs"] == "/S"
        resources: Any = page["/Resources"]
        fonts = resources.get("/Font", {})
        assert fonts
        for font in fonts.values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/ToUnicode" in font.get_object()
            assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())


def _tags(node: Any) -> Iterator[Any]:
    """The tags of a document, from above to below."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from _tags(node.get("/K"))


def _xmp(packet: bytes) -> dict[str, str]:
    """What the metadata say, by name, whether written as elements or as attributes."""
    said: dict[str, str] = {}
    for node in fromstring(packet).iter():
        pairs = [(node.tag, " ".join(" ".join(node.itertext()).split())), *node.attrib.items()]
        for name, value in pairs:
            space, _, word = name.rpartition("}")
            kind = re.search(r"/(pdfa|pdfua)/ns/id/", space)
            said.setdefault(f"{kind[1]}/{word}" if kind else word, value)
    return said


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

"""A file as text: plain text, Markdown, HTML, DOCX. What can't be read says why."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

LIMIT = 20_000_000
_LETTERS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = re.compile(
    r"p|div|li|tr|h[1-6]|br|section|article|header|footer|table|[uod]l|blockquote|figcaption|d[td]|title"
)
_SILENT = {"script", "style", "svg", "noscript", "template", "nav"}


class Unreadable(Exception):
    """A file that can't be read as a text; the sentence is for people."""


def read(path: Path) -> str:
    """The text of a file. Raises Unreadable."""
    try:
        if path.stat().st_size > LIMIT:
            raise Unreadable(f"Tệp “{path.name}” lớn quá {LIMIT // 1_000_000} MB.")
        content = path.read_bytes()
    except OSError as error:
        why = "không có tệp này" if isinstance(error, FileNotFoundError) else (error.strerror or str(error))
        raise Unreadable(f"Không mở được tệp “{path}”: {why}.") from None
    kind = path.suffix.lower()
    if kind == ".docx":
        return _docx(content, path.name)
    if kind in (".txt", ".md", ".html", ".htm", ""):
        text = _decoded(content, path.name)
        return _html(text) if kind in (".html", ".htm") else text
    raise Unreadable(f"Chưa đọc được tệp loại “{kind}”. Đọc được: .txt, .md, .html, .docx.")


def _decoded(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"Tệp “{name}” không phải văn bản Unicode (UTF-8).") from None
    if "\x00" in text:
        raise Unreadable(f"Tệp “{name}” không phải văn bản.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Text(HTMLParser):
    """The words of a page: one line per block, a mark before the items of lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if _BLOCKS.fullmatch(tag):
            self.parts.append("\n- " if tag == "li" else "\n\n")
        elif tag in ("td", "th"):
            self.parts.append(" | ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self.silent:
            self.silent -= 1
        elif tag not in ("br", "li") and _BLOCKS.fullmatch(tag):
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"[ \t\r\n]+", " ", data))


def _html(page: str) -> str:
    reader = _Text()
    reader.feed(page)
    reader.close()
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _docx(content: bytes, name: str) -> str:
    """The paragraphs of the document's body, tables' too; list items carry a mark."""
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            info = file.getinfo("word/document.xml")
            if info.file_size > LIMIT:
                raise Unreadable(f"Tệp “{name}” quá lớn.")
            document = file.read(info)
    except (zipfile.BadZipFile, KeyError, OSError):
        raise Unreadable(f"Tệp “{name}” không phải DOCX đọc được.") from None
    # Entities could grow without end; in a wider encoding they could not be seen.
    if b"<!DOCTYPE" in document[:2000] or b"<!ENTITY" in document or b"\0" in document:
        raise Unreadable(f"Tệp “{name}” không phải DOCX đọc được.")
    try:
        body = ElementTree.fromstring(document)  # noqa: S314  # nosec B314
    except ElementTree.ParseError:
        raise Unreadable(f"Tệp “{name}” không phải DOCX đọc được.") from None
    return (
        "\n\n".join(line for paragraph in body.iter(f"{_LETTERS}p") if (line := _paragraph(paragraph).strip())) + "\n"
    )


def _paragraph(paragraph: ElementTree.Element) -> str:
    words = []
    for one in paragraph.iter():
        if one.tag == f"{_LETTERS}t":
            words.append(one.text or "")
        elif one.tag in (f"{_LETTERS}tab", f"{_LETTERS}br"):
            words.append(" " if one.tag.endswith("tab") else "\n")
    is_item = paragraph.find(f"{_LETTERS}pPr/{_LETTERS}numPr") is not None
    return ("- " if is_item else "") + "".join(words)

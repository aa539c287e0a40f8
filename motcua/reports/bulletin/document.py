"""The bulletin as DOCX, for offices that edit before they publish: real headings, lists and tables, pictures with words."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from motcua.base.typesetting import draw
from motcua.reports.bulletin.charts import Chart
from motcua.reports.bulletin.writing import LIMITED, Bulletin, made_words

# Law: ND30-2020 8 (the face and size of office papers)
FACE, SIZE = "Times New Roman", Pt(13)
# Word knows no SVG everywhere: what sets the PDFs draws it.
PICTURE = Path(__file__).parent / "picture.typ"


def as_docx(made: Bulletin, at: datetime) -> bytes:
    """The file."""
    word = Document()
    _set_up(word, made, at)
    word.add_paragraph(made.office.upper()).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.paragraphs[0].runs[0].bold = True
    word.add_heading(made.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for one in made.paragraphs:
        word.add_heading(one.title, level=2)
        word.add_paragraph(one.text.strip()).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for chart in made.charts:
        _chart(word, chart)
    for note in (made_words(at), *([LIMITED] if made.is_limited else [])):
        word.add_paragraph().add_run(note).italic = True
    memory = io.BytesIO()
    word.save(memory)
    return memory.getvalue()


def _set_up(word: Word, made: Bulletin, at: datetime) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    for name, size in (("Normal", SIZE), ("Heading 1", Pt(16)), ("Heading 2", Pt(14))):
        style = word.styles[name]
        style.font.name, style.font.size = FACE, size
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FACE)
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        language = style.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): "vi-VN"})
        style.element.get_or_add_rPr().append(language)
    core = word.core_properties
    core.title, core.author, core.language = made.title, made.office, "vi-VN"
    core.created = core.modified = at.replace(tzinfo=None)
    core.comments = core.last_modified_by = ""


def _chart(word: Word, chart: Chart) -> None:
    word.add_heading(chart.title, level=2)
    picture = word.add_picture(io.BytesIO(draw(PICTURE, {"svg": chart.svg()})), width=Cm(11))
    described = picture._inline.docPr
    described.set("descr", f"{chart.title}: {chart.description}")
    described.set("title", chart.title)
    heads = ["Nội dung", "Số hồ sơ", *([f"Tỷ lệ trên số {chart.whole}"] if chart.whole else [])]
    table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    # Word repeats the row on every page, and readers know it for the heads.
    mark = table.rows[0]._tr.get_or_add_trPr().makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for bar in chart.bars:
        shown = [bar.name, bar.count, bar.share][: len(heads)]
        for place, (cell, words) in enumerate(zip(table.add_row().cells, shown, strict=True)):
            cell.paragraphs[0].add_run(words)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT if place else WD_ALIGN_PARAGRAPH.LEFT

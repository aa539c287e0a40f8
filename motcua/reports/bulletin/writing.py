"""The bulletin of a period: its text and pictures, and itself as plain text, PDF and DOCX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation

from motcua.base.times import VIETNAM
from motcua.base.typesetting import typeset
from motcua.offices.models import Office
from motcua.reports.bulletin.charts import Chart, charts_of
from motcua.reports.bulletin.pieces import Paragraph
from motcua.reports.bulletin.prose import paragraphs_of
from motcua.reports.bulletin.words import office_words, title_of
from motcua.reports.month import Report, report
from motcua.reports.periods import Period
from motcua.reports.scope import Place, Scope

TEMPLATE = Path(__file__).parent / "bulletin.typ"
# Who decides only is told of by what it decides; every other office by what it receives.
DECIDE_ONLY = (Office.Kind.DEPARTMENT, Office.Kind.VERTICAL_AGENCY)


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A bulletin as it is read."""

    title: str
    office: str
    is_limited: bool
    paragraphs: tuple[Paragraph, ...]
    charts: tuple[Chart, ...]

    @property
    def text(self) -> str:
        """Title and paragraphs as plain text."""
        return "\n\n".join([self.title, *(paragraph.text.strip() for paragraph in self.paragraphs)]) + "\n"


def place_for(office: Office | None) -> Place:
    """Whose dossiers the bulletin of an office tells of, unless somebody asks otherwise: `receiving` or `competent`."""
    return "competent" if office is not None and office.kind in DECIDE_ONLY else "receiving"


def bulletin(period: Period, scope: Scope) -> Bulletin:
    """The bulletin of a period. Raises Unbalanced, as the report that it is written from."""
    return write(report(period, scope, "agency"))


def write(made: Report) -> Bulletin:
    """The bulletin of a report by agency."""
    with translation.override("vi"):
        office = office_words(made.scope)
        return Bulletin(
            title_of(made.period),
            office[:1].upper() + office[1:],
            made.scope.allowed is not None,
            tuple(paragraphs_of(made)),
            tuple(charts_of(made)),
        )


def made_words(at: datetime) -> str:
    """Where the figures are from, and when they were read."""
    return f"Số liệu lập lúc {at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y} từ nhật ký hồ sơ, tính đến hết kỳ."


LIMITED = "Số liệu trong phạm vi người lập bản tin được xem."


def as_pdf(made: Bulletin, at: datetime) -> bytes:
    """A4, tagged PDF/A-2a and PDF/UA-1; every picture with its words and its table."""
    facts = {
        "title": made.title,
        "office": made.office,
        "paragraphs": [{"title": one.title, "text": one.text.strip()} for one in made.paragraphs],
        "charts": [
            {
                "title": one.title,
                "description": one.description,
                "svg": one.svg(),
                "whole": one.whole,
                "rows": [[bar.name, bar.count, bar.share] for bar in one.bars],
            }
            for one in made.charts
        ],
        "notes": [made_words(at), *([LIMITED] if made.is_limited else [])],
    }
    return typeset(TEMPLATE, facts, made_at=at)

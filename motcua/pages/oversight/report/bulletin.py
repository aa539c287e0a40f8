"""The bulletin of a period as a page, a document and a PDF; seen by those who see the report, and no more than that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import Asked, asked_from, choices_of, file_answer, offices_seen
from motcua.pages.oversight.forms import ReportForm, shortcuts
from motcua.reports.bulletin import writing
from motcua.reports.bulletin.charts import Bar, Chart
from motcua.reports.bulletin.pieces import Paragraph, Printed
from motcua.reports.scope import REPORTERS

# Whose measure a figure is, and the page that lists what is behind it.
ROUTES = {"": "oversight:dossiers", "votes": "oversight:votes", "petitions": "oversight:petition_list"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Linked:
    """Words or a figure of the page; `address` is empty where no list lies behind."""

    text: str
    address: str = ""


@officers(*REPORTERS)
def bulletin(request: PersonRequest) -> HttpResponse:
    """The bulletin: every figure leads to its dossiers."""
    asked = _asked(request)
    context: dict[str, Any] = {
        "shortcuts": shortcuts(asked.form),
        "choices": choices_of(asked, "oversight:bulletin"),
        "fields": [field for field in asked.form if field.name != "theo"],
    }
    if asked.period is not None and asked.scope is not None:
        made = writing.bulletin(asked.period, asked.scope)
        context |= {
            "made": made,
            "period": asked.period,
            "paragraphs": [(one, _linked(asked.form, one)) for one in made.paragraphs],
            "charts": [_drawn(asked.form, chart) for chart in made.charts],
            "downloads": asked.form.address(theo=""),
            "offices_seen": offices_seen(asked.scope),
        }
    return show(request, "oversight/bulletin.html", context, form=asked.form)


@officers(*REPORTERS)
def bulletin_docx(request: PersonRequest) -> HttpResponse:
    """The same as a document that can be edited before it is published."""
    # Every worker would hold its library, 15 MB and a sixth of a second of each start, for one page.
    from motcua.reports.bulletin import document

    period, scope = _asked(request).needed()
    return file_answer(
        document.as_docx(writing.bulletin(period, scope), request.at), DOCX, f"ban-tin-{period.key}.docx"
    )


@officers(*REPORTERS)
def bulletin_pdf(request: PersonRequest) -> HttpResponse:
    """The same as PDF."""
    period, scope = _asked(request).needed()
    return file_answer(
        writing.as_pdf(writing.bulletin(period, scope), request.at), "application/pdf", f"ban-tin-{period.key}.pdf"
    )


def _asked(request: PersonRequest) -> Asked:
    """What was asked; whose dossiers are told of follows the kind of office, unless the question says."""
    asked = asked_from(request)
    if asked.scope is None or request.GET.get("noi"):
        return asked
    place = writing.place_for(asked.scope.office)
    asked.form.data = {**asked.form.data, "noi": place}
    return replace(asked, scope=replace(asked.scope, place=place))


def _linked(form: ReportForm, paragraph: Paragraph) -> list[Linked]:
    return [
        Linked(piece) if isinstance(piece, str) else Linked(piece.text, _address(form, piece))
        for piece in paragraph.pieces
    ]


def _drawn(form: ReportForm, chart: Chart) -> dict[str, Any]:
    rows: list[tuple[Bar, str]] = [(bar, _address(form, bar)) for bar in chart.bars]
    return {"chart": chart, "picture": chart.svg(), "rows": rows}


def _address(form: ReportForm, figure: Printed | Bar) -> str:
    if not figure.measure:
        return ""
    route = ROUTES[figure.of if isinstance(figure, Printed) else ""]
    return f"{reverse(route)}?{form.address(theo='agency', chitieu=figure.measure, dong=figure.row)}"

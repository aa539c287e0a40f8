"""The report as plain data, for the command, the pages and the API.

{"period": {"key", "from", "to"}, "place", "by", "office": {"code", "name"} | null, "limited": bool,
 "measures": [{"key", "name", "sentence", "law", "parts"}], "rates": [{"key", "name", "part", "whole"}],
 "rows": [{"key", "code", "name", "figures": {measure: count}, "rates": {rate: "95.34" | null}}],
 "total": {"figures", "rates"}, "form_06a": {"3" … "13"}}
`limited`: the figures cover only what the person asking may see. Days are Vietnamese, both inclusive.
"""

from __future__ import annotations

from typing import Any

from motcua.reports.beginning import period_as_json
from motcua.reports.behind import Member, Page
from motcua.reports.measures import MEASURES, RATES, Figures, form_06a, rates
from motcua.reports.month import Report


def as_json(made: Report) -> dict[str, Any]:
    """A report as plain data."""
    office = made.scope.office
    return {
        "period": period_as_json(made.period),
        "place": made.scope.place,
        "by": made.by,
        "office": {"code": office.code, "name": office.name} if office else None,
        "limited": made.scope.allowed is not None,
        "measures": [
            {
                "key": row.key,
                "name": str(row.name),
                "sentence": str(row.sentence),
                "law": str(row.law),
                "parts": row.parts,
            }
            for row in MEASURES.values()
        ],
        "rates": [
            {"key": row.key, "name": str(row.name), "part": row.part, "whole": row.whole} for row in RATES.values()
        ],
        "rows": [{"key": row.key, "code": row.code, "name": row.name, **_numbers(row.figures)} for row in made.rows],
        "total": _numbers(made.total),
        "form_06a": form_06a(made.total),
    }


def page_as_json(page: Page) -> dict[str, Any]:
    """A page of the dossiers behind a figure: {"dossiers": […], "next": mark or null}."""
    return {"dossiers": [_member(member) for member in page.members], "next": page.next}


def _numbers(figures: Figures) -> dict[str, Any]:
    shares = {key: None if value is None else str(value) for key, value in rates(figures).items()}
    return {"figures": figures, "rates": shares}


def _member(member: Member) -> dict[str, Any]:
    return {
        "code": member.code or None,
        "submission_no": member.submission_no,
        "procedure": member.procedure,
        "office": member.office,
        "holder": member.holder or None,
        "channel": member.channel,
        "accepted_at": member.accepted_at and member.accepted_at.isoformat(),
        "due_at": member.due_at and member.due_at.isoformat(),
        "at": member.at.isoformat(),
        "days_late": member.days_late,
        "cause": member.cause or None,
        "is_redated": member.is_redated,
    }

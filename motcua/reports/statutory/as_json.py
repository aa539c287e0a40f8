"""A form as plain data.

{"form": {"code", "number", "title", "law"}, "period": {"key", "from", "to"}, "by", "place", "office": {"code", "name"} | null,
 "reporting", "receiving", "limited": bool, "columns": [{"no", "group", "title", "parts"}], "identities": ["3 = 4 + 5 + 6"],
 "rows": [{"no", "name", "code", "is_heading", "values": {column: count}, "words": [text]}], "word_heads": [text],
 "total": {column: count}, "checks": [{"says", "here", "there", "holds", "differences"}], "notes": [text]}
A heading is the sum of the rows below it, until the next heading. Days are Vietnamese, both inclusive.
"""

from __future__ import annotations

from typing import Any

from motcua.reports.beginning import period_as_json
from motcua.reports.statutory.layout import numbered, title
from motcua.reports.statutory.shapes import Check, Sheet


def as_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as plain data."""
    office = sheet.scope.office
    return {
        "form": {
            "code": sheet.form.code,
            "number": sheet.form.number,
            "title": title(sheet),
            "law": sheet.form.law,
        },
        "period": period_as_json(sheet.period),
        "by": sheet.by,
        "place": sheet.scope.place,
        "office": {"code": office.code, "name": office.name} if office else None,
        "reporting": sheet.reporting,
        "receiving": sheet.receiving,
        "limited": sheet.scope.allowed is not None,
        "columns": [
            {"no": one.no, "group": str(one.group), "title": str(one.title), "parts": list(one.parts)}
            for one in sheet.columns
        ],
        "identities": [str(identity) for identity in sheet.identities],
        "word_heads": list(sheet.word_heads),
        "rows": [
            {
                "no": number,
                "name": line.name,
                "code": line.code,
                "is_heading": line.is_heading,
                "values": line.values,
                "words": list(line.words),
            }
            for number, line in numbered(sheet)
        ],
        "total": sheet.total,
        "checks": [_check(check) for check in sheet.checks],
        "notes": list(sheet.notes),
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "says": check.says,
        "here": check.here,
        "there": check.there,
        "holds": check.holds,
        "differences": list(check.differences),
    }

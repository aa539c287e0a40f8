"""A form on A4 landscape, as tagged PDF."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.base.numbers import show_count
from motcua.base.times import VIETNAM
from motcua.base.typesetting import typeset
from motcua.reports.statutory.layout import around, beneath, groups, numbered, numbers, row_head, title
from motcua.reports.statutory.shapes import Sheet

TEMPLATE = Path(__file__).parent / "sheet.typ"


def facts_of(sheet: Sheet, at: datetime) -> dict[str, Any]:
    """What the template prints; every figure as it is read."""
    order = [column.no for column in sheet.columns]
    return {
        "number": sheet.form.number,
        "title": title(sheet),
        "office": sheet.reporting,
        "around": [list(pair) for pair in around(sheet)],
        "row_head": row_head(sheet),
        "groups": [
            {"title": group.title, "columns": [[str(one.title), numbers(one)] for one in group.columns]}
            for group in groups(sheet)
        ],
        "word_heads": list(sheet.word_heads),
        "rows": [
            {
                "cells": [number, line.name, *(show_count(line.values[no]) for no in order), *line.words],
                "heading": line.is_heading,
            }
            for number, line in numbered(sheet)
        ],
        "total": [show_count(sheet.total[no]) for no in order],
        "beneath": beneath(sheet),
        "made": f"Số liệu lập lúc {at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y} từ nhật ký hồ sơ, tính đến hết kỳ.",
    }


def as_pdf(sheet: Sheet, at: datetime) -> bytes:
    """A4 landscape, PDF/A-2a and PDF/UA-1."""
    return typeset(TEMPLATE, facts_of(sheet, at), made_at=at)

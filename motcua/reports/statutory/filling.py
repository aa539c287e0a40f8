"""A form of a period, filled in: the one door for pages, commands and the API."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.reports.beginning import before_all
from motcua.reports.periods import Period, so_far
from motcua.reports.scope import Scope
from motcua.reports.statutory.causes import cause_sheet
from motcua.reports.statutory.dossiers import dossier_sheet
from motcua.reports.statutory.procedures import procedure_sheet
from motcua.reports.statutory.shapes import Form, Sheet
from motcua.reports.statutory.voices import voice_sheet

Filler = Callable[[Form, Period, Scope, str], Sheet]
FILLERS: dict[str, Filler] = {
    "II.05a": voice_sheet,
    "II.05b": voice_sheet,
    "II.06dd": cause_sheet,
    "II.06g": cause_sheet,
    "07b": procedure_sheet,
}


def fill(form: Form, period: Period, scope: Scope, today: date, by: str = "") -> Sheet:
    """The form, filled in. Raises Invalid for rows that the form does not have, Unbalanced for figures that do not hold."""
    by = by or form.bys[0]
    if by not in form.bys:
        raise Invalid(_("Biểu %(form)s không lập theo cách này.") % {"form": form.number}, code="by")
    asked = so_far(period, today)
    made = FILLERS.get(form.code, dossier_sheet)(form, asked, scope, by)
    if note := before_all(asked):
        return replace(made, notes=(note, *made.notes))
    if asked.is_running:
        words = _("Kỳ chưa kết thúc: số liệu tính đến hết ngày %(day)s.") % {"day": f"{asked.last:%d/%m/%Y}"}
        return replace(made, notes=(words, *made.notes))
    return made

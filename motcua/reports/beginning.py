"""Since when the ledger knows anything: a nought before that day says nothing of what happened then, and is told so."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from motcua.base.times import day_of
from motcua.dossiers.states import State
from motcua.reports.periods import Period

# One look at the index of stays for each state, however many dossiers there are.
_FIRST = """
SELECT min(found.at) FROM unnest(%s::text[]) asked (state)
CROSS JOIN LATERAL (SELECT min(entered_at) AS at FROM dossiers_stay WHERE state = asked.state) found
"""


def first_day() -> date | None:
    """The day of the first dossier; None while there is none. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST, [list(State.values)])
        first = cursor.fetchone()[0]
    return day_of(first) if first else None


def before_all(period: Period) -> str:
    """What is said beside the figures of a period that ended before the first dossier; empty for any other."""
    first = first_day()
    if first is None:
        return _("Hệ thống chưa có hồ sơ nào: số 0 ở đây không nói gì về kỳ này.")
    if period.last >= first:
        return ""
    return _(
        "Hồ sơ đầu tiên trong hệ thống có từ ngày %(first)s: số 0 ở đây không nói rằng khi đó không có hồ sơ nào."
    ) % {"first": f"{first:%d/%m/%Y}"}


def period_as_json(period: Period) -> dict[str, Any]:
    """{"key", "from", "to", "running": it is not over and told as of `to`, "note": what to know of its figures}."""
    return {
        "key": period.key,
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "running": period.is_running,
        "note": before_all(period),
    }

"""What this period begins with is what the period before it ended with; where it isn't, each dossier is named with the reason.

The earlier figure is the one that was closed (frozen, signed), where somebody closed a period that ended the day before
with the same scope; else what the ledger says of that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from motcua.reports.models import FrozenFigure, PeriodClose
from motcua.reports.month import bounds, restrict
from motcua.reports.periods import Period
from motcua.reports.scope import Scope
from motcua.reports.sets import STANDS, STOOD_BEFORE
from motcua.reports.statutory.shapes import Check

STILL_OPEN = ("waiting_supplement", "open_within", "open_late")
SHOWN = 20
_WHY = """
    SELECT d.id, coalesce(d.code, d.submission_no), d.accepted_at >= %(start)s, EXISTS (
        SELECT FROM dossiers_correction c WHERE c.dossier_id = d.id AND c.is_approved
    ), EXISTS (
        SELECT FROM dossiers_event e WHERE e.dossier_id = d.id AND e.recorded_at > %(since)s AND e.at < %(start)s
    ) FROM dossiers_dossier d WHERE d.id = ANY(%(ids)s) ORDER BY d.id
"""


@dataclass(frozen=True, slots=True)
class _Earlier:
    dossiers: frozenset[int]
    words: str
    closed_at: datetime | None = None


def carried_check(period: Period, scope: Scope, column: str) -> Check:
    """Column 6 (07a: 11) of this period against what was open at the end of the one before; dossier by dossier."""
    now = _read(STOOD_BEFORE, period, scope)
    earlier = _closed_before(period, scope)
    if earlier is None:
        day = period.first - timedelta(days=1)
        earlier = _Earlier(
            _read(STANDS, Period(day, day), scope),
            _("theo nhật ký hồ sơ hết ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"},
        )
    says = _("Cột %(column)s (từ kỳ trước) = số đang giải quyết cuối kỳ trước, %(source)s") % {
        "column": column,
        "source": earlier.words,
    }
    return Check(says, len(now), len(earlier.dossiers), tuple(_differences(now, earlier, period)))


def _read(sql: str, period: Period, scope: Scope) -> frozenset[int]:
    condition, values = restrict(scope)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT m.dossier_id FROM ({sql}) m WHERE {condition}",  # noqa: S608 - only our own fragments
            {**bounds(period), **values},
        )
        return frozenset(row[0] for row in cursor.fetchall())


def _closed_before(period: Period, scope: Scope) -> _Earlier | None:
    """The last close of a period that ended the day before, of the same office and place, for who sees all of it."""
    if scope.office is None or scope.allowed is not None:
        return None
    day = period.first - timedelta(days=1)
    closes = PeriodClose.objects.filter(last=day, office=scope.office, place=scope.place)
    close = closes.order_by("-closed_at", "-number").first()
    if close is None:
        return None
    frozen = FrozenFigure.objects.filter(close=close, measure__in=STILL_OPEN).values_list("dossiers", flat=True)
    found = frozenset(dossier for dossiers in frozen for dossier in dossiers)
    words = _("số liệu đã chốt lần %(number)s của kỳ %(period)s")
    return _Earlier(found, words % {"number": close.number, "period": close.period.key}, close.closed_at)


def _differences(now: frozenset[int], earlier: _Earlier, period: Period) -> list[str]:
    apart = sorted(now ^ earlier.dossiers)
    if not apart:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_WHY, {"ids": apart[:SHOWN], "start": period.start, "since": earlier.closed_at})
        found = cursor.fetchall()
    lines = []
    for dossier, code, came_later, is_corrected, is_told_late in found:
        side = _("có ở kỳ này, không có ở kỳ trước") if dossier in now else _("có ở kỳ trước, không có ở kỳ này")
        if is_corrected:
            why = _("đã đính chính sau khi chốt")
        elif is_told_late:
            why = _("việc của kỳ trước được ghi sau khi chốt")
        elif came_later:
            why = _("ngày tiếp nhận đã đổi")
        else:
            why = _("chưa rõ nguyên nhân: hãy chạy “motcua audit”")
        lines.append(f"{code}: {side}; {why}")
    if len(apart) > SHOWN:
        lines.append(_("… và %(more)s hồ sơ khác") % {"more": len(apart) - SHOWN})
    return lines

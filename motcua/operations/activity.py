"""Which offices are connected, and which were active in a period: took dossiers in, resolved some, or had officers come.

An officer's latest login is all that is known of logins, so a past period shows those who have not come again since.
Law: ND61-2018 8
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.offices.models import Office
from motcua.reports.measures import Measure
from motcua.reports.periods import Period

LAW = "ND61-2018 8"
ACTIVITY: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure("offices", lazy("Cơ quan"), lazy("Có trong kỳ, theo cây cơ quan."), LAW),
        Measure("connected", lazy("Đã kết nối"), lazy("Có cán bộ được phân công trong kỳ."), LAW),
        Measure("active", lazy("Có hoạt động"),
                lazy("Trong kỳ đã tiếp nhận hoặc giải quyết ít nhất một hồ sơ, hoặc có cán bộ đăng nhập."), LAW),
        Measure("took_in", lazy("Có tiếp nhận"), lazy("Đã tiếp nhận ít nhất một hồ sơ."), LAW),
        Measure("resolved", lazy("Có giải quyết"), lazy("Đã giải quyết ít nhất một hồ sơ."), LAW),
        Measure("only_logged_in", lazy("Chỉ đăng nhập"),
                lazy("Không tiếp nhận, không giải quyết; lần đăng nhập sau cùng của cán bộ nằm trong kỳ."), LAW),
        Measure("inactive", lazy("Không hoạt động"), lazy("Đã kết nối mà không có việc nào kể trên."), LAW),
        Measure("not_connected", lazy("Chưa kết nối"), lazy("Không có cán bộ nào được phân công trong kỳ."), LAW),
    )
}  # fmt: skip
_ROWS = """
SELECT o.id, o.code, o.name, o.level, EXISTS (
        SELECT FROM offices_posting p WHERE p.office_id = o.id
        AND p.valid_from <= %(last)s AND (p.valid_to IS NULL OR p.valid_to > %(first)s)
    ), coalesce(took.many, 0), coalesce(done.many, 0), EXISTS (
        SELECT FROM offices_posting p JOIN people_account a ON a.id = p.account_id WHERE p.office_id = o.id
        AND p.valid_from <= %(last)s AND (p.valid_to IS NULL OR p.valid_to > %(first)s)
        AND a.last_login >= %(start)s AND a.last_login < %(end)s
    )
FROM offices_office o
LEFT JOIN (
    SELECT receiving_office_id AS id, count(*) AS many FROM dossiers_dossier
    WHERE accepted_at >= %(start)s AND accepted_at < %(end)s GROUP BY 1
) took ON took.id = o.id
LEFT JOIN (
    SELECT competent_office_id AS id, count(*) AS many FROM dossiers_dossier
    WHERE finished_at >= %(start)s AND finished_at < %(end)s GROUP BY 1
) done ON done.id = o.id
WHERE o.valid_from <= %(last)s AND (o.valid_to IS NULL OR o.valid_to > %(first)s)
    AND (%(allowed)s::bigint[] IS NULL OR o.id = ANY(%(allowed)s))
ORDER BY o.name_order, o.id
"""


@dataclass(frozen=True, slots=True)
class Active:
    """One office in the period: somebody is posted, dossiers it took in and resolved, somebody logged in."""

    key: int
    code: str
    name: str
    level: str
    is_connected: bool
    took_in: int
    resolved: int
    has_login: bool

    def counts_as(self, measure: str) -> bool:
        """Whether this office is one of those that a figure counts."""
        works = bool(self.took_in or self.resolved)
        return {
            "offices": True,
            "connected": self.is_connected,
            "active": works or self.has_login,
            "took_in": bool(self.took_in),
            "resolved": bool(self.resolved),
            "only_logged_in": not works and self.has_login,
            "inactive": self.is_connected and not works and not self.has_login,
            "not_connected": not self.is_connected,
        }[measure]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of government."""

    key: str
    name: Any
    figures: dict[str, int]


def offices_active(period: Period, allowed: frozenset[int] | None) -> list[Active]:
    """Every office of the period that somebody may see (None: all), in the order of names; one statement."""
    values = {"first": period.first, "last": period.last, "start": period.start, "end": period.end}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {**values, "allowed": None if allowed is None else list(allowed)})
        return [Active(*row) for row in cursor.fetchall()]


def by_level(found: list[Active]) -> list[Level]:
    """The figures of each level that has offices, from the province down."""
    levels = []
    for level in Office.Level:
        here = [one for one in found if one.level == level]
        if here:
            figures = {key: sum(one.counts_as(key) for one in here) for key in ACTIVITY}
            levels.append(Level(level.value, level.label, figures))
    return levels


def behind(found: list[Active], measure: str, level: str) -> list[Active]:
    """The offices behind a figure. Raises NotThere for an unknown one."""
    if measure not in ACTIVITY or level not in Office.Level.values:
        raise NotThere(_("Không có chỉ tiêu này."))
    return [one for one in found if one.level == level and one.counts_as(measure)]

"""What people think of the service in a period: votes by place and level, how many answered, how sure it is.

A dossier counts once, in the period of its first vote, with the level that stood at the end of the period.
Law: ND61-2018 29, 31
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from motcua.base.numbers import percent
from motcua.base.text import sort_key
from motcua.dossiers.states import State
from motcua.offices.models import Office
from motcua.ratings.kinds import Level, Place
from motcua.reports.beginning import period_as_json
from motcua.reports.measures import Measure
from motcua.reports.periods import Period
from motcua.reports.scope import Scope
from motcua.reports.wilson import Share, share

LAW = "ND61-2018 29"
PLACES_OF_SCOPE = {"competent": "m.competent_office_id", "receiving": "m.receiving_office_id"}


def _leaf(place: str, level: str) -> str:
    return f"{place}_{level}"


def _measures() -> dict[str, Measure]:
    by_level = {level: tuple(_leaf(place, level) for place in Place.values) for level in Level.values}
    found = [
        Measure(
            "votes", _("Lượt đánh giá"), _("Hồ sơ được đánh giá lần đầu trong kỳ; mỗi hồ sơ một lượt."), LAW,
            tuple(Level.values),
        ),
        *(
            Measure(level.value, level.label, _("Theo mức đang có hiệu lực vào cuối kỳ."), LAW, by_level[level.value])
            for level in Level
        ),
        *(
            Measure(f"at_{place.value}", place.label, _("Nơi đánh giá được ghi trong liên kết hoặc trên phiếu."),
                    "ND61-2018 27", tuple(_leaf(place.value, level) for level in Level.values))
            for place in Place
        ),
        *(
            Measure(_leaf(place.value, level.value), f"{place.label}: {level.label}", "", LAW)
            for place in Place
            for level in Level
        ),
        Measure(
            "ratable", _("Hồ sơ có thể đánh giá"),
            _("Hồ sơ đã tiếp nhận có kết quả, rút, dừng lần đầu trong kỳ, hoặc bị từ chối tiếp nhận trong kỳ."), LAW,
            ("answered", "unanswered"),
        ),
        Measure("answered", _("Trong đó đã được đánh giá"),
                _("Có lượt đánh giá trước khi hết kỳ. Không mở danh sách: không ai được biết hồ sơ nào đã đánh giá."), LAW),
        Measure("unanswered", _("Trong đó chưa được đánh giá"),
                _("Chưa có lượt đánh giá khi hết kỳ. Không mở danh sách: không ai được biết hồ sơ nào đã đánh giá."), LAW),
    ]  # fmt: skip
    return {measure.key: measure for measure in found}


VOTE_MEASURES = _measures()
COUNTED = tuple(key for key, measure in VOTE_MEASURES.items() if not measure.parts)
LEAVES = tuple(_leaf(place, level) for place in Place.values for level in Level.values)

_ENDS = ", ".join(f"'{s.value}'" for s in (State.FINISHED, State.WITHDRAWN, State.STOPPED, State.REFUSED))
_MEMBERS = f"""
SELECT v.place || '_' || v.level AS measure, v.id AS vote_id, d.id AS dossier_id, d.receiving_office_id,
    d.competent_office_id, v.at
FROM ratings_vote first
JOIN LATERAL (
    SELECT * FROM ratings_vote x WHERE x.dossier_id = first.dossier_id AND x.at < %(end)s ORDER BY number DESC LIMIT 1
) v ON true
JOIN dossiers_dossier d ON d.id = first.dossier_id
WHERE first.number = 1 AND first.at >= %(start)s AND first.at < %(end)s
UNION ALL
SELECT CASE WHEN EXISTS (SELECT FROM ratings_vote v WHERE v.dossier_id = d.id AND v.at < %(end)s)
    THEN 'answered' ELSE 'unanswered' END, NULL, d.id, d.receiving_office_id, d.competent_office_id, s.entered_at
FROM dossiers_stay s JOIN dossiers_dossier d ON d.id = s.dossier_id
WHERE s.state IN ({_ENDS}) AND s.entered_at >= %(start)s AND s.entered_at < %(end)s
    AND (d.accepted_at IS NOT NULL OR s.state = '{State.REFUSED.value}')
    AND NOT EXISTS (
        SELECT FROM dossiers_stay b WHERE b.dossier_id = s.dossier_id AND b.seq < s.seq AND b.state IN ({_ENDS})
    )
"""  # noqa: S608 - only our own words are put together

Figures = dict[str, int]


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One office."""

    key: int
    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class VoteReport:
    """Votes of a period as they stood at its end."""

    period: Period
    scope: Scope
    rows: tuple[VoteRow, ...]
    total: Figures

    @property
    def satisfaction(self) -> Share:
        """Very satisfied or satisfied, of all votes, with its interval."""
        return satisfaction(self.total)

    @property
    def response_rate(self) -> Decimal | None:
        """Rated of those that could be."""
        return response_rate(self.total)


@dataclass(frozen=True, slots=True)
class SeenVote:
    """One vote without dossier and person: whoever was rated shall not find out by whom. Law: ND61-2018 29"""

    pk: int
    level: str
    reasons: list[str]
    words: str
    place: str
    office: str
    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class Ratable:
    """A dossier whose service could be rated since an instant; not whether it was. Law: ND61-2018 29"""

    dossier_id: int
    code: str
    procedure: str
    office: str
    at: datetime


def vote_report(period: Period, scope: Scope) -> VoteReport:
    """Votes by office; two groupings of one scan must agree, or it is a fault of ours (AssertionError)."""
    condition, values = _restrict(scope)
    place = PLACES_OF_SCOPE[scope.place]
    sql = f"""
        SELECT {place}, m.measure, count(*) FROM ({_MEMBERS}) m WHERE {condition}
        GROUP BY GROUPING SETS (({place}, m.measure), (m.measure))
    """  # noqa: S608 - only our own words are put together
    counted: dict[int, Figures] = defaultdict(dict)
    total: Figures = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"start": period.start, "end": period.end, **values})
        for office, measure, count in cursor.fetchall():
            (total if office is None else counted[office])[measure] = count
    names = {row.pk: row for row in Office.objects.filter(pk__in=counted)}
    rows = [VoteRow(key, names[key].code, names[key].name, complete(found)) for key, found in counted.items()]
    figures = complete(total)
    assert all(figures[key] == sum(row.figures[key] for row in rows) for key in figures)
    return VoteReport(period, scope, tuple(sorted(rows, key=lambda row: sort_key(row.name))), figures)


def complete(counted: Figures) -> Figures:
    """Every measure from the counted ones."""

    def figure(key: str) -> int:
        parts = VOTE_MEASURES[key].parts
        return sum(map(figure, parts)) if parts else counted.get(key, 0)

    return {key: figure(key) for key in VOTE_MEASURES}


def satisfaction(figures: Figures) -> Share:
    """Very satisfied or satisfied, of all votes."""
    return share(figures[Level.VERY_SATISFIED] + figures[Level.SATISFIED], figures["votes"])


def votes_behind(
    period: Period, scope: Scope, measure: str, *, office: int | None = None, limit: int = 200
) -> list[SeenVote]:
    """The votes behind a figure, the newest first; none behind figures of dossiers."""
    wanted = _leaves(measure)
    condition, values = _restrict(scope)
    if office is not None:
        condition += f" AND {PLACES_OF_SCOPE[scope.place]} = %(row)s"
        values["row"] = office
    sql = f"""
        SELECT v.id, v.level, v.reasons, v.words, v.place, o.name, v.at, v.number
        FROM ({_MEMBERS}) m JOIN ratings_vote v ON v.id = m.vote_id
        JOIN offices_office o ON o.id = {PLACES_OF_SCOPE[scope.place]}
        WHERE {condition} AND m.measure = ANY(%(measures)s) ORDER BY v.serial DESC LIMIT %(limit)s
    """  # noqa: S608 - only our own words are put together
    asked = {"start": period.start, "end": period.end, "measures": wanted, "limit": limit, **values}
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        return [SeenVote(*row) for row in cursor.fetchall()]


def ratable_behind(
    period: Period, scope: Scope, *, office: int | None = None, after: int = 0, limit: int = 50
) -> tuple[list[Ratable], int | None]:
    """The dossiers that could be rated, by their numbers, and what to ask `after` for the following page."""
    condition, values = _restrict(scope)
    place = PLACES_OF_SCOPE[scope.place]
    if office is not None:
        condition += f" AND {place} = %(row)s"
        values["row"] = office
    sql = f"""
        SELECT m.dossier_id, coalesce(d.code, d.submission_no), p.name, o.name, m.at
        FROM ({_MEMBERS}) m JOIN dossiers_dossier d ON d.id = m.dossier_id
        JOIN catalogue_procedure p ON p.id = d.procedure_id JOIN offices_office o ON o.id = {place}
        WHERE {condition} AND m.measure = ANY(%(measures)s) AND m.dossier_id > %(after)s
        ORDER BY m.dossier_id LIMIT %(limit)s
    """  # noqa: S608 - only our own words are put together
    asked = {"measures": _leaves("ratable"), "after": after, "limit": limit + 1, **values}
    with connection.cursor() as cursor:
        cursor.execute(sql, {"start": period.start, "end": period.end, **asked})
        found = [Ratable(*row) for row in cursor.fetchall()]
    return found[:limit], found[limit - 1].dossier_id if len(found) > limit else None


def response_rate(figures: Figures) -> Decimal | None:
    """Rated of those that could be."""
    return percent(figures["answered"], figures["ratable"])


def as_json(made: VoteReport) -> dict[str, Any]:
    """The report as plain data: definitions, figures by office, and of the whole with its interval."""
    found = made.satisfaction
    shown = {name: None if value is None else str(value) for name, value in (
        ("percent", found.percent), ("low", found.low), ("high", found.high))}  # fmt: skip
    rate = made.response_rate
    return {
        "period": period_as_json(made.period),
        "place": made.scope.place,
        "measures": [
            {"key": row.key, "name": str(row.name), "sentence": str(row.sentence), "law": row.law, "parts": row.parts}
            for row in VOTE_MEASURES.values()
        ],
        "rows": [{"code": row.code, "name": row.name, "figures": row.figures} for row in made.rows],
        "total": made.total,
        "satisfaction": shown,
        "response_rate": None if rate is None else str(rate),
    }


def _leaves(measure: str) -> list[str]:
    parts = VOTE_MEASURES[measure].parts
    return [leaf for part in parts for leaf in _leaves(part)] if parts else [measure]


def _restrict(scope: Scope) -> tuple[str, dict[str, Any]]:
    conditions, values = ["true"], {}
    if scope.offices is not None:
        conditions.append(f"{PLACES_OF_SCOPE[scope.place]} = ANY(%(offices)s)")
        values["offices"] = list(scope.offices)
    if scope.allowed is not None:
        conditions.append("(m.receiving_office_id = ANY(%(allowed)s) OR m.competent_office_id = ANY(%(allowed)s))")
        values["allowed"] = list(scope.allowed)
    return " AND ".join(conditions), values

"""A paper whose data the authorities already have is not asked for; who asks all the same says why, and is counted.

Law: ND309-2026 2; NQ66.7-2025
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.catalogue.offers import Offer
from motcua.law.facts import RegimeFacts


class Why(models.TextChoices):
    """The exceptions: only then may a paper be asked for whose data are in a published database."""

    OUTAGE = "outage", gettext_lazy("Cơ sở dữ liệu không truy cập được")
    DISASTER = "disaster", gettext_lazy("Thiên tai, sự cố, tình huống bất khả kháng")
    WRONG_DATA = "wrong_data", gettext_lazy("Dữ liệu trong cơ sở dữ liệu sai, thiếu hoặc chưa cập nhật")


def items_with_reasons(items: Iterable[Mapping[str, Any]], terms: Offer, regime: RegimeFacts) -> list[dict[str, Any]]:
    """The items as the journal keeps them: beside what a database replaces stand its name, the reason and the words.

    An item says so as `override` {"code", "words"}. Where nothing is replaced, or the regime doesn't forbid, it is left
    out. Raises Invalid naming every paper that lacks a reason. Law: ND309-2026 2
    """
    replaced = {one.id: one for one in (*terms.components, *terms.to_show) if one.replaced_by_database}
    kept, wrong = [], {}
    for item in items:
        said = {name: value for name, value in item.items() if name != "override"}
        component = replaced.get(item.get("component") or 0) or _named(item.get("name"), replaced.values())
        if component is None or not regime.forbid_known_data:
            kept.append(said)
            continue
        override = item.get("override") or {}
        code, words = override.get("code") or "", tidy(override.get("words") or "")
        if code not in Why.values or not words:
            sentence = _("“%(name)s” đã có trong %(database)s: chỉ được yêu cầu khi nêu lý do và giải thích.") % {
                "name": component.name[:120],
                "database": component.replaced_by_database,
            }
            wrong[f"c{component.id}_override"] = sentence
            continue
        known = {"database": component.replaced_by_database, "code": code, "words": words}
        kept.append({**said, "component": component.id, "override": known})
    if wrong:
        raise Invalid(" ".join(wrong.values()), fields=wrong, code="known_data")
    return kept


def _named(name: Any, replaced: Iterable[Any]) -> Any:
    """A free line that only repeats the name of a replaced paper is that paper."""
    wanted = tidy(str(name or "")).casefold()
    return next((one for one in replaced if tidy(one.name).casefold() == wanted), None) if wanted else None


def reason_words(code: str) -> str:
    """A reason in words."""
    return str(Why(code).label) if code in Why.values else code


@dataclass(frozen=True, slots=True)
class AskedAnyway:
    """How often an office asked, for one reason, for papers that a database replaces."""

    office_id: int
    office: str
    code: str
    papers: int
    dossiers: int

    @property
    def reason(self) -> str:
        """The reason in words."""
        return reason_words(self.code)


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """One paper that was asked for anyway."""

    dossier_id: int
    dossier: str
    office: str
    officer: str
    asked_at: datetime
    paper: str
    database: str
    code: str
    words: str

    @property
    def reason(self) -> str:
        """The reason in words."""
        return reason_words(self.code)


# Who asks at intake is the receiving unit, who asks during appraisal the authority.
_ASKED = """
from dossiers_supplementrequest r
join dossiers_dossier d on d.id = r.dossier_id
join offices_office o
    on o.id = case r.stage when 'intake' then d.receiving_office_id else d.competent_office_id end
cross join lateral jsonb_array_elements(r.items) i
where r.asked_at >= %(start)s and r.asked_at < %(end)s and i ? 'override'
    and (%(offices)s::bigint[] is null or o.id = any(%(offices)s))
"""


def asked_anyway(start: datetime, end: datetime, offices: Iterable[int] | None = None) -> list[AskedAnyway]:
    """By office and reason, in a period (start inclusive, end exclusive), the most frequent first; one statement."""
    sql = f"""select o.id, o.name, i->'override'->>'code', count(*), count(distinct d.id) {_ASKED}
        group by 1, 2, 3 order by 4 desc, o.name_order, 3"""
    return [AskedAnyway(*row) for row in _rows(sql, start, end, offices)]


def papers_asked_anyway(start: datetime, end: datetime, offices: Iterable[int] | None = None) -> list[AskedPaper]:
    """Every such paper of a period, the newest first; one statement."""
    sql = f"""select d.id, coalesce(d.code, d.submission_no), o.name, a.full_name, r.asked_at, i->>'name',
            i->'override'->>'database', i->'override'->>'code', i->'override'->>'words'
        {_ASKED.replace("cross join lateral", "join people_account a on a.id = r.asked_by_id cross join lateral")}
        order by r.asked_at desc, r.id"""
    return [AskedPaper(*row) for row in _rows(sql, start, end, offices)]


def _rows(sql: str, start: datetime, end: datetime, offices: Iterable[int] | None) -> list[tuple[Any, ...]]:
    values = {"start": start, "end": end, "offices": None if offices is None else list(offices)}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()

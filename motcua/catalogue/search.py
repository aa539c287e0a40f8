"""Finding a procedure as people type: without marks, in any case and order, by the beginning of words, or by code."""

import re
from collections import Counter
from dataclasses import dataclass

from django.db import connection

from motcua.base.text import fold

MOST_WORDS = 12
_SELECT = """
select p.id, p.code, v.id, v.name, v.field, v.levels, v.executing, p.competent_key,
    case when %(query)s = '' then 0 else ts_rank_cd(p.search_vector, q.query, 1) end as rank,
    count(*) over () as total
from catalogue_procedure p
join catalogue_procedureversion v on v.id = p.current_id and v.status = 'published'
cross join (select to_tsquery('simple', %(query)s) as query) q
where (%(query)s = '' or p.search_vector @@ q.query or p.code like %(code)s)
    and (%(field)s = '' or v.field = %(field)s)
    and (%(level)s = '' or %(level)s = any(v.levels))
    and (%(agency)s = '' or p.competent_key = %(agency)s)
order by p.code like %(code)s desc, rank desc, length(v.name), p.code
limit %(limit)s offset %(offset)s
"""


@dataclass(frozen=True, slots=True)
class Found:
    """One published procedure that answers the search."""

    procedure_id: int
    code: str
    version_id: int
    name: str
    field: str
    levels: tuple[str, ...]
    executing: tuple[str, ...]
    competent_key: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """A page of answers and how many there are in all."""

    total: int
    rows: tuple[Found, ...]


def find(
    text: str = "", *, field: str = "", level: str = "", agency: str = "", limit: int = 20, offset: int = 0
) -> Findings:
    """Published procedures whose code, name, field or agency has every word of the text, or whose code begins so.

    Best first: an answering code, then words close together in the name, then short names. `level` is BO, TINH, XA or
    KHAC as printed, `agency` a competent key. An empty text finds all.
    """
    folded = fold(text)
    words = re.findall(r"[^\W_]+", folded)[:MOST_WORDS]
    if folded and not words:
        return Findings(0, ())
    code = f"{folded}%" if re.fullmatch(r"\d[\w.\-]*", folded) else "-"
    values: dict[str, str | int] = {
        "query": _query(words, code),
        "code": code.replace("_", r"\_"),
        "field": field,
        "level": level,
        "agency": agency,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, values)
        rows = cursor.fetchall()
    found = tuple(
        Found(pk, number, version, name, of, tuple(levels), tuple(executing), key)
        for pk, number, version, name, of, levels, executing, key, _rank, _total in rows
    )
    return Findings(rows[0][9] if rows else 0, found)


def _query(words: list[str], code: str) -> str:
    """A code is one word of the index; its dots would cut it into pieces here."""
    if code != "-":
        return f"'{code[:-1]}':*"
    return " & ".join(f"{word}:*" for word in words)


def facets(text: str = "") -> dict[str, list[tuple[str, int]]]:
    """For the answers of a search: how many by field, level and agency, the most frequent first."""
    counters: dict[str, Counter[str]] = {"field": Counter(), "level": Counter(), "agency": Counter()}
    for row in find(text, limit=100_000).rows:
        counters["field"][row.field or "–"] += 1
        counters["level"].update(row.levels)
        counters["agency"][row.competent_key or "–"] += 1
    return {name: counter.most_common() for name, counter in counters.items()}

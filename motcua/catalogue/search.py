"""Finding a procedure as people type: without marks, in any case and order, by the beginning of words, or by code."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.base.text import fold, tidy
from motcua.catalogue.aliases import NOTHING, essential, meaning_of, words_of

MOST_WORDS = 12
# Words with which names begin and that tell nothing apart.
_OPENING = r"^( (thu tuc|cap|dang ky|giai quyet|thuc hien))+(?= )"
# What makes a rarer procedure of an everyday one; it counts against a name unless it is asked for.
_VARIANTS = re.findall(
    r"[^,]+",
    " nuoc ngoai , lien thong , ghi vao so , luu dong , bien gioi , cap lai , cap doi , dang ky lai , cham dut , giai the ,"
    " thu hoi , huy , thay doi , gia han , tam ngung , tam dung , dung thuc hien , sua doi , dieu chinh , mien nhiem ,"
    " ket hop ",
)
# So many of the likeliest answers are weighed one by one; those after them stand as they come.
_WEIGHED = 100
_SELECT = """
with found as materialized (
    select p.id, v.id as version, p.code like %(code)s as by_code, count(*) over () as total,
        array_position(%(meant)s::text[], p.code::text) as meant,
        row_number() over (order by array_position(%(meant)s::text[], p.code::text), p.code like %(code)s desc, strpos(p.search_name, %(phrase)s) > 0 desc,
            length(p.search_name), p.code) as place
    from catalogue_procedure p
    join catalogue_procedureversion v on v.id = p.current_id and v.status = 'published'
    where (%(query)s = '' or p.search_vector @@ to_tsquery('simple', %(query)s) or p.code like %(code)s
            or p.code = any(%(meant)s))
        and (%(field)s = '' or v.field = %(field)s)
        and (%(level)s = '' or %(level)s = any(v.levels))
        and (%(agency)s = '' or p.competent_key = %(agency)s)
        and (%(on)s::date is null or not exists (
            select 1 from catalogue_lifeevent e
            where e.procedure_id = p.id and e.kind in ('replaced', 'abolished') and e."on" <= %(on)s::date
                and not exists (select 1 from catalogue_lifeevent x where x.corrects_id = e.id)))
), named as materialized (
    select f.id, v.name, v.levels, p.search_vector @@ %(in_name)s::tsquery as in_name,
        ' ' || translate(p.search_name, '/-–,.;:()“”', '   ') || ' ' as whole
    from found f
    join catalogue_procedure p on p.id = f.id
    join catalogue_procedureversion v on v.id = f.version
    where %(query)s <> '' and place <= %(weighed)s
), weighed as (
    select id,
        case when strpos(whole, %(core)s || ' ') > 0 then 1.0 when strpos(whole, %(core)s) > 0 then 0.7
            when in_name then 0.4 else 0 end
        + case when strpos(whole, %(asked)s || ' ') > 0 then 0.2 else 0 end
        + case when starts_with(core, %(core)s) then 0.5 else 0 end
        + case when %(typed)s <> '' and strpos(lower(name), %(typed)s) > 0 then 0.3 else 0 end
        + case when 'XA' = any(levels) then 0.3 else 0 end
        + least(1.0, length(%(core)s) / length(core)::numeric)
        - 0.3 * (select count(*) from unnest(%(variants)s::text[]) as variant where strpos(whole, variant) > 0) as weight
    from named
    cross join lateral (select regexp_replace(whole, %(opening)s, '') as core offset 0) c
), best as (
    select f.*, w.weight from found f left join weighed w using (id)
    order by meant, by_code desc, weight desc nulls last, place
    limit %(limit)s offset %(offset)s
)
select p.id, p.code, v.id, v.name, v.field, v.levels, v.executing, p.competent_key, b.total
from best b
join catalogue_procedure p on p.id = b.id
join catalogue_procedureversion v on v.id = b.version
order by meant, by_code desc, weight desc nulls last, place
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
    """A page of answers and how many there are in all; `elsewhere` says which body (`aliases.ELSEWHERE`) does
    what was asked for, where it is no one-stop unit of the province.
    """

    total: int
    rows: tuple[Found, ...]
    elsewhere: str = ""


def find(
    text: str = "",
    *,
    field: str = "",
    level: str = "",
    agency: str = "",
    limit: int = 20,
    offset: int = 0,
    on: date | None = None,
) -> Findings:
    """Published procedures whose code, name, field or agency has every word of the text, or whose code begins so.

    Everyday words of `data/search_aliases.csv` bring what they mean first; where nothing is found, the words that people
    put around (“tôi muốn làm …”) are left out and it is tried once more. Best first: an answering code; then the words as one phrase, at the beginning of the name (after “thủ tục”, “đăng ký”
    and the like), being most of the name, in communes, with the marks as typed; rarer variants that were not asked for
    (abroad, again, changed, ended) come later. `level` is BO, TINH, XA or KHAC as printed, `agency` a competent key. An
    empty text finds all, short names first. `on`: without those that are replaced or abolished on that day.
    """
    folded = fold(text)
    words = words_of(folded)[:MOST_WORDS]
    if folded and not words:
        return Findings(0, ())
    meaning = meaning_of(words) if words else NOTHING
    filters = {"field": field, "level": level, "agency": agency, "limit": limit, "offset": offset, "on": on}
    rows = _rows(text, words, meaning.codes, filters)
    if not rows and words and (fewer := essential(words)) != words:
        rows = _rows("", fewer, (), filters)
    found = tuple(
        Found(pk, number, version, name, of, tuple(levels), tuple(executing), key)
        for pk, number, version, name, of, levels, executing, key, _total in rows
    )
    return Findings(rows[0][8] if rows else 0, found, meaning.elsewhere)


def _rows(text: str, words: list[str], meant: tuple[str, ...], filters: dict[str, Any]) -> list[tuple[Any, ...]]:
    folded = fold(text)
    code = f"{folded}%" if re.fullmatch(r"\d[\w.\-]*", folded) else "-"
    asked = " " + " ".join(words)
    query = _query(words, code)
    values: dict[str, Any] = {
        **filters,
        "meant": list(meant),
        "query": query,
        "in_name": query.replace(":*", ":*A"),
        "asked": asked,
        "phrase": asked[1:],
        "core": re.sub(_OPENING, "", asked),
        "typed": marked if (marked := tidy(text).lower()) != folded else "",
        "opening": _OPENING,
        "variants": [variant for variant in _VARIANTS if variant not in f"{asked} "],
        "weighed": _WEIGHED,
        "code": code.replace("_", r"\_"),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, values)
        return cursor.fetchall()


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

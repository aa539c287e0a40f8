"""Finding a procedure as people type: without marks, mistyped, in everyday words, by what happened to them, or by code.

One statement asks for everything; how the answers are ranked is told in `docs/search.md`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from motcua.base.text import fold, tidy
from motcua.catalogue.aliases import role_words, words_of
from motcua.catalogue.lexicon import lexicon
from motcua.catalogue.wording import Asked, Term, said_phrases, understood

# What has less than this share of what was asked, or of what the best answer has, is no answer.
LEAST_SHARE, LEAST_OF_BEST = 0.3, 0.7
ROUNDING = 1e-6  # of sums that the database makes in another order
# Words that are worth less don't bring an answer by themselves.
LEAST_BRINGING = 0.1
# An everyday phrase that is so much of what was asked comes first; a smaller part only helps.
SURE = 0.6
# So many of the likeliest answers are weighed one by one; those after them stand as they come.
_WEIGHED = 100
_SELECT = """
with terms as materialized (
    select q::tsquery as q, named::tsquery as named, worth
    from unnest(%(terms)s::text[], %(named)s::text[], %(worths)s::float8[]) as t(q, named, worth)
), candidates as materialized (
    select p.id, v.id as version, p.code like %(code)s as by_code,
        array_position(%(meant)s::text[], p.code::text) as meant, coalesce(c.share, 0) as share, c.in_name, p.search_name, p.code
    from catalogue_procedure p
    join catalogue_procedureversion v on v.id = p.current_id and v.status = 'published'
    cross join lateral (
        select sum(worth) filter (where p.search_vector @@ q) as share,
            coalesce(sum(worth) filter (where p.search_vector @@ named), 0) as in_name
        from terms) c
    where (%(query)s = '' or p.search_vector @@ %(query)s::tsquery or p.code like %(code)s or p.code = any(%(meant)s))
        and (%(field)s = '' or v.field = %(field)s)
        and (%(level)s = '' or %(level)s = any(v.levels))
        and (%(agency)s = '' or p.competent_key = %(agency)s)
        and (%(on)s::date is null or not exists (
            select 1 from catalogue_lifeevent e
            where e.procedure_id = p.id and e.kind in ('replaced', 'abolished') and e."on" <= %(on)s::date
                and not exists (select 1 from catalogue_lifeevent x where x.corrects_id = e.id)))
), bounded as (
    select *, greatest(%(least)s, %(of_best)s * max(share) over ()) as bound from candidates
), found as materialized (
    select *, count(*) over () as total,
        row_number() over (order by case when %(sure)s then meant end, by_code desc, round(share::numeric, 3) desc, in_name desc, length(search_name), code) as place
    from bounded
    where %(query)s = '' or by_code or meant is not null or share >= bound
), named as materialized (
    select f.id, f.share, f.in_name, f.meant, v.name, v.levels,
        ' ' || translate(f.search_name, '/-–,.;:()“”', '   ') || ' ' as whole
    from found f
    join catalogue_procedureversion v on v.id = f.version
    where %(query)s <> '' and place <= %(weighed)s
), weighed as (
    select id,
        1.5 * share + 0.6 * in_name
        + case when meant is null then 0 else 1.5 * %(covered)s - 0.05 * meant end
        + case when strpos(whole, %(core)s || ' ') > 0 then 0.6 when strpos(whole, %(core)s) > 0 then 0.3 else 0 end
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
    order by case when %(sure)s then meant end, by_code desc, weight desc nulls last, place
    limit %(limit)s offset %(offset)s
)
select p.id, p.code, v.id, v.name, v.field, v.levels, v.executing, p.competent_key, b.total
from best b
join catalogue_procedure p on p.id = b.id
join catalogue_procedureversion v on v.id = b.version
order by case when %(sure)s then meant end, by_code desc, weight desc nulls last, place
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
    what was asked for, where it is no one-stop unit of the province; `understood` are the words where they were mended.
    """

    total: int
    rows: tuple[Found, ...]
    elsewhere: str = ""
    understood: str = ""


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
    """Published procedures that have most of what the text asks for in name, field or agency, or whose code begins so.

    Best first: what `data/search/aliases.csv` says that the text means; an answering code; then by the share of what was
    asked (rare words and known pairs count more, words that people put around hardly), in the name, at its beginning, being most
    of it, in communes, with the marks as typed; rarer variants that were not asked for (abroad, again, changed, ended) come
    later. Answers with less than `LEAST_OF_BEST` of the best share are left out. `level` is BO, TINH, XA or KHAC as printed, `agency` a
    competent key. An empty text finds all, short names first. `on`: without those that are replaced or abolished on that day.
    """
    folded = fold(text)
    if folded and not words_of(folded):
        return Findings(0, ())
    filters: dict[str, Any] = {
        "field": field,
        "level": level,
        "agency": agency,
        "limit": limit,
        "offset": offset,
        "on": on,
    }
    code = f"{folded}%" if re.fullmatch(r"\d[\w.\-]*", folded) else "-"
    asked = understood(folded and text, lexicon(said_phrases()))
    with connection.cursor() as cursor:
        cursor.execute(_SELECT, {**filters, **_values(text, asked, code)})
        rows = cursor.fetchall()
    found = tuple(
        Found(pk, number, version, name, of, tuple(levels), tuple(executing), key)
        for pk, number, version, name, of, levels, executing, key, _total in rows
    )
    mended = " ".join(asked.words) if asked.mended and found and not asked.meaning.elsewhere else ""
    return Findings(rows[0][8] if rows else 0, found, asked.meaning.elsewhere, mended)


def _values(text: str, asked: Asked, code: str) -> dict[str, Any]:
    words = list(asked.words)
    phrase = " " + " ".join(words)
    wanted = " ".join(term.query for term in asked.terms)
    return {
        "meant": list(asked.meaning.codes),
        "query": f"'{code[:-1]}':*" if code != "-" else _bringing(asked),
        "terms": [term.query for term in asked.terms],
        "named": [term.in_name for term in asked.terms],
        "worths": [term.weight for term in asked.terms],
        "sure": asked.covered >= SURE,
        "covered": asked.covered,
        "asked": phrase,
        "core": " " + " ".join(asked.core),
        "typed": marked if (marked := tidy(text).lower()) != fold(text) else "",
        "opening": rf"^( ({'|'.join(sorted(role_words('opening')))}))+(?= )",
        "variants": [f" {one} " for one in sorted(role_words("variant")) if not _is_asked(one, f"{phrase} ", wanted)],
        "weighed": _WEIGHED,
        "least": LEAST_SHARE,
        "of_best": LEAST_OF_BEST,
        "code": code.replace("_", r"\_"),
    }


def _bringing(asked: Asked) -> str:
    """What every answer has, for the index: something that tells, and one of the terms without which no share is enough."""
    if not asked.terms:
        return ""
    words = [term for term in asked.terms if not term.is_pair]
    telling = [term for term in words if term.weight >= LEAST_BRINGING] or words
    return f"( {_any_of(telling)} ) & ( {_any_of(_needed(asked.terms))} )"


def _needed(terms: Sequence[Term]) -> list[Term]:
    """The worthiest terms, so many that all the others together are worth less than `LEAST_SHARE`."""
    needed = sorted(terms, key=lambda term: term.weight)
    others = 0.0
    while others + needed[0].weight < LEAST_SHARE - ROUNDING:
        others += needed.pop(0).weight
    return needed


def _any_of(terms: Sequence[Term]) -> str:
    return " | ".join(f"( {term.query} )" for term in terms)


def _is_asked(variant: str, phrase: str, wanted: str) -> bool:
    return f" {variant} " in phrase or variant.replace(" ", " & ") in wanted or variant.replace(" ", " <-> ") in wanted


def facets(text: str = "") -> dict[str, list[tuple[str, int]]]:
    """For the answers of a search: how many by field, level and agency, the most frequent first."""
    counters: dict[str, Counter[str]] = {"field": Counter(), "level": Counter(), "agency": Counter()}
    for row in find(text, limit=100_000).rows:
        counters["field"][row.field or "–"] += 1
        counters["level"].update(row.levels)
        counters["agency"][row.competent_key or "–"] += 1
    return {name: counter.most_common() for name, counter in counters.items()}

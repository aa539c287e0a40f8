"""The home page, finding a procedure in people's own words, answers as they type, and what life brings."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from motcua.base.times import day_of
from motcua.catalogue.aliases import ELSEWHERE
from motcua.catalogue.models import Procedure
from motcua.catalogue.search import find
from motcua.catalogue.situations import Situation, Step, offered, situations, situations_of
from motcua.news.reading import latest
from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.news import headlines
from motcua.pages.portal.views import LEVELS, options_of, published_fields

PAGE_SIZE = 20
MOST_SUGGESTED = 7
MOST_TYPED = 200
# National codes of what people come for most; those that the province doesn't offer are not shown.
FREQUENT = ("1.001193", "1.000894", "1.000656", "2.000815", "2.000635", "1.004873", "2.001610", "1.012783")


def in_language(one: Situation | Step) -> str:
    """Its name as the reader reads."""
    return one.en if get_language() == "en" else one.vi


def _links(those: list[Situation]) -> list[dict[str, str]]:
    return [{"key": one.key, "name": in_language(one)} for one in those]


@public
def home(request: PersonRequest) -> HttpResponse:
    """Search, what happens in life, frequent procedures, track a dossier, the latest news."""
    rows = Procedure.objects.filter(code__in=FREQUENT, current__status="published").in_bulk(field_name="code")
    frequent = [rows[code] for code in FREQUENT if code in rows]
    context = {
        "frequent": frequent,
        "situations": _links(list(situations().values())),
        "latest": headlines(latest(request.at)),
    }
    return render(request, "portal/home.html", context)


@public
def find_procedure(request: PersonRequest) -> HttpResponse:
    """Procedures as one types; the same page without JavaScript."""
    text, field = request.GET.get("tim", "")[:MOST_TYPED], request.GET.get("linh-vuc", "")[:300]
    level = request.GET.get("cap", "") if request.GET.get("cap", "") in LEVELS else ""
    number = int(given) if (given := request.GET.get("trang", "")).isdigit() and 0 < int(given) < 10_000 else 1
    offset = (number - 1) * PAGE_SIZE
    found = find(text, field=field, level=level, limit=PAGE_SIZE, offset=offset, on=day_of(request.at))
    query = request.GET.copy()
    query.pop("trang", None)
    context: dict[str, Any] = {
        "text": text,
        "field": field,
        "level": level,
        "levels": LEVELS,
        "found": [(row, [LEVELS.get(one, one) for one in row.levels]) for row in found.rows],
        "total": found.total,
        "elsewhere": ELSEWHERE.get(found.elsewhere, ""),
        "understood": found.understood,
        "situations": _links(situations_of(text) if number == 1 else []),
        "number": number,
        "has_next": number * PAGE_SIZE < found.total,
        "query": query.urlencode(),
    }
    if request.htmx:
        return render(request, "portal/found.html", context)
    fields = published_fields()
    context["fields"] = options_of(fields, field if field in fields else "")
    return render(request, "portal/find_procedure.html", context)


@public
def suggest(request: PersonRequest) -> HttpResponse:
    """A piece of a page for the script that asks as one types: the likeliest procedures, and what is spoken of."""
    text = request.GET.get("tim", "")[:MOST_TYPED]
    found = find(text, limit=MOST_SUGGESTED, on=day_of(request.at)) if text.strip() else None
    context = {
        "rows": found.rows if found else (),
        "total": found.total if found else 0,
        "elsewhere": ELSEWHERE.get(found.elsewhere, "") if found else "",
        "situations": _links(situations_of(text)[:1]),
    }
    return render(request, "portal/suggestions.html", context)


@public
def situation(request: PersonRequest, situation_key: str) -> HttpResponse:
    """What happens in life, and the procedures that it brings, in the order in which one needs them."""
    one, steps = offered(situation_key)
    context = {
        "name": in_language(one),
        "lead": one.lead_en if get_language() == "en" else one.lead_vi,
        "steps": [(in_language(step.step), step.versions) for step in steps],
        "others": _links([other for other in situations().values() if other is not one]),
    }
    return render(request, "portal/situation.html", context)

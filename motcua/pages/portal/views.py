"""The home page, finding a procedure, and what a procedure demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.text import sort_key
from motcua.base.times import day_of
from motcua.catalogue.aliases import ELSEWHERE
from motcua.catalogue.doubts import LIMIT_DOUBTS
from motcua.catalogue.models import Procedure, ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import Offer, OfferedComponent, offer
from motcua.catalogue.search import find
from motcua.dossiers.kinds import Channel
from motcua.law.store import regime_on
from motcua.pages.layout.access import public
from motcua.pages.layout.process_picture import picture
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.places import resolver_name, units_for

PAGE_SIZE = 20
LEVELS = {
    "TINH": lazy("Cấp tỉnh"),
    "XA": lazy("Cấp xã"),
    "BO": lazy("Cấp bộ"),
    "KHAC": lazy("Cơ quan khác"),
}
# National codes of what people come for most; those that the province doesn't offer are not shown.
FREQUENT = ("1.001193", "1.000894", "1.000656", "2.000815", "2.000635", "1.004873", "2.001610", "1.012783")


@public
def home(request: PersonRequest) -> HttpResponse:
    """Search, frequent procedures, track a dossier."""
    rows = Procedure.objects.filter(code__in=FREQUENT, current__status="published").in_bulk(field_name="code")
    frequent = [rows[code] for code in FREQUENT if code in rows]
    return render(request, "portal/home.html", {"frequent": frequent})


@public
def find_procedure(request: PersonRequest) -> HttpResponse:
    """Procedures as one types; the same page without JavaScript."""
    text, field = request.GET.get("tim", "")[:200], request.GET.get("linh-vuc", "")[:300]
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
        "number": number,
        "has_next": number * PAGE_SIZE < found.total,
        "query": query.urlencode(),
    }
    if request.htmx:
        return render(request, "portal/found.html", context)
    context["fields"] = published_fields()
    return render(request, "portal/find_procedure.html", context)


def published_fields() -> list[str]:
    """The fields that have procedures, in Vietnamese order."""
    offered = ProcedureVersion.objects.filter(status=ProcedureVersion.Status.PUBLISHED).exclude(field="")
    return sorted(offered.values_list("field", flat=True).distinct(), key=sort_key)


def published(code: str) -> ProcedureVersion:
    """The version of a procedure that is offered now. Raises NotThere."""
    rows = ProcedureVersion.objects.select_related("procedure")
    version = rows.filter(procedure__code=code, status=ProcedureVersion.Status.PUBLISHED).first()
    if version is None:
        raise NotThere(_("Không có thủ tục này."))
    return version


def chosen_case(cases: list[ProcedureCase], wanted: str) -> ProcedureCase:
    """The case with the number that the address names, else the first."""
    return next((case for case in cases if str(case.seq) == wanted), cases[0])


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """A paper of the procedure page; `ways` names the channels that it is for, empty where it is for every one."""

    paper: OfferedComponent
    ways: str

    @property
    def section(self) -> str:
        """The heading it stands under in the source."""
        return self.paper.section


def papers_by_channel(offers: list[Offer]) -> dict[str, Any]:
    """Papers to hand in and to show, and notes, over all channels; each says which channels it is for."""

    def listed(of: Callable[[Offer], tuple[OfferedComponent, ...]]) -> list[ListedPaper]:
        papers: dict[int, tuple[OfferedComponent, list[str]]] = {}
        for terms in offers:
            for one in of(terms):
                known, ways = papers.setdefault(one.id, (one, []))
                ways.append(str(Channel(terms.channel).label).lower())
                papers[one.id] = (known if known.mandatory else one, ways)
        demanded = {one.section for one, _ways in papers.values() if one.mandatory}
        ordered = sorted(papers.values(), key=lambda row: (row[0].section not in demanded, row[0].id))
        return [ListedPaper(one, "" if len(ways) == len(offers) else ", ".join(ways)) for one, ways in ordered]

    return {
        "components": listed(lambda terms: terms.components),
        "to_show": listed(lambda terms: terms.to_show),
        "notes": list(dict.fromkeys(note for terms in offers for note in terms.notes)),
    }


@public
def procedure(request: PersonRequest, code: str) -> HttpResponse:
    """What a procedure demands: papers per case, fee and limit per channel, steps, law, results, who resolves."""
    version = published(code)
    cases = list(version.cases.all())
    case = chosen_case(cases, request.GET.get("truong-hop", ""))
    offers = [offer(case.pk, channel) for channel in Channel.values]
    today = day_of(request.at)
    units = units_for(version, today)
    binding = regime_on(today).binding_limit
    rows = [
        {
            "offer": terms,
            "label": Channel(terms.channel).label,
            "doubt": LIMIT_DOUBTS.get(terms.doubt, ""),
            "limit": terms.limit_on(today, binding),
            "promise": terms.promise_on(today) if binding == "committed" else None,
        }
        for terms in offers
        if terms.accepts_channel
    ]
    context = {
        "version": version,
        "cases": cases,
        "case": case,
        "rows": rows,
        **papers_by_channel([terms for terms in offers if terms.accepts_channel] or offers[:1]),
        "picture": picture(offers[0].course_on(today, at_centre=True).steps, "process"),
        "closed": offers[0].closed_on(today),
        "units": units,
        "resolver": resolver_name(version, units, today),
        "online": any(terms.accepts_channel and terms.channel == Channel.ONLINE for terms in offers),
        "levels": [LEVELS.get(level, level) for level in version.levels],
    }
    return render(request, "portal/procedure.html", context)

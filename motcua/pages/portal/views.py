"""What a procedure demands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.base.postgresql import prepared
from motcua.base.text import sort_key
from motcua.base.times import day_of
from motcua.catalogue.doubts import LIMIT_DOUBTS
from motcua.catalogue.model_dossiers import model_dossiers
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import Offer, OfferedComponent, offer
from motcua.dossiers.costs import previews
from motcua.dossiers.kinds import Channel
from motcua.law.store import regime_on
from motcua.offices.models import Office
from motcua.pages.layout.access import public
from motcua.pages.layout.process_picture import picture
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.places import MOST_OF_A_NAME, MOST_SUGGESTED, FoundUnit, found_units, resolver_name, units_for

MOST_NEAR = 3
LEVELS = {
    "TINH": lazy("Cấp tỉnh"),
    "XA": lazy("Cấp xã"),
    "BO": lazy("Cấp bộ"),
    "KHAC": lazy("Cơ quan khác"),
}
_FIELDS = "SELECT DISTINCT field FROM catalogue_procedureversion WHERE status = 'published' AND field <> ''"


def published_fields() -> tuple[str, ...]:
    """The fields that have procedures, in Vietnamese order."""
    return _in_order(frozenset(field for (field,) in prepared(_FIELDS)))


@lru_cache(maxsize=2)
def _in_order(fields: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(fields, key=sort_key))


@lru_cache(maxsize=200)
def options_of(fields: tuple[str, ...], chosen: str) -> SafeString:
    """The entries of a list of fields, of which one may be chosen; put together here because there are so many."""
    shapes = ('<option lang="vi">{}</option>', '<option selected lang="vi">{}</option>')
    return format_html_join("", "{}", ((format_html(shapes[one == chosen], one),) for one in fields))


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
                shown = known if known.mandatory else one
                papers[one.id] = (replace(shown, fields=known.fields or one.fields), ways)
        demanded = {one.section for one, _ways in papers.values() if one.mandatory}
        ordered = sorted(papers.values(), key=lambda row: (row[0].section not in demanded, row[0].id))
        return [ListedPaper(one, "" if len(ways) == len(offers) else ", ".join(ways)) for one, ways in ordered]

    return {
        "components": listed(lambda terms: terms.components),
        "to_show": listed(lambda terms: terms.to_show),
        "notes": list(dict.fromkeys(note for terms in offers for note in terms.notes)),
    }


def _near(units: list[Office], text: str) -> dict[str, Any]:
    """Units to name on the page: few are named at once, of many those that somebody looks for; `more`: how many are left out."""
    if not text.strip():
        return {"nearest": [FoundUnit(one) for one in units] if len(units) <= MOST_NEAR else []}
    found = found_units(units, text)
    return {"nearest": found[:MOST_NEAR], "more": len(found) - MOST_NEAR, "none_near": not found}


@public
def suggest_units(request: PersonRequest, code: str) -> HttpResponse:
    """A piece of a page for the script that asks as one types: the units that may be meant."""
    units = units_for(published(code), day_of(request.at))
    found = found_units(units, request.GET.get("tim", "")[:MOST_OF_A_NAME])
    return render(request, "portal/unit_suggestions.html", {"found": found[:MOST_SUGGESTED], "total": len(found)})


@public
def procedure(request: PersonRequest, code: str) -> HttpResponse:
    """What a procedure demands: papers per case, fee and limit per channel, steps, law, results, who resolves."""
    version = published(code)
    cases = list(version.cases.all())
    case = chosen_case(cases, request.GET.get("truong-hop", ""))
    offers = [offer(case.pk, channel) for channel in Channel.values]
    today = day_of(request.at)
    units = units_for(version, today)
    near = request.GET.get("noi", "")[:MOST_OF_A_NAME]
    binding = regime_on(today).binding_limit
    accepted = [terms for terms in offers if terms.accepts_channel]
    costs = previews(accepted, today)
    rows = [
        {
            "offer": terms,
            "cost": costs[terms.channel].cost,
            "label": Channel(terms.channel).label,
            "doubt": LIMIT_DOUBTS.get(terms.doubt, ""),
            "limit": terms.limit_on(today, binding),
            "promise": terms.promise_on(today) if binding == "committed" else None,
        }
        for terms in accepted
    ]
    context = {
        "version": version,
        "cases": cases,
        "case": case,
        "rows": rows,
        **papers_by_channel(accepted or offers[:1]),
        "picture": picture(offers[0].course_on(today, at_centre=True).steps, "process"),
        "closed": offers[0].closed_on(today),
        "units": units,
        "near": near,
        **_near(units, near),
        "has_model": version.procedure.code in model_dossiers(),
        "resolver": resolver_name(version, units, today),
        "online": any(terms.accepts_channel and terms.channel == Channel.ONLINE for terms in offers),
        "levels": [LEVELS.get(level, level) for level in version.levels],
    }
    return render(request, "portal/procedure.html", context)

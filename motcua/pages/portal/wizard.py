"""Which papers do I need in my case, and what a filled-in declaration looks like."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.catalogue.model_dossiers import model_dossiers
from motcua.catalogue.needed import needed, questions
from motcua.catalogue.offers import offer
from motcua.dossiers.kinds import Channel
from motcua.law.store import regime_on
from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.views import chosen_case, published


@public
def papers_needed(request: PersonRequest, code: str) -> HttpResponse:
    """Case, way of handing in, what holds for me: then the list to take along. All of it stands in the address."""
    version = published(code)
    cases = list(version.cases.all())
    case = chosen_case(cases, request.GET.get("truong-hop", ""))
    offers = [terms for terms in (offer(case.pk, way) for way in Channel.values) if terms.accepts_channel]
    offers = offers or [offer(case.pk, Channel.COUNTER)]
    wanted = request.GET.get("cach", "")
    terms = next((one for one in offers if str(one.channel) == wanted), offers[0])
    asked = questions(terms)
    yes = {key for key in request.GET.getlist("dung") if any(question.key == key for question in asked)}
    today = day_of(request.at)
    context: dict[str, Any] = {
        "version": version,
        "cases": cases,
        "case": case,
        "by": [(one.channel, Channel(one.channel).label) for one in offers],
        "terms": terms,
        "chosen_way": Channel(terms.channel).label,
        "questions": [(question, question.key in yes) for question in asked],
        "needed": needed(terms, yes),
        "limit": terms.limit_on(today, regime_on(today).binding_limit),
        "closed": terms.closed_on(today),
        "is_online": terms.channel == Channel.ONLINE and terms.accepts_channel,
    }
    return render(request, "portal/papers_of_mine.html" if request.htmx else "portal/papers_needed.html", context)


@public
def model_dossier(request: PersonRequest, code: str) -> HttpResponse:
    """A declaration as an invented person fills it in, and the papers that go with it."""
    version = published(code)
    terms = offer(next(iter(version.cases.all())).pk, Channel.COUNTER)
    papers = [one for one in terms.components if one.mandatory]
    return render(
        request,
        "portal/model_dossier.html",
        {"version": version, "model": model_dossiers().get(code), "papers": papers},
    )

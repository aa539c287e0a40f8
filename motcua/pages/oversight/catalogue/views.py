"""The catalogue for those who watch and keep it: its life, levels, limits, what is done at the centre, its processes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.text import sort_key
from motcua.base.times import day_of, start_of
from motcua.catalogue.life import deadlines, reviews
from motcua.catalogue.life.commitments import AIM_PERCENT as CUT_AIM_PERCENT
from motcua.catalogue.life.listing import SETS, Listed, chosen, figures, listing, shares_of_cuts
from motcua.catalogue.life.onsite import checked, list_on
from motcua.catalogue.life.rows import Proposal, Review
from motcua.catalogue.models import Process
from motcua.catalogue.processes import differing
from motcua.dossiers.known_data import asked_anyway, papers_asked_anyway
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.periods import day_asked, page_asked, row_asked
from motcua.pages.layout.process_picture import picture, sum_warning
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.catalogue.sheets import SHEETS, XLSX, cut_lines, sheet
from motcua.pages.oversight.report.onsite_rates import onsite_rates
from motcua.reports.month import report
from motcua.reports.periods import between
from motcua.reports.scope import REPORTERS, offices_reported_to, scope_for

READERS = (*REPORTERS, "administrator")
KEEPERS = ("procedure_control", "administrator")
PAGE = 50


def shared(request: PersonRequest) -> dict[str, bool]:
    """What every page of the catalogue asks of its reader: may they record something, do they see reports."""
    actor = request.actor
    return {"keeps": bool(actor.offices(*KEEPERS)), "sees_reports": bool(actor.offices(*REPORTERS))}


@officers(*READERS)
def catalogue(request: PersonRequest) -> HttpResponse:
    """Every procedure with its standing, limits and levels; each figure above opens its own list."""
    rows = listing(day_asked(request))
    asked = _asked(request, rows)
    found = chosen(rows, **asked)
    number = page_asked(request)
    sums, average = shares_of_cuts(rows)
    context = {
        "rows": found[(number - 1) * PAGE : number * PAGE],
        "total": len(found),
        "figures": figures(rows),
        "cuts": cut_lines(sums),
        "average": average,
        "cut_aim": CUT_AIM_PERCENT,
        "asked": asked,
        "set_name": SETS[asked["of"]][0] if asked["of"] else "",
        "fields": sorted({row.field for row in rows if row.field}, key=sort_key),
        "query": _query(asked, request.GET.get("ngay", "")[:10]),
        "next": number + 1 if number * PAGE < len(found) else None,
        "previous": number - 1 if number > 1 else None,
    }
    return render(request, "oversight/catalogue/list.html", context | shared(request))


@officers(*READERS)
def catalogue_xlsx(request: PersonRequest, of: str) -> HttpResponse:
    """One of the lists as a workbook, with what the page's filters leave of it."""
    if of not in SHEETS:
        raise NotThere(_("Không có trang này."))
    today = day_of(request.at)
    rows: Any
    if of == "danh-muc":
        listed = listing(day_asked(request))
        rows = chosen(listed, **_asked(request, listed))
    elif of == "thoi-han":
        rows = _duties(request, deadlines.watched(today))
    elif of == "tai-cho":
        current = list_on(today)
        rows = checked(current, centre_of(request.actor, today), today) if current else []
    else:
        rows = _proposals(request)
    response = HttpResponse(sheet(of, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{of}.xlsx"'
    return response


@officers(*READERS)
def catalogue_deadlines(request: PersonRequest) -> HttpResponse:
    """What must be announced or made public, late first."""
    duties = deadlines.watched(day_of(request.at))
    counts = Counter(one.outcome for one in duties)
    context = {
        "duties": _duties(request, duties)[:500],
        "outcomes": [(one, counts[one]) for one in deadlines.Outcome],
        "wanted": request.GET.get("tinh-trang", ""),
        "in_time": deadlines.in_time(duties),
        "query": urlencode({"tinh-trang": request.GET.get("tinh-trang", "")}),
    }
    return render(request, "oversight/catalogue/deadlines.html", context | shared(request))


@officers(*READERS)
def catalogue_processes(request: PersonRequest) -> HttpResponse:
    """The process tables whose steps do not add up to the printed total, with both numbers."""
    context = {
        "rows": [(process, sum_warning(process)) for process in differing()],
        "every": Process.objects.filter(retired_at=None, is_default=False, onsite=None).count(),
    }
    return render(request, "oversight/catalogue/processes.html", context | shared(request))


@officers(*READERS)
def catalogue_process(request: PersonRequest, process_id: int) -> HttpResponse:
    """One process as a picture and a table."""
    process = Process.objects.filter(pk=process_id).first()
    if process is None:
        raise NotThere(_("Không có quy trình này."))
    drawn = picture(process.steps.all(), f"process-{process.pk}")
    context = {"process": process, "picture": drawn, "warning": sum_warning(process)}
    return render(request, "oversight/catalogue/process.html", context | shared(request))


@officers(*READERS)
def catalogue_onsite(request: PersonRequest) -> HttpResponse:
    """The approved list of what is done at the centre on a day, its two rates, and what stands in its way."""
    on = day_asked(request)
    current, centre = list_on(on), centre_of(request.actor, on)
    found = checked(current, centre, on) if current else []
    month, only_wrong = on.replace(day=1), bool(request.GET.get("vi-pham"))
    sees = bool(request.actor.offices(*REPORTERS))
    made = report(between(month, on), scope_for(request.actor, on)) if sees else None
    context = {
        "on": on,
        "is_today": on == day_of(request.at),
        "current": current,
        "centre": centre,
        "found": [one for one in found if one.violations or not only_wrong],
        "wrong": sum(bool(one.violations) for one in found),
        "modes": Counter(one.entry.mode for one in found),
        "only_wrong": only_wrong,
        "onsite": onsite_rates(on, made, urlencode({"tu": month.isoformat(), "den": on.isoformat()})),
    }
    return render(request, "oversight/catalogue/onsite.html", context | shared(request))


@officers(*READERS)
def catalogue_reviews(request: PersonRequest) -> HttpResponse:
    """Rounds of review with their shares, and what became of the proposals."""
    rounds = list(Review.objects.select_related("act").order_by("-began_on", "-id"))
    counted = [(one, reviews.figures(one)) for one in rounds]
    shares = [
        (
            one,
            found,
            [(kind, found.proposed.get(kind, 0), found.share(kind)) for kind in Proposal.Kind if kind != "keep"],
        )
        for one, found in counted
    ]
    context = {
        "rounds": shares,
        "proposals": _proposals(request)[:500],
        "kinds": [kind for kind in Proposal.Kind if kind != Proposal.Kind.KEEP],
        "kind": request.GET.get("loai", ""),
        "query": urlencode({"loai": request.GET.get("loai", ""), "dot": request.GET.get("dot", "")}),
        "aim": reviews.AIM_PERCENT,
    }
    return render(request, "oversight/catalogue/reviews.html", context | shared(request))


@officers(*REPORTERS)
def known_data(request: PersonRequest) -> HttpResponse:
    """How often which office asked for papers that a database replaces, and why; this year so far."""
    today = day_of(request.at)
    first = date(today.year, 1, 1)
    offices = offices_reported_to(request.actor, today)
    wanted = row_asked(request.GET.get("coquan", ""))
    one = None if wanted is None else {wanted}
    within = offices if one is None else one if offices is None else one & offices
    start, end = start_of(first), start_of(today + timedelta(days=1))
    context = {
        "first": first,
        "today": today,
        "counted": asked_anyway(start, end, offices),
        "papers": papers_asked_anyway(start, end, within)[:500],
        "filtered": one is not None,
    }
    return render(request, "oversight/catalogue/known_data.html", context | shared(request))


def centre_of(actor: Actor, on: date) -> Office | None:
    """The provincial centre of the province that this officer serves in."""
    provinces = Office.objects.filter(pk__in=actor.offices()).values("province")
    return Office.objects.on(on).filter(kind=Office.Kind.CENTER_PROVINCE, province__in=provinces).order_by("id").first()


def _asked(request: PersonRequest, rows: list[Listed]) -> dict[str, str]:
    of = request.GET.get("tap", "")
    return {
        "text": request.GET.get("tim", "")[:200],
        "field": request.GET.get("linh-vuc", "")[:300],
        "level": request.GET.get("cap", "")[:10],
        "of": of if of in SETS else "",
    }


def _query(asked: dict[str, str], day: str) -> str:
    words = {"ngay": day, "tim": asked["text"], "linh-vuc": asked["field"], "cap": asked["level"], "tap": asked["of"]}
    return urlencode({name: value for name, value in words.items() if value})


def _duties(request: PersonRequest, duties: list[deadlines.Watched]) -> list[deadlines.Watched]:
    wanted = request.GET.get("tinh-trang", "")
    return [one for one in duties if not wanted or one.outcome == wanted]


def _proposals(request: PersonRequest) -> Any:
    rows = reviews.with_state()
    if (kind := request.GET.get("loai", "")) in Proposal.Kind.values:
        rows = rows.filter(kind=kind)
    if (round_ := row_asked(request.GET.get("dot", ""))) is not None:
        rows = rows.filter(review=round_)
    return rows

"""Public statistics: month by month, and by agency for the month that is asked for. For everybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.pages.layout.access import public
from motcua.pages.layout.requests import PersonRequest
from motcua.reports.line_chart import STROKES, Curve, line_chart
from motcua.reports.measures import MEASURES
from motcua.reports.public_statistics import NAMES, ONLINE_NAMES, Month, month_told, months
from motcua.reports.votes import VOTE_MEASURES

DEFINED = (
    "new",
    "new_online_self",
    "new_online_helped",
    "resolved",
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
)
CURVES = ("new", "resolved")


@public
def statistics(request: PersonRequest) -> HttpResponse:
    """The months, their picture, one month by agency, and what each number means. Law: ND61-2018 31"""
    told = month_told(request.GET.get("ky", "")[:20], request.at)
    listed = months(request.at)
    context = {
        "months": listed,
        "told": told,
        "asked": told.month.period.key if told else "",
        "chart": _chart(listed),
        "legend": [
            {"name": MEASURES[key].name, "stroke": stroke, "dash": dash}
            for key, (stroke, dash) in zip(CURVES, STROKES, strict=False)
        ],
        "heads": list(NAMES.values()),
        "month_heads": [*NAMES.values(), *ONLINE_NAMES.values()],
        "in_time": NAMES["in_time"],
        "measures": [*(MEASURES[key] for key in DEFINED), VOTE_MEASURES["votes"], VOTE_MEASURES["ratable"]],
    }
    return render(request, "portal/statistics.html", context)


def _chart(listed: tuple[Month, ...]) -> SafeString | str:
    """Received and resolved over the months of which both may be told; nothing of fewer than two."""
    told = [one for one in reversed(listed) if all(isinstance(one.figures[key].value, int) for key in CURVES)]
    if len(told) < 2:
        return ""
    curves = [Curve(str(MEASURES[key].name), tuple(int(one.figures[key].value or 0) for one in told)) for key in CURVES]
    names = [f"{one.period.first:%m/%Y}" for one in told]
    return line_chart("statistics", _("Hồ sơ tiếp nhận mới và đã giải quyết theo tháng"), names, curves)

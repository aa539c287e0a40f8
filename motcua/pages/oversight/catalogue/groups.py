"""The groups of procedures that several agencies resolve together."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.calendar.limits import Limit
from motcua.catalogue.groups import groups_in_use, longest_path, working_hours
from motcua.catalogue.models import Procedure
from motcua.pages.layout.access import officers
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.catalogue.views import READERS, shared


@officers(*READERS)
def catalogue_groups(request: PersonRequest) -> HttpResponse:
    """The groups of procedures that several agencies resolve together, part by part, with what is not sure."""
    groups = groups_in_use()
    codes = {code for group in groups for code in group.codes}
    known = dict(Procedure.objects.filter(code__in=codes).values_list("code", "name"))
    rows = []
    for group in groups:
        every = list(group.parts.all())
        limits = {part.number: Limit.from_json(part.limit) for part in every if part.limit}
        waits = {part.number: part.waits_for for part in every}
        path = longest_path(limits, waits, Limit.working_days(1)) if len(limits) == len(every) else None
        days = None if path is None else f"{float(path.hours / (working_hours(Limit.working_days(1)) or 1)):g}"
        rows.append(
            {
                "group": group,
                "parts": [(part, limits.get(part.number)) for part in every],
                "procedures": [(code, code in known) for code in group.codes],
                "days": days and days.replace(".", ","),
            }
        )
    return render(request, "oversight/catalogue/groups.html", {"rows": rows} | shared(request))

"""One procedure for those who keep the catalogue: its life, levels, limits, proposals, its place and its process."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.calendar.limit_words import limit_words
from motcua.catalogue.form_fields import FormField, condition, read_fields
from motcua.catalogue.life.commitments import cuts_on, statutory_limits
from motcua.catalogue.life.cuts import size_of
from motcua.catalogue.life.deadlines import watched
from motcua.catalogue.life.events import Standing, standings
from motcua.catalogue.life.onsite import checked, list_on, processes_on
from motcua.catalogue.life.reviews import with_state
from motcua.catalogue.life.rows import LifeEvent, Proposal, ProposalStep, ServiceLevel
from motcua.catalogue.models import Component, Procedure
from motcua.pages.layout.access import officers
from motcua.pages.layout.process_picture import Picture, picture, sum_warning, time_words
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.catalogue.views import READERS, centre_of, shared


@officers(*READERS)
def catalogue_procedure(request: PersonRequest, code: str) -> HttpResponse:
    """Everything that was decided about a procedure, with its dates and acts, and how it runs."""
    procedure = Procedure.objects.select_related("current").filter(code=code, current__isnull=False).first()
    if procedure is None:
        raise NotThere(_("Không có thủ tục này."))
    today = day_of(request.at)
    levels = list(procedure.service_levels.select_related("act").order_by("valid_from", "id"))
    current = list_on(today)
    entries = [one for one in checked(current, centre_of(request.actor, today), today) if one.entry.procedure_id == procedure.pk] if current else []  # fmt: skip
    process = processes_on([(code, entries[0].entry.mode if entries else "")], today).get(code)
    drawn = picture(process.steps.all(), "process") if process else None
    law = [limit for _case, limit in statutory_limits([procedure.pk]).get(procedure.pk, [])]
    cuts = cuts_on(today, [procedure.pk]).get(procedure.pk, [])
    context: dict[str, Any] = {
        "procedure": procedure,
        "version": procedure.current,
        "standing": standings(today, [procedure.pk]).get(procedure.pk, Standing.IN_USE),
        "events": _events(procedure),
        "duties": [one for one in watched(today) if one.event.procedure_id == procedure.pk],
        "schemes": [(scheme, [row for row in levels if row.scheme == scheme]) for scheme in ServiceLevel.Scheme],
        "law": list(dict.fromkeys(law)),
        "cuts": cuts,
        "commitments": procedure.commitments.select_related("act").order_by("valid_from", "id"),
        "proposals": [(row, ProposalStep.State(row.state).label) for row in _proposals(procedure)],
        "onsite": entries,
        "forms": _forms(procedure),
        "process": process,
        "picture": drawn,
        "warnings": _warnings(process, drawn, [cut.committed for cut in cuts] or law) if process and drawn else [],
    }
    return render(request, "oversight/catalogue/procedure.html", context | shared(request))


def _events(procedure: Procedure) -> Any:
    return (
        LifeEvent.objects.filter(procedure=procedure)
        .select_related("act", "recorded_by", "replaced_by", "correction", "corrects")
        .order_by("on", "id")
    )


def _forms(procedure: Procedure) -> list[tuple[Component, list[tuple[FormField, str]]]]:
    """The papers of the version in force that are filled in on the screen field by field, each field with its condition."""
    asking = (
        Component.objects.filter(case__version=procedure.current_id).exclude(fields=[]).order_by("case__seq", "seq")
    )
    read = [(one, read_fields(one.fields)) for one in asking]
    return [(one, [(field, condition(field, every)) for field in every]) for one, every in read]


def _proposals(procedure: Procedure) -> Any:
    return with_state().filter(procedure=procedure).exclude(kind=Proposal.Kind.KEEP)


def _warnings(process: Any, drawn: Picture, announced: list[Any]) -> list[str]:
    """Where the steps do not add up to the printed total, or to the limit that is announced: both numbers."""
    found = [sum_warning(process)]
    sizes = {size for limit in announced if (size := size_of(limit)) is not None}
    if drawn.hours is not None and len(sizes) == 1:
        family, days = sizes.pop()
        if family in ("working", "calendar") and days * 8 != drawn.hours:
            found.append(
                _(
                    "Tổng các bước là %(sum)s, thời hạn đang áp dụng là %(limit)s. Thời hạn đang áp dụng mới có hiệu lực."
                )
                % {"sum": time_words(drawn.hours), "limit": limit_words(announced[0])}
            )
    return [sentence for sentence in found if sentence]

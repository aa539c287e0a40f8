"""Parts of interlinked dossiers at the desk: those that wait for this officer, and one page for each act."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render

from motcua.base.times import day_of
from motcua.dossiers.acts import parts
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.parts import beyond_warning, waiting_parts
from motcua.dossiers.states import Act
from motcua.pages.desk.dossier import sent
from motcua.pages.desk.forms import ReasonForm
from motcua.pages.desk.part_forms import AssignForm, ExtendPartForm, FinishForm, OpenForm, ResultForm
from motcua.pages.layout.access import officers
from motcua.pages.layout.acting import ActForm, act_page, sending
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.parts import told
from motcua.pages.layout.reading import dossier_read_by
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.models import Through


@officers()
def parts_waiting(request: PersonRequest) -> HttpResponse:
    """Parts that wait for me or for my office, due soonest first."""
    page = cursor_page(waiting_parts(request.actor), request, key="due_at")
    rows = [told(one, one.dossier.state, request.at, whole_due=one.dossier.due_at) for one in page.items]
    return render(request, "desk/parts_waiting.html", {"page": page, "rows": rows})


def open_parts(request: PersonRequest, dossier_id: int) -> HttpResponse:
    return act_page(
        request,
        dossier_id,
        Act.OPEN_PARTS,
        partial(OpenForm, on=day_of(request.at)),
        sending(request, dossier_id, parts.open_parts, "plans"),
        template="desk/open_parts.html",
    )


def take_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    return _page(request, dossier_id, part, Act.TAKE_PART, ActForm, parts.take_part, ())


def propose_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    return _result_page(request, dossier_id, part, Act.PROPOSE_PART, ResultForm, parts.propose_part)


def finish_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    return _result_page(request, dossier_id, part, Act.FINISH_PART, FinishForm, parts.finish_part)


def return_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    return _page(request, dossier_id, part, Act.RETURN_PART, ReasonForm, parts.return_part, ("reason",))


def drop_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    return _page(request, dossier_id, part, Act.DROP_PART, ReasonForm, parts.drop_part, ("reason",))


def assign_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    make_form = partial(AssignForm, on=day_of(request.at))
    return _page(request, dossier_id, part, Act.ASSIGN_PART, make_form, parts.assign_part, ("plan", "reason"))


def extend_part(request: PersonRequest, dossier_id: int, part: int) -> HttpResponse:
    """The person is told where the new day lies after the whole's, which this act does not move."""

    def do(dossier_id: int, **data: Any) -> Dossier:
        done = parts.extend_part(dossier_id, **data)
        if warning := beyond_warning([done.part] if done.part else [], done.due_at):
            messages.warning(request, warning)
        return done

    return _page(request, dossier_id, part, Act.EXTEND_PART, ExtendPartForm, do, ("new_day", "reason"))


def part_file(request: PersonRequest, dossier_id: int, part: int) -> FileResponse:
    """The file of a part's result."""
    found = dossier_read_by(request, dossier_id, Through.FILE)
    one = Part.objects.filter(dossier=found, number=part).select_related("file").first()
    return sent(one.file if one else None)


def _page(
    request: PersonRequest, dossier_id: int, part: int, act: Act, make_form: Any, perform: Any, names: tuple[str, ...]
) -> HttpResponse:
    """The page of an act on a part; `names`: what its form says to the act."""
    return act_page(
        request,
        dossier_id,
        act,
        make_form,
        lambda data: perform(
            dossier_id,
            part=part,
            actor=request.actor,
            at=request.at,
            seen=data["seen"],
            **{name: data[name] for name in names},
        ),
        part=part,
    )


def _result_page(
    request: PersonRequest, dossier_id: int, part: int, act: Act, form_class: type[ResultForm], perform: Any
) -> HttpResponse:
    """The page of an act that says a part's result, perhaps with its file; a file taken once stays taken."""
    made: list[ResultForm] = []

    def make_form(dossier: Dossier, *args: Any) -> ResultForm:
        made.append(form_class(dossier, *args))
        return made[-1]

    def do(dossier_id: int, **data: Any) -> Dossier:
        done: Dossier = perform(dossier_id, file_id=made[-1].stored_file(request), **data)
        return done

    outcome = ("outcome",) if act == Act.FINISH_PART else ()
    names = ("summary", "paper_no", *outcome)
    return _page(request, dossier_id, part, act, make_form, do, names)

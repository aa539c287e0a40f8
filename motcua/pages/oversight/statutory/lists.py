"""What stands behind a figure of a statutory form: dossiers, petitions, or procedures."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.periods import row_asked
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.oversight.asking import XLSX, file_answer
from motcua.pages.oversight.statutory.forms import StatutoryForm
from motcua.pages.oversight.statutory.views import asked_for
from motcua.pages.oversight.tables import row_name
from motcua.petitions.models import Petition
from motcua.readings.log import export
from motcua.reports.behind import behind_counted, everyone_counted
from motcua.reports.models import LateCause
from motcua.reports.periods import Period
from motcua.reports.petitions import petitions_behind
from motcua.reports.scope import REPORTERS, Scope
from motcua.reports.sets_more import ALL_MEASURES
from motcua.reports.statutory import causes, procedures, voices
from motcua.reports.statutory.dossiers import columns_of, scope_of, sources_of
from motcua.reports.statutory.shapes import Column
from motcua.reports.workbook import members_workbook

VOICES, CAUSES, PROCEDURES = ("II.05a", "II.05b"), ("II.06dd", "II.06g"), "07b"
SHOWN = 200


@dataclass(frozen=True)
class Chosen:
    """A figure that somebody opens."""

    form: StatutoryForm
    period: Period
    scope: Scope
    column: Column
    by: str
    row: str

    @property
    def name(self) -> str:
        """The column in words."""
        return f"{self.column.group}: {self.column.title}" if self.column.group else str(self.column.title)

    @property
    def only(self) -> list[int] | None:
        """The dossiers of a row of causes; None where the row itself says which."""
        if self.form.chosen.code not in CAUSES:
            return None
        return causes.late_behind(self.period, self.scope, self.by, self.row, self.column.leaves)

    @property
    def counted(self) -> dict[str, Any]:
        """What the dossiers behind it are read by."""
        if self.form.chosen.code in CAUSES:
            return {"only": self.only}
        return {"by": self.by, "row": self.row, "sources": sources_of(self.form.chosen)}


@officers(*REPORTERS)
def statutory_list(request: PersonRequest) -> HttpResponse:
    """The dossiers, petitions or procedures that one figure counts."""
    chosen = _chosen(request)
    code = chosen.form.chosen.code
    back = f"{reverse('oversight:statutory')}?{chosen.form.address()}"
    if code in VOICES:
        return _petitions(request, chosen, back)
    if code == PROCEDURES:
        found = procedures.procedures_behind(chosen.period, chosen.column.no, chosen.row)
        context = {"name": chosen.name, "period": chosen.period, "rows": found, "back": back}
        return render(request, "oversight/statutory_procedures.html", context)
    page = behind_counted(
        chosen.period, chosen.scope, chosen.column.leaves, after=request.GET.get("sau", ""), **chosen.counted
    )
    here = chosen.form.address(cot=chosen.column.no, dong=chosen.row, nhom=chosen.by)
    more = {"cot": chosen.column.no, "dong": chosen.row, "nhom": chosen.by, "sau": page.next}
    context = {
        "measure": {"name": _title(chosen), "sentence": _sentence(chosen.column)},
        "period": chosen.period,
        "row_name": _row_name(chosen),
        "page": page,
        "first_query": f"?{here}" if request.GET.get("sau") else "",
        "next_query": f"?{chosen.form.address(**more)}" if page.next else "",
        "back": back,
        "download": f"{reverse('oversight:statutory_list_xlsx')}?{here}",
    }
    return render(request, "oversight/dossiers.html", context)


@officers(*REPORTERS)
def statutory_list_xlsx(request: PersonRequest) -> HttpResponse:
    """The dossiers behind one figure, all of them, as a workbook; whoever takes it away is noted."""
    chosen = _chosen(request)
    if chosen.form.chosen.code in (*VOICES, PROCEDURES):
        raise NotThere(_("Không có trang này."))
    title = f"{_title(chosen)}, {chosen.period}"
    found = list(everyone_counted(chosen.period, chosen.scope, chosen.column.leaves, **chosen.counted))
    export(request.actor, (one.dossier_id for one in found), reason=title, at=request.at)
    name = f"ho-so-{chosen.form.chosen.code}-cot-{chosen.column.no}-{chosen.period.key}.xlsx"
    return file_answer(members_workbook(title, found), XLSX, name)


def _chosen(request: PersonRequest) -> Chosen:
    form, period, scope = asked_for(request)
    chosen = form.chosen
    no, by, row = (request.GET.get(name, "") for name in ("cot", "nhom", "dong"))
    columns: tuple[Column, ...]
    if chosen.code in VOICES:
        columns = voices.COLUMNS
    elif chosen.code in CAUSES:
        columns = causes.COLUMNS
    elif chosen.code == PROCEDURES:
        columns = procedures.COLUMNS
    else:
        columns, scope = columns_of(chosen, period), scope_of(chosen, scope)
    column = next((one for one in columns if one.no == no), None)
    # The offices below a heading stand in the same form.
    known = {*chosen.bys, *(("office",) if "level" in chosen.bys else ())}
    if column is None or (row and by not in known):
        raise NotThere(_("Không có chỉ tiêu này."))
    return Chosen(form, period, scope, column, by if by in known else chosen.bys[0], row)


def _petitions(request: PersonRequest, chosen: Chosen, back: str) -> HttpResponse:
    behind = voices.BEHIND[chosen.column.no]
    office = row_asked(chosen.row)
    found = petitions_behind(
        chosen.period, chosen.scope, *behind.measures, office=office, kind=behind.kind, limit=SHOWN
    )
    mine = Petition.objects.visible_to(request.actor).filter(pk__in=[one.pk for one in found])
    seen = set(mine.values_list("pk", flat=True))
    context = {
        "measure": {"name": _title(chosen)},
        "period": chosen.period,
        "row_name": Office.objects.filter(pk=office).values_list("name", flat=True).first() or "" if office else "",
        "rows": [(one, one.pk in seen) for one in found],
        "is_cut": len(found) == SHOWN,
        "back": back,
    }
    return render(request, "oversight/petition_list.html", context)


def _title(chosen: Chosen) -> str:
    return _("Biểu %(form)s, cột %(column)s. %(name)s") % {
        "form": chosen.form.chosen.number.partition("/")[0],
        "column": chosen.column.no,
        "name": chosen.name,
    }


def _sentence(column: Column) -> str:
    """What the figure counts: the meaning of each set in it, the first few of many."""
    said = [str(ALL_MEASURES[leaf].sentence) for leaf in islice(column.leaves, 3) if leaf in ALL_MEASURES]
    return " ".join(dict.fromkeys(said))


def _row_name(chosen: Chosen) -> str:
    if not chosen.row:
        return ""
    if chosen.form.chosen.code in CAUSES:
        cause, _sign, key = chosen.row.partition("~")
        named = str(LateCause.Cause(cause).label) if cause in LateCause.Cause.values else _("Chưa có nguyên nhân")
        place = row_name("office", key) if chosen.by == "office" and key.isdecimal() else key
        return f"{place}, {named}"
    if chosen.by == "level":
        return str(Office.Level(chosen.row).label) if chosen.row in Office.Level.values else ""
    return row_name(chosen.by, chosen.row)

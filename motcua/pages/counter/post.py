"""The post at the counter: today's parcels, what is late, one parcel with its next hand, the hand-over record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.offices.models import Office
from motcua.pages.counter.intake import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.post.chain import Holder, Move, Step, moves_from
from motcua.post.custody import pass_on
from motcua.post.day import counts, find_parcel, late_parcels, parcels_of_day, record_of
from motcua.post.models import Direction, Parcel
from motcua.readings.log import read
from motcua.readings.models import Through


class NextHandForm(Form):
    """What happens next to a parcel, to whom."""

    move = forms.ChoiceField(label=gettext_lazy("Bước tiếp theo"), widget=forms.RadioSelect)
    to_name = forms.CharField(
        label=gettext_lazy("Người nhận"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Người cầm bưu gửi sau bước này. Mời nhận và thất lạc thì để trống."),
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=1000, required=False)

    def __init__(self, moves: list[Move], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moves = {f"{row.step}-{row.target}": row for row in moves}
        self.fields["move"].choices = [(key, words_of(row)) for key, row in self.moves.items()]  # type: ignore[attr-defined]


def words_of(row: Move) -> str:
    """A move as a person chooses it."""
    label = str(Step(row.step).label)
    return f"{label} → {Holder(row.target).label}" if row.step == Step.HANDED else label


@officers(*RECEIVING)
def post(request: PersonRequest) -> HttpResponse:
    """One day's parcels in and out; straight to one by its item number."""
    offices = request.actor.offices(*RECEIVING)
    today = day_of(request.at)
    day = _day(request, today)
    asked = request.GET.get("so", "").strip()[:30]
    found = find_parcel(offices, asked) if asked else []
    if len(found) == 1:
        return redirect("counter:parcel", found[0].pk)
    context = {
        "day": day,
        "asked": asked,
        "found": found,
        "inbound": parcels_of_day(offices, day, Direction.INBOUND),
        "outbound": parcels_of_day(offices, day, Direction.OUTBOUND),
        "late": late_parcels(offices, today),
        "counts": counts(offices, day.replace(day=1), day, today),
        "today": today,
    }
    return render(request, "counter/post.html", context)


@officers(*RECEIVING)
def parcel(request: PersonRequest, parcel_id: int) -> HttpResponse:
    """One parcel: its papers, its chain of custody, and the next hand."""
    offices = request.actor.offices(*RECEIVING)
    found = Parcel.objects.filter(pk=parcel_id, office_id__in=offices).first()
    if found is None:
        raise NotThere(_("Không có bưu gửi này."))
    links = list(found.custody.order_by("seq"))
    moves = moves_from(links[-1].to_holder, outbound=found.direction == Direction.OUTBOUND) if links else []
    form = NextHandForm(moves, posted(request))
    if request.method == "POST":

        def go_on() -> object:
            row = form.moves[form.cleaned_data["move"]]
            return pass_on(
                parcel_id,
                step=row.step,
                to_holder=row.target,
                to_name=form.cleaned_data["to_name"],
                note=form.cleaned_data["note"],
                actor=request.actor,
                at=request.at,
            )

        if attempt(form, go_on) is not None:
            messages.success(request, _("Đã ghi sổ giao nhận."))
            return redirect("counter:parcel", parcel_id)
    dossier = Dossier.objects.visible_to(request.actor).filter(Q(parcel_in=found) | Q(parcel_out=found)).first()
    if dossier is not None and request.method == "GET":
        read(request.actor, dossier, Through.PAGE, at=request.at)
    context = {"parcel": found, "links": links, "moves": moves, "dossier": dossier, "today": day_of(request.at)}
    return show(request, "counter/parcel.html", context, form=form)


@officers(*RECEIVING)
def post_record(request: PersonRequest) -> HttpResponse:
    """The hand-over record between post and counter of a day, in one direction, to print and sign."""
    own = request.actor.offices(*RECEIVING)
    direction = request.GET.get("chieu", "out")
    if direction not in Direction.values:
        raise NotThere(_("Không có trang này."))
    day = _day(request, day_of(request.at))
    asked = request.GET.get("quay", "")
    office_id = int(asked) if asked.isdecimal() and len(asked) < 19 else min(own)
    if office_id not in own:
        raise NotThere(_("Không có trang này."))
    context = {
        "office": Office.objects.get(pk=office_id),
        "day": day,
        "direction": Direction(direction),
        "lines": record_of(office_id, day, direction),
    }
    return render(request, "counter/post_record.html", context)


def _day(request: PersonRequest, today: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return today

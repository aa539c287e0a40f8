"""At the counter: a person rates on the unit's device or on paper, or says what is wrong. Law: ND61-2018 27; ND20-2008 9"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, NotThere
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import own_interest, receives_here
from motcua.offices.models import Office
from motcua.pages.layout.access import officers
from motcua.pages.layout.acting import dossier_seen_by
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField, rating_address
from motcua.petitions import acts
from motcua.petitions.acts import RECEIVING, Said
from motcua.petitions.models import Petition
from motcua.petitions.table import CHOSEN, Way
from motcua.ratings.casting import Opinion, enter_slip, vote_of, why_not
from motcua.ratings.kinds import Level, Place, Reason


class SlipForm(Form):
    """What stands on a paper slip."""

    slip_no = forms.CharField(label=lazy("Số phiếu"), max_length=40)
    level = forms.ChoiceField(label=lazy("Mức hài lòng"), choices=Level.choices, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label=lazy("Vì điều gì?"), choices=Reason.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=lazy("Lời ghi trên phiếu"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CounterPetitionForm(Form):
    """What a person says at the counter, as the officer writes it down."""

    unit = forms.TypedChoiceField(label=lazy("Nơi tiếp nhận"), coerce=int)
    kind = forms.ChoiceField(
        label=lazy("Phản ánh về"),
        choices=[(kind.value, kind.label) for kind in CHOSEN],
        widget=forms.RadioSelect,
    )
    person_name = forms.CharField(label=lazy("Người phản ánh"), max_length=200)
    phone = forms.CharField(label=lazy("Điện thoại"), max_length=20, required=False)
    email = forms.EmailField(label=lazy("Thư điện tử"), max_length=200, required=False)
    address = forms.CharField(label=lazy("Địa chỉ"), max_length=300, required=False)
    about_office = OfficeField(
        label=lazy("Cơ quan được phản ánh"), help_text=lazy("Vài chữ của tên cơ quan, ví dụ: Sở Tư pháp.")
    )
    about_person = forms.CharField(label=lazy("Cán bộ (nếu biết tên)"), max_length=200, required=False)
    dossier = forms.CharField(label=lazy("Mã hồ sơ liên quan"), max_length=40, required=False)
    content = forms.CharField(label=lazy("Nội dung"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


@officers(*RECEIVING)
def rate(request: PersonRequest, dossier_id: int) -> HttpResponse:
    """Links for the device at the counter and the kiosk, and the form for a paper slip."""
    found = dossier_seen_by(request, dossier_id)
    if not receives_here(request.actor, found) or own_interest(request.actor, found):
        raise Forbidden(_("Chỉ người tiếp nhận tại nơi nhận hồ sơ nhập được phiếu đánh giá."))
    form = SlipForm(posted(request))
    if request.method == "POST":
        done = attempt(form, lambda: _enter(request, dossier_id, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã nhập phiếu đánh giá."))
            return redirect("counter:rate", dossier_id)
    is_rated = vote_of(found) is not None
    context = {
        "dossier": found,
        "is_rated": is_rated,
        "refused": "" if is_rated else why_not(found, request.at),
        "counter": rating_address(found.submission_no, found.secret, Place.COUNTER),
        "kiosk": rating_address(found.submission_no, found.secret, Place.KIOSK),
    }
    return show(request, "counter/rate.html", context, form=form)


def _enter(request: PersonRequest, dossier_id: int, given: dict[str, Any]) -> object:
    opinion = Opinion(given["level"], tuple(given["reasons"]), given["words"])
    return enter_slip(dossier_id, slip_no=given["slip_no"], opinion=opinion, actor=request.actor, at=request.at)


@officers(*RECEIVING)
def petition(request: PersonRequest) -> HttpResponse:
    """Write a petition down; then its two codes for the person."""
    form = CounterPetitionForm(posted(request))
    units = Office.objects.filter(pk__in=request.actor.offices(*RECEIVING)).in_vi_order()
    form.fields["unit"].choices = [(office.pk, office.name) for office in units]  # type: ignore[attr-defined]
    form.fields["about_office"].on = day_of(request.at)  # type: ignore[attr-defined]
    if request.method == "POST":
        made = attempt(form, lambda: _receive(request, form))
        if made is not None:
            return redirect("counter:petition_received", made.pk)
    return show(request, "counter/petition.html", form=form)


@officers(*RECEIVING)
def petition_received(request: PersonRequest, petition_id: int) -> HttpResponse:
    """The codes, for whoever wrote it down."""
    mine = Petition.objects.select_related("owner_office").filter(entered_by_id=request.actor.account_id or 0)
    found = mine.filter(pk=petition_id).first()
    if found is None:
        raise NotThere(_("Không có phản ánh này."))
    return show(request, "counter/petition_received.html", {"petition": found})


def _receive(request: PersonRequest, form: CounterPetitionForm) -> Petition | None:
    given = form.cleaned_data
    code = given["dossier"].strip().upper()
    dossier = None
    if code:
        rows = Dossier.objects.visible_to(request.actor)
        dossier = rows.filter(code=code).first() or rows.filter(submission_no=code).first()
        if dossier is None:
            form.add_error("dossier", _("Không có hồ sơ này."))
            form.status = 422
            return None
    names = ("kind", "content", "person_name", "phone", "email", "address", "about_person")
    said = Said(**{name: given[name] for name in names}, about_office_id=given["about_office"].pk, dossier=dossier)
    return acts.receive(said, way=Way.COUNTER, actor=request.actor, at=request.at, owner_office_id=given["unit"])

"""Saying what is wrong, following it by code and secret, and what was answered publicly. Law: ND20-2008 9"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache

from motcua.base.errors import NotThere
from motcua.base.ids import random_key
from motcua.base.times import VIETNAM, day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.visibility import owns
from motcua.pages.layout.access import public
from motcua.pages.layout.errors import locked_out
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField
from motcua.people.guesses import Guesser
from motcua.petitions import acts
from motcua.petitions.acts import Said
from motcua.petitions.journal import is_secret_of
from motcua.petitions.limits import ANSWER, last_day
from motcua.petitions.models import Petition
from motcua.petitions.permissions import acts_open_to
from motcua.petitions.routing import topics
from motcua.petitions.story import as_published, lines, published
from motcua.petitions.table import CHOSEN, Kind, PetitionAct, Way
from motcua.ratings.casting import ratable
from motcua.ratings.kinds import Place

KEPT, STAYS = "petition", timedelta(hours=2)  # in the session
NOTHING_KEPT = (0, 0.0, "")
BEGINNINGS = {
    "cham": "Hồ sơ {code}, ngày hẹn trả{due}, chưa có kết quả. Đề nghị cho biết lý do và ngày có kết quả.",
}


class PetitionForm(Form):
    """Who says what about which office; how to answer them."""

    kind = forms.ChoiceField(
        label=lazy("Phản ánh về"), choices=[(kind.value, kind.label) for kind in CHOSEN], widget=forms.RadioSelect
    )
    topic = forms.ChoiceField(label=lazy("Lĩnh vực (nếu biết)"), required=False)
    about_office = OfficeField(label=lazy("Cơ quan"), help_text=lazy("Vài chữ của tên cơ quan, ví dụ: Sở Tư pháp."))
    about_person = forms.CharField(
        label=lazy("Cán bộ (nếu biết tên)"),
        max_length=200,
        required=False,
        help_text=lazy("Người được nêu tên không được xử lý và không xem được phản ánh này."),
    )
    content = forms.CharField(label=lazy("Nội dung"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))
    person_name = forms.CharField(label=lazy("Tên của bạn"), max_length=200)
    phone = forms.CharField(label=lazy("Điện thoại"), max_length=20, required=False)
    email = forms.EmailField(label=lazy("Thư điện tử"), max_length=200, required=False)
    address = forms.CharField(
        label=lazy("Địa chỉ"),
        max_length=300,
        required=False,
        help_text=lazy("Cần ít nhất một cách để trả lời bạn: điện thoại, thư điện tử hoặc địa chỉ."),
    )
    once = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    ma = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    khoa = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def said(self, dossier: Dossier | None = None) -> Said:
        """What was filled in."""
        given = self.cleaned_data
        names = ("kind", "topic", "content", "person_name", "phone", "email", "address", "about_person")
        return Said(
            **{name: given.get(name, "") for name in names}, about_office_id=given["about_office"].pk, dossier=dossier
        )


class FollowForm(Form):
    """The two codes."""

    code = forms.CharField(
        label=lazy("Mã phản ánh"),
        help_text=lazy("Ví dụ PA-2021-000042."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=lazy("Mã tra cứu"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false", "autocomplete": "off"}),
    )


class SayForm(Form):
    """What the person says now."""

    act = forms.ChoiceField(
        widget=forms.HiddenInput,
        choices=[(act.value, act.label) for act in (PetitionAct.GIVE_MORE, PetitionAct.REOPEN)],
    )
    text = forms.CharField(label=lazy("Bạn muốn nói"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))


DOES = {PetitionAct.GIVE_MORE: acts.give_more, PetitionAct.REOPEN: acts.reopen}


@public
def send_petition(request: PersonRequest) -> HttpResponse:
    """The form; from the link of a dossier it is about that dossier. Then the two codes to follow it by."""
    given = request.POST if request.method == "POST" else request.GET
    dossier = _dossier_of(given.get("ma", "")[:40], given.get("khoa", "")[:20])
    initial: dict[str, Any] = {"ma": given.get("ma", "")[:40], "khoa": given.get("khoa", "")[:20]}
    initial["once"] = _once(request)
    if request.actor.kind == "citizen":
        initial["person_name"] = request.actor.full_name
    if dossier is not None:
        initial |= _begun(dossier, given.get("loai", ""), request)
    form = PetitionForm(posted(request), initial=initial)
    context = {"dossier": dossier, "answer_by": last_day(ANSWER, request.at)}
    form.fields["about_office"].on = day_of(request.at)  # type: ignore[attr-defined]
    if dossier is not None:
        del form.fields["topic"]  # it is the dossier's
    else:
        form.fields["topic"].choices = [("", "–"), *((topic, topic) for topic in topics())]  # type: ignore[attr-defined]
    # Five from one network address within a quarter of an hour are enough.
    sender = Guesser.sending_petitions(request.META.get("REMOTE_ADDR", ""))
    if request.method == "POST" and form.is_valid():
        if sender.closed_until(request.at):
            form.add_error(None, _("Từ địa chỉ mạng này vừa có nhiều phản ánh được gửi. Hãy gửi lại sau ít phút."))
            form.status = 429
            return show(request, "portal/send_petition.html", context, form=form)
        made = attempt(form, lambda: _receive(request, form, dossier))
        if made is not None:
            sender.was_wrong(request.at)
            keep_petition(request, made, once=form.cleaned_data["once"])
            return redirect("portal:petition_sent")
    return show(request, "portal/send_petition.html", context, form=form)


def _once(request: PersonRequest) -> str:
    """The key of the form: whoever goes back after sending gets the same, so that the same words are no second petition."""
    _petition, _until, once = request.session.get(KEPT, NOTHING_KEPT)
    return once or random_key(20)


def _receive(request: PersonRequest, form: PetitionForm, dossier: Dossier | None) -> Petition:
    way = Way.LINK if dossier is not None else Way.PAGE
    once = form.cleaned_data["once"]
    return acts.receive(form.said(dossier), way=way, actor=request.actor, at=request.at, once=once)


@public
@never_cache
def petition_sent(request: PersonRequest) -> HttpResponse:
    """The two codes of what was sent from this browser, for a while."""
    return render(request, "portal/petition_sent.html", {"petition": _kept(request)})


def keep_petition(request: PersonRequest, petition: Petition, *, once: str = "") -> None:
    """This browser may read the petition, for as long as its person stays, at most `STAYS`: no answer to a form shows it,
    so neither a reload nor the way back sends anything anew, and at a kiosk it is gone with its person.
    """
    request.session[KEPT] = [petition.pk, (request.at + STAYS).timestamp(), once]


def _kept(request: PersonRequest) -> Petition:
    petition_id, until, _key = request.session.get(KEPT, NOTHING_KEPT)
    rows = Petition.objects.select_related("owner_office", "about_office")
    found = rows.filter(pk=petition_id).first() if request.at.timestamp() <= until else None
    if found is None:
        raise NotThere(_("Hãy mở lại phản ánh bằng mã phản ánh và mã tra cứu của nó."))
    return found


def _begun(dossier: Dossier, about_what: str, request: PersonRequest) -> dict[str, Any]:
    """What the person need not type: office, kind, the first words; who they are only where they own the account.

    The words are Vietnamese in every language of the page: an officer reads them.
    """
    begun = {"about_office": dossier.competent_office.name}
    if about_what in BEGINNINGS:
        due = f" {dossier.due_at.astimezone(VIETNAM):%d/%m/%Y}" if dossier.due_at else ""
        begun |= {"kind": Kind.CONDUCT, "content": BEGINNINGS[about_what].format(code=dossier, due=due)}
    if owns(request.actor, dossier):
        begun |= {"phone": dossier.owner_phone, "email": dossier.owner_email, "address": dossier.owner_address}
    return begun


def _dossier_of(submission_no: str, key: str) -> Dossier | None:
    """The dossier that the link is of; a wrong one is about no dossier."""
    if not submission_no or not key:
        return None
    try:
        return ratable(submission_no, Place.HOME, key)
    except NotThere:
        return None


@public
def follow_petition(request: PersonRequest) -> HttpResponse:
    """By code and secret, to the petition."""
    form = FollowForm(posted(request), initial={"code": request.GET.get("ma", "")[:20]})
    if request.method != "POST" or not form.is_valid():
        return show(request, "portal/follow_petition.html", form=form)
    code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
    guesser = Guesser(code, request.META.get("REMOTE_ADDR", ""))
    if guesser.closed_until(request.at):
        return locked_out(request)
    found = Petition.objects.filter(code=code.strip().upper()).first()
    if found is None or not is_secret_of(found, secret):
        guesser.was_wrong(request.at)
        form.add_error(None, _("Mã phản ánh hoặc mã tra cứu không đúng."))
        form.status = 404
        return show(request, "portal/follow_petition.html", form=form)
    keep_petition(request, found)
    return redirect("portal:followed_petition")


@public
@never_cache
def followed_petition(request: PersonRequest) -> HttpResponse:
    """What was done, until when it is answered, and what one may still say; for whoever showed the codes in this browser."""
    found = _kept(request)
    said = SayForm(posted(request))
    if said.is_bound:
        act = PetitionAct(said["act"].value()) if said["act"].value() in DOES else PetitionAct.GIVE_MORE
        who: dict[str, Any] = {"actor": request.actor, "at": request.at, "secret": found.secret}
        if attempt(said, lambda: DOES[act](found.pk, text=said.cleaned_data["text"], **who)) is not None:
            return redirect("portal:followed_petition")
    open_acts = [act for act in acts_open_to(found, request.actor, is_person=True) if act in DOES]
    if open_acts and not said.is_bound:
        said = SayForm(initial={"act": open_acts[0]})
    context = {
        "petition": found,
        "lines": lines(found, for_person=True),
        "late": found.is_late(day_of(request.at)),
        "open_act": open_acts[0] if open_acts else None,
    }
    return show(request, "portal/followed_petition.html", context, form=said)


@public
def published_petitions(request: PersonRequest) -> HttpResponse:
    """Questions and answers as everybody may read them, the newest first, all of them; those with some words."""
    words = request.GET.get("tim", "").strip()[:200]
    page = cursor_page(published(words), request, key="at", descending=True)
    context = {"page": page, "found": [as_published(event) for event in page.items], "words": words}
    return render(request, "portal/published_petitions.html", context)

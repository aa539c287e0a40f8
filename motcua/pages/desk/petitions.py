"""Petitions at the desk: the most urgent first, one with everything about it, and its acts. Law: ND20-2008 9; QD766-2022"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, NotThere, Refused
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField
from motcua.petitions import acts
from motcua.petitions.models import Petition
from motcua.petitions.permissions import acts_open_to, has_right, sees_person
from motcua.petitions.story import lines
from motcua.petitions.table import PetitionAct

SHOWN = 200
A = PetitionAct


class ActForm(Form):
    """What every act asks; `seen` is the last event that the officer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, petition: Petition, request: PersonRequest, *args: Any) -> None:
        super().__init__(*args, initial={"seen": petition.last_seq})
        self.petition = petition
        self.day = day_of(request.at)

    def has_seen(self, petition: Petition) -> None:
        """Shown once more after it was refused, beside the petition as it is now."""
        self.data = {**self.data.dict(), "seen": petition.last_seq} if isinstance(self.data, QueryDict) else self.data

    def sent(self) -> dict[str, Any]:
        """What the act is called with."""
        return dict(self.cleaned_data)


class TextForm(ActForm):
    text = forms.CharField(label=lazy("Nội dung"), max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))


class AssignForm(ActForm):
    owner = forms.TypedChoiceField(label=lazy("Người xử lý"), coerce=int)
    text = forms.CharField(label=lazy("Lời dặn"), max_length=1000, required=False)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        people = acts.possible_owners(self.petition, self.day)
        self.fields["owner"].choices = [(one.pk, one.full_name) for one in people]  # type: ignore[attr-defined]

    def sent(self) -> dict[str, Any]:
        given = super().sent()
        given["owner_id"] = given.pop("owner")
        return given


class MoveForm(TextForm):
    office = OfficeField(label=lazy("Cơ quan xử lý"), help_text=lazy("Vài chữ của tên cơ quan."))

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["office"].on = self.day  # type: ignore[attr-defined]

    def sent(self) -> dict[str, Any]:
        given = super().sent()
        given["office_id"] = given.pop("office").pk
        return given


class PassOnForm(TextForm):
    agency = forms.CharField(label=lazy("Cơ quan có thẩm quyền"), max_length=200)


class ArrivalForm(ActForm):
    on = forms.DateField(label=lazy("Ngày nhận được"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


class StatementForm(TextForm):
    officer = forms.TypedChoiceField(label=lazy("Người giải trình"), coerce=int)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        people = acts.possible_witnesses(self.petition, self.day)
        self.fields["officer"].choices = [(one.pk, one.full_name) for one in people]  # type: ignore[attr-defined]

    def sent(self) -> dict[str, Any]:
        given = super().sent()
        given["officer_id"] = given.pop("officer")
        return given


class PublishForm(TextForm):
    question = forms.CharField(
        label=lazy("Câu hỏi, viết lại không có tên người"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("question", "text")


class GiveMoreForm(TextForm):
    def sent(self) -> dict[str, Any]:
        given = super().sent()
        given.pop("seen")
        return given


@dataclass(frozen=True)
class Page:
    """How an act is done at the desk: its word in the address, its form, the act itself."""

    slug: str
    form: type[ActForm]
    perform: Callable[..., Petition]


PAGES: dict[PetitionAct, Page] = {
    A.ANSWER: Page("tra-loi", TextForm, acts.answer),
    A.ASSIGN: Page("phan-cong", AssignForm, acts.assign),
    A.GIVE_STATEMENT: Page("giai-trinh", TextForm, acts.give_statement),
    A.ASK_STATEMENT: Page("yeu-cau-giai-trinh", StatementForm, acts.ask_statement),
    A.ASK_MORE: Page("hoi-them", TextForm, acts.ask_more),
    A.GIVE_MORE: Page("noi-them", GiveMoreForm, acts.give_more),
    A.PUBLISH: Page("cong-khai", PublishForm, acts.publish),
    A.NOTE_ARRIVAL: Page("da-den-noi", ArrivalForm, acts.note_arrival),
    A.MOVE: Page("chuyen-co-quan", MoveForm, acts.move),
    A.PASS_ON: Page("chuyen-noi-khac", PassOnForm, acts.pass_on),
    A.REFUSE: Page("khong-tiep-nhan", TextForm, acts.refuse),
}
ACTS = {page.slug: act for act, page in PAGES.items()}


@officers()
def petitions(request: PersonRequest) -> HttpResponse:
    """What waits for me or for the offices I lead, the earliest last day first."""
    seen = Petition.objects.visible_to(request.actor).select_related("owner_office", "owner", "about_office")
    is_closed = request.GET.get("xem") == "da-xong"
    rows = seen.exclude(closed_at=None).order_by("-closed_at", "-id") if is_closed else seen.open().by_urgency()
    today = day_of(request.at)
    found = [(one, one.is_late(today)) for one in rows[:SHOWN]]
    context = {"found": found, "is_closed": is_closed, "is_cut": len(found) == SHOWN}
    return render(request, "desk/petitions.html", context)


@officers()
def petition(request: PersonRequest, petition_id: int) -> HttpResponse:
    """Everything about one petition; whoever is only asked for a statement reads it without the person."""
    found = _seen(request, petition_id)
    knows_person = sees_person(request.actor, found)
    opened = [act for act in PAGES if act in acts_open_to(found, request.actor)]
    dossier = found.dossier
    context = {
        "petition": found,
        "knows_person": knows_person,
        "lines": lines(found, for_person=False) if knows_person else [],
        "late": found.is_late(day_of(request.at)),
        "buttons": [(act, reverse("desk:petition_act", args=[found.pk, PAGES[act].slug])) for act in opened],
        "dossier": dossier if dossier and _opens(request, dossier) else None,
    }
    return render(request, "desk/petition.html", context)


@officers()
def petition_act(request: PersonRequest, petition_id: int, act: str) -> HttpResponse:
    """The form of one act, and the act itself."""
    found = _seen(request, petition_id)
    if act not in ACTS:
        raise NotThere(_("Không có trang này."))
    wanted = ACTS[act]
    page = PAGES[wanted]
    if request.method == "POST":
        form = page.form(found, request, request.POST)
        done = attempt(form, lambda: page.perform(found.pk, **form.sent(), actor=request.actor, at=request.at))
        if done is not None:
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": wanted.label})
            is_mine = Petition.objects.visible_to(request.actor).filter(pk=found.pk).exists()
            return redirect("desk:petition", found.pk) if is_mine else redirect("desk:petitions")
        found = _seen(request, petition_id)
        form.has_seen(found)
    else:
        _require_open(wanted, found, request)
        form = page.form(found, request)
    return show(request, "desk/petition_act.html", {"petition": found, "act": wanted}, form=form)


def _seen(request: PersonRequest, petition_id: int) -> Petition:
    rows = Petition.objects.visible_to(request.actor)
    found = rows.select_related("owner_office", "owner", "about_office", "dossier").filter(pk=petition_id).first()
    if found is None:
        raise NotThere(_("Không có phản ánh này."))
    return found


def _require_open(act: PetitionAct, found: Petition, request: PersonRequest) -> None:
    """Say why the act is not open, before somebody fills a form for nothing."""
    if act in acts_open_to(found, request.actor):
        return
    if not has_right(act, request.actor, found):
        raise Forbidden(_("Bạn không có quyền “%(act)s” đối với phản ánh này.") % {"act": act.label})
    sentence = _("Không thể “%(act)s” khi phản ánh ở trạng thái “%(state)s”.")
    raise Refused(sentence % {"act": act.label, "state": found.get_state_display()}, code="wrong_state")


def _opens(request: PersonRequest, dossier: Dossier) -> bool:
    return Dossier.objects.visible_to(request.actor).filter(pk=dossier.pk).exists()

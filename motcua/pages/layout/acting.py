"""The page of one act on one dossier, the same for every act: see it, fill the form, try it, be told.

Where somebody else was faster the person is told, sees the dossier as it is now, and keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, NotThere, Refused
from motcua.dossiers.guards import obstacle
from motcua.dossiers.handed_in import take_in
from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.parts import attach
from motcua.dossiers.permissions import denial, has_right
from motcua.dossiers.states import TRANSITIONS, Act, State
from motcua.forms.sources import CALL_FOR_PAPER
from motcua.pages.layout.forms import Form, attempt, show
from motcua.pages.layout.papers import issue_after_act
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through

# Which page does which act; the other acts belong to the applicant.
ACT_ROUTES = {
    Act.ACCEPT: "counter:accept",
    Act.ASK_AT_INTAKE: "counter:ask_at_intake",
    Act.ANSWER_AT_INTAKE: "counter:answer_at_intake",
    Act.REFUSE_INTAKE: "counter:refuse_intake",
    Act.REDIRECT: "counter:redirect",
    Act.GIVE_AT_ONCE: "counter:give_at_once",
    Act.RECEIVE_SUPPLEMENT: "counter:receive_supplement",
    Act.HAND_OVER: "counter:hand_over",
    Act.WITHDRAW: "counter:withdraw",
    Act.NOTE_ATTEMPT: "counter:note_attempt",
    Act.FORWARD: "desk:forward",
    Act.SEND_BACK: "desk:send_back",
    Act.ASK_SUPPLEMENT: "desk:ask_supplement",
    Act.ASK_SUPPLEMENT_AGAIN: "desk:ask_supplement_again",
    Act.ASK_FINANCIAL_DUTY: "desk:ask_financial_duty",
    Act.RECORD_FINANCIAL_DUTY: "counter:record_financial_duty",
    Act.EXTEND: "desk:extend",
    Act.APPROVE: "desk:approve",
    Act.REFUSE_RESULT: "desk:refuse_result",
    Act.FINISH: "desk:finish",
    Act.SIGN_RESULT: "desk:sign_result",
    Act.STOP: "desk:stop",
    Act.END_UNANSWERED: "desk:end_unanswered",
    Act.TAKE_FEE: "counter:take_fee",
    Act.CHARGE_FEE: "counter:charge_fee",
    Act.EXEMPT_FEE: "counter:exempt_fee",
    Act.REFUND_FEE: "counter:refund_fee",
    Act.CANCEL_RECEIPT: "counter:cancel_receipt",
    Act.RESTRICT: "desk:restrict",
    Act.PROPOSE_CORRECTION: "desk:propose_correction",
    Act.PROPOSE_DATE: "desk:propose_date",
    Act.CORRECT_RESULT: "desk:correct_result",
    Act.REOPEN: "desk:reopen",
    Act.CORRECT_DATE: "desk:correct_date",
    Act.REFUSE_CORRECTION: "desk:refuse_correction",
    Act.CONSULT: "desk:consult",
    Act.ANSWER_CONSULTATION: "desk:answer_consultation",
    Act.DROP_CONSULTATION: "desk:drop_consultation",
    Act.PLAN_VERIFICATION: "desk:plan_verification",
    Act.MOVE_VERIFICATION: "desk:move_verification",
    Act.RECORD_VERIFICATION: "desk:record_verification",
    Act.CANCEL_VERIFICATION: "desk:cancel_verification",
    Act.OPEN_PARTS: "desk:open_parts",
}
KEPT = "desk.kept_file"
NEEDED = ("procedure", "case", "receiving_office", "competent_office", "support_office", "at_office", "holder", "bill")


class ActForm(Form):
    """What an act asks, and the number of the last event that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        self.dossier = dossier
        kwargs.setdefault("initial", {}).setdefault("seen", dossier.last_seq)
        super().__init__(*args, **kwargs)

    def has_seen(self, dossier: Dossier) -> None:
        """The person now sees the dossier as it is: the next try speaks of that."""
        retype(self, seen=dossier.last_seq)


class KeptFileForm(ActForm):
    """An act that may come with a file; a file that was taken once stays taken while the form is mended."""

    file = forms.FileField(
        label=lazy("Tệp kèm theo"), required=False, help_text=lazy("PDF, JPEG, PNG, DOCX hoặc XLSX.")
    )
    kept_file = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_kept_file(self) -> int | None:
        signed = self.cleaned_data.get("kept_file")
        if not signed:
            return None
        try:
            return int(signing.loads(signed, salt=KEPT))
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise forms.ValidationError(_("Tệp đã chọn trước đó không còn dùng được. Hãy chọn lại.")) from error

    def stored_file(self, request: PersonRequest) -> int | None:
        """The id of the file that came now or before, stored and remembered for the next try; None without one."""
        if (given := self.cleaned_data["file"]) is None:
            return self.cleaned_data["kept_file"]
        file_id: int = take_in(given.name, given.chunks(), request.at, request.actor.account_id).file.pk
        retype(self, kept_file=signing.dumps(file_id, salt=KEPT))
        return file_id


WithFile = TypeVar("WithFile", bound=KeptFileForm)


def act_with_file(
    request: PersonRequest,
    dossier_id: int,
    act: Act,
    form_class: Callable[..., WithFile],
    perform: Callable[[dict[str, Any], WithFile], object],
    *,
    template: str = "layout/act.html",
) -> HttpResponse:
    """The page of an act whose form may bring a file; `perform` gets the cleaned data and the form."""
    made: list[WithFile] = []

    def make_form(dossier: Dossier, *args: Any) -> WithFile:
        made.append(form_class(dossier, *args))
        return made[-1]

    return act_page(request, dossier_id, act, make_form, lambda data: perform(data, made[-1]), template=template)


def retype(form: Form, **values: object) -> None:
    """Put values into a filled form in the person's place, for the next try; everything else stays as typed."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[name] = str(value)
    form.data = data


def dossier_seen_by(
    request: PersonRequest, dossier_id: int, part: int | None = None, also: Mapping[str, Any] | None = None
) -> Dossier:
    """The dossier with the names a page shows, and this part of it in hand, if this person may see it. Raises NotThere.

    also: what else is asked of it in the same statement, by the name of the attribute that has the answer.
    """
    rows = Dossier.objects.visible_to(request.actor).select_related(*NEEDED).annotate(**(also or {}))
    dossier = next(iter(rows.filter(pk=dossier_id)), None)  # `first` would weigh every column for its order
    if dossier is None or not request.actor.is_officer:
        raise NotThere(_("Không có hồ sơ này."))
    return dossier if part is None else attach(dossier, part)


def require_open(act: Act, dossier: Dossier, request: PersonRequest) -> None:
    """Say why the act is not open to this person now, before they fill a form for nothing."""
    actor, at = request.actor, request.at
    possible = acts_open_to(dossier, actor, at)
    if act in possible:
        return
    words = {"act": act.label, "state": State(dossier.state).label}
    if not has_right(act, actor, dossier):
        raise Forbidden(denial(act, actor, dossier), possible=possible)
    if dossier.state not in TRANSITIONS[act].sources:
        sentence = _("Không thể “%(act)s” khi hồ sơ ở trạng thái “%(state)s”.") % words
        raise Refused(sentence, code="wrong_state", possible=possible)
    raise Refused(obstacle(act, dossier, at), code="guarded", possible=possible)


def act_page(
    request: PersonRequest,
    dossier_id: int,
    act: Act,
    make_form: Callable[..., ActForm],
    perform: Callable[[dict[str, Any]], object],
    *,
    template: str = "layout/act.html",
    context: Mapping[str, Any] | None = None,
    done_route: str = "desk:dossier",
    part: int | None = None,
) -> HttpResponse:
    """Show the form of an act, or try the act with what was filled in. `perform` gets the cleaned data with `seen`.

    part: number of the part that the act is on.
    """
    dossier = dossier_seen_by(request, dossier_id, part)
    if request.method == "POST":
        form = make_form(dossier, request.POST, request.FILES)
        if attempt(form, lambda: perform(form.cleaned_data)) is not None:
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": act.label})
            if act in CALL_FOR_PAPER:
                issue_after_act(request, dossier_id)
            return after(request, dossier, done_route)
        dossier = dossier_seen_by(request, dossier_id, part)
        form.has_seen(dossier)
    else:
        require_open(act, dossier, request)
        read(request.actor, dossier, Through.ACT, at=request.at, is_task=True)
        form = make_form(dossier)
    still_open = act in acts_open_to(dossier, request.actor, request.at)
    given = {"dossier": dossier, "act": act, "still_open": still_open, "at": request.at, **(context or {})}
    return show(request, template, given, form=form)


def sending(
    request: PersonRequest, dossier_id: int, perform: Callable[..., object], *names: str
) -> Callable[[dict[str, Any]], object]:
    """For `act_page`: do this act with the named fields of the form, as this person, now, by what they had seen."""

    def do(data: dict[str, Any]) -> object:
        fields = {name: data[name] for name in names}
        return perform(dossier_id, **fields, actor=request.actor, at=request.at, seen=data["seen"])

    return do


def after(request: PersonRequest, dossier: Dossier, route: str) -> HttpResponseRedirect:
    """To the dossier where it is still this person's business, else to their desk."""
    if Dossier.objects.visible_to(request.actor).filter(pk=dossier.pk).exists():
        return HttpResponseRedirect(reverse(route, args=[dossier.pk]))
    return HttpResponseRedirect(reverse("desk:home"))

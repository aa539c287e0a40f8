"""A draft that somebody at a unit writes for a person that can't do it alone: its forms, and what is handed in of it.

Who may, and what shows the consent, is decided in `motcua/dossiers`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid, Refused
from motcua.base.text import masked
from motcua.base.times import day_of
from motcua.dossiers import consent
from motcua.dossiers.assistance import CONSENT_PAPER, HELPING_AT, Help, consent_faults, helped_return_fault
from motcua.dossiers.kinds import ConsentWay, ReturnWay
from motcua.dossiers.models import Draft, DraftPaper
from motcua.dossiers.routing import helping_units
from motcua.notices.consent_codes import can_send, send_consent_code
from motcua.offices.models import Office
from motcua.pages.layout.forms import Form
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.draft_forms import HELP_PREFIX, AccountFacts, ConfirmForm, OwnerFields, OwnerForm, owner_form

CONSENT_INPUT = "consent"


class HelpedForm(OwnerFields):
    """The citizen who is helped, and how they consent; the helper is whoever is logged in."""

    owner_kind = None  # type: ignore[assignment]  # only citizens are helped
    return_way = forms.ChoiceField(
        label=lazy("Cách nhận kết quả"),
        choices=[one for one in ReturnWay.choices if one[0] != ReturnWay.ONLINE],
        widget=forms.RadioSelect,
    )
    help_way = forms.ChoiceField(
        label=lazy("Người này đồng ý nhờ nộp bằng cách nào"), choices=ConsentWay.choices, widget=forms.RadioSelect
    )
    help_witness_name = forms.CharField(label=lazy("Họ tên người làm chứng"), max_length=200, required=False)
    help_witness_id_no = forms.CharField(
        label=lazy("Số định danh hoặc hộ chiếu của người làm chứng"),
        help_text=lazy(
            "Người làm chứng có mặt khi nội dung được đọc lại; không phải chủ hồ sơ, không phải người giúp."
        ),
        max_length=30,
        required=False,
    )

    def __init__(
        self, *args: Any, facts: AccountFacts, office_id: int, account_id: int, sends_codes: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not sends_codes:
            self.fields["help_way"].choices = [one for one in ConsentWay.choices if one[0] != ConsentWay.CODE]  # type: ignore[attr-defined]
        self.facts, self.office_id, self.account_id = facts, office_id, account_id
        self.fields["owner_name"].label = _("Họ và tên của người được giúp")
        self.fields["owner_id_no"].label = _("Số định danh cá nhân của người được giúp")
        for name, field in self.fields.items():
            if name.startswith("owner_"):  # what a browser knows is the helper's own
                field.widget.attrs["autocomplete"] = "off"

    def about_help(self) -> list[forms.BoundField]:
        """The fields of who saw the consent."""
        return [self["help_witness_name"], self["help_witness_id_no"]]

    def help(self, paper_file_id: int | None = None, *, read_aloud: bool = False) -> Help:
        """Who helps, and the consent as far as it was said."""
        data = self.cleaned_data
        by_witness, by_paper = (data.get("help_way") == way for way in (ConsentWay.WITNESS, ConsentWay.PAPER))
        return Help(
            self.account_id,
            self.facts.name,
            self.office_id,
            data.get("help_way", ""),
            paper_file_id if by_paper else None,
            data.get("help_witness_name", "") if by_witness else "",
            data.get("help_witness_id_no", "") if by_witness else "",
            read_aloud,
        )

    def says_nothing_of(self, name: str) -> bool:
        is_of_witness = name.startswith(f"{HELP_PREFIX}witness")
        is_by_witness = self.cleaned_data.get("help_way") == ConsentWay.WITNESS
        return super().says_nothing_of(name) or (is_of_witness and not is_by_witness)

    def clean(self) -> dict[str, Any]:
        """Say here, beside the fields, what the act would say at the end."""
        data = super().clean() or self.cleaned_data
        faults = consent_faults(
            self.help(),
            owner_name=data.get("owner_name", ""),
            owner_id_no=data.get("owner_id_no", ""),
            helper_id_no=self.facts.id_no,
        )
        if fault := helped_return_fault(data.get("return_way", "")):
            faults["return_way"] = fault
        self.blame_fields(faults)
        return data


class ReadAloudForm(Form):
    """The last step of a dossier that is handed in for somebody."""

    read_aloud = forms.BooleanField(
        label=lazy(
            "Tôi đã đọc lại toàn bộ nội dung trên cho chủ hồ sơ nghe; người này đồng ý nộp và cam đoan những điều đã "
            "khai là đúng."
        )
    )


class ReadOutForm(ReadAloudForm):
    """The same, with the code that the person read out."""

    code = forms.CharField(
        label=lazy("Mã đồng ý"),
        help_text=lazy("6 chữ số mà người được giúp nhận trên điện thoại và đọc cho bạn."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    field_order = ("code", "read_aloud")


@dataclass(frozen=True, slots=True)
class Helping:
    """What the pages of such a draft say: the unit, the signed papers that were uploaded, or the number of the code."""

    office: Office
    papers: list[DraftPaper]
    by_paper: bool
    phone: str = ""


def helping_of(draft: Draft) -> Helping | None:
    """For whom it is written is somebody else: how; None for a draft of one's own."""
    office = Office.objects.filter(pk=draft.data.get(HELPING_AT)).first() if HELPING_AT in draft.data else None
    if office is None:
        return None
    by_paper = draft.data.get("owner", {}).get("help_way") not in (ConsentWay.WITNESS, ConsentWay.CODE)
    phone = masked(consent.phone_of(draft)) if consent.by_code(draft) else ""
    return Helping(office, consent_papers(draft), by_paper, phone)


def consent_papers(draft: Draft) -> list[DraftPaper]:
    """The signed papers among the files of a draft, the last one last."""
    rows = draft.papers.filter(component=None, name=CONSENT_PAPER)
    return list(rows.select_related("file", "reused_from").order_by("id"))


def form_of(draft: Draft, posted: Any, facts: AccountFacts, at: datetime) -> OwnerFields:
    """The form of the first step over what the draft has."""
    if HELPING_AT not in draft.data:
        return owner_form(draft, posted, facts, day_of(at))
    initial = {"return_way": ReturnWay.COUNTER, "help_way": ConsentWay.PAPER, **draft.data.get("owner", {})}
    return HelpedForm(posted, initial=initial, **_helper(draft, facts, at))


def entered_form(draft: Draft, facts: AccountFacts, at: datetime) -> OwnerFields:
    """What the draft has, as a form that was sent: to look over, and to hand in."""
    kept = draft.data.get("owner", {})
    if HELPING_AT not in draft.data:
        return OwnerForm(kept, on=day_of(at), account_id_no=facts.id_no)
    return HelpedForm(kept, **_helper(draft, facts, at))


def last_form(draft: Draft, posted: Any) -> Form:
    """What the last step asks: the owner's word, or that everything was read aloud, and the code where one consents so."""
    if HELPING_AT not in draft.data:
        return ConfirmForm(posted)
    return ReadOutForm(posted) if consent.by_code(draft) else ReadAloudForm(posted)


def send_code(draft: Draft, request: PersonRequest) -> None:
    """A new code to the person's telephone; what became of it is told on the next page."""
    try:
        row, code = consent.issue(draft, at=request.at)
        send_consent_code(consent.phone_of(draft), code, key=f"consent-{row.pk}", at=request.at)
    except (Invalid, Refused) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã gửi mã. Mã có hiệu lực 10 phút."))


def help_of(draft: Draft, entered: OwnerFields, request: PersonRequest) -> Help | None:
    """Who helps and the consent, of a draft for somebody else; None for one's own."""
    if not isinstance(entered, HelpedForm):
        return None
    papers = consent_papers(draft)
    return entered.help(papers[-1].file_id if papers else None, read_aloud="read_aloud" in request.POST)


def units_of_helper(request: PersonRequest, on: date) -> list[Office]:
    """The units in whose name this person may help; at a machine in the hall nobody does."""
    return [] if request.kiosk else helping_units(request.actor, on)


def _helper(draft: Draft, facts: AccountFacts, at: datetime) -> dict[str, Any]:
    unit = {"office_id": int(draft.data[HELPING_AT]), "account_id": draft.account_id}
    return {**unit, "facts": facts, "sends_codes": can_send(at)}

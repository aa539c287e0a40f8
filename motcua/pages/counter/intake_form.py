"""The one page on which a dossier is taken in, and what it says in the words of the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.catalogue.offers import Offer
from motcua.dossiers.acts.intake import Intake, Owner, Paper, fee_of
from motcua.dossiers.kinds import Channel, OwnerKind, ReturnWay
from motcua.fees.kinds import Way
from motcua.fees.paying import Taking
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.pages.counter.scans import add_scan_fields, kept_files, reused, scanned, with_files
from motcua.pages.layout.acting import retype
from motcua.pages.layout.forms import blame
from motcua.pages.layout.paper_forms import add_paper_fields, paper_rows, papers_given
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.submitter_form import SubmitterFields
from motcua.people.identity_card import LONGEST

TICKET = 32
# What Enter goes through, in the order of the page; everything else has a usual answer and is reached by Tab.
WAY = ("owner_id_no", "owner_name", "owner_phone", "owner_address", "all_papers", "fee_way", "parcel_no", "postman")
CARD_FIELDS = ("owner_id_no", "submitter_id_no")


class IntakeForm(SubmitterFields):
    """A case, its owner, the papers, the way back. `ticket` is drawn once per page: the same page makes one dossier.

    turn: the number of the hall that was in hand when the page was opened.
    """

    turn = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ticket = forms.CharField(widget=forms.HiddenInput, min_length=TICKET, max_length=TICKET)
    channel = forms.TypedChoiceField(
        coerce=int, choices=[(Channel.COUNTER, ""), (Channel.POST, "")], widget=forms.HiddenInput
    )
    parcel_no = forms.CharField(label=_("Số hiệu bưu gửi"), max_length=30, required=False)
    postman = forms.CharField(label=_("Người giao của bưu chính"), max_length=200, required=False)
    fee_way = forms.ChoiceField(
        label=_("Thu phí, lệ phí ngay"),
        choices=[("", _("Chưa thu")), (Way.CASH.value, Way.CASH.label), (Way.TRANSFER.value, Way.TRANSFER.label)],
        required=False,
        help_text=_("Thu đủ và in biên lai cùng lúc tiếp nhận."),
    )
    owner_kind = forms.TypedChoiceField(label=_("Chủ hồ sơ là"), coerce=int, choices=OwnerKind.choices)
    owner_id_no = forms.CharField(
        label=_("Số định danh cá nhân, mã số"),
        max_length=20,
        required=False,
        help_text=_("Quét hoặc dán mã QR của thẻ căn cước, ở ô nào cũng được. Không có giấy tờ thì bỏ trống."),
    )
    owner_name = forms.CharField(label=_("Họ tên, tên tổ chức"), max_length=200)
    owner_phone = forms.CharField(label=_("Điện thoại"), max_length=20, required=False)
    owner_email = forms.CharField(label=_("Thư điện tử"), max_length=200, required=False)
    owner_address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    all_papers = forms.BooleanField(
        label=_("Đã nhận và kiểm tra đủ các giấy tờ bắt buộc"),
        required=False,
        help_text=_("Phím cách để đánh dấu. Thiếu giấy nào thì đánh dấu từng giấy ở dưới."),
    )
    content = forms.CharField(
        label=_("Nội dung yêu cầu"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Để trống thì ghi tên thủ tục."),
    )
    return_way = forms.ChoiceField(label=_("Nhận kết quả"), choices=ReturnWay.choices)
    receiving_office = forms.TypedChoiceField(label=_("Nơi tiếp nhận"), coerce=int)
    competent_office = forms.TypedChoiceField(
        label=_("Cơ quan giải quyết"), coerce=int, required=False, empty_value=None
    )

    support_office = forms.TypedChoiceField(
        label=_("Nơi đã hỗ trợ lập hồ sơ"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Nếu một Bộ phận Một cửa khác đã giúp người nộp chuẩn bị."),
    )

    def __init__(
        self,
        terms: Offer,
        offices: Sequence[Office],
        authorities: Sequence[tuple[int, str]],
        helpers: Sequence[Office],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        self.terms = terms
        self.files_taken: list[Paper] = []
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("ticket", uuid4().hex)
        initial.setdefault("channel", terms.channel)
        super().__init__(*args, **kwargs)
        self.fields["receiving_office"].choices = [(office.pk, office.name) for office in offices]  # type: ignore[attr-defined]
        if len(offices) == 1:
            self.fields["receiving_office"].widget = forms.HiddenInput()
            self.fields["receiving_office"].initial = offices[0].pk
        here = {office.pk for office in offices} if len(offices) == 1 else set()
        helping = [(office.pk, office.name) for office in helpers if office.pk not in here]
        self.fields["support_office"].choices = [("", _("— không có —")), *helping]  # type: ignore[attr-defined]
        if authorities:
            self.fields["competent_office"].choices = [("", _("— chọn —")), *authorities]  # type: ignore[attr-defined]
        else:
            del self.fields["competent_office"]
        if terms.channel != Channel.POST:
            del self.fields["parcel_no"], self.fields["postman"]
        if terms.channel == Channel.POST or not fee_of(terms):
            del self.fields["fee_way"]
        if not self.demanded():
            del self.fields["all_papers"]
        self.fields["owner_id_no"].widget.attrs["autofocus"] = True
        add_paper_fields(self, terms.components)
        add_scan_fields(self, terms.components)
        self._mark_the_way()

    def _mark_the_way(self) -> None:
        for name in CARD_FIELDS:
            # Room for the whole code of a card, which the server reads where the browser has not.
            self.fields[name].widget.attrs["maxlength"] = LONGEST
        for name in WAY:
            if name in self.fields:
                self.fields[name].widget.attrs["data-way"] = True
        for one in self.demanded():
            self.fields[f"c{one}"].widget.attrs["data-demanded"] = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("all_papers"):
            data |= {f"c{one}": True for one in self.demanded()}
        return data

    def demanded(self) -> list[int]:
        """The papers without which nothing is taken in."""
        return [one.id for one in self.terms.components if one.mandatory and not one.replaced_by_database]

    def rows(self) -> list[Any]:
        """The papers that the procedure demands, with their fields and what was scanned for each."""
        rows = paper_rows(self, self.terms.components)
        there = kept_files(self)
        for row in rows:
            row.fields["files"] = self[f"c{row.component.id}_files"]
            row.scanned.extend(file for component_id, file in there if component_id == row.component.id)
        return rows

    def taking(self) -> Taking | None:
        """What is paid at once, if anything; the page's ticket names the payment."""
        way = self.cleaned_data.get("fee_way")
        payer = self.cleaned_data["submitter_name"]
        return Taking(way, f"T-{self.cleaned_data['ticket']}", payer_name=payer) if way else None

    def take_scans(self, request: PersonRequest) -> None:
        """Keep what was scanned, whatever else is wrong with the page; a file that can't be taken is said beside its field."""
        self.is_valid()
        try:
            self.files_taken = scanned(self, self.terms.components, request)
        except Invalid as error:
            blame(self, error)

    def intake(self, request: PersonRequest) -> Intake:
        """What was filled in, as the act wants it. Raises Invalid for a file that can't be taken."""
        data, actor = self.cleaned_data, request.actor
        files = [*self.files_taken, *reused(self, self.terms.components, request)]
        return Intake(
            case_id=self.terms.case_id,
            channel=self.terms.channel,
            receiving_office_id=data["receiving_office"],
            competent_office_id=data.get("competent_office"),
            owner=Owner(
                name=data["owner_name"],
                kind=data["owner_kind"],
                id_no=data["owner_id_no"],
                phone=data["owner_phone"],
                email=data["owner_email"],
                address=data["owner_address"],
            ),
            papers=with_files(papers_given(data, self.terms.components), files),
            content=data["content"],
            submitter=self.submitter(),
            support_office_id=data["support_office"],
            return_way=data["return_way"],
            device="counter",
            origin_ref=ticket_ref(actor, data["ticket"]),
        )

    def draw_new_ticket(self) -> None:
        """The page may be sent once more, for another dossier."""
        retype(self, ticket=uuid4().hex)


def ticket_ref(actor: Actor, ticket: str) -> str:
    """The reference that makes a second sending of the same page find the first dossier."""
    return f"quay:{actor.account_id}:{tidy(ticket)[:TICKET]}"

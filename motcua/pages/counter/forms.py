"""What the acts of the counter ask."""

from __future__ import annotations

from base64 import b64decode
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.offers import offer
from motcua.dossiers.handed_in import take_in
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.routing import authorities, is_named, receiving_offices
from motcua.pages.layout.acting import ActForm, KeptFileForm
from motcua.pages.layout.paper_forms import (
    Row,
    add_item_fields,
    add_paper_fields,
    extra_rows,
    item_rows,
    items_wanted,
    paper_rows,
    papers_given,
)
from motcua.pages.layout.requests import PersonRequest
from motcua.post.models import Zone

# A drawn signature, as a browser writes a picture: some tens of thousands of signs.
MOST_SIGNATURE = 400_000
DRAWN = "data:image/png;base64"


def reason_field(label: Any, **kwargs: Any) -> forms.CharField:
    """Room for a few sentences."""
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class ReasonForm(ActForm):
    reason = reason_field(_("Lý do"))


class RefuseForm(ReasonForm):
    basis = forms.CharField(label=_("Căn cứ pháp lý"), max_length=1000)


class AcceptForm(ActForm):
    """Accepting asks nothing, unless nobody has named the authority yet."""

    competent_office = forms.TypedChoiceField(
        label=_("Cơ quan có thẩm quyền giải quyết"),
        coerce=int,
        help_text=_("Danh mục chưa nêu rõ cơ quan: cán bộ tiếp nhận xác định và hệ thống ghi lại."),
    )

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.terms = terms = offer(dossier.case_id, dossier.channel)
        if dossier.authority_open and not is_named(terms.competent_key, terms.field, dossier.receiving_office, on):
            choices = [(office.pk, office.name) for office in authorities(dossier.receiving_office, on)]
            self.fields["competent_office"].choices = [("", _("— chọn —")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["competent_office"]


class RedirectForm(ReasonForm):
    to_office = forms.TypedChoiceField(label=_("Chuyển đến"), coerce=int)

    def __init__(self, dossier: Dossier, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        offices = receiving_offices(dossier.version, on, dossier.receiving_office.province)
        choices = [(office.pk, office.name) for office in offices if office.pk != dossier.receiving_office_id]
        self.fields["to_office"].choices = [("", _("— chọn —")), *choices]  # type: ignore[attr-defined]
        self.order_fields(["to_office", "reason"])


class AskForm(ActForm):
    """One full list of what is missing, tied to the components."""

    reason = reason_field(_("Lý do chung"))
    basis = forms.CharField(
        label=_("Căn cứ pháp lý"),
        max_length=1000,
        required=False,
        help_text=_("Điều khoản quy định thành phần hồ sơ; in trên phiếu yêu cầu."),
    )

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.components = offer(dossier.case_id, dossier.channel).components
        # The laws of the published version, offered while one types.
        self.laws = [one[:1000] for one in dossier.version.laws]
        self.fields["basis"].widget.attrs["list"] = "laws"
        add_item_fields(self, self.components)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["items"] = items_wanted(self, data, self.components)
        return data

    def rows(self) -> list[Row]:
        """The components with their fields."""
        return item_rows(self, self.components)

    def extras(self) -> list[Any]:
        """The free lines."""
        return list(extra_rows(self))


class PapersForm(ActForm):
    """Which papers came now; what was asked for stands first in the page."""

    note = reason_field(_("Ghi chú"), required=False)

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.components = offer(dossier.case_id, dossier.channel).components
        self.request_made = SupplementRequest.objects.filter(dossier=dossier).order_by("-id").first()
        add_paper_fields(self, self.components)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["papers"] = papers_given(data, self.components)
        return data

    def rows(self) -> list[Row]:
        """The components with their fields."""
        return paper_rows(self, self.components)


class AtOnceForm(KeptFileForm):
    """The result that is there at once; its owner stands at the counter."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản"), max_length=60, required=False)
    summary = reason_field(_("Nội dung kết quả"), required=False)
    file = forms.FileField(label=_("Tệp kết quả"), required=False, help_text=_("PDF, JPEG, PNG, DOCX hoặc XLSX."))
    to_owner = forms.BooleanField(
        label=_("Trả ngay cho chủ hồ sơ tại quầy"),
        required=False,
        help_text=_("Người khác nhận thay: bỏ chọn, rồi trả ở trang trả kết quả."),
    )
    field_order = ("seen", "number", "summary", "file", "to_owner")

    def __init__(self, dossier: Dossier, *args: Any, may_return: bool, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["to_owner"] = dossier.return_way == ReturnWay.COUNTER
        super().__init__(dossier, *args, **kwargs)
        if not may_return:
            del self.fields["to_owner"]


class DutyDoneForm(KeptFileForm):
    """The proof of a financial duty, as the applicant shows it."""

    proof_no = forms.CharField(label=_("Số chứng từ"), max_length=60)
    paid_on = forms.DateField(label=_("Ngày nộp"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    file = forms.FileField(label=_("Tệp chứng từ"), required=False, help_text=_("PDF, JPEG hoặc PNG."))
    field_order = ("seen", "proof_no", "paid_on", "file")

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        super().__init__(dossier, *args, **kwargs)
        self.duty = dossier.financial_duties.filter(recorded_at=None).first()


class HandOverForm(KeptFileForm):
    """To whom and how the result goes, and what they signed: on the screen, or on a slip that is scanned."""

    way = forms.ChoiceField(label=_("Cách trả"), choices=ReturnWay.choices, widget=forms.RadioSelect)
    taken_by = forms.CharField(label=_("Người nhận"), max_length=200, required=False)
    taken_by_id_no = forms.CharField(label=_("Số giấy tờ tùy thân"), max_length=20, required=False)
    authorisation = forms.CharField(
        label=_("Giấy ủy quyền"),
        max_length=300,
        required=False,
        help_text=_("Bắt buộc khi người nhận không phải chủ hồ sơ."),
    )
    parcel_no = forms.CharField(
        label=_("Số hiệu bưu gửi"), max_length=30, required=False, help_text=_("Khi trả qua bưu chính.")
    )
    postman = forms.CharField(label=_("Người nhận của bưu chính"), max_length=200, required=False)
    zone = forms.ChoiceField(label=_("Vùng chuyển phát"), choices=Zone.choices, required=False, initial=Zone.PROVINCE)
    file = forms.FileField(
        label=_("Phiếu ký nhận đã quét"),
        required=False,
        help_text=_("Khi người nhận ký trên giấy; ký trên màn hình thì không cần."),
    )
    signature = forms.CharField(
        required=False,
        max_length=MOST_SIGNATURE,
        widget=forms.HiddenInput(attrs={"data-label": _("Người nhận ký vào đây"), "data-again": _("Ký lại")}),
    )

    field_order = (
        "seen",
        "way",
        "taken_by",
        "taken_by_id_no",
        "authorisation",
        "parcel_no",
        "postman",
        "zone",
        "signature",
    )

    def clean_signature(self) -> bytes:
        """The picture that was drawn; empty where nobody drew. What is no picture is found out when it is kept."""
        kind, _comma, picture = self.cleaned_data["signature"].partition(",")
        if kind != DRAWN:
            return b""
        try:
            return b64decode(picture, validate=True)
        except ValueError as error:
            raise forms.ValidationError(_("Không đọc được chữ ký trên màn hình. Hãy ký lại.")) from error

    def signature_file(self, request: PersonRequest) -> int | None:
        """The id of what was signed, stored: the picture of the screen before the scanned slip; None without one."""
        if drawn := self.cleaned_data["signature"]:
            return take_in("chu-ky.png", [drawn], request.at, request.actor.account_id).file.pk
        return self.stored_file(request)

    def clean_zone(self) -> str:
        return self.cleaned_data["zone"] or Zone.PROVINCE

    def __init__(self, dossier: Dossier, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        initial.setdefault("way", dossier.return_way)
        initial.setdefault("taken_by", dossier.owner_name)
        initial.setdefault("taken_by_id_no", dossier.owner_id_no)
        super().__init__(dossier, *args, **kwargs)
        if (told := dossier.submitter).is_agent:
            words = _(
                "Người được ủy quyền khi nộp: %(name)s, số %(id_no)s (%(by)s). Ghi đúng tên và số này thì không cần giấy ủy quyền khác."
            )
            self.fields["taken_by"].help_text = words % {"name": told.name, "id_no": told.id_no, "by": told.by_what}

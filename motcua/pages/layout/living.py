"""The page that shows the design system: every piece with its states, in the theme and size that the reader has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.pages.layout.access import public
from motcua.pages.layout.forms import Form, show
from motcua.pages.layout.paging import Page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.templatetags.layout import Urgency, result_urgency

COLOURS: tuple[tuple[str, Promise], ...] = (
    ("ink", lazy("chữ")),
    ("ink-soft", lazy("chữ phụ")),
    ("paper", lazy("mặt tờ giấy")),
    ("ground", lazy("nền trang")),
    ("line", lazy("đường kẻ")),
    ("line-strong", lazy("viền ô, viền nút")),
    ("link", lazy("liên kết, việc có thể mở")),
    ("fill", lazy("nền của việc chính")),
    ("red", lazy("lỗi, quá hạn, bước hiện tại")),
    ("gold", lazy("điểm nhấn")),
    ("green", lazy("đã xong, đúng hạn")),
    ("amber", lazy("sắp đến hạn, chưa chắc chắn")),
)
SPACES = ((1, 4), (2, 8), (3, 12), (4, 16), (6, 24), (8, 32), (12, 48))
STEPS = (lazy("Người nộp"), lazy("Giấy tờ"), lazy("Xem lại"), lazy("Đã nộp"))


class Sample(Form):
    """One field of each kind; what is left out or wrong says so."""

    name = forms.CharField(label=lazy("Họ và tên"), help_text=lazy("Ghi như trên căn cước."))
    phone = forms.RegexField(
        r"^0\d{9}$", label=lazy("Số điện thoại"), error_messages={"invalid": lazy("Số điện thoại có mười chữ số.")}
    )
    birthday = forms.DateField(
        label=lazy("Ngày sinh"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    way = forms.ChoiceField(
        label=lazy("Nhận kết quả"),
        choices=[("counter", lazy("Tại quầy")), ("post", lazy("Qua bưu chính"))],
        widget=forms.RadioSelect,
    )
    field = forms.ChoiceField(label=lazy("Lĩnh vực"), required=False, choices=[("", lazy("Tất cả"))])
    note = forms.CharField(label=lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    code = forms.CharField(label=lazy("Mã hồ sơ"), required=False, disabled=True)
    sure = forms.BooleanField(label=lazy("Tôi cam đoan lời khai là đúng"), required=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the sample timeline."""

    at: datetime
    title: str
    where: str
    who: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the sample list."""

    code: str
    owner: str
    at: datetime
    urgency: Urgency


def timeline(at: datetime) -> list[Moment]:
    """Three things that happened until `at`, the newest first."""
    office = _("Bộ phận Một cửa")
    return [
        Moment(at, _("Đã phê duyệt"), office, notes=(_("Kết quả đang được đóng dấu."),)),
        Moment(at - timedelta(days=1), _("Đã chuyển bước tiếp theo"), office),
        Moment(at - timedelta(days=3), _("Đã tiếp nhận hồ sơ"), office, "Nguyễn Thị Minh"),
    ]


def rows(at: datetime) -> list[Row]:
    """Dossiers as lists show them, the most urgent first; days are counted from `at`."""
    owners = ("Trần Thị Lan", "Nguyễn Văn Bảy", "Hoàng Phủ Ngọc Tường Vi", "Công ty TNHH Một Mình")
    left = (-3, 0, 2, 9)
    return [
        Row(f"G22.99-2611{n:02d}-000{n}", owner, at + timedelta(days=days), result_urgency(days))
        for n, (owner, days) in enumerate(zip(owners, left, strict=True), start=1)
    ]


@public
def design(request: PersonRequest) -> HttpResponse:
    """Everything at once; nothing of it is anybody's, and nothing asks the database."""
    wrong = Sample({"phone": "09x", "way": ""}, initial={"code": "G22.99-261101-0001"})
    wrong.is_valid()
    given = {
        "form": wrong,
        "colours": COLOURS,
        "spaces": SPACES,
        "steps": STEPS,
        "step": 3,
        "items": timeline(request.at),
        "rows": rows(request.at),
        "urgencies": [
            *(result_urgency(left) for left in (-3, 0, 2, 9)),
            Urgency("paused", _("Tạm dừng, chờ bổ sung")),
            Urgency("done", _("Đã trả kết quả")),
        ],
        "page": Page([], "?sau=2", "?"),
        "months": range(1, 13),
    }
    return show(request, "layout/design.html", given)

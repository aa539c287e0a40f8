"""Which forms there are."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import NotThere
from motcua.reports.statutory.shapes import Form

HANDLING = lazy("TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH")
CAUSES = lazy("NGUYÊN NHÂN QUÁ HẠN ĐỐI VỚI CÁC HỒ SƠ TỒN ĐỌNG TRONG GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH")
VOICES = lazy("KẾT QUẢ TIẾP NHẬN, XỬ LÝ PHẢN ÁNH, KIẾN NGHỊ")
LAW = "TT01-2020 2"
ROW_HEADS = {
    "field": lazy("Lĩnh vực giải quyết"),
    "procedure": lazy("Thủ tục hành chính"),
    "office": lazy("Cơ quan, đơn vị"),
    "branch": lazy("Cơ quan, đơn vị (cộng cả cấp dưới)"),
    "level": lazy("Cấp, cơ quan"),
    "whole": lazy("Đơn vị"),
    "procedure_level": lazy("Cấp thực hiện"),
}
FORMS: dict[str, Form] = {
    form.code: form
    for form in (
        Form("II.05a", "II.05a/VPCP/KSTT", VOICES, LAW, lazy("Phản ánh, kiến nghị tại một đơn vị"), ("whole",)),
        Form("II.05b", "II.05b/VPCP/KSTT", VOICES, LAW, lazy("Phản ánh, kiến nghị, từng đơn vị"), ("office",)),
        Form(
            "II.06a",
            "II.06a/VPCP/KSTT",
            HANDLING,
            LAW,
            lazy("Hồ sơ tại một đơn vị, theo lĩnh vực"),
            ("field", "procedure"),
        ),
        Form(
            "II.06b",
            "II.06b/VPCP/KSTT",
            HANDLING,
            LAW,
            lazy("Hồ sơ tổng hợp theo cấp, từng cơ quan"),
            ("level", "procedure"),
        ),
        Form(
            "II.06c",
            "II.06c/VPCP/KSTT",
            HANDLING,
            LAW,
            lazy("Hồ sơ tổng hợp theo cơ quan trực thuộc, cộng cả cấp dưới"),
            ("branch", "field", "procedure"),
        ),
        Form(
            "II.06d",
            "II.06d/VPCP/KSTT",
            HANDLING,
            LAW,
            lazy("Hồ sơ của các cơ quan ngành dọc"),
            ("office", "field", "procedure"),
        ),
        Form("II.06dd", "II.06đ/VPCP/KSTT", CAUSES, LAW, lazy("Nguyên nhân quá hạn, theo lĩnh vực"), ("field",)),
        Form("II.06g", "II.06g/VPCP/KSTT", CAUSES, LAW, lazy("Nguyên nhân quá hạn, theo cơ quan"), ("office",)),
        Form(
            "07a",
            "07a/BTP",
            HANDLING,
            "ND309-2026 11",
            lazy("Tiếp nhận, giải quyết, thanh toán"),
            ("field", "office", "branch", "procedure"),
        ),
        Form(
            "07b",
            "07b/BTP",
            lazy("THỦ TỤC HÀNH CHÍNH THEO CẤP THỰC HIỆN VÀ QUY TRÌNH"),
            "ND309-2026 11",
            lazy("Thủ tục theo cấp và quy trình"),
            ("procedure_level",),
        ),
    )
}


def form_named(code: str) -> Form:
    """The form with this code or number, however it is written: II.06a, ii.06A, II.06đ. Raises NotThere."""
    wanted = code.strip().casefold().partition("/")[0].replace("đ", "dd")
    for form in FORMS.values():
        if form.code.casefold() == wanted:
            return form
    known = ", ".join(form.number.partition("/")[0] for form in FORMS.values())
    raise NotThere(
        _("Không có biểu “%(code)s”. Các biểu: %(known)s.") % {"code": code, "known": known}, code="unknown_form"
    )

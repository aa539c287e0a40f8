"""What an audit can find: a named kind, the thing it concerns, and a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = 1000


class Kind(models.TextChoices):
    """Stable codes; each has a test that brings it about by SQL and sees it found."""

    EVENT_ALTERED = "event_altered", _("Nội dung một sự kiện khác với dấu băm của nó.")
    CHAIN_BROKEN = "chain_broken", _("Một sự kiện không nối với sự kiện ngay trước.")
    SEQ_HOLE = "seq_hole", _("Thiếu sự kiện: số thứ tự không liền nhau.")
    LAST_EVENT = "last_event_mismatch", _("Hồ sơ ghi sự kiện cuối khác với sổ sự kiện.")
    ILLEGAL_STEP = "illegal_step", _("Sự kiện không theo bảng chuyển trạng thái.")
    TIME_BACKWARDS = "time_backwards", _("Sự kiện sau có thời điểm trước sự kiện trước.")
    STATE = "state_mismatch", _("Trạng thái hồ sơ khác với sự kiện cuối.")
    PLACE = "place_mismatch", _("Nơi ở, người giữ, bước hoặc ngày hẹn của hồ sơ khác với khoảng lưu đang mở.")
    STAY_GAP = "stay_gap", _("Có khoảng trống hoặc chồng lấn giữa hai khoảng lưu.")
    OPEN_STAY = "open_stay", _("Hồ sơ không có đúng một khoảng lưu đang mở.")
    STAY_EVENT = "stay_without_event", _("Khoảng lưu không khớp với sự kiện nào, hoặc sự kiện không mở khoảng lưu.")
    DUE = "due_mismatch", _("Ngày hẹn trả khác với kết quả tính lại từ sổ thời hạn.")
    COUNTERS = "counter_mismatch", _("Số lần bổ sung, gia hạn hoặc văn bản kèm theo khác với sổ sự kiện.")
    ACCEPTANCE = "acceptance_mismatch", _("Mã số, ngày tiếp nhận, ngày xong hoặc ngày trả khác với sổ sự kiện.")
    CORRECTION = (
        "correction_mismatch",
        _("Đính chính, hoặc bản kết quả trước đính chính, khác với sổ sự kiện."),
    )
    INQUIRY = (
        "inquiry_mismatch",
        _(
            "Ý kiến hoặc thẩm tra, xác minh khác với sổ sự kiện, hoặc cơ quan được xem hồ sơ khác với cơ quan đang được hỏi."
        ),
    )
    HELP = "help_mismatch", _("Người giúp nộp của hồ sơ khác với điều sự kiện nộp đã ghi.")
    ORPHAN = "orphan", _("Có sự kiện hoặc khoảng lưu của hồ sơ không tồn tại.")
    NUMBER = "number_mismatch", _("Số hồ sơ trong ngày của một nơi tiếp nhận trùng, thiếu hoặc khác bộ đếm.")
    UNBALANCED = "unbalanced", _("Báo cáo của một cơ quan trong một tháng không cân.")
    BILL = (
        "bill_mismatch",
        _("Tình trạng phiếu thu khác với kết quả tính lại từ sổ thu, hoặc phiếu thu không có hồ sơ."),
    )
    RECEIPT = "receipt_mismatch", _("Số biên lai không liền nhau, hoặc số tiền biên lai khác với sổ thu.")
    CASH = "cash_mismatch", _("Số khoá sổ tiền mặt khác với sổ thu hoặc với bảng đếm tiền.")
    CUSTODY = "custody_broken", _("Chuỗi giao nhận bưu gửi bị đứt, hoặc tình trạng bưu gửi khác với sổ giao nhận.")
    PART = "part_mismatch", _("Phần việc của một cơ quan khác với kết quả tính lại từ sổ sự kiện.")
    CLOSE = "close_mismatch", _("Số liệu đã chốt khác với chữ ký của lần chốt.")
    KEPT_COUNT = "kept_count_mismatch", _("Số đếm lưu sẵn của một kỳ đã qua khác với kết quả đếm lại.")
    VOTE = "vote_mismatch", _("Chuỗi đánh giá bị đứt, hoặc một đánh giá khác với dấu băm của nó.")
    PETITION = "petition_mismatch", _("Phản ánh khác với sổ sự kiện của nó, sổ bị đứt, hoặc thiếu số.")
    SEAL = "seal_broken", _("Dấu niêm phong ngày không khớp với các sự kiện hoặc với dấu trước.")


@dataclass(frozen=True, slots=True)
class Finding:
    """`dossier`: its code or submission number, or "" for what concerns no single dossier; `what`: the details."""

    kind: Kind
    dossier: str
    what: str

    @property
    def sentence(self) -> str:
        """For a person."""
        return (
            f"{self.dossier}: {self.kind.label} ({self.what})" if self.dossier else f"{self.kind.label} ({self.what})"
        )

    def as_json(self) -> dict[str, Any]:
        """{"code", "dossier", "what", "sentence"}"""
        return {"code": self.kind.value, "dossier": self.dossier, "what": self.what, "sentence": self.sentence}


@dataclass
class Verdict:
    """What was checked and what was found; at most KEPT findings are kept, all are counted."""

    checked: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.counts

    def add(self, finding: Finding) -> None:
        """Count it, and keep it while there is room."""
        self.counts[finding.kind.value] += 1
        if len(self.findings) < KEPT:
            self.findings.append(finding)

    def as_json(self) -> dict[str, Any]:
        """{"ok", "checked": {thing: count}, "counts": {code: count}, "findings": [the first 1,000]}"""
        return {
            "ok": self.ok,
            "checked": dict(self.checked),
            "counts": dict(self.counts),
            "findings": [finding.as_json() for finding in self.findings],
        }

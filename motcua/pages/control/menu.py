"""What the control room has to offer, in groups, as its pages show it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

Group = tuple[Any, tuple[tuple[str, Any], ...]]

GROUPS: tuple[Group, ...] = (
    (
        _("Hôm nay"),
        (
            ("control:home", _("Bảng trực tiếp")),
            ("control:late", _("Hồ sơ quá hạn")),
            ("control:silent", _("Hồ sơ im lặng")),
            ("control:queue", _("Hàng chờ ở quầy")),
        ),
    ),
    (
        _("Đôn đốc, xin lỗi"),
        (
            ("control:reminders", _("Đôn đốc")),
            ("control:apologies", _("Thư xin lỗi")),
            ("control:notices", _("Thông báo gửi đi")),
        ),
    ),
    (
        _("Nhìn trước"),
        (
            ("control:likely", _("Dễ trễ hẹn")),
            ("control:load", _("Khối lượng sắp tới")),
            ("control:staffing", _("Số quầy cần mở")),
            ("control:lab", _("Thử nghiệm thủ tục")),
        ),
    ),
    (
        _("Toàn tỉnh"),
        (
            ("control:activity", _("Cơ quan hoạt động")),
            ("control:quality", _("Chất lượng dữ liệu")),
            ("oversight:petitions", _("Phản ánh, kiến nghị")),
            ("control:petition_routes", _("Nơi xử lý phản ánh")),
            ("oversight:ratings", _("Đánh giá sự hài lòng")),
            ("portal:corrections", _("Đính chính, sai sót của cơ quan")),
        ),
    ),
)

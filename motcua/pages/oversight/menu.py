"""What the oversight has to offer, in groups, as its first page shows it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

Group = tuple[Any, tuple[tuple[str, Any], ...]]

GROUPS: tuple[Group, ...] = (
    (
        _("Báo cáo"),
        (
            ("oversight:report", _("Lập báo cáo")),
            ("oversight:statutory", _("Biểu mẫu báo cáo")),
            ("oversight:closes", _("Số liệu đã chốt")),
            ("oversight:bulletin", _("Bản tin")),
            ("oversight:series", _("Theo thời gian, qua sắp xếp cơ quan")),
        ),
    ),
    (
        _("Chất lượng"),
        (
            ("oversight:ratings", _("Đánh giá sự hài lòng")),
            ("oversight:petitions", _("Phản ánh, kiến nghị")),
            ("oversight:indices", _("Chỉ số chất lượng phục vụ")),
            ("oversight:index_agencies", _("Chín chỉ số: cơ quan")),
            ("oversight:index_officers", _("Chín chỉ số: cán bộ")),
        ),
    ),
    (
        _("Việc đang chạy"),
        (
            ("oversight:late", _("Hồ sơ quá hạn")),
            ("oversight:consultations", _("Lấy ý kiến")),
            ("oversight:parts", _("Phần việc liên thông")),
        ),
    ),
    (
        _("Nhìn trước"),
        (
            ("control:likely", _("Dễ trễ hẹn")),
            ("control:load", _("Khối lượng sắp tới")),
            ("control:lab", _("Thử nghiệm thủ tục")),
        ),
    ),
    (_("Thủ tục"), (("oversight:catalogue", _("Danh mục thủ tục")),)),
)

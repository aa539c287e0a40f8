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
        ),
    ),
    (
        _("Đôn đốc, xin lỗi"),
        (
            ("control:reminders", _("Đôn đốc")),
        ),
    ),
)

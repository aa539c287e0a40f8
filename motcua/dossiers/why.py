"""Why a promised day is what it is, in one sentence that a person at the counter understands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from motcua.dossiers.clock_days import DayCode, DayReason

WEEKEND = ("Thứ Bảy", "Chủ nhật")
OFF = "Ngày nghỉ: "


def why_sentence(days: Sequence[DayReason], limit: str) -> str:
    """From which day the limit was counted, and which days were left out and why; empty without counted days."""
    counted = [row.day for row in days if row.counted]
    if not counted:
        return ""
    parts = [f"{limit[:1].upper()}{limit[1:]}, đếm từ {counted[0]:%d/%m/%Y}"]
    if days[0].code is DayCode.FIRST and days[0].day < counted[0]:
        parts[0] += " (ngày tiếp nhận không tính)"
    left_out = [row for row in days if row.code is DayCode.OFF and row.day > days[0].day]
    weekends = [row for row in left_out if row.reason.removeprefix(OFF).startswith(WEEKEND)]
    if weekends:
        parts.append(f"không đếm {len(weekends)} ngày cuối tuần")
    by_name: dict[str, list[date]] = {}
    for row in left_out:
        if row not in weekends:
            by_name.setdefault(row.reason.removeprefix(OFF), []).append(row.day)
    for name, off in by_name.items():
        parts.append(f"không đếm {', '.join(f'{day:%d/%m}' for day in off)} ({name})")
    if any(row.code is DayCode.ROLLED for row in days):
        parts.append("ngày cuối là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo")
    if paused := sum(row.code is DayCode.PAUSED for row in days):
        parts.append(f"không đếm {paused} ngày tạm dừng chờ bổ sung")
    return "; ".join(parts) + "."

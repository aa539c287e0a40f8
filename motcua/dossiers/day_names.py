"""The names of days off and make-up days, which the calendar keeps in Vietnamese, in the reader's language."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as lazy

# As the bundled calendar writes them; a name that a province enters itself is shown as it was entered.
NAMES = {
    "Thứ Hai": lazy("Thứ Hai"),
    "Thứ Ba": lazy("Thứ Ba"),
    "Thứ Tư": lazy("Thứ Tư"),
    "Thứ Năm": lazy("Thứ Năm"),
    "Thứ Sáu": lazy("Thứ Sáu"),
    "Thứ Bảy": lazy("Thứ Bảy"),
    "Chủ nhật": lazy("Chủ nhật"),
    "Tết Dương lịch": lazy("Tết Dương lịch"),
    "29 Tết": lazy("29 Tết"),
    "Giao thừa Tết Nguyên Đán": lazy("Giao thừa Tết Nguyên Đán"),
    "Tết Nguyên Đán": lazy("Tết Nguyên Đán"),
    "Mùng hai Tết Nguyên Đán": lazy("Mùng hai Tết Nguyên Đán"),
    "Mùng ba Tết Nguyên Đán": lazy("Mùng ba Tết Nguyên Đán"),
    "Mùng bốn Tết Nguyên Đán": lazy("Mùng bốn Tết Nguyên Đán"),
    "Mùng năm Tết Nguyên Đán": lazy("Mùng năm Tết Nguyên Đán"),
    "Ngày Giỗ Tổ Hùng Vương": lazy("Ngày Giỗ Tổ Hùng Vương"),
    "Ngày Chiến thắng": lazy("Ngày Chiến thắng"),
    "Ngày Quốc tế Lao động": lazy("Ngày Quốc tế Lao động"),
    "Quốc khánh": lazy("Quốc khánh"),
    "Ngày Văn hóa Việt Nam": lazy("Ngày Văn hóa Việt Nam"),
    "Ngày nghỉ": lazy("Ngày nghỉ"),
    "Nghỉ hoán đổi dịp Tết Dương lịch": lazy("Nghỉ hoán đổi dịp Tết Dương lịch"),
    "nghỉ bù": lazy("nghỉ bù"),
}
DATED = (
    (re.compile(r"Làm bù cho ngày (\S+)"), lazy("Làm bù cho ngày %(day)s")),
    (re.compile(r"thay cho ngày (\S+)"), lazy("thay cho ngày %(day)s")),
    (re.compile(r"làm bù (\S+)"), lazy("làm bù %(day)s")),
)
_WITH_NOTE = re.compile(r"(.+) \(([^()]+)\)")


def day_name(name: str) -> str:
    """`Quốc khánh (nghỉ bù)` as `National Day (substitute day off)`."""
    if found := _WITH_NOTE.fullmatch(name):
        return f"{_part(found[1])} ({_part(found[2])})"
    return _part(name)


def _part(name: str) -> str:
    if name in NAMES:
        return str(NAMES[name])
    for pattern, words in DATED:
        if found := pattern.fullmatch(name):
            return str(words) % {"day": found[1]}
    return name

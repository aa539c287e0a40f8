"""A hall for the demo: lines and counters of one unit, where it has none."""

from __future__ import annotations

from motcua.offices.models import Office
from motcua.tickets.models import Counter, Line

LINES: tuple[tuple[str, str, str, list[str]], ...] = (
    (
        "A",
        "Hộ tịch, chứng thực, lý lịch tư pháp",
        "Civil status, certification",
        ["Hộ tịch", "Chứng thực", "Lý lịch tư pháp"],
    ),
    ("B", "Đất đai, xây dựng", "Land, building", ["Đất đai", "Hoạt động xây dựng", "Nhà ở và công sở"]),
    ("C", "Lĩnh vực khác", "Everything else", []),
)
COUNTERS = {1: "A", 2: "AC", 3: "BC", 4: "ABC"}
SLOT_MOST = 4


def settle_hall(office: Office) -> None:
    """Three lines and four counters; nothing where there is a line already."""
    if Line.objects.filter(office=office).exists():
        return
    lines = {
        letter: Line.objects.create(
            office=office, letter=letter, name=name, name_en=name_en, fields=fields, slot_most=SLOT_MOST
        )
        for letter, name, name_en, fields in LINES
    }
    for number, letters in COUNTERS.items():
        Counter.objects.create(office=office, number=number).lines.set([lines[letter] for letter in letters])

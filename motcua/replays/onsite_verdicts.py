"""What was printed of the list of the centre, beside the list of the replay: procedures, not dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F

from motcua.base.numbers import percent, show_count
from motcua.catalogue.life.onsite import AIM_PERCENT, list_on
from motcua.catalogue.models import Procedure
from motcua.dossiers.models import Stay
from motcua.replays.lines import Line, Published, Verdict
from motcua.replays.onsite import department_keys
from motcua.replays.plans import Plan

OF_THE_LIST = frozenset({"tthc.onsite4", "tthc.onsite4_rate", "tthc.onsite5_rate", "target.onsite4_rate"})


def of_the_list(row: Published, plan: Plan, counts: Mapping[str, int]) -> Line:
    """The list in force on the last day of the period, as the catalogue has it; a list has no scale."""
    current = list_on(plan.last)
    listed = set(current.entries.values_list("procedure_id", flat=True)) if current else set()
    if row.measure == "target.onsite4_rate":
        return _line(row, str(AIM_PERCENT), int(row.value) == AIM_PERCENT, "chỉ tiêu ghi trên trang tại chỗ")
    if row.measure == "tthc.onsite4":
        if len(listed) < int(row.value):
            return Line(row, show_count(len(listed)), Verdict.OUTSIDE, "danh mục nạp ở đây không đủ thủ tục")
        return _line(row, show_count(len(listed)), len(listed) == int(row.value), "danh mục tổng hợp của bản diễn lại")
    if row.measure == "tthc.onsite5_rate":
        rows = Procedure.objects.filter(current__levels__contains=["TINH"], competent_key__in=department_keys())
        whole = set(rows.values_list("pk", flat=True))
        share, part = percent(len(whole & listed), len(whole)), len(whole & listed)
        why = f"thủ tục do sở giải quyết: {show_count(part)} : {show_count(len(whole))}"
        return _line(row, _shown(share), share == Decimal(row.value), why)
    return _rate_without_whole(row, counts["tthc.onsite4"])


def there_all_along(line: Line, plan: Plan) -> Line:
    """The line of a total with what the ledger of stays says: whether a dossier that is done at the centre ever left it."""
    stays = Stay.objects.filter(dossier__origin_ref__startswith=f"{plan.name}:").exclude(dossier__process__mode="")
    stays = stays.exclude(dossier__process=None)
    away = stays.exclude(office=F("dossier__receiving_office")).count()
    why = f"{show_count(stays.count())} lượt lưu, {show_count(away)} ở nơi khác ngoài Trung tâm"
    return replace(
        line, why="; ".join(filter(None, (line.why, why))), verdict=Verdict.DIFFERENT if away else line.verdict
    )


def _rate_without_whole(row: Published, part: int) -> Line:
    """A printed rate whose whole was not printed: right if one whole number gives it, and which."""
    printed = Decimal(row.value)
    near = int(part * 100 / printed)
    wholes = [whole for whole in range(max(near - 9, part), near + 10) if _rounded(part, whole, printed) == printed]
    if not wholes:
        return Line(row, "–", Verdict.MISPRINT, f"không có mẫu số nguyên nào cho {row.value} % từ {show_count(part)}")
    sums = ", ".join(f"{show_count(part)} : {show_count(whole)} = {_shown(printed)} %" for whole in wholes)
    only = "số nguyên duy nhất khớp" if len(wholes) == 1 else "các số nguyên khớp"
    return Line(row, _shown(printed), Verdict.EQUAL, f"{sums}; mẫu số không in, đây là {only}")


def _rounded(part: int, whole: int, like: Decimal) -> Decimal:
    return (Decimal(part) * 100 / whole).quantize(like, ROUND_HALF_UP)


def _line(row: Published, ours: str, is_equal: bool, why: str) -> Line:
    return Line(row, ours, Verdict.EQUAL if is_equal else Verdict.DIFFERENT, why)


def _shown(number: Decimal | None) -> str:
    return "–" if number is None else str(number).replace(".", ",")

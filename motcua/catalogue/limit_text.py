"""From what a source prints to a typed limit: certain only when value and unit are explicit and nothing contradicts.

Pure; no Django. Whatever is not certain keeps a reason code and waits for a person.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from fractions import Fraction
from typing import Any

from motcua.calendar.limits import Limit, LimitError, LimitKind, Part, Unit
from motcua.catalogue.durations import Duration, find_clock_times, find_dates, find_durations, is_miswritten

UNKNOWN = Limit(LimitKind.UNKNOWN)
UNUSUAL = {Unit.WORKING_DAY: 365, Unit.DAY: 500, Unit.WORKING_HOUR: 500, Unit.HOUR: 500, Unit.MONTH: 24, Unit.YEAR: 2}
TYPED_UNITS = {
    "NGAY_LAM_VIEC": Unit.WORKING_DAY,
    "NGAY": Unit.DAY,
    "GIO_LAM_VIEC": Unit.WORKING_HOUR,
    "GIO": Unit.HOUR,
    "THANG": Unit.MONTH,
    "NAM": Unit.YEAR,
}
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MONEY = re.compile(r"\d\s*(?:việt nam )?(?:vnđ|vnd|đồng|đ|usd)\b|\bvnđ\b|fused with fee")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_EMPTY = re.compile(r"(?:không có thông tin|không có|chưa có thông tin|không rõ|[-–.\s]*)")
_NOT_REGULATED = re.compile(
    r"(?:không|chưa)(?: có)? (?:quy định|xác định|tính thời gian|phải trả kết quả)(?: cụ thể)?(?: về thời gian .*)?[.]?"
)
_SAME_DAY = re.compile(
    r"(?:thời hạn thực hiện yêu cầu chứng thực là )?(?:ngay )?trong ngày(?: làm việc)?(?: cơ quan, tổ chức)? tiếp nhận"
    r" (?:hồ sơ|yêu cầu)(?: hoặc trong ngày làm việc tiếp theo,? nếu tiếp nhận yêu cầu sau (\d{1,2}) giờ"
    r"|[;,.] ?trường hợp nhận hồ sơ sau (\d{1,2}) giờ mà không giải quyết được ngay thì trả kết quả"
    r" trong ngày làm việc tiếp theo)[.;]?"
    r"(?: ?trường hợp trả kết quả trong ngày làm việc tiếp theo thì người tiếp nhận hồ sơ phải có phiếu hẹn"
    r" ghi rõ thời gian \(giờ, ngày\) trả kết quả cho người yêu cầu chứng thực[.]?)?"
)
_HEADING = re.compile(
    r"tổng(?: cộng)? thời gian(?: giải quyết| thực hiện)?(?: tthc| thủ tục hành chính)?\s*[:|][:|\s]*"
)
_INTRO = re.compile(
    r"(?:-\s+)?(?:(?:trong )?thời hạn(?: giải quyết)?(?: là)?[: ]*|trong |không quá |tối đa |chậm nhất(?: là)? )*"
)
_START = re.compile(
    r"[,;]?\s*\(?(?:(?:kể |tính )?từ (?:ngày|khi|thời điểm) )?(?:cơ quan(?: có thẩm quyền)? )?(?:tiếp )?nhận"
    r"(?: được)?(?: đủ| đầy đủ)?(?: hồ sơ| giấy tờ)(?: đầy đủ| đủ)?(?:,| và)?(?: hợp lệ)?(?: đầy đủ)?"
    r"(?:,? theo quy định| quy định)?\)?[.;]?"
)
_BY_A_DATE = re.compile(r"^(?:trước|vào|chậm nhất|muộn nhất|đến|hết|từ)?(?: là| vào| trước| đến| hết)*\s*ngày \d")
_REASONS = (
    ("by_case", re.compile(r"trường hợp|đối với|\briêng\b|\bnếu\b")),
    ("may_be_extended", re.compile(r"kéo dài|gia hạn|thỏa thuận|thoả thuận")),
    ("other_start", re.compile(r"(?:kể|tính) từ")),
)


@dataclass(frozen=True, slots=True)
class LimitReading:
    """What was read; `doubt` is a reason code, empty exactly when the limit is certain."""

    limit: Limit
    doubt: str = ""

    @property
    def certain(self) -> bool:
        """May start a clock without a person's word."""
        return not self.doubt


def plain(text: object) -> str:
    """One spelling for comparing: NFC, lower case, single spaces, no zero-width characters."""
    kept = _INVISIBLE.sub("", unicodedata.normalize("NFC", str(text or "")))
    return " ".join(kept.lower().split())


def read_text(source: object) -> LimitReading:
    """A limit from one printed string alone. Never raises; whatever isn't plain waits for a person."""
    text = plain(source)
    if _EMPTY.fullmatch(text):
        return LimitReading(UNKNOWN, "empty")
    if _MONEY.search(text):
        return LimitReading(UNKNOWN, "fused_with_fee")
    if _NUMBER.fullmatch(text):
        return LimitReading(UNKNOWN, "zero" if not text.strip("0.,") else "no_unit")
    if _NOT_REGULATED.fullmatch(text):
        return LimitReading(Limit(LimitKind.NONE), "not_regulated")
    return _read_same_day(text) or _read_duration(_HEADING.sub("", text)) or _read_prose(text)


def read_row(row: Mapping[str, Any]) -> LimitReading:
    """The limit of one channel row: the printed string, held against its typed value, its note and its flags."""
    flags = set(row.get("flags") or ())
    if "time_fee_fused" in flags or row.get("time_kind") == "DINH_LIEN_PHI":
        return LimitReading(UNKNOWN, "fused_with_fee")
    reading = read_text(row.get("time_raw"))
    note = plain(row.get("note"))
    if reading.doubt == "hour_unit" and "clock_time_as_duration" not in flags:
        reading = _hours_confirmed_by(note, reading)
    if reading.doubt in ("empty", "no_unit") and (said := read_text(note)).certain:
        return LimitReading(said.limit, reading.doubt)  # a proposal for the person who confirms
    if not reading.certain:
        return reading
    doubt = _typed_contradiction(reading.limit, row) or _flag_doubt(flags) or _note_contradiction(reading.limit, note)
    return LimitReading(reading.limit, doubt)


def _read_same_day(text: str) -> LimitReading | None:
    found = _SAME_DAY.fullmatch(text)
    if found is not None:
        hour = int(found[1] or found[2])
        return LimitReading(Limit(LimitKind.SAME_DAY, cutoff=time(hour))) if hour < 24 else None
    if re.match(r"(?:[-+]\s*)?(?:thời hạn .{0,60})?(?:ngay )?trong ngày", text):
        doubt = next((code for code, pattern in _REASONS if pattern.search(text)), "no_cutoff")
        return LimitReading(Limit(LimitKind.SAME_DAY), doubt)
    if re.match(r"ngay (?:sau )?khi|ngay khi", text):
        return LimitReading(Limit(LimitKind.IMMEDIATE), "no_number")
    return None


def _read_duration(text: str) -> LimitReading | None:
    """The whole string is one duration, perhaps with a usual beginning and the usual starting event."""
    rest = text[_INTRO.match(text).end() :]  # type: ignore[union-attr]
    found = find_durations(rest)
    if not found or found[0].start != 0:
        return None
    parts, end = _chain(rest, found)
    tail = rest[end:].strip()
    if tail and not _START.fullmatch(tail) and tail not in {".", ";"}:
        return None
    return _weigh([(duration.value, duration.unit) for duration in parts])


def _chain(text: str, found: list[Duration]) -> tuple[list[Duration], int]:
    """Durations added together: `02 tháng và 15 ngày làm việc`."""
    parts = [found[0]]
    for duration in found[1:]:
        if text[parts[-1].end : duration.start].strip() not in {"và", "+"}:
            break
        parts.append(duration)
    return parts, parts[-1].end


def _weigh(pairs: list[tuple[Fraction, Unit]]) -> LimitReading:
    """Is this duration one that may start a clock?"""
    if any(value == 0 for value, _ in pairs):
        return LimitReading(UNKNOWN, "zero")
    units = [unit for _, unit in pairs]
    try:
        limit = Limit(LimitKind.DURATION, tuple(Part(value, unit) for value, unit in pairs))
    except LimitError:
        return LimitReading(UNKNOWN, "odd_number")
    if len(set(units)) != len(units):
        return LimitReading(UNKNOWN, "several_durations")
    return LimitReading(limit, _size_doubt(pairs))


def _size_doubt(pairs: list[tuple[Fraction, Unit]]) -> str:
    """Explicit, and still not to be believed without a person."""
    if any(value > UNUSUAL[unit] for value, unit in pairs):
        return "unusual_size"
    if any(unit is Unit.HOUR for _, unit in pairs):
        return "hour_unit"
    return "part_of_a_day" if any(value.denominator != 1 and unit is Unit.DAY for value, unit in pairs) else ""


def _read_prose(text: str) -> LimitReading:
    """No plain limit in it: which reason helps the person most?"""
    durations = find_durations(text)
    if not durations:
        if find_clock_times(text):
            return LimitReading(UNKNOWN, "clock_time")
        if find_dates(text) and _BY_A_DATE.search(text):
            return LimitReading(Limit(LimitKind.FIXED_DATE), "fixed_date")
        return LimitReading(UNKNOWN, "prose" if re.search(r"\d", text) else "no_number")
    if find_clock_times(text):
        return LimitReading(UNKNOWN, "clock_time")
    if len({(duration.value, duration.unit) for duration in durations}) > 1:
        return LimitReading(UNKNOWN, "several_durations")
    return LimitReading(UNKNOWN, next((code for code, pattern in _REASONS if pattern.search(text)), "prose"))


def _hours_confirmed_by(note: str, reading: LimitReading) -> LimitReading:
    """`8 Giờ` is certain only when the row's own note says working hours."""
    value = reading.limit.parts[0].value
    if len(reading.limit.parts) == 1 and any(
        duration.value == value and duration.unit is Unit.WORKING_HOUR for duration in find_durations(note)
    ):
        return LimitReading(Limit(LimitKind.DURATION, (Part(value, Unit.WORKING_HOUR),)))
    clock = "clock_time" if any(value == hour for hour in find_clock_times(note)) else reading.doubt
    return LimitReading(reading.limit, clock)


def _typed_contradiction(limit: Limit, row: Mapping[str, Any]) -> str:
    """The source's own split into value and unit must say what its text says."""
    if row.get("value") is None and row.get("unit") is None:
        return ""
    try:
        value = Fraction(str(row.get("value")))
    except (ValueError, ZeroDivisionError):
        return "typed_contradicts_text"
    unit = TYPED_UNITS.get(str(row.get("unit")))
    same = any(
        part.value == value and (part.unit is unit or (unit is Unit.HOUR and part.unit is Unit.WORKING_HOUR))
        for part in limit.parts
    )
    return "" if same else "typed_contradicts_text"


def _flag_doubt(flags: set[str]) -> str:
    known = ("clock_time_as_duration", "unit_contradicts_note", "note_has_other_durations")
    return next((flag for flag in known if flag in flags), "flagged" if flags else "")


def _note_contradiction(limit: Limit, note: str) -> str:
    """Does the note of the same row speak of another time?"""
    if find_clock_times(note):
        return "clock_time"
    if "ngay trong ngày" in note:
        return "note_says_same_day"
    if is_miswritten(note):
        return "note_miswritten"
    meant = {(part.value, part.unit) for part in limit.parts}
    others = {(duration.value, duration.unit) for duration in find_durations(note)} - meant
    if not others:
        return ""
    same_numbers = {value for value, _ in others} <= {value for value, _ in meant}
    return "unit_contradicts_note" if same_numbers else "note_has_other_durations"

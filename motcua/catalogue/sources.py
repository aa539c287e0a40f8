"""Reading source files of procedures: what can be read is kept, what can't is told with its file and line."""

import csv
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.catalogue.form_fields import FieldsRefused, read_fields

LONGEST_LINE = 4 * 1024 * 1024
LONGEST_NAME = 4000
LARGEST_COUNT = 2_000_000_000
CODE = re.compile(r"[0-9][0-9A-Za-z.\-]{2,39}")
SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".csv.gz")
Row = dict[str, Any]


class RowRefused(ValueError):
    """A row that can't be taken; the sentence is for people."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Which line of which file, and why."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return _("%(file)s, dòng %(line)d: %(reason)s") % {"file": self.file, "line": self.line, "reason": self.reason}


@dataclass
class Sources:
    """All rows of the files given, by part and code, and everything that was refused."""

    parts: dict[str, dict[str, Row]] = field(
        default_factory=lambda: {p: {} for p in ("core", "dossier", "prose", "form", "older")}
    )
    tables: dict[str, list[Row]] = field(
        default_factory=lambda: {t: [] for t in ("replacements", "processes", "steps")}
    )
    refusals: list[Refusal] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def refuse(self, path: Path, line: int, reason: str) -> None:
        """Keep the reason; the rest of the file goes on."""
        self.refusals.append(Refusal(path.name, line, reason))


def files_of(paths: list[str]) -> list[Path]:
    """The files behind paths and directories, each once. Raises FileNotFoundError on a path that isn't there."""
    files: dict[Path, Path] = {}
    for path in map(Path, paths):
        if not path.exists():
            raise FileNotFoundError(_("Không có tệp hoặc thư mục “%s”.") % path)
        found = sorted(p for p in path.rglob("*") if p.name.endswith(SUFFIXES)) if path.is_dir() else [path]
        if not found:
            raise FileNotFoundError(_("Thư mục “%s” không có tệp .jsonl, .jsonl.gz hay .csv nào.") % path)
        files |= {p.resolve(): p for p in found}
    return list(files.values())


def read(files: list[Path], on_progress: Callable[[str, int], None] = lambda name, line: None) -> Sources:
    """Read every file, in any order; the kind of a row is told by its shape, never by the file's name."""
    sources = Sources()
    for path in files:
        if path.name.removesuffix(".gz").endswith(".csv"):
            _read_table(path, sources)
        else:
            _read_rows(path, sources, on_progress)
    return sources


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if zipped else path.open("rb")  # type: ignore[return-value]


def _lines(path: Path, sources: Sources) -> Iterator[tuple[int, bytes]]:
    """Lines of bounded length; a stream that breaks ends the file, with its line."""
    number = 0
    try:
        with _open(path) as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) <= LONGEST_LINE:
                    yield number, line
                    continue
                sources.refuse(path, number, _("dòng dài quá %d byte.") % LONGEST_LINE)
                while line and not line.endswith(b"\n"):
                    line = stream.readline(LONGEST_LINE)
    except (OSError, EOFError, zlib.error) as error:
        sources.refuse(path, number + 1, _("tệp bị hỏng hoặc bị cắt giữa chừng (%s).") % error)


def _read_rows(path: Path, sources: Sources, on_progress: Callable[[str, int], None]) -> None:
    seen: dict[tuple[str, str], int] = {}
    for number, line in _lines(path, sources):
        if number % 200 == 0:
            on_progress(path.name, number)
        if not line.strip():
            continue
        try:
            row = parse_line(line)
            part = part_of(row)
            check(part, row)
            first = seen.setdefault((part, row["code"]), number)
            if first != number:
                raise RowRefused(_("mã %(code)s đã có ở dòng %(line)d.") % {"code": row["code"], "line": first})
        except RowRefused as error:
            sources.refuse(path, number, str(error))
            continue
        _keep(sources.parts[part], row)


def _keep(rows: dict[str, Row], row: Row) -> None:
    """Of two files that speak of one code, the newer snapshot counts, and of equals the later file."""
    known = rows.get(row["code"])
    if known is None or str(known.get("snapshot", "")).lstrip("<=") <= str(row.get("snapshot", "")).lstrip("<="):
        rows[row["code"]] = row


def parse_line(line: bytes) -> Row:
    """One JSON object; fractions stay text, so that nothing is rounded. Raises RowRefused."""
    try:
        text = line.decode("utf-8-sig")
        row = json.loads(text, parse_float=str, parse_constant=_no_constant)
        json.dumps(row, ensure_ascii=False).encode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise RowRefused(_("không phải UTF-8 (%s).") % error.reason) from error
    except (ValueError, RecursionError) as error:
        raise RowRefused(_("không phải JSON hợp lệ (%s).") % error) from error
    if not isinstance(row, dict):
        raise RowRefused(_("không phải một đối tượng JSON."))
    if "\\u0000" in text or "\x00" in text:
        raise RowRefused(_("có ký tự không lưu được (U+0000)."))
    return row


def _no_constant(name: str) -> None:
    raise ValueError(name)


def part_of(row: Row) -> str:
    """Which kind of row this is, by its shape."""
    if "groups" in row:
        return "dossier"
    if "fields" in row and "channels" not in row:
        return "form"
    if "steps" in row and "channels" not in row:
        return "prose"
    return "older" if "changed" in row and "local" not in row else "core"


TEXTS = {
    "core": ("decision", "kind", "field", "ministry", "authority", "url", "src", "snapshot", "receiving_address"),
    "prose": ("steps", "conditions"),
    "older": ("src", "snapshot"),
    "dossier": ("src",),
    "form": ("component", "src"),
}


def check(part: str, row: Row) -> None:
    """Types and sizes of one row; raises RowRefused with the field that is wrong."""
    code = row.get("code")
    if not isinstance(code, str) or not CODE.fullmatch(code.strip()):
        raise RowRefused(_("thiếu mã thủ tục hoặc mã sai (%r).") % (code if code is None else str(code)[:60]))
    row["code"] = code.strip()
    for name in TEXTS[part]:
        if not isinstance(row.get(name), str | None):
            raise RowRefused(_("“%s” phải là chữ.") % name)
    CHECKS[part](row)


def _check_core(row: Row) -> None:
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise RowRefused(_("thiếu tên thủ tục."))
    if len(name) > LONGEST_NAME:
        raise RowRefused(_("tên thủ tục dài quá %d chữ.") % LONGEST_NAME)
    for key in ("levels", "subjects", "executing", "laws"):
        if not _is_list(row.get(key), str):
            raise RowRefused(_("“%s” phải là danh sách chữ.") % key)
    if not _is_list(row.get("results"), dict):
        raise RowRefused(_("“results” phải là danh sách."))
    if not isinstance(row.get("local"), bool | None):
        raise RowRefused(_("“local” phải là đúng hoặc sai."))
    if not _is_list(row.get("channels"), dict):
        raise RowRefused(_("“channels” phải là danh sách."))
    for channel in row.get("channels") or ():
        _check_channel(channel)


def _check_channel(channel: Row) -> None:
    ways = channel.get("channels")
    if not _is_list(ways, str) or not set(ways or ()) <= {"TRUC_TIEP", "TRUC_TUYEN", "BUU_CHINH"}:
        raise RowRefused(_("hình thức nộp không hợp lệ: %s.") % str(ways)[:80])
    for key in ("time_raw", "time_kind", "unit", "note", "fee_raw"):
        if not isinstance(channel.get(key), str | None):
            raise RowRefused(_("“%s” phải là chữ.") % key)
    if not _is_number(channel.get("value")):
        raise RowRefused(_("“value” phải là số."))
    if not _is_list(channel.get("flags"), str) or not _is_list(channel.get("fees"), dict):
        raise RowRefused(_("“flags”, “fees” phải là danh sách."))
    for fee in channel.get("fees") or ():
        if not _is_number(fee.get("amount")):
            raise RowRefused(_("mức phí phải là số."))
        if not all(isinstance(fee.get(key), str | None) for key in ("kind", "currency", "note", "raw")):
            raise RowRefused(_("nội dung phí phải là chữ."))


def _check_dossier(row: Row) -> None:
    if not _is_list(row["groups"], dict):
        raise RowRefused(_("“groups” phải là danh sách."))
    for group in row["groups"] or ():
        if not isinstance(group.get("case"), str | None) or not _is_list(group.get("items"), dict):
            raise RowRefused(_("trường hợp hoặc thành phần hồ sơ sai kiểu."))
        for item in group.get("items") or ():
            if not isinstance(item.get("name"), str) or not isinstance(item.get("form"), str | None):
                raise RowRefused(_("thành phần hồ sơ thiếu tên."))
            for key in ("original", "copy"):
                count = item.get(key, 0)
                if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= LARGEST_COUNT:
                    raise RowRefused(_("số bản không hợp lệ: %s.") % str(count)[:40])


def _check_prose(row: Row) -> None:
    if not isinstance(row.get("steps"), str | None):
        raise RowRefused(_("“steps” phải là chữ."))


def _check_form(row: Row) -> None:
    if not fold(row.get("component") or ""):
        raise RowRefused(_("mẫu khai phải nói thuộc thành phần hồ sơ nào."))
    try:
        read_fields(row["fields"])
    except FieldsRefused as error:
        raise RowRefused(str(error)) from error


def _check_older(row: Row) -> None:
    if not _is_list(row.get("channels"), dict):
        raise RowRefused(_("“channels” phải là danh sách."))


CHECKS: dict[str, Callable[[Row], None]] = {
    "core": _check_core,
    "dossier": _check_dossier,
    "prose": _check_prose,
    "form": _check_form,
    "older": _check_older,
}


def _is_list(value: object, kind: type) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, kind) for item in value))


def _is_number(value: object) -> bool:
    """Absent, a whole number of sane size, or the text of a fraction as `parse_line` leaves it."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value is None or abs(value) < 10**15
    return isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", value) is not None


TABLES = {
    "replacements": {"code", "component_replaced", "database"},
    "processes": {"process_id", "decision", "tthc_codes", "total_raw"},
    "steps": {"process_id", "seq", "role", "time_raw"},
}


def _read_table(path: Path, sources: Sources) -> None:
    """A CSV is known by its header; others are left alone with a notice."""
    lines = _decoded(path, sources)
    reader = csv.DictReader((line for _number, line in lines), strict=True)
    try:
        header = set(reader.fieldnames or ())
        table = next((name for name, columns in TABLES.items() if columns <= header), None)
        if table is None:
            sources.notices.append(_("%s: bảng không dùng đến, bỏ qua.") % path.name)
            return
        for row in reader:
            if None in row or None in row.values():
                sources.refuse(path, reader.line_num, _("số cột không khớp tiêu đề."))
                continue
            sources.tables[table].append(row)
    except csv.Error as error:
        sources.refuse(path, reader.line_num, _("không phải CSV hợp lệ (%s).") % error)


def _decoded(path: Path, sources: Sources) -> Iterator[tuple[int, str]]:
    for number, line in _lines(path, sources):
        try:
            yield number, line.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            sources.refuse(path, number, _("không phải UTF-8 (%s).") % error.reason)

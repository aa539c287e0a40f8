"""Open data of a month: what was received and resolved, by office and field, small numbers hidden, signed.

Only what a province closed is published, from the frozen figures, so a file and the report that somebody answered for
say the same. Each measure is a table of its own with its sums; measures that are sums of others, and what stands open
at a month's end, are left out, because hidden numbers could be computed from them and from the months beside.
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.canonical import canonical_json
from motcua.base.errors import Invalid, NotThere
from motcua.law.store import regime_on
from motcua.offices.models import Office
from motcua.reports.measures import MEASURES
from motcua.reports.models import OpenMonth, PeriodClose
from motcua.reports.suppression import ALL, Cell, suppressed
from motcua.signing.codes import code_keys, opened_with, sealed

ABOUT = "du-lieu-mo"
MANIFEST, KEYS = "manifest.json", "khoa-cong-khai.json"
# Flows that no sum ties together: neither totals nor what is open, which the balance of two months would tell.
MEASURES_PUBLISHED = (
    "new_counter", "new_online", "new_post", "resolved_early", "resolved_on_time", "resolved_late", "withdrawn", "stopped",
)  # fmt: skip
HEADS = ("month", "office_code", "office", "field", "measure", "value", "status")
SHOWN, HIDDEN = "published", "hidden"
# What is counted apart is published together: a small number of the one would hide, or tell, the other.
_PART_OF = {part: key for key in MEASURES_PUBLISHED for part in MEASURES[key].parts}
_CELLS = """
SELECT f.office_id, v.field, f.measure, count(*)
FROM reports_frozenfigure f CROSS JOIN unnest(f.dossiers) AS x (id)
JOIN dossiers_dossier d ON d.id = x.id JOIN catalogue_procedureversion v ON v.id = d.version_id
WHERE f.close_id = %s AND f.measure = ANY(%s) GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the files; `value` None: hidden. `*` stands for all offices or all fields."""

    office_code: str
    office: str
    field: str
    measure: str
    value: int | None


def is_publishable(close: PeriodClose) -> bool:
    """A whole calendar month of a province, counted for the offices that decide."""
    month = f"{close.first:%Y-%m}"
    return close.text == month and close.place == "competent" and close.office.kind == Office.Kind.PROVINCE


def publish(close: PeriodClose, at: datetime) -> OpenMonth:
    """The files of a close, made once and signed; again the same. Raises Invalid for what is no month of a province."""
    made = OpenMonth.objects.filter(close=close).first()
    if made is not None:
        return made
    if not is_publishable(close):
        raise Invalid(_("Dữ liệu mở chỉ có cho tháng mà tỉnh đã chốt theo cơ quan giải quyết."), code="not_open_data")
    k = threshold(close.last)
    rows = list(rows_of(close, k))
    files = {"csv": as_csv(close, rows), "json": as_json(close, rows, k)}
    with transaction.atomic():
        return OpenMonth.objects.create(
            close=close, threshold=k, **files, manifest=manifest_of(close, files, k, at), made_at=at
        )


def threshold(on: date) -> int:
    """Numbers below this one are hidden, as the parameter stood on a day."""
    return regime_on(on).open_data_threshold


def rows_of(close: PeriodClose, k: int) -> Iterator[Row]:
    """Every number above nought with the sums, small ones hidden, others hidden so that these can't be recomputed."""
    tables: dict[str, dict[Cell, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, [close.pk, [*MEASURES_PUBLISHED, *_PART_OF]])
        for office_id, field, measure, count in cursor.fetchall():
            cell, table = (str(office_id), field or "-"), tables[_PART_OF.get(measure, measure)]
            table[cell] = table.get(cell, 0) + count
    offices = Office.objects.in_bulk({int(office) for table in tables.values() for office, _field in table})
    for measure in MEASURES_PUBLISHED:
        made = suppressed(tables[measure], k)
        for office_id, field in sorted(made.hidden | set(made.numbers), key=lambda cell: _order(cell, offices)):
            code, name = _named(office_id, offices)
            yield Row(code, name, field, measure, made.numbers.get((office_id, field)))


def as_csv(close: PeriodClose, rows: list[Row]) -> str:
    """The rows with their heads; a hidden value is an empty cell with the status `hidden`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADS)
    for row in rows:
        value, status = ("", HIDDEN) if row.value is None else (row.value, SHOWN)
        writer.writerow([close.text, row.office_code, row.office, row.field, row.measure, value, status])
    return out.getvalue()


def as_json(close: PeriodClose, rows: list[Row], k: int) -> str:
    """The same with definitions, units and the rule of hiding."""
    said = about(close, k) | {
        "rows": [
            {
                "office_code": row.office_code,
                "office": row.office,
                "field": row.field,
                "measure": row.measure,
                "value": row.value,
            }
            for row in rows
        ]
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def about(close: PeriodClose, k: int) -> dict[str, Any]:
    """What the numbers are: period, office, definitions as they were closed, unit, licence."""
    said = close.definitions["measures"]
    return {
        "title": f"Giải quyết thủ tục hành chính, tháng {close.first:%m/%Y}",
        "period": {"month": close.text, "from": close.first.isoformat(), "to": close.last.isoformat()},
        "office": {"code": close.office.code_qd20, "name": close.office.name},
        "unit": "hồ sơ",
        "counted_for": "cơ quan giải quyết",
        "measures": [
            {"key": key, "name": said[key][0], "sentence": said[key][1], "law": said[key][2]}
            for key in MEASURES_PUBLISHED
        ],
        "definition_version": close.definition_version,
        "close": {"number": close.number, "closed_at": close.closed_at.isoformat(), "digest": close.digest},
        "all": ALL,
        "threshold": k,
        "hiding": (
            f"Số từ 1 đến {k - 1} được che (value trống), và thêm số khác được che để không tính ngược lại được từ các "
            "tổng. Ô không có trong tệp là 0."
            if k > 1
            else "Không số nào bị che. Ô không có trong tệp là 0."
        ),
        "licence": settings.OPEN_DATA_LICENCE,
    }


def file_names(close: PeriodClose) -> dict[str, str]:
    """{kind: name} of the files of a month."""
    stem = f"{close.office.code_qd20}-{close.text}"
    return {"csv": f"{stem}.csv", "json": f"{stem}.json"}


def manifest_of(close: PeriodClose, files: Mapping[str, str], k: int, at: datetime) -> str:
    """JSON that names the files with their checksums; `signature` is a signed text over the digest of all the rest."""
    names = file_names(close)
    said = about(close, k) | {
        "files": [
            {"name": names[kind], "bytes": len(text.encode()), "sha256": sha256(text.encode()).hexdigest()}
            for kind, text in files.items()
        ],
        "made_at": at.isoformat(),
    }
    signed = said | {"signature": sealed([ABOUT, sha256(canonical_json(said)).hexdigest()], at)}
    return json.dumps(signed, ensure_ascii=False, indent=1) + "\n"


def write_files(made: OpenMonth, folder: Path) -> list[Path]:
    """The month's files, the manifest and the published keys, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    names = file_names(made.close)
    keys = {"keys": [{"id": key.id, "public": key.public} for key in code_keys()]}
    texts = {
        names["csv"]: made.csv,
        names["json"]: made.json,
        MANIFEST: made.manifest,
        KEYS: json.dumps(keys, indent=1) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    return [folder / name for name in texts]


def verify(folder: Path, keys: Path | None = None) -> dict[str, Any]:
    """The manifest of a folder whose checksums and signature hold; with nothing but these files.

    keys: published keys got from elsewhere, else those in the folder, which prove only that nothing changed since.
    Raises Invalid with what doesn't hold, NotThere when a file is missing.
    """
    manifest = _read_json(folder / MANIFEST)
    published = _read_json(keys or folder / KEYS)
    signature = manifest.pop("signature", "")
    try:
        public = {key["id"]: key["public"] for key in published["keys"]}
        files = [(folder / Path(file["name"]).name, file["sha256"]) for file in manifest["files"]]
        digest = sha256(canonical_json(manifest)).hexdigest()
    except (KeyError, TypeError) as fault:
        raise Invalid(_("Tệp không có nội dung cần có."), code="open_data_unreadable") from fault
    if opened_with(str(signature), public) != [ABOUT, digest]:
        raise Invalid(_("Chữ ký không phải của manifest này: nội dung đã bị sửa."), code="open_data_forged")
    for path, expected in files:
        if sha256(_read(path)).hexdigest() != expected:
            raise Invalid(_("%(name)s đã bị sửa: mã SHA-256 không khớp.") % {"name": path.name}, code="file_changed")
    return manifest


def latest_close(month: str, office_code: str = "") -> PeriodClose:
    """The last close of a month by a province (this one, where a code is given). Raises NotThere when it isn't closed."""
    found = PeriodClose.objects.filter(text=month, place="competent", office__kind=Office.Kind.PROVINCE)
    if office_code:
        found = found.filter(office__in=Office.objects.by_code(office_code))
    close = found.select_related("office").order_by("office_id", "-number").first()
    if close is None:
        raise NotThere(_("Tháng %(month)s chưa được tỉnh chốt nên chưa có dữ liệu mở.") % {"month": month})
    return close


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise NotThere(_("Không đọc được %(name)s.") % {"name": path}) from fault


def _read_json(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(_read(path))
    except ValueError as fault:
        raise Invalid(_("%(name)s không phải JSON.") % {"name": path.name}, code="open_data_unreadable") from fault
    if not isinstance(said, dict):
        raise Invalid(_("%(name)s không phải JSON.") % {"name": path.name}, code="open_data_unreadable")
    return said


def _order(cell: Cell, offices: dict[int, Office]) -> tuple[bool, str, bool, str]:
    return cell[0] == ALL, _named(cell[0], offices)[0], cell[1] == ALL, cell[1]


def _named(office_id: str, offices: dict[int, Office]) -> tuple[str, str]:
    if office_id == ALL:
        return ALL, ALL
    office = offices[int(office_id)]
    return office.code_qd20, office.name

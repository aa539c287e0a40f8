"""A province's offices from the project's data: read, compared with what is there, written in a few statements."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.models import Office

Row = dict[str, str]
# What the file decides; when an office closes is decided by a reorganisation, never by the file.
COLUMNS = (
    "code_qd20",
    "code_is_public",
    "province",
    "key",
    "name",
    "short_name",
    "kind",
    "level",
    "parent_id",
    "valid_from",
    "unit_code",
)


def provinces() -> list[str]:
    """The provinces there is data for: files of offices that are not of a reorganisation's day."""
    files = Path(settings.DATA_DIR / "offices").glob("*.csv")
    return sorted(path.stem for path in files if path.stem.replace("-", "").isalpha() and has_offices(path))


def has_offices(path: Path) -> bool:
    """Whether the rows of a file are offices."""
    with path.open(encoding="utf-8", newline="") as lines:
        return "code" in (csv.DictReader(lines).fieldnames or ())


def read_rows(name: str) -> list[Row]:
    """The rows of one file of data/offices."""
    with Path(settings.DATA_DIR / "offices" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def code_qd20(code: str) -> str:
    """The code of Decision 20/2020 from the one of QCVN 102: 000.05.31.H54 becomes H54.31.05, 000.00.00.H54 H54.

    Law: QD20-2020
    """
    parts = code.split(".")[::-1]
    while parts[-1].strip("0") == "":
        parts.pop()
    return ".".join(parts)


def load_province(name: str) -> dict[str, int]:
    """Offices of a province, as its file says; loading twice changes nothing. Counts read, new, changed, unchanged."""
    if name not in provinces():
        raise NotThere(_("Chưa có dữ liệu của tỉnh này. Có: %(names)s.") % {"names": ", ".join(provinces())})
    return write_offices(read_rows(name))


def one_at_a_time() -> None:
    """Wait until nobody else changes offices, until the end of this transaction; reading and filing go on."""
    with connection.cursor() as cursor:
        cursor.execute("lock table offices_office in share row exclusive mode")


@transaction.atomic
def write_offices(rows: list[Row]) -> dict[str, int]:
    """Insert or update offices by code; a parent's row comes in the same file or is there already."""
    one_at_a_time()
    known = {office.code: office for office in Office.objects.all()}
    ids = {code: office.pk for code, office in known.items()}
    counts = {"read": len(rows), "new": 0, "changed": 0, "unchanged": 0}
    for level in by_depth(rows):
        offices = [office_of(row, ids) for row in level]
        fresh = [office for office in offices if office.code not in known]
        stale = [office for office in offices if office.code in known and differs(office, known[office.code])]
        for office in stale:
            office.pk = ids[office.code]
        Office.objects.bulk_create(fresh)
        if stale:
            Office.objects.bulk_update(stale, COLUMNS)
        ids.update({office.code: office.pk for office in fresh})
        counts["new"] += len(fresh)
        counts["changed"] += len(stale)
        counts["unchanged"] += len(offices) - len(fresh) - len(stale)
    return counts


def by_depth(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows in the order they can be written: provinces, what is below them, what is below that."""
    levels: list[list[Row]] = [[], [], []]
    for row in rows:
        levels[code_qd20(row["code"]).count(".")].append(row)
    return levels


def office_of(row: Row, ids: dict[str, int]) -> Office:
    """An unsaved office from a row."""
    return Office(
        code=row["code"],
        code_qd20=code_qd20(row["code"]),
        code_is_public=row["code_is_public"] == "1",
        province=row["province"],
        key=row["key"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        level=row["level"],
        parent_id=ids[row["parent"]] if row["parent"] else None,
        valid_from=date.fromisoformat(row["valid_from"]),
        unit_code=row["unit_code"],
    )


def differs(one: Office, other: Office) -> bool:
    """Whether the file says something else than the table."""
    return any(getattr(one, column) != getattr(other, column) for column in COLUMNS)

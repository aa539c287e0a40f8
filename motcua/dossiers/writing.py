"""The statements that write an act: the dossier's row, its event and its stay, in one round trip.

Only `journal` calls this. One statement instead of four keeps an act short while the row is locked.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import JSONField

from motcua.base.postgresql import prepared
from motcua.dossiers.models import Dossier, Event, GivenPaper, Stay

PLACE = ("state", "at_office_id", "holder_id", "step", "due_at", "stands_still")

_DOSSIER_FIELDS: list[Any] = [
    field for field in Dossier._meta.concrete_fields if not (field.primary_key or field.generated)
]
_EVENT_FIELDS: list[Any] = [
    field
    for field in Event._meta.concrete_fields
    if not field.primary_key and field.name not in {"dossier", "recorded_at"}
]
_EVENT_COLUMNS = ", ".join(["dossier_id", *(field.column for field in _EVENT_FIELDS)])
_EVENT_VALUES = ", ".join(["%s"] * len(_EVENT_FIELDS))
_STAY_COLUMNS = "dossier_id, seq, previous_seq, state, office_id, holder_id, step, due_at, stands_still, entered_at"
_PAPER_COLUMNS = (
    "dossier_id, given_at, component_id, name, originals, copies, file_id, text, reused_from_id, reused_as, filled"
)
_PAPERS = (
    "unnest(%s::bigint[], %s::text[], %s::smallint[], %s::smallint[], %s::bigint[], %s::text[],"
    " %s::bigint[], %s::text[], %s::jsonb[])"
)
# Of each paper: component, name, originals, copies, file, what was filled in on the screen in free words, reused from where,
# as what, and the values of the form's fields as JSON.
Papers = tuple[
    list[int | None],
    list[str],
    list[int],
    list[int],
    list[int | None],
    list[str],
    list[int | None],
    list[str],
    list[str | None],
]
_GIVEN = f"""
INSERT INTO {GivenPaper._meta.db_table} ({_PAPER_COLUMNS}) SELECT %s, %s, given.* FROM {_PAPERS} AS given
"""  # noqa: S608 - only names of our own tables and columns are put together
_FOUND = f"""
WITH dossier AS (
    INSERT INTO {Dossier._meta.db_table} ({", ".join(field.column for field in _DOSSIER_FIELDS)})
    VALUES ({", ".join(["%s"] * len(_DOSSIER_FIELDS))}) RETURNING id
), event AS (
    INSERT INTO {Event._meta.db_table} ({_EVENT_COLUMNS}) SELECT dossier.id, {_EVENT_VALUES} FROM dossier
), stay AS (
    INSERT INTO {Stay._meta.db_table} ({_STAY_COLUMNS})
    SELECT dossier.id, 1, NULL, %s, %s, %s, %s, %s, %s, %s FROM dossier
), paper AS (
    INSERT INTO {GivenPaper._meta.db_table} ({_PAPER_COLUMNS})
    SELECT dossier.id, %s, given.* FROM dossier, {_PAPERS} AS given
) SELECT id FROM dossier
"""  # noqa: S608 - only names of our own tables and columns are put together

_ALL_FIELDS: list[Any] = list(Dossier._meta.concrete_fields)
_NAMES = [field.attname for field in _ALL_FIELDS]
_JSON = [place for place, field in enumerate(_ALL_FIELDS) if isinstance(field, JSONField)]
_LOCK = f"""
SELECT {", ".join(f"d.{field.column}" for field in _ALL_FIELDS)}, o.schedule
FROM {Dossier._meta.db_table} d JOIN offices_office o ON o.id = d.receiving_office_id
WHERE d.{{}} = %s FOR UPDATE OF d
"""  # noqa: S608 - only names of our own tables and columns are put together


def lock(key: int | str) -> Dossier | None:
    """The dossier's row, locked until the transaction ends, with its unit's schedule; the ORM takes a millisecond for it."""
    column = "id" if isinstance(key, int) else "submission_no" if key.startswith("TN-") else "code"
    row = prepared(_LOCK.format(column), [key]).fetchone()
    if row is None:
        return None
    values = list(row)
    schedule = values.pop()
    for place in _JSON:
        values[place] = json.loads(values[place])
    dossier = Dossier.from_db(connection.alias, _NAMES, values)
    dossier.receiving_schedule = schedule
    return dossier


def snapshot(dossier: Dossier) -> dict[str, Any]:
    """Every stored value of the row, to see later what the act changed."""
    return {field.attname: getattr(dossier, field.attname) for field in _DOSSIER_FIELDS}


def write_foundation(dossier: Dossier, event: Event, papers: Papers) -> None:
    """Insert the dossier, its first event and its first stay, and the papers that came with it; then commit."""
    values = _values(_DOSSIER_FIELDS, dossier) + _values(_EVENT_FIELDS, event)
    place = [getattr(dossier, name) for name in PLACE]
    (dossier.pk,) = prepared(_FOUND, [*values, *place, event.at, event.at, *papers], last=True).fetchone()
    dossier._state.adding = False


def write_papers(dossier: Dossier, papers: Papers, at: datetime) -> None:
    """Insert papers that came later."""
    prepared(_GIVEN, [dossier.pk, at, *papers])


def write_change(dossier: Dossier, before: dict[str, Any], event: Event) -> None:
    """Update what changed, append the event, where the place changed close the stay and open the next; then commit."""
    changed = [field for field in _DOSSIER_FIELDS if getattr(dossier, field.attname) != before[field.attname]]
    parts = [
        f"WITH changed AS (UPDATE {Dossier._meta.db_table} SET "  # noqa: S608 - our own columns
        + ", ".join(f"{field.column} = %s" for field in changed)
        + f" WHERE id = %s), event AS (INSERT INTO {Event._meta.db_table} ({_EVENT_COLUMNS})"
        + f" VALUES (%s, {_EVENT_VALUES}))"
    ]
    values = [*_values(changed, dossier), dossier.pk, dossier.pk, *_values(_EVENT_FIELDS, event)]
    if any(getattr(dossier, name) != before[name] for name in PLACE):
        parts.append(
            f", ended AS (UPDATE {Stay._meta.db_table} SET left_at = %s"  # noqa: S608 - our own table
            " WHERE dossier_id = %s AND left_at IS NULL RETURNING seq)"
            f" INSERT INTO {Stay._meta.db_table} ({_STAY_COLUMNS})"
            " SELECT %s, seq + 1, seq, %s, %s, %s, %s, %s, %s, %s FROM ended"
        )
        values += [event.at, dossier.pk, dossier.pk, *(getattr(dossier, name) for name in PLACE), event.at]
    else:
        parts.append(" SELECT 1")
    prepared("".join(parts), values, last=True)


def _values(fields: list[Any], row: Dossier | Event) -> list[Any]:
    return [
        field.get_db_prep_save(getattr(row, field.attname), connection)
        if isinstance(field, JSONField)
        else getattr(row, field.attname)
        for field in fields
    ]

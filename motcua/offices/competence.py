"""Which office answers for a field on a day, when the catalogue names it as it is called today.

The catalogue speaks of the departments of 2025; dossiers of 2021 lie with those of 2021. What the committee of the
province decides lies with the department that prepares it. The table is data/offices/competence.csv.
"""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from motcua.base.postgresql import columns_of, read
from motcua.base.text import fold
from motcua.offices.models import Office

Rules = dict[str, list[tuple[str, str]]]


@cache
def rules() -> Rules:
    """The table: for a key, in order, words that the field contains (none: any field) and the key that answers."""
    table: Rules = {}
    with (Path(settings.DATA_DIR) / "offices" / "competence.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            table.setdefault(row["key"], []).append((fold(row["field"]), row["office"]))
    return table


_IN_FORCE = f"""
select {columns_of(Office)} from offices_office
where province = %s and key = any(%s) and valid_from <= %s and (valid_to is null or valid_to > %s)
"""  # noqa: S608 - only the names of our own columns are put in


def keys_for(key: str, field: str) -> list[str]:
    """The keys that may answer for a field, the best first; the key itself comes last at the latest."""
    folded = fold(field)
    keys: list[str] = []
    for words, other in rules().get(key, ()):
        if words in folded:
            keys += [key] if other == key else keys_for(other, field)
    return list(dict.fromkeys([*keys, key]))


def office_for(key: str, field: str, province: str, on: date) -> Office | None:
    """The office of a province that answers for a field on a day, in one statement; None when there is none.

    `key` is the catalogue's name for it (such as so-xay-dung or ubnd-tinh), `field` the procedure's field.
    """
    keys = keys_for(key, field)
    # Written out: this is asked at every intake, and putting the question together costs more than its answer.
    in_force = {office.key: office for office in read(Office, _IN_FORCE, [province, keys, on, on])}
    return next((in_force[one] for one in keys if one in in_force), None)

"""The bundled tables, moved to any day and changed in places; and dossiers written straight into the ledger."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from django.conf import settings

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State as S
from motcua.indices.models import Scheme, TableProposal
from motcua.indices.proposals import propose
from motcua.indices.tables import Table, keep, read_table, table_on
from motcua.law.tests.settling import YEN
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.world import World, moment

BUNDLED = json.loads((settings.DATA_DIR / "indices" / "tables.json").read_text(encoding="utf-8"))["tables"]


def said(scheme: str = "qd766", **changes: Any) -> dict[str, Any]:
    """A bundled table as plain data, in force since 2018, with something changed."""
    found = copy.deepcopy(next(table for table in BUNDLED if table["scheme"] == scheme))
    parameters = {**found["parameters"], **changes.pop("parameters", {})}
    return {**found, "valid_from": "2018-01-01", **changes, "parameters": parameters}


def table(scheme: str = "qd766", **changes: Any) -> Table:
    """The same, read and checked."""
    return read_table(said(scheme, **changes))


def old_table() -> None:
    """A table of the index of service quality that held in 2021 already; the bundled one is younger."""
    if table_on(Scheme.SERVICE_QUALITY, date(2021, 11, 1)) is None:
        keep(table(code="old"))


def proposed_table() -> TableProposal:
    """Yến wants the bundled table anew from 2030 on."""
    facts: dict[str, Any] = {"reason": "Mục tiêu mới", "document": "QĐ 9", "by": YEN, "at": moment("2021-11-04 08:00")}
    return propose(said(), valid_from=date(2030, 1, 1), **facts)


def dossier(world: World, *moments: tuple[str, S], due: str = "2021-11-08 17:00", **facts: Any) -> Dossier:
    """One of the Department of Justice, received at the centre: (instant, state) in order."""
    offices = {"competent": world.cast.justice, "receiving": world.cast.center}
    case = facts.pop("case", None) or procedure("1.001193")
    made = write(History([(clock(at), s) for at, s in moments], due=clock(due), **{**offices, **facts}), case)
    assert made is not None
    return made


def resolved(world: World, at: str, **facts: Any) -> Dossier:
    """Accepted on 1 November, with its result at an instant."""
    return dossier(
        world, ("2021-11-01 08:00", S.SUBMITTED), ("2021-11-01 08:00", S.ACCEPTED), (at, S.FINISHED), **facts
    )


def open_since(world: World, **facts: Any) -> Dossier:
    """Accepted on 1 November and still in hand."""
    return dossier(world, ("2021-11-01 08:00", S.SUBMITTED), ("2021-11-01 08:00", S.ACCEPTED), **facts)

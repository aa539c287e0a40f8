"""A small world for tests: the cast in the demo province, the real calendar and law, three procedures.

`passport` (5 working days, Department of Justice, two papers), `doubtful` (its limit waits for a person) and
`commune` (3 working days, decided by the commune itself). Made of rows, by the same models as the real catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from motcua.base.text import fold
from motcua.base.times import parse_local
from motcua.calendar.limits import Limit
from motcua.catalogue.models import (
    Component,
    LimitRow,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    Process,
    ProcessStep,
)
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.models import Dossier
from motcua.offices.actors import Actor
from tests.cast import Cast, settle_cast

STEPS = (
    ("receiver", "receiving"),
    ("head", "competent"),
    ("handler", "competent"),
    ("approver", "competent"),
    ("clerk", "competent"),
    ("receiver", "receiving"),
)


def moment(text: str) -> datetime:
    """`2021-11-01 08:00` in Vietnam."""
    return parse_local(text)


@dataclass
class World:
    """The cast, the procedures, and short words for frequent acts."""

    cast: Cast
    passport: ProcedureCase
    doubtful: ProcedureCase
    commune: ProcedureCase

    def actor(self, name: str, on: date = date(2021, 11, 1)) -> Actor:
        return self.cast.actor(name, on)

    def intake(self, case: ProcedureCase | None = None, **changes: Any) -> Intake:
        """A complete dossier of Lan's for the Department of Justice, over the counter unless said otherwise."""
        case = case or self.passport
        papers = [Paper(component.pk, originals=1) for component in case.components.all()]
        facts: dict[str, Any] = {
            "case_id": case.pk,
            "channel": 1,
            "receiving_office_id": self.cast.center.pk,
            "owner": Owner("Trần Thị Lan", id_no="000190000001", phone="0900000001"),
            "papers": papers,
        }
        return Intake(**{**facts, **changes})

    def immediate(self) -> ProcedureCase:
        """A procedure of the Department of Justice whose result is there at once."""
        known = ProcedureCase.objects.filter(version__procedure__code="9.000004").first()
        limit = Limit.parse("immediate")
        return known or make_procedure("9.000004", "Cấp bản sao từ sổ gốc", "so-tu-phap", "TINH", limit, make_process())

    def online(self, **changes: Any) -> Intake:
        """The same, handed in online by Lan herself."""
        owner = Owner("Trần Thị Lan", id_no="000190000001", account_id=self.cast.lan.pk)
        return self.intake(channel=2, owner=owner, **changes)


def make_procedure(
    code: str, name: str, key: str, level: str, limit: Limit | None, process: Process, *, only_some: Sequence[str] = ()
) -> ProcedureCase:
    """A published procedure with one case and two papers; without a limit it waits for a person's word.

    only_some: more papers, each of which only some people need.
    """
    at = moment("2021-01-04 08:00")
    procedure = Procedure.objects.create(
        code=code, name=name, competent_key=key, search_name=fold(name), search_text=fold(code)
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure, number=1, name=name, field="Hộ tịch", levels=[level], digest=bytes(32), imported_at=at
    )
    case = ProcedureCase.objects.create(version=version, seq=1)
    Component.objects.create(case=case, seq=1, name="Tờ khai theo mẫu", originals=1)
    Component.objects.create(case=case, seq=2, name="Bản sao căn cước công dân", copies=1)
    for seq, paper in enumerate(only_some, 3):
        Component.objects.create(case=case, seq=seq, name=paper, originals=1, mandatory=False)
    LimitRow.objects.create(
        version=version,
        seq=1,
        channels=[1, 2, 3],
        limit=(limit or Limit.parse("unknown")).to_json(),
        source_text=str(limit) if limit else "1",
        certain=limit is not None,
        doubt="" if limit else "no_unit",
    )
    ProcedureVersion.objects.filter(pk=version.pk).update(status="published", published_at=at)
    Procedure.objects.filter(pk=procedure.pk).update(current=version)
    return case


def make_process(steps: tuple[tuple[str, str], ...] = STEPS) -> Process:
    """The default process of the world."""
    process, new = Process.objects.get_or_create(
        is_default=True,
        defaults={"source_key": "test", "digest": bytes(32), "usable": True, "title": "Quy trình chung"},
    )
    if new:
        ProcessStep.objects.bulk_create(
            ProcessStep(process=process, seq=seq, role=role, place=place, role_text=role)
            for seq, (role, place) in enumerate(steps, 1)
        )
    return process


PROCEDURES: tuple[tuple[str, str, str, str, Limit | None], ...] = (
    ("9.000001", "Cấp hộ chiếu thử nghiệm", "so-tu-phap", "TINH", Limit.parse("5wd")),
    ("9.000002", "Đăng ký có thời hạn chưa rõ", "so-tu-phap", "TINH", None),
    ("9.000003", "Chứng thực tại xã", "ubnd-xa", "XA", Limit.parse("3wd")),
)


def settle() -> None:
    """Everything that tests stand on, where it isn't there: loaded once before the first test, and again
    only where a test with real transactions has emptied the tables."""
    settle_cast()
    if not Procedure.objects.filter(code=PROCEDURES[0][0]).exists():
        call_command("load_calendar", verbosity=0)
        call_command("load_regimes", verbosity=0)
        call_command("load_post_rules", verbosity=0)
        call_command("load_indicators", verbosity=0)
        process = make_process()
        for row in PROCEDURES:
            make_procedure(*row, process)


@pytest.fixture
def empty(db: None) -> None:
    """Nothing is there, for this test alone: the few filled tables are emptied in its transaction.

    That costs a twentieth of a TRUNCATE; what the database makes immutable is let go for this moment.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        names = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("motcua.")]
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in names))
        filled = [row[0] for row in cursor.fetchall()]
        for command in ("ALTER TABLE {} DISABLE TRIGGER USER", "DELETE FROM {}"):
            for name in filled:
                cursor.execute(command.format(name))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in filled:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def world(cast: Cast) -> World:
    """A world in the province of the cast, rolled back after the test."""
    settle()
    cases = {case.version.procedure.code: case for case in ProcedureCase.objects.select_related("version__procedure")}
    return World(cast, *(cases[row[0]] for row in PROCEDURES))


def reread(dossier: Dossier) -> Dossier:
    """The dossier as the database has it now."""
    return Dossier.objects.get(pk=dossier.pk)

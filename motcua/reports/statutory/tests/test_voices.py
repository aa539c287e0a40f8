"""Petitions and procedures on their forms."""

from __future__ import annotations

from datetime import date

from motcua.catalogue.life.rows import ServiceLevel
from motcua.catalogue.models import Procedure, ProcedureVersion
from motcua.petitions import acts
from motcua.petitions.table import Kind
from motcua.petitions.tests.saying import AT, from_outside
from motcua.reports.periods import parse_period
from motcua.reports.petitions import petitions_behind
from motcua.reports.scope import Scope
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.procedures import procedures_behind
from motcua.reports.statutory.voices import BEHIND
from motcua.reports.tests.ledger import clock, procedure
from tests.cast import Cast
from tests.world import World, moment

NOVEMBER, DECEMBER = parse_period("2021-11"), parse_period("2021-12")
TODAY = date(2021, 12, 31)


def test_petitions_by_what_they_are_about_and_what_became_of_them(world: World) -> None:
    tuan = world.actor("tuan")
    conduct, regulation, _both, _vote = (
        from_outside(world, kind, AT) for kind in (Kind.CONDUCT, Kind.REGULATION, Kind.BOTH, Kind.COMPLAINT)
    )
    acts.assign(conduct.pk, owner_id=world.cast.thanh.pk, actor=tuan, at=moment("2021-12-01 08:00"))
    acts.answer(conduct.pk, text="Đã xem", actor=world.actor("thanh"), at=moment("2021-12-02 08:00"))
    made = fill(FORMS["II.05a"], NOVEMBER, Scope(), TODAY)
    assert made.total == {"3": 3, "4": 1, "5": 1, "6": 1, "7": 0, "8": 3, "9": 0, "10": 3, "11": 0}
    later = fill(FORMS["II.05b"], DECEMBER, Scope(), TODAY)
    assert later.total == {"3": 3, "4": 1, "5": 1, "6": 1, "7": 3, "8": 0, "9": 1, "10": 2, "11": 0}
    # One about rules is answered for where procedures are controlled, the others at the department.
    by_office = {line.row: line.values["3"] for line in later.lines}
    assert by_office == {str(regulation.owner_office_id): 1, str(conduct.owner_office_id): 2}
    for period, sheet in ((NOVEMBER, made), (DECEMBER, later)):
        for line in sheet.lines:
            office = int(line.row) if line.row else None
            for no, behind in BEHIND.items():
                found = petitions_behind(period, Scope(), *behind.measures, office=office, kind=behind.kind)
                assert len(found) == line.values[no], no


def test_procedures_stand_in_one_row_each(cast: Cast) -> None:
    before = fill(FORMS["07b"], NOVEMBER, Scope(), TODAY).total
    for code, levels, level in (("9.900001", ["TINH", "XA"], "4"), ("9.900002", ["XA"], "3"), ("9.900003", [], "")):
        version = procedure(code).version
        ProcedureVersion.objects.filter(pk=version.pk).update(levels=levels)
        Procedure.objects.filter(code=code).update(current=version)
        if level:
            ServiceLevel.objects.create(
                procedure_id=version.procedure_id, scheme="four_levels", level=level, valid_from=date(2021, 11, 1),
                recorded_by=cast.yen, recorded_at=clock("2021-11-01 08:00"),
            )  # fmt: skip
    made = fill(FORMS["07b"], NOVEMBER, Scope(), TODAY)
    added = {no: made.total[no] - before[no] for no in made.total}
    assert added == {"3": 3, "4": 1, "5": 1, "6": 1, "7": 0, "8": 0, "9": 3}
    assert made.lines[-1].name == "Chưa ghi cấp"
    for line in made.lines:
        for no, count in line.values.items():
            assert len(procedures_behind(NOVEMBER, no, line.row)) == count

"""Late with a letter and without, by office; and what the public reads of it. Law: ND61-2018 19(9)"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.acts import confidence, decision, delay, processing
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.operations.apologies import APOLOGIES, apologies, apology_lines, last_chance
from motcua.operations.public_apologies import months_shown, public_month
from motcua.reports.month import report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
AT = moment("2021-11-30 09:00")


def told_sorry(world: World, dossier: Dossier) -> Dossier:
    delay.extend(
        dossier.pk, new_day=date(2021, 11, 12), reason="Chờ", actor=world.actor("thanh"), at=moment("2021-11-05 08:00")
    )
    return dossier


def done_on(world: World, dossier: Dossier, day: str) -> None:
    processing.forward(dossier.pk, actor=world.actor("hoa"), at=moment(f"{day} 08:00"))
    decision.approve(dossier.pk, actor=world.actor("tuan"), at=moment(f"{day} 09:00"))
    decision.finish(dossier.pk, number="12/GP-STP", actor=world.actor("nga"), at=moment(f"{day} 10:00"))


def crowd(world: World) -> None:
    """Each kind once, and two that were in time, of which one had a letter."""
    lives.handled(world)
    told_sorry(world, lives.handled(world))
    done_on(world, lives.handled(world), "2021-11-09")
    done_on(world, told_sorry(world, lives.handled(world)), "2021-11-15")
    done_on(world, told_sorry(world, lives.handled(world)), "2021-11-10")
    lives.finished(world)


def test_every_late_dossier_is_counted_once_with_its_letter_or_without(world: World) -> None:
    crowd(world)
    made = apologies(NOVEMBER, Scope())
    assert made.total == {
        "late": 4, "open_without": 1, "open_with": 1, "done_without": 1, "done_with": 1, "sent": 3, "told": 0,
    }  # fmt: skip
    assert str(made.with_letter_rate) == "50.00"
    (row,) = made.rows
    assert row.key == world.cast.justice.pk and row.figures == made.total
    for key in APOLOGIES:
        assert len(apology_lines(NOVEMBER, Scope(), key, AT).rows) == made.total[key], key
        assert apology_lines(NOVEMBER, Scope(), key, AT, office=world.cast.commune.pk).rows == ()
    said = report(NOVEMBER, Scope()).total
    assert made.total["late"] == said["open_late"] + said["resolved_late"] and made.total["sent"] == said["extended"]
    with pytest.raises(NotThere):
        apology_lines(NOVEMBER, Scope(), "x", AT)


def test_without_late_dossiers_nothing_is_claimed_and_strangers_count_nothing(world: World) -> None:
    crowd(world)
    assert apologies(parse_period("2021-10"), Scope()).with_letter_rate is None
    assert apologies(NOVEMBER, Scope(allowed=frozenset({world.cast.commune.pk}))).total["late"] == 0


def test_the_last_day_on_which_the_apology_goes_out_in_time(world: World) -> None:
    dossier, told = lives.handled(world), told_sorry(world, lives.handled(world))
    # Due on Monday: on Friday it can still be signed, on Monday it can't.
    ids = {day: [one.dossier_id for one in last_chance(moment(f"{day} 09:00"), Scope()).rows]
           for day in ("2021-11-04", "2021-11-05", "2021-11-08")}  # fmt: skip
    assert ids == {"2021-11-04": [], "2021-11-05": [dossier.pk], "2021-11-08": []}
    assert told.pk not in ids["2021-11-05"]
    assert last_chance(moment("2021-11-05 09:00"), Scope(allowed=frozenset({1}))).rows == ()


def test_the_public_reads_no_person_no_procedure_and_no_code_to_look_up(world: World) -> None:
    crowd(world)
    shut = lives.handled(world)
    confidence.restrict(shut.pk, reason="Nhạy cảm", actor=world.actor("thanh"), at=moment("2021-11-02 08:00"))
    month = public_month("2021-11", moment("2021-12-01 00:00"))
    listed = month.listed()
    assert sorted(one.days_late for one in listed) == [1, 3, 18, 22]
    assert month.made.total["late"] == 5, "counted, though not listed"
    codes = set(Dossier.objects.values_list("code", flat=True))
    for one in listed:
        assert one.code not in codes and one.code.endswith("***")
        assert "Lan" not in repr(one) and "hộ chiếu" not in repr(one)
    assert {one.new_day for one in listed} == {None, date(2021, 11, 12)}
    assert month.listed(world.cast.justice.code) == listed
    assert month.listed(world.cast.commune.code) == ()
    with pytest.raises(NotThere):
        month.listed("x")


def test_everybody_asks_for_months_that_are_over_and_the_ledger_is_asked_once_an_hour(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(world)
    at = moment("2021-12-01 08:00")
    assert [one.key for one in months_shown(date(2021, 12, 1))][:2] == ["2021-11", "2021-10"]
    first = public_month("", at)
    assert (first.made.period.key, first.made.total["late"]) == ("2021-11", 4)
    with CaptureQueriesContext(connection) as asked:
        again = public_month("2021-11", moment("2021-12-01 08:40"))
    assert (len(asked), again.at) == (0, at), "kept, and it says since when"
    for wrong in ("2021-12", "2021-Q3", "2019-11", "2022-01", "1066", "2021-13"):
        with pytest.raises(Invalid):
            public_month(wrong, at)
    monkeypatch.setattr("motcua.operations.public_apologies.KEPT_SECONDS", -1.0)
    assert public_month("2021-11", moment("2021-12-01 09:30")).at == moment("2021-12-01 09:30")

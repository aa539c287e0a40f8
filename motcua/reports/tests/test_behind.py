"""Each figure opens the dossiers behind it: as many as it says, the same ones, nobody else's."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.states import State
from motcua.reports.behind import behind, everyone_behind
from motcua.reports.measures import MEASURES
from motcua.reports.month import BYS, report
from motcua.reports.scope import Scope, scope_for
from motcua.reports.tests.ledger import History, clock, procedure, write
from motcua.reports.tests.test_month import ACCEPTED, DUE, NOVEMBER
from tests.cast import Cast

FINISHED = (clock("2021-11-18 10:00"), State.FINISHED)
SUBMITTED = (clock("2021-11-09 10:00"), State.SUBMITTED)


@pytest.fixture
def ledger(cast: Cast) -> Cast:
    lives = [
        History([ACCEPTED], DUE, 1),
        History([ACCEPTED], None, 2),
        History([ACCEPTED, FINISHED], DUE, 3),
        History([SUBMITTED], None, 2),
        History([SUBMITTED, (clock("2021-11-10 10:00"), State.REFUSED)], None, 2),
        History([(clock("2021-10-10 10:00"), State.ACCEPTED), FINISHED], clock("2021-11-30 17:00")),
    ]
    for place, life in enumerate(lives):
        life.competent, life.receiving = (cast.justice, cast.commune)[place % 2], cast.center
        write(life, procedure(*(("1.001193", "Hộ tịch"), ("2.000815", "Chứng thực"))[place % 2]))
    return cast


@pytest.mark.parametrize("by", BYS)
def test_every_figure_of_every_row_has_its_dossiers(ledger: Cast, by: str) -> None:
    made = report(NOVEMBER, Scope(), by)
    for key in MEASURES:
        everyone = list(everyone_behind(NOVEMBER, Scope(), key))
        assert len(everyone) == len({member.dossier_id for member in everyone}) == made.total[key], key
        for row in made.rows:
            listed = behind(NOVEMBER, Scope(), key, by=by, row=str(row.key)).members
            assert len(listed) == row.figures[key], (key, row.name)


def test_pages_follow_each_other_without_a_gap(ledger: Cast) -> None:
    whole = [member.dossier_id for member in behind(NOVEMBER, Scope(), "new").members]
    seen, after = [], ""
    while True:
        page = behind(NOVEMBER, Scope(), "new", after=after, limit=1)
        seen += [member.dossier_id for member in page.members]
        if page.next is None:
            break
        after = page.next
    assert seen == whole
    assert len(seen) == 3


def test_a_late_dossier_says_by_how_many_days(ledger: Cast) -> None:
    (open_late,) = behind(NOVEMBER, Scope(), "open_late").members
    assert open_late.days_late == 13
    (resolved_late,) = behind(NOVEMBER, Scope(), "resolved_late").members
    assert resolved_late.days_late == 1


def test_nobody_sees_beyond_their_offices(ledger: Cast) -> None:
    on = date(2021, 12, 1)
    assert behind(NOVEMBER, scope_for(ledger.actor("dung", on), on), "new").members
    elsewhere = replace(Scope(), allowed=frozenset({ledger.district.pk}))
    assert behind(NOVEMBER, elsewhere, "new").members == ()
    for outsider in ("khang", "hoa", "lan", "yen", "nobody"):
        with pytest.raises(NotThere):
            scope_for(ledger.actor(outsider, on), on)
    with pytest.raises(NotThere):
        scope_for(ledger.actor("dung", on), on, office_code=ledger.justice.code)


@pytest.mark.parametrize(
    "mark", ["' OR 1=1", "2021-11-01~", "~1", "infinity~99999999999999999999", "2021-W01~x", "\x00~1"]
)
def test_a_bad_mark_is_refused(ledger: Cast, mark: str) -> None:
    with pytest.raises(Invalid):
        behind(NOVEMBER, Scope(), "new", after=mark)


@pytest.mark.parametrize(("by", "row"), [("office", "x"), ("office", "²"), ("procedure", "9" * 30), ("field", "\x00")])
def test_a_row_that_can_not_be_is_not_there(ledger: Cast, by: str, row: str) -> None:
    with pytest.raises(NotThere):
        behind(NOVEMBER, Scope(), "new", by=by, row=row)


def test_a_measure_that_is_not_defined_is_not_there(ledger: Cast) -> None:
    with pytest.raises(NotThere):
        behind(NOVEMBER, Scope(), "nonsense")

"""What a period begins with is what the one before ended with; what came to light later is named."""

from __future__ import annotations

from datetime import date

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.reports.closing import close_period
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope, subtree
from motcua.reports.statutory.carried import carried_check
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.layout import beneath
from motcua.reports.statutory.tests.test_filling import NOVEMBER, OCTOBER, ledger
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.cast import Cast

__all__ = ["ledger"]
DAY = date(2021, 12, 1)
CLOSED = clock("2021-11-02 08:00")


def center(cast: Cast) -> Scope:
    """What the centre received, which its head may close."""
    return Scope("receiving", cast.center, subtree([cast.center.pk], DAY))


def test_the_ledger_agrees_with_itself(ledger: Cast) -> None:
    for scope in (Scope(), center(ledger), Scope(offices=frozenset())):
        check = carried_check(NOVEMBER, scope, "6")
        assert check.holds and check.here == check.there == (0 if scope.offices == frozenset() else 2)
    assert "hết ngày 31/10/2021" in carried_check(NOVEMBER, Scope(), "6").says


def test_a_close_of_the_month_before_is_what_it_is_held_against(ledger: Cast) -> None:
    close_period(parse_period("2021-10"), ledger.center, place="receiving", actor=ledger.actor("dung", DAY), at=CLOSED)
    check = carried_check(NOVEMBER, center(ledger), "6")
    assert check.holds and "đã chốt lần 1 của kỳ 2021-10" in check.says
    # Of another office, or for who does not see all of it, the ledger answers.
    assert "nhật ký" in carried_check(NOVEMBER, Scope(), "6").says
    limited = Scope("receiving", ledger.center, center(ledger).offices, subtree([ledger.center.pk], DAY))
    assert "nhật ký" in carried_check(NOVEMBER, limited, "6").says


def test_what_came_to_light_after_the_close_is_named(ledger: Cast) -> None:
    close_period(parse_period("2021-10"), ledger.center, place="receiving", actor=ledger.actor("dung", DAY), at=CLOSED)
    late = write(
        History([OCTOBER], clock("2021-12-20 17:00"), 1, competent=ledger.justice, receiving=ledger.center), procedure()
    )
    gone = Dossier.objects.filter(state=State.ACCEPTED, accepted_at=OCTOBER[0], competent_office=ledger.commune).get()
    Dossier.objects.filter(pk=gone.pk).update(accepted_at=clock("2021-11-03 09:00"))
    made = fill(FORMS["II.06a"], NOVEMBER, center(ledger), DAY)
    check = made.checks[0]
    assert late is not None and (check.here, check.there, check.holds) == (2, 2, False)
    assert len(check.differences) == 2, "the same number of dossiers, yet not the same dossiers"
    assert f"{late.code}: có ở kỳ này, không có ở kỳ trước" in " ".join(check.differences)
    assert f"{gone.code}: có ở kỳ trước, không có ở kỳ này; ngày tiếp nhận đã đổi" in check.differences
    assert any("chênh lệch" in line for line in beneath(made))

"""Will the promised day be kept, and when were like cases done: with how many cases it rests on, or why nothing is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from motcua.ahead.expected import expected_of
from motcua.ahead.keeping import keep
from motcua.ahead.likelihood import ENOUGH, Cases, Experience
from motcua.ahead.pace import ALL_OFFICES, Place, Span
from motcua.ahead.promise import Promise, promise_of
from motcua.base.times import day_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.acts import supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.telling import Followed, followed
from motcua.dossiers.tests import lives
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-02 09:00")
TODAY = date(2021, 11, 2)
Learn = Callable[..., None]


def story(dossier: Dossier) -> Followed:
    found = followed(dossier.submission_no)
    assert found is not None
    return found


def told(dossier: Dossier, at: datetime = AT) -> Promise:
    made = promise_of(story(dossier), at)
    assert made is not None
    return made


@pytest.fixture
def past() -> Learn:
    """Like cases of Hoa's step, with as many days left as there are on AT (Monday, 8 November is the fourth day on)."""

    def learn(dossier: Dossier, cases: int, late: int, left: int = 4) -> None:
        found = story(dossier)
        assert found.step is not None
        row = Cases(found.procedure_id, found.field, found.step, "handler", left, cases, late)
        keep(day_of(AT), Experience([row] if cases else []), {}, at=AT)

    return learn


def took(dossier: Dossier, spans: list[Span], *, here: bool = False, day: date = TODAY) -> None:
    """Like cases of the step that it is at, at its authority or at all."""
    office = dossier.competent_office_id if here else ALL_OFFICES
    step = story(dossier).step
    assert step is not None
    keep(day, Experience(), {Place(dossier.procedure_id, step, office): spans}, at=AT)


def test_it_says_how_likely_and_on_how_many_cases(world: World, past: Learn) -> None:
    dossier = lives.handled(world)
    past(dossier, 200, 20)
    made = told(dossier)
    assert (made.kept, made.share, made.cases, made.is_likely) == (90, "90 %", 200, True)
    assert "200 hồ sơ cùng thủ tục" in made.why and "4 ngày làm việc, 20 không kịp" in made.why
    past(dossier, 200, 180)
    assert (told(dossier).kept, told(dossier).is_likely) == (10, False)


@pytest.mark.parametrize("cases", [0, 1, ENOUGH - 1])
def test_of_too_few_cases_nothing_is_told(world: World, past: Learn, cases: int) -> None:
    dossier = lives.handled(world)
    past(dossier, cases, 0)
    made = told(dossier)
    assert made.kept is None and made.share == "–" and made.cases == cases
    assert f"Mới có {cases} hồ sơ" in made.why and str(ENOUGH) in made.why
    past(dossier, ENOUGH, 0)
    assert told(dossier).kept == 100


def test_the_past_itself_is_asked(world: World) -> None:
    """A year without a case that is over: nothing is made up."""
    assert told(lives.handled(world)).kept is None


def test_where_there_is_nothing_to_foretell_it_says_why(world: World, past: Learn) -> None:
    dossier = lives.handled(world)
    past(dossier, 200, 20)
    assert "quá ngày hẹn" in told(dossier, moment("2021-11-09 08:00")).why
    assert told(dossier, moment("2021-11-08 16:00")).kept is not None, "on the day itself it is not over"
    items = [{"name": "Tờ khai", "why": ""}]
    supplement.ask_supplement(dossier.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=AT)
    assert told(dossier).kept is None and "tạm dừng" in told(dossier).why
    Dossier.objects.filter(pk=dossier.pk).update(due_at=None, original_due_at=None, state="processing")
    assert "không quy định thời hạn" in told(dossier).why
    Dossier.objects.filter(pk=dossier.pk).update(
        due_at=moment("2099-01-05 17:00"), original_due_at=AT, stands_still=False
    )
    assert "lịch làm việc" in told(dossier).why, "no calendar is published so far ahead"
    assert promise_of(story(lives.submitted(world)), AT) is None
    assert promise_of(story(lives.finished(world)), AT) is None


def test_half_and_nine_tenths_of_like_cases_on_working_days(world: World) -> None:
    dossier = lives.handled(world)
    took(dossier, [(0, 1, 5), (2, 4, 10), (3, 9, 8), (3, 30, 2)])
    found = told(dossier).expected
    assert found is not None and (found.cases, found.is_here, found.counted) == (20, False, day_of(AT))
    # It came to Hoa on Monday, the day before: the five that had left by then are not like it.
    calendar = calendar_for(current_edition())
    assert found.half == calendar.add_working_days(day_of(AT), 3) == date(2021, 11, 5)
    assert found.nine_tenths == calendar.add_working_days(day_of(AT), 8) == date(2021, 11, 12)
    assert "20 hồ sơ đã qua cùng thủ tục, ở mọi cơ quan" in found.why


def test_its_own_authority_stands_first_where_it_has_enough(world: World) -> None:
    dossier = lives.handled(world)
    took(dossier, [(5, 6, ENOUGH)], here=True)
    found = told(dossier).expected
    assert found is not None and found.is_here and "tại cơ quan này" in found.why
    took(dossier, [(5, 6, ENOUGH - 1)], here=True)
    found = told(dossier).expected
    assert found is not None and (found.half, found.cases) == (None, 0)


@pytest.mark.parametrize("cases", [1, ENOUGH - 1])
def test_of_too_few_cases_no_day_is_told(world: World, cases: int) -> None:
    dossier = lives.handled(world)
    took(dossier, [(5, 6, cases)])
    found = told(dossier).expected
    assert found is not None and (found.half, found.nine_tenths, found.cases) == (None, None, cases)
    assert f"Mới có {cases} hồ sơ" in found.why and str(ENOUGH) in found.why


def test_cases_that_are_not_done_are_longer_than_any(world: World) -> None:
    dossier = lives.handled(world)
    took(dossier, [(5, 6, 12), (5, None, 8)])
    found = told(dossier).expected
    assert found is not None and found.half is not None and found.nine_tenths is None and "chưa xong" in found.why
    took(dossier, [(5, 6, 2), (5, None, 18)])
    found = told(dossier).expected
    assert found is not None and found.half is None and found.nine_tenths is None and found.cases == 20


def test_it_is_told_after_the_promised_day_and_not_while_the_clock_stands_still(world: World) -> None:
    dossier, later = lives.handled(world), moment("2021-11-10 09:00")
    took(dossier, [(40, 50, ENOUGH)], day=day_of(later))
    made = told(dossier, later)
    assert made.kept is None and made.expected is not None and made.expected.half is not None
    assert made.expected.half > day_of(later)
    assert expected_of(Dossier.objects.get(pk=dossier.pk), later) == made.expected, "the desk reads the same"
    items = [{"name": "Tờ khai", "why": ""}]
    supplement.ask_supplement(
        dossier.pk, items=items, reason="Mờ", basis="Luật Hộ tịch", actor=world.actor("hoa"), at=later
    )
    assert told(dossier, later).expected is None
    assert expected_of(Dossier.objects.get(pk=dossier.pk), later) is None
    assert expected_of(lives.submitted(world), later) is None
    assert expected_of(lives.finished(world), later) is None


def test_days_on_which_the_clock_stood_still_are_not_days_that_it_lay(world: World) -> None:
    """Asked on 2 November, answered on 8 November."""
    dossier = lives.handled(world)
    items = [{"name": "Tờ khai", "why": ""}]
    supplement.ask_supplement(dossier.pk, items=items, reason="Mờ", actor=world.actor("hoa"), at=AT)
    supplement.receive_supplement(dossier.pk, papers=[], actor=world.actor("minh"), at=moment("2021-11-08 09:00"))
    other, at = lives.handled(world), moment("2021-11-09 10:00")
    took(dossier, [(lay, 50, ENOUGH) for lay in range(9)], day=day_of(at))
    paused, plain = told(dossier, at).expected, told(other, at).expected
    assert paused is not None and plain is not None
    # Monday to Tuesday, and from Monday on: two days; without the standstill six.
    assert (paused.cases, plain.cases) == (7 * ENOUGH, 3 * ENOUGH)

"""Will the promised day be kept: told with how many cases it rests on, silent with its reason, and no work for readers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.ahead import promise
from motcua.ahead.likelihood import ENOUGH, Cases, Experience
from motcua.ahead.promise import Promise, promise_of
from motcua.dossiers.acts import supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.telling import Followed, followed
from motcua.dossiers.tests import lives
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-02 09:00")


def story(dossier: Dossier) -> Followed:
    found = followed(dossier.submission_no)
    assert found is not None
    return found


def told(dossier: Dossier, at: datetime = AT) -> Promise:
    made = promise_of(story(dossier), at)
    assert made is not None
    return made


@pytest.fixture
def past(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Like cases of Hoa's step, with as many days left as there are on AT (Monday, 8 November is the fourth day on)."""

    def learn(dossier: Dossier, cases: int, late: int, left: int = 4) -> None:
        found = story(dossier)
        assert found.step is not None
        row = Cases(found.procedure_id, found.field, found.step, "handler", left, cases, late)
        monkeypatch.setattr(promise, "experience_of", lambda at: Experience([row] if cases else []))
        promise.forget_experience()

    return learn


def test_it_says_how_likely_and_on_how_many_cases(world: World, past: Any) -> None:
    dossier = lives.handled(world)
    past(dossier, 200, 20)
    made = told(dossier)
    assert (made.kept, made.share, made.cases, made.is_likely) == (90, "90 %", 200, True)
    assert "200 hồ sơ cùng thủ tục" in made.why and "4 ngày làm việc, 20 không kịp" in made.why
    past(dossier, 200, 180)
    assert (told(dossier).kept, told(dossier).is_likely) == (10, False)


@pytest.mark.parametrize("cases", [0, 1, ENOUGH - 1])
def test_of_too_few_cases_nothing_is_told(world: World, past: Any, cases: int) -> None:
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


def test_where_there_is_nothing_to_foretell_it_says_why(world: World, past: Any) -> None:
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


def test_the_past_is_counted_once_and_nobody_waits_for_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    found = story(lives.handled(world))
    promise_of(found, AT)
    with CaptureQueriesContext(connection) as seen:
        promise_of(found, AT)
    assert len(seen) == 0
    promise.forget_experience()
    with promise._one_at_a_time:  # another thread counts
        made = promise_of(found, AT)
    assert made is not None and made.kept is None and "Đang được tính" in made.why
    assert not promise._one_at_a_time.locked()
    monkeypatch.setattr(promise, "experience_of", lambda at: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        promise_of(found, AT)
    assert not promise._one_at_a_time.locked(), "a fault leaves the door open"

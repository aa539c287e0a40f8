"""Waiting and service minutes follow from what happened, to the second."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.tickets import calling
from motcua.tickets.drawing import leave
from motcua.tickets.estimate import Estimate, estimate_of, estimates_now
from motcua.tickets.facts import ANY, Span, Sums, arrivals, listed, paces, sums
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import Hall, hall
from tests.cast import Cast
from tests.world import World, moment

pytestmark = pytest.mark.django_db
DAY = date(2021, 11, 1)


def at(clock: str, day: str = "2021-11-01"):
    return moment(f"{day} {clock}")


@pytest.fixture
def centre(world: World) -> Hall:
    return hall(world.cast)


@pytest.fixture
def morning(centre: Hall, cast: Cast) -> Hall:
    """One is served with a pause and a second service, one handed on, one absent, one gives up."""
    minh, dung = cast.actor("minh"), cast.actor("dung")
    one, two, three, four = (centre.draw(at(clock)) for clock in ("06:50", "07:10", "07:20", "07:30"))
    sit(centre.one.pk, actor=minh, at=at("07:00"))
    sit(centre.three.pk, actor=dung, at=at("07:00"))
    calling.call_next(actor=minh, at=at("07:05"))  # one waited 5 minutes, from the opening on
    calling.start(one.pk, actor=minh, at=at("07:06"))
    calling.hold(one.pk, actor=minh, at=at("07:10"))  # 4 minutes
    calling.call_next(actor=minh, at=at("07:30"))  # two waited 20
    calling.start(two.pk, actor=minh, at=at("07:31"))
    calling.transfer(two.pk, line_id=centre.b.pk, actor=minh, at=at("07:35"))
    calling.resume(one.pk, actor=minh, at=at("07:35"))
    calling.finish(one.pk, actor=minh, at=at("07:41"))  # 6 more: 10 in all
    calling.call_next(actor=dung, at=at("08:05"))  # two waited 30 once more, for line B
    calling.start(two.pk, actor=dung, at=at("08:06"))
    calling.second_service(two.pk, line_id=centre.b.pk, actor=dung, at=at("08:16"))  # 10
    calling.finish(two.pk, actor=dung, at=at("08:20"))  # and 4
    calling.call_next(actor=minh, at=at("08:20"))  # three waited 60
    calling.skip(three.pk, actor=minh, at=at("08:22"))
    leave(four.key, at=at("08:00"))
    return centre


def minutes(found: Sums) -> tuple[float | None, float | None, float | None]:
    return tuple(
        None if one is None else round(one / 60, 2) for one in (found.wait_mean, found.wait_p90, found.service_mean)
    )  # type: ignore[return-value]


def test_the_whole_morning(morning: Hall) -> None:
    (total,) = sums(Span([morning.office.pk], DAY, DAY), "office")
    assert (total.drawn, total.waits, total.services, total.no_shows, total.left) == (4, 4, 3, 1, 1)
    assert minutes(total) == (28.75, 60.0, 8.0), "(5 + 20 + 30 + 60) / 4; (10 + 10 + 4) / 3"


def test_by_counter_line_hour_and_day(morning: Hall) -> None:
    span = Span([morning.office.pk], DAY, DAY)
    by_counter = {one.key: one for one in sums(span, "counter")}
    one, three = by_counter[str(morning.one.pk)], by_counter[str(morning.three.pk)]
    assert (one.waits, one.services, one.no_shows) == (3, 1, 1) and (three.waits, three.services) == (1, 2)
    by_line = {one.key: one for one in sums(span, "line")}
    assert minutes(by_line[str(morning.b.pk)]) == (30.0, 30.0, 7.0)
    assert [(one.key, one.drawn, one.services) for one in sums(span, "hour")] == [("07", 4, 1), ("08", 0, 2)]
    assert [one.key for one in sums(span, "day")] == ["2021-11-01"]
    assert sums(Span([morning.office.pk], DAY + timedelta(days=1), DAY + timedelta(days=1)), "day") == []


@pytest.mark.parametrize("by", ["hour", "day", "counter", "line", "office"])
def test_every_figure_opens_as_many_as_it_says(by: str, morning: Hall) -> None:
    span = Span([morning.office.pk], DAY, DAY)
    for one in sums(span, by):  # type: ignore[arg-type]
        counts = {
            "drawn": one.drawn,
            "wait": one.waits,
            "service": one.services,
            "no_show": one.no_shows,
            "left": one.left,
        }
        for kind, many in counts.items():
            assert len(listed(span, kind, by, one.key)) == many, (by, one.key, kind)  # type: ignore[arg-type]


def test_another_hall_has_its_own_figures(morning: Hall, cast: Cast) -> None:
    assert sums(Span([cast.district.pk], DAY, DAY), "office") == []


def test_arrivals_by_weekday_and_hour(morning: Hall) -> None:
    assert arrivals(Span([morning.office.pk], DAY, DAY)) == {(1, 7): 4.0}


def many_served(centre: Hall, cast: Cast) -> None:
    """Twelve of ten minutes each, the day before."""
    minh = cast.actor("minh")
    sit(centre.one.pk, actor=minh, at=at("07:00"))
    for number in range(12):
        began = at("07:30") + timedelta(minutes=10 * number)
        ticket = centre.draw(began)
        calling.call_next(actor=minh, at=began)
        calling.start(ticket.pk, actor=minh, at=began)
        calling.finish(ticket.pk, actor=minh, at=began + timedelta(minutes=10))


def test_without_a_past_nothing_is_estimated_and_with_one_it_is(centre: Hall, cast: Cast) -> None:
    today, minh = "2021-11-02", cast.actor("minh")
    first = centre.draw(at("08:00", today))
    second = centre.draw(at("08:00", today))
    assert estimate_of(second, at("08:00", today)) == Estimate(1)
    assert Estimate(1).words == ""
    many_served(centre, cast)
    assert paces(Span([centre.office.pk], DAY, DAY))[ANY].mean == 600
    from motcua.tickets.estimate import forget_paces

    forget_paces()
    assert estimate_of(second, at("08:00", today)).words == "", "no counter is open"
    sit(centre.one.pk, actor=minh, at=at("08:00", today))
    assert estimate_of(second, at("08:00", today)) == Estimate(1, 10, 10)
    assert estimate_of(first, at("08:00", today)).ahead == 0
    assert estimates_now([centre.a, centre.b], date(2021, 11, 2), at("08:00", today)) == {
        centre.a.pk: Estimate(2, 20, 20),
        centre.b.pk: Estimate(0),
    }
    calling.call_next(actor=minh, at=at("08:01", today))
    assert estimate_of(second, at("08:06", today)) == Estimate(0, 5, 5)

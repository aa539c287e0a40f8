"""Numbers are drawn in the hours of the hall, one for each page, in the order of coming; and given back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.tickets import calling
from motcua.tickets.drawing import Wish, draw, leave, new_key, open_slots, ticket_of
from motcua.tickets.halls import close_line
from motcua.tickets.kinds import State, Way
from motcua.tickets.models import Ticket, TicketEvent
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import Hall, hall
from tests.cast import Cast
from tests.world import World, moment

pytestmark = pytest.mark.django_db
EIGHT = moment("2021-11-01 08:00")


@pytest.fixture
def centre(world: World) -> Hall:
    return hall(world.cast)


def test_one_row_of_numbers_for_a_hall_and_day(centre: Hall) -> None:
    drawn = [centre.draw(EIGHT), centre.draw(EIGHT, centre.b), centre.draw(moment("2021-11-02 08:00"))]
    assert [str(one) for one in drawn] == ["A001", "B002", "A001"]
    assert [one.day.day for one in drawn] == [1, 1, 2]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("2021-11-01 06:20", "closed_hours"),
        ("2021-11-01 12:30", "closed_hours"),
        ("2021-11-01 21:00", "closed_hours"),
        ("2021-11-07 09:00", "day_off"),
        ("2021-09-02 09:00", "day_off"),
    ],
)
def test_no_numbers_outside_the_hours(when: str, code: str, centre: Hall) -> None:
    with pytest.raises(Refused) as refused:
        centre.draw(moment(when))
    assert refused.value.code == code
    assert not Ticket.objects.exists()


def test_before_the_doors_open_the_wait_counts_from_the_opening(centre: Hall) -> None:
    ticket = centre.draw(moment("2021-11-01 06:45"))
    assert ticket.from_at == moment("2021-11-01 07:00") and ticket.drawn_at == moment("2021-11-01 06:45")


def test_a_line_that_is_closed_gives_no_numbers_and_who_waits_is_still_called(centre: Hall, cast: Cast) -> None:
    centre.draw(EIGHT)
    dung, minh = cast.actor("dung"), cast.actor("minh")
    with pytest.raises(NotThere):
        close_line(centre.a.pk, closed=True, actor=minh, at=EIGHT)
    close_line(centre.a.pk, closed=True, actor=dung, at=EIGHT)
    with pytest.raises(Refused, match="tạm ngừng"):
        centre.draw(EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    assert calling.call_next(actor=minh, at=EIGHT) is not None
    close_line(centre.a.pk, closed=False, actor=dung, at=EIGHT)
    assert str(centre.draw(EIGHT)) == "A002", "what was refused took no number"


def test_priority_stands_half_an_hour_earlier_and_no_further(centre: Hall, cast: Cast) -> None:
    first = centre.draw(EIGHT)
    later = centre.draw(EIGHT + timedelta(minutes=20), priority="elderly")
    centre.draw(EIGHT + timedelta(minutes=40), priority="pregnant")
    with pytest.raises(Invalid):
        centre.draw(EIGHT, priority="friend")
    minh = cast.actor("minh")
    sit(centre.one.pk, actor=minh, at=EIGHT)
    called = []
    for minute in (41, 42, 43):
        ticket = calling.call_next(actor=minh, at=EIGHT + timedelta(minutes=minute))
        assert ticket is not None
        called.append(str(ticket))
        calling.skip(ticket.pk, actor=minh, at=EIGHT + timedelta(minutes=minute))
    assert called == [str(later), str(first), "A003"]


def test_a_page_sent_twice_draws_one_number(centre: Hall) -> None:
    key = new_key()
    first, again = centre.draw(EIGHT, key=key), centre.draw(EIGHT, key=key)
    assert first.pk == again.pk and Ticket.objects.count() == 1 == TicketEvent.objects.count()


def test_half_hours_are_chosen_until_they_are_full(centre: Hall) -> None:
    slots = open_slots(centre.a, EIGHT)
    assert slots[0] == moment("2021-11-01 08:30") and moment("2021-11-02 07:00") in slots
    assert all(one.astimezone(EIGHT.tzinfo).weekday() < 6 for one in slots)
    assert open_slots(centre.b, EIGHT) == [], "nobody chooses for line B"
    nine = moment("2021-11-01 09:00")
    wish = Wish(centre.a.pk, slot=nine)
    booked = [draw(wish, way=Way.PHONE, at=EIGHT) for _one in range(2)]
    assert {one.from_at for one in booked} == {nine}
    with pytest.raises(Invalid, match="đã đầy"):
        draw(wish, way=Way.PHONE, at=EIGHT)
    leave(booked[0].key, at=EIGHT)
    assert draw(wish, way=Way.PHONE, at=EIGHT).from_at == nine
    with pytest.raises(Invalid):
        draw(Wish(centre.a.pk, slot=moment("2021-11-07 09:00")), way=Way.PHONE, at=EIGHT)


def test_who_chose_a_half_hour_is_not_called_before_it(centre: Hall, cast: Cast) -> None:
    minh, nine = cast.actor("minh"), moment("2021-11-01 09:00")
    draw(Wish(centre.a.pk, slot=nine), way=Way.PHONE, at=EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    assert calling.call_next(actor=minh, at=nine - timedelta(seconds=1)) is None
    assert calling.call_next(actor=minh, at=nine) is not None


def test_a_number_is_given_back_until_it_is_called(centre: Hall, cast: Cast) -> None:
    one, two = centre.draw(EIGHT), centre.draw(EIGHT)
    assert leave(one.key.lower(), at=EIGHT).state == State.LEFT
    assert leave(one.key, at=EIGHT).last_seq == 2, "given back twice is once"
    minh = cast.actor("minh")
    sit(centre.one.pk, actor=minh, at=EIGHT)
    called = calling.call_next(actor=minh, at=EIGHT)
    assert called is not None and called.pk == two.pk
    with pytest.raises(Refused, match="đã được gọi"):
        leave(two.key, at=EIGHT)
    with pytest.raises(NotThere):
        ticket_of("ABCDEFGHJK")
    with pytest.raises(NotThere):
        ticket_of("")


@pytest.mark.django_db(transaction=True)
def test_many_who_draw_at_once_get_numbers_without_a_gap_and_one_page_one(world: World) -> None:
    centre, same = hall(world.cast), new_key()

    def draw_five(number: int) -> list[int]:
        try:
            own = [centre.draw(EIGHT).number for _one in range(5)]
            return [*own, centre.draw(EIGHT, key=same).number]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = [found for one in pool.map(draw_five, range(4)) for found in one]
    assert sorted(set(numbers)) == list(range(1, 22))
    assert len(numbers) - len(set(numbers)) == 3, "four presses of one page, one number"

"""Numbers are called in one order, by one counter each, and everything that happens to them stays written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from motcua.base.errors import NotThere, Refused, Stale
from motcua.offices.actors import actor_of
from motcua.tickets import calling
from motcua.tickets.calling import in_hand, sight
from motcua.tickets.kinds import TRANSITIONS, Act, State, acts_from
from motcua.tickets.models import Ticket, TicketEvent
from motcua.tickets.seats import leave_seat, seat_of, sit
from motcua.tickets.tests.halls import Hall, another_receiver, hall
from tests.cast import Cast
from tests.world import World, moment

pytestmark = pytest.mark.django_db
EIGHT = moment("2021-11-01 08:00")


def at(clock: str):
    return moment(f"2021-11-01 {clock}")


@pytest.fixture
def centre(world: World) -> Hall:
    return hall(world.cast)


def acts_of(ticket: Ticket) -> list[tuple[str, str]]:
    return list(TicketEvent.objects.filter(ticket=ticket).order_by("seq").values_list("act", "state"))


def test_a_number_is_called_served_and_finished(centre: Hall, cast: Cast) -> None:
    first, second = centre.draw(EIGHT), centre.draw(at("08:01"))
    assert (str(first), str(second)) == ("A001", "A002")
    minh = cast.actor("minh")
    sit(centre.one.pk, actor=minh, at=at("08:02"))
    called = calling.call_next(actor=minh, at=at("08:03"))
    assert called is not None and called.pk == first.pk and called.counter_id == centre.one.pk
    calling.recall(first.pk, actor=minh, at=at("08:04"))
    calling.start(first.pk, actor=minh, at=at("08:05"))
    following = calling.call_next(actor=minh, at=at("08:15"))
    assert following is not None and following.pk == second.pk
    assert acts_of(first) == [
        ("draw", "waiting"), ("call", "called"), ("recall", "called"), ("start", "serving"), ("finish", "finished"),
    ]  # fmt: skip
    calling.skip(second.pk, actor=minh, at=at("08:18"))
    assert calling.call_next(actor=minh, at=at("08:19")) is None
    calling.resume(second.pk, actor=minh, at=at("08:30"))
    assert calling.finish(second.pk, actor=minh, at=at("08:40")).state == State.FINISHED


def test_nobody_is_called_past_one_who_is_still_called(centre: Hall, cast: Cast) -> None:
    centre.draw(EIGHT)
    centre.draw(EIGHT)
    minh = cast.actor("minh")
    with pytest.raises(Refused, match="chọn quầy"):
        calling.call_next(actor=minh, at=EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    calling.call_next(actor=minh, at=EIGHT)
    with pytest.raises(Refused, match="A001 đang được gọi"):
        calling.call_next(actor=minh, at=at("08:01"))


def test_a_second_press_of_the_same_button_calls_nobody(centre: Hall, cast: Cast) -> None:
    centre.draw(EIGHT)
    centre.draw(EIGHT)
    minh = cast.actor("minh")
    seat = sit(centre.one.pk, actor=minh, at=EIGHT)
    seen = sight(in_hand(seat.counter_id, seat.day))
    calling.call_next(actor=minh, at=EIGHT, seen=seen)
    with pytest.raises(Stale, match="A001"):
        calling.call_next(actor=minh, at=at("08:01"), seen=seen)
    first = in_hand(centre.one.pk, seat.day)
    assert first is not None
    calling.start(first.pk, actor=minh, at=at("08:02"), seen=first.last_seq)
    with pytest.raises(Stale):
        calling.start(first.pk, actor=minh, at=at("08:02"), seen=first.last_seq)


def test_held_resumed_handed_on_and_a_second_service(centre: Hall, cast: Cast) -> None:
    minh, dung = cast.actor("minh"), cast.actor("dung")
    one, two = centre.draw(EIGHT), centre.draw(at("08:01"))
    sit(centre.one.pk, actor=minh, at=EIGHT)
    sit(centre.three.pk, actor=dung, at=EIGHT)
    calling.call_next(actor=minh, at=at("08:02"))
    calling.start(one.pk, actor=minh, at=at("08:03"))
    calling.hold(one.pk, actor=minh, at=at("08:10"))
    calling.call_next(actor=minh, at=at("08:11"))
    with pytest.raises(Refused, match="A002"):
        calling.resume(one.pk, actor=minh, at=at("08:12"))
    calling.start(two.pk, actor=minh, at=at("08:12"))
    # Counter 1 does not serve line B, so the same person waits for it, where they came; counter 3 calls them.
    assert calling.second_service(two.pk, line_id=centre.b.pk, actor=minh, at=at("08:20")).state == State.WAITING
    calling.resume(one.pk, actor=minh, at=at("08:21"))
    called = calling.call_next(actor=dung, at=at("08:22"))
    assert called is not None and called.pk == two.pk and str(called) == "A002"
    with pytest.raises(Refused, match="quầy 3"):
        calling.start(two.pk, actor=minh, at=at("08:23"))
    calling.transfer(one.pk, counter_id=centre.two.pk, actor=minh, at=at("08:25"))
    assert calling.call_next(actor=minh, at=at("08:26")) is None, "only counter 2 may call it"
    leave_seat(actor=minh, at=at("08:27"))
    sit(centre.two.pk, actor=minh, at=at("08:27"))
    called = calling.call_next(actor=minh, at=at("08:28"))
    assert called is not None and called.pk == one.pk
    calling.start(one.pk, actor=minh, at=at("08:29"))
    assert calling.second_service(one.pk, line_id=centre.b.pk, actor=minh, at=at("08:30")).state == State.SERVING


def test_who_hands_on_names_where(centre: Hall, cast: Cast) -> None:
    minh, ticket = cast.actor("minh"), centre.draw(EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    calling.call_next(actor=minh, at=EIGHT)
    for to, error in (({}, Refused), ({"counter_id": centre.one.pk}, Refused), ({"line_id": 0}, NotThere)):
        with pytest.raises(error):
            calling.transfer(ticket.pk, **to, actor=minh, at=EIGHT)
    assert Ticket.objects.get(pk=ticket.pk).state == State.CALLED


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.DRAW, Act.CALL, Act.LEAVE)])
@pytest.mark.parametrize("state", list(State))
def test_only_what_the_table_allows(act: Act, state: State, centre: Hall, cast: Cast) -> None:
    minh, ticket = cast.actor("minh"), centre.draw(EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    in_a_hall = {"counter": centre.one, "officer": cast.minh} if state not in (State.WAITING, State.LEFT) else {}
    Ticket.objects.filter(pk=ticket.pk).update(state=state, **in_a_hall)
    more = {Act.TRANSFER: {"line_id": centre.b.pk}, Act.SECOND: {"line_id": centre.b.pk}}.get(act, {})
    function = getattr(calling, {"second": "second_service"}.get(act.value, act.value))
    if act in acts_from(state):
        done = function(ticket.pk, **more, actor=minh, at=at("08:05"))
        target = TRANSITIONS[act][1]
        assert done.state == (State.WAITING if act == Act.SECOND else target or state)
    else:
        with pytest.raises(Refused, match="Không thể"):
            function(ticket.pk, **more, actor=minh, at=at("08:05"))


def test_outsiders_have_no_such_number(centre: Hall, cast: Cast) -> None:
    ticket = centre.draw(EIGHT)
    for name in ("hien", "hoa", "lan", "khang"):
        with pytest.raises((NotThere, Refused)):
            calling.call_next(actor=cast.actor(name), at=EIGHT)
        with pytest.raises(NotThere):
            sit(centre.one.pk, actor=cast.actor(name), at=EIGHT)
    assert acts_of(ticket) == [("draw", "waiting")]


def test_a_counter_has_one_person_and_a_person_one_counter(centre: Hall, cast: Cast) -> None:
    minh, dung = cast.actor("minh"), cast.actor("dung")
    assert sit(centre.one.pk, actor=minh, at=EIGHT).pk == sit(centre.one.pk, actor=minh, at=at("08:01")).pk
    with pytest.raises(Refused, match="đang có người"):
        sit(centre.one.pk, actor=dung, at=at("08:02"))
    sit(centre.two.pk, actor=minh, at=at("08:03"))
    sit(centre.one.pk, actor=dung, at=at("08:04"))
    centre.draw(at("08:05"))
    calling.call_next(actor=minh, at=at("08:06"))
    with pytest.raises(Refused, match="trước khi rời"):
        leave_seat(actor=minh, at=at("08:07"))
    calling.free_counter(centre.one.pk, actor=dung, at=at("08:08"))
    with pytest.raises(NotThere):
        calling.free_counter(centre.two.pk, actor=minh, at=at("08:09"))
    assert seat_of(dung, EIGHT.date()) is None
    assert seat_of(minh, moment("2021-11-02 08:00").date()) is None, "yesterday's seat is nobody's"


def test_who_leads_frees_a_counter_and_its_number_is_served_on_elsewhere(centre: Hall, cast: Cast) -> None:
    minh, dung = cast.actor("minh"), cast.actor("dung")
    ticket = centre.draw(EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    calling.call_next(actor=minh, at=EIGHT)
    calling.start(ticket.pk, actor=minh, at=EIGHT)
    calling.free_counter(centre.one.pk, actor=dung, at=at("08:30"))
    held = TicketEvent.objects.filter(ticket=ticket).latest("seq")
    assert (held.act, held.account_id, seat_of(minh, EIGHT.date())) == (Act.HOLD, cast.dung.pk, None)
    sit(centre.three.pk, actor=dung, at=at("08:31"))
    assert calling.resume(ticket.pk, actor=dung, at=at("08:32")).counter_id == centre.three.pk


def test_what_was_left_in_hand_yesterday_is_in_nobodys_way(centre: Hall, cast: Cast) -> None:
    minh, today = cast.actor("minh"), moment("2021-11-02 08:00")
    left = centre.draw(EIGHT)
    sit(centre.one.pk, actor=minh, at=EIGHT)
    calling.call_next(actor=minh, at=EIGHT)
    fresh = centre.draw(today)
    sit(centre.one.pk, actor=minh, at=today)
    called = calling.call_next(actor=minh, at=today)
    assert called is not None and called.pk == fresh.pk
    with pytest.raises(NotThere):
        calling.start(left.pk, actor=minh, at=today)


def test_what_happened_can_not_be_changed(centre: Hall) -> None:
    ticket = centre.draw(EIGHT)
    for change in (
        lambda: TicketEvent.objects.filter(ticket=ticket).update(act="call"),
        lambda: TicketEvent.objects.filter(ticket=ticket).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_officers_who_call_at_once_never_get_the_same_number(world: World) -> None:
    centre, cast = hall(world.cast), world.cast
    people = [another_receiver(cast, f"receiver{number}") for number in range(4)]
    for number in range(3, 3 + len(people)):
        counter = centre.office.ticket_counters.create(number=number + 1)
        counter.lines.set([centre.a])
        sit(counter.pk, actor=actor_of(people[number - 3], EIGHT.date()), at=EIGHT)
    drawn = {centre.draw(EIGHT).pk for _one in range(40)}
    together = Barrier(len(people))

    def call_ten(account) -> list[int]:
        try:
            actor, found = actor_of(account, EIGHT.date()), []
            together.wait()
            for _one in range(10):
                ticket = calling.call_next(actor=actor, at=at("08:05"))
                assert ticket is not None
                found.append(ticket.pk)
                calling.start(ticket.pk, actor=actor, at=at("08:06"))
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        called = [pk for found in pool.map(call_ten, people) for pk in found]
    assert sorted(called) == sorted(drawn), "everybody once, nobody twice"
    assert TicketEvent.objects.filter(act=Act.CALL).count() == 40

"""Numbers at a machine and by telephone, the screen on the wall. Law: ND61-2018 13"""

from __future__ import annotations

import wave
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bench.chime import FILE, RATE, samples
from motcua.offices.kiosks import set_up
from motcua.pages.conftest import WallClock
from motcua.ratings.models import Vote
from motcua.reports.audit.voices import votes as audited
from motcua.tickets import calling
from motcua.tickets.models import Line, Ticket
from motcua.tickets.seats import sit
from motcua.tickets.tests.halls import Hall, hall
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOW = "2021-11-01 08:00"
KIOSK, NUMBER, WALL, WALL_NOW, PHONE = "/ki-ot/lay-so/", "/ki-ot/so/", "/man-hinh/", "/man-hinh/luc-nay/", "/so-thu-tu/"


@pytest.fixture
def centre(world: World, clock: WallClock) -> Hall:
    clock(NOW)
    return hall(world.cast)


@pytest.fixture
def browser_of(world: World, centre: Hall) -> Callable[[str], Client]:
    """The browser of a machine of this use, in the hall of the centre."""

    def of(use: str) -> Client:
        _machine, secret = set_up(centre.office, "Máy số 1", use, actor=world.actor("yen"), at=moment(NOW))
        client = Client()
        client.cookies["ki-ot"] = secret
        return client

    return of


def page_of(html: str) -> str:
    """The key that a page was drawn with, as its form sends it."""
    return html.split('name="page" value="')[1].split('"', maxsplit=1)[0]


def test_a_machine_for_numbers_begins_with_them(browser_of: Callable[[str], Client], centre: Hall) -> None:
    machine = browser_of("tickets")
    assert machine.get("/ki-ot/").url == KIOSK  # type: ignore[attr-defined]
    html = assert_good_page(machine.get(KIOSK))
    assert "Hộ tịch, chứng thực" in html and "từ 60 tuổi" in html
    sent = {"page": page_of(html), "line": centre.a.pk, "priority": "elderly"}
    assert machine.post(KIOSK, sent).url == NUMBER  # type: ignore[attr-defined]
    assert machine.post(KIOSK, sent).status_code == 302
    assert [(str(one), one.way, one.priority) for one in Ticket.objects.all()] == [("A001", "kiosk", "elderly")]
    shown = assert_good_page(machine.get(NUMBER))
    assert "A001" in shown and Ticket.objects.get().key in shown and "–" in shown, "nothing is known of the wait yet"
    machine.post("/ki-ot/xong/")
    assert machine.get(NUMBER).url == KIOSK, "forgotten with its person"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("when", "sent", "status", "words"),
    [
        ("2021-11-01 21:00", {}, 409, "Ngoài giờ phát số"),
        ("2021-11-07 09:00", {}, 409, "không tiếp nhận trực tiếp"),
        (NOW, {"line": "x"}, 422, "chọn một nhóm"),
        (NOW, {"line": "999999"}, 422, "chọn một nhóm"),
        (NOW, {"line": "@2021"}, 422, "chọn một nhóm"),
        (NOW, {"priority": "friend"}, 422, "không có trong quy định"),
        (NOW, {"page": "bent"}, 409, "Trang này đã cũ"),
    ],
)
def test_what_can_not_be_drawn_is_said_in_words(
    when: str,
    sent: dict[str, str],
    status: int,
    words: str,
    browser_of: Callable[[str], Client],
    centre: Hall,
    clock: WallClock,
) -> None:
    machine = browser_of("tickets")
    page = page_of(assert_good_page(machine.get(KIOSK)))
    clock(when)
    answer = machine.post(KIOSK, {"page": page, "line": centre.a.pk, **sent})
    assert words in assert_good_page(answer, status)
    assert not Ticket.objects.exists()


def test_a_closed_line_and_a_hall_without_lines(browser_of: Callable[[str], Client], centre: Hall) -> None:
    machine = browser_of("tickets")
    page = page_of(assert_good_page(machine.get(KIOSK)))
    Line.objects.update(closed_at=moment(NOW))
    assert "tạm ngừng phát số" in assert_good_page(machine.get(KIOSK))
    assert "tạm ngừng" in assert_good_page(machine.post(KIOSK, {"page": page, "line": centre.a.pk}), 409)
    Line.objects.update(ended_at=moment(NOW))
    assert "chưa dùng số thứ tự" in assert_good_page(machine.get(KIOSK))


def test_without_its_secret_a_browser_has_none_of_it(client: Client, centre: Hall) -> None:
    client.cookies["ki-ot"] = "guessed"
    for page in (KIOSK, NUMBER, WALL, WALL_NOW):
        assert client.get(page).status_code == 404
        client.cookies["ki-ot"] = "guessed"


def test_the_screen_shows_calls_and_says_when_nothing_changed(
    browser_of: Callable[[str], Client], centre: Hall, world: World, django_assert_max_num_queries: Any
) -> None:
    screen, minh = browser_of("screen"), world.actor("minh")
    assert screen.get("/ki-ot/").url == WALL  # type: ignore[attr-defined]
    assert "Chưa gọi số nào" in assert_good_page(screen.get(WALL))
    first = screen.get(WALL_NOW)
    tag = first.headers["ETag"]
    with django_assert_max_num_queries(2):  # the machine, the stamp
        again = screen.get(WALL_NOW, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    sit(centre.two.pk, actor=minh, at=moment(NOW))
    ticket = centre.draw(moment(NOW))
    calling.call_next(actor=minh, at=moment(NOW))
    changed = screen.get(WALL_NOW, headers={"If-None-Match": tag})
    html = changed.content.decode()
    assert changed.status_code == 200 and changed.headers["ETag"] != tag
    assert f'data-code="{ticket}"' in html and 'data-counter="2"' in html
    key = html.split('data-call="')[1].split('"')[0]
    calling.recall(ticket.pk, actor=minh, at=moment(NOW))
    heard = screen.get(WALL_NOW).content.decode().split('data-call="')[1].split('"')[0]
    assert heard != key, "called again is heard again"
    assert "Minh" not in html, "no name on the wall"


def test_by_telephone_without_an_account(client: Client, centre: Hall, clock: WallClock, world: World) -> None:
    html = assert_good_page(client.get(PHONE))
    assert centre.office.name in html
    asked = {"coquan": centre.office.code}
    html = assert_good_page(client.get(PHONE, asked))
    assert "08:30" in html, "half hours of line A"
    assert "hãy lấy số của nhóm A" in assert_good_page(client.get(PHONE, {**asked, "thutuc": "9.000001"}))
    drawn = client.post(PHONE, {**asked, "page": page_of(html), "line": centre.a.pk})
    mine = drawn.url  # type: ignore[attr-defined]
    assert "A001" in assert_good_page(client.get(mine))
    html = assert_good_page(client.get(PHONE, asked))
    later = {**asked, "page": page_of(html), "line": f"{centre.a.pk}@2021-11-02T08:00:00+07:00"}
    chosen = client.post(PHONE, later).url  # type: ignore[attr-defined]
    assert "02/11/2021 08:00" in assert_good_page(client.get(chosen))
    tag = client.get(f"{mine}luc-nay/").headers["ETag"]
    assert client.get(f"{mine}luc-nay/", headers={"If-None-Match": tag}).status_code == 304
    minh = world.actor("minh")
    sit(centre.one.pk, actor=minh, at=moment(NOW))
    calling.call_next(actor=minh, at=moment(NOW))
    assert "Mời bạn đến quầy 1 ngay" in client.get(f"{mine}luc-nay/", headers={"If-None-Match": tag}).content.decode()
    assert "đã được gọi" in assert_good_page(client.post(f"{mine}bo/"), 409)
    assert client.post(f"{chosen}bo/").status_code == 302
    assert "Bạn đã bỏ số này" in assert_good_page(client.get(chosen))
    clock("2021-11-03 08:00")
    assert_good_page(client.get(mine))


def test_a_turn_is_rated_by_its_key_once(client: Client, centre: Hall, world: World) -> None:
    ticket, minh = centre.draw(moment(NOW)), world.actor("minh")
    address = f"{PHONE}{ticket.key}/danh-gia/"
    assert "phục vụ xong" in assert_good_page(client.get(address))
    sit(centre.one.pk, actor=minh, at=moment(NOW))
    calling.call_next(actor=minh, at=moment(NOW))
    calling.start(ticket.pk, actor=minh, at=moment(NOW))
    calling.finish(ticket.pk, actor=minh, at=moment(NOW))
    assert address in assert_good_page(client.get(f"{PHONE}{ticket.key}/"))
    assert_good_page(client.post(address, {}), 422)
    assert client.post(address, {"level": "satisfied"}).status_code == 302
    assert "đã được đánh giá" in assert_good_page(client.get(address))
    assert_good_page(client.post(address, {"level": "not_satisfied"}), 409)
    assert [vote.level for vote in Vote.objects.all()] == ["satisfied"]
    assert list(audited(lambda _name, _many: None)) == [], "the chain of votes holds"


def test_keys_are_not_guessed_and_a_hall_is_not_filled(client: Client, centre: Hall) -> None:
    statuses = [client.get(f"{PHONE}ABCDEFGH{number:02d}/").status_code for number in range(22, 46)]
    assert statuses[:20] == [404] * 20 and statuses[20:] == [429] * 4
    asked = {"coquan": centre.office.code}
    page = [page_of(client.get(PHONE, asked).content.decode()) for _one in range(22)]
    drawn = [client.post(PHONE, {**asked, "page": one, "line": centre.b.pk}).status_code for one in page]
    assert drawn == [302] * 20 + [429] * 2
    assert Ticket.objects.count() == 20


def test_the_chime_is_what_its_program_makes() -> None:
    with wave.open(str(FILE), "rb") as sound:
        assert (sound.getframerate(), sound.getsampwidth()) == (RATE, 1)
        assert sound.readframes(sound.getnframes()) == samples()

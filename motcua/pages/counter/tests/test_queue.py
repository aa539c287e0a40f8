"""The bar and the page of whoever sits at a counter: one press, told in words, nothing lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.pages.conftest import WallClock
from motcua.pages.counter.tests.test_take_in import filled
from motcua.tickets.models import Seat, Ticket, TicketDossier
from motcua.tickets.tests.halls import Hall, hall
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOW = "2021-11-01 08:00"
PAGE, BAR = "/quay/goi-so/", "/quay/goi-so/thanh/"
OF_SCRIPT = {"X-Piece": "1"}


@pytest.fixture
def centre(world: World, clock: WallClock) -> Hall:
    clock(NOW)
    return hall(world.cast)


@pytest.fixture
def minh(centre: Hall, logged_in: Callable[[str], Client], clock: WallClock) -> Client:
    """Minh's browser, sitting at counter 1."""
    client = logged_in("minh")
    clock(NOW)
    assert "Bạn ngồi quầy nào" in assert_good_page(client.get(PAGE))
    assert client.post(f"{PAGE}ngoi/", {"counter": centre.one.pk}).status_code == 302
    return client


def sent(html: str) -> dict[str, str]:
    """What the form of the bar sends."""
    bar = html.rsplit('class="queue-bar"', maxsplit=1)[-1]
    found = {}
    for name in ("seen", "ticket", "seq"):
        if f'name="{name}" value="' in bar:
            found[name] = bar.split(f'name="{name}" value="')[1].split('"')[0]
    return found


def press(client: Client, doing: str, **more: object) -> str:
    """As the script does it: the bar as it is afterwards."""
    body = {**sent(client.get(PAGE).content.decode()), **more}
    answer = client.post(f"{PAGE}{doing}/", body, headers=OF_SCRIPT)
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    assert "X-Piece" in answer.headers, "the script shows nothing else"
    return answer.content.decode()


def test_call_serve_finish_without_leaving_the_page(minh: Client, centre: Hall) -> None:
    centre.draw(moment(NOW))
    centre.draw(moment(NOW))
    assert "Không còn ai" not in press(minh, "goi")
    assert "đang được gọi" in press(minh, "goi"), "whoever is called has not come yet"
    press(minh, "goi-lai")
    press(minh, "bat-dau")
    assert "A002" in press(minh, "goi")
    press(minh, "vang")
    assert "Không còn ai chờ" in press(minh, "goi")
    assert [one.state for one in Ticket.objects.order_by("number")] == ["finished", "no_show"]
    assert "A002" in assert_good_page(minh.get(PAGE))


def test_two_windows_and_a_double_press(minh: Client, centre: Hall) -> None:
    centre.draw(moment(NOW))
    centre.draw(moment(NOW))
    body = sent(minh.get(PAGE).content.decode())
    assert minh.post(f"{PAGE}goi/", body).status_code == 302
    again = minh.post(f"{PAGE}goi/", body, headers=OF_SCRIPT).content.decode()
    assert "Quầy vừa đổi: đang có số A001" in again and "A002" not in again
    assert Ticket.objects.filter(state="called").count() == 1
    body = sent(minh.get(PAGE).content.decode())
    minh.post(f"{PAGE}bat-dau/", body)
    assert "vừa đổi" in minh.post(f"{PAGE}vang/", body, headers=OF_SCRIPT).content.decode()
    assert Ticket.objects.get(number=1).state == "serving"


def test_without_script_the_page_comes_back_and_says_what_stopped_it(minh: Client, centre: Hall) -> None:
    back = {"back": "/quay/tra-ket-qua/"}
    assert minh.post(f"{PAGE}goi/", back).url == "/quay/tra-ket-qua/"  # type: ignore[attr-defined]
    assert "Không còn ai chờ" in assert_good_page(minh.get("/quay/tra-ket-qua/"))
    for elsewhere in ("https://xau.vn/", "//xau.vn/", "javascript:alert(1)"):
        assert minh.post(f"{PAGE}goi/", {"back": elsewhere}).url == PAGE  # type: ignore[attr-defined]
    assert minh.post(f"{PAGE}khong-co/", {"ticket": 1, "seq": 1}).status_code == 404
    minh.post(f"{PAGE}bat-dau/", {"ticket": "x"})
    assert "Hãy chọn lại" in assert_good_page(minh.get(PAGE))


def test_hand_on_hold_second_service_and_draw_for_somebody(minh: Client, centre: Hall) -> None:
    minh.post(f"{PAGE}lay-so/", {"line": centre.a.pk, "priority": "pregnant"})
    assert [(str(one), one.way, one.priority) for one in Ticket.objects.all()] == [("A001", "counter", "pregnant")]
    press(minh, "goi")
    press(minh, "bat-dau")
    press(minh, "tam-giu")
    html = assert_good_page(minh.get(PAGE))
    assert "Tạm giữ" in html and "Phục vụ tiếp" in html
    ticket = Ticket.objects.get()
    minh.post(f"{PAGE}tiep-tuc/", {"ticket": ticket.pk, "seq": ticket.last_seq})
    press(minh, "dich-vu-hai", line=centre.b.pk)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.line_id) == ("waiting", centre.b.pk)
    assert minh.post(f"{PAGE}lay-so/", {"line": 0}).status_code == 404
    assert "Bạn đã rời quầy" in minh.post(f"{PAGE}roi/", follow=True).content.decode()
    assert not Seat.objects.filter(until=None).exists()


def test_the_bar_is_fresh_and_for_nobody_who_sits_nowhere(
    minh: Client, centre: Hall, logged_in: Callable[[str], Client], clock: WallClock
) -> None:
    tag = minh.get(BAR).headers["ETag"]
    assert minh.get(BAR, headers={"If-None-Match": tag}).status_code == 304
    centre.draw(moment(NOW))
    assert minh.get(BAR, headers={"If-None-Match": tag}).status_code == 200
    dung = logged_in("dung")
    clock(NOW)
    assert dung.get(BAR).status_code == 404
    assert "queue-bar" not in assert_good_page(dung.get("/quay/"))
    assert "queue-bar" in assert_good_page(minh.get("/quay/"))


def whole(world: World, client: Client, **changes: object) -> dict[str, object]:
    """A whole dossier as the page of the intake sends it, with the number that it carries."""
    page = client.get(f"/quay/tiep-nhan/{world.passport.pk}/")
    return {**filled(world, client), "turn": page.context["form"]["turn"].value() or "", **changes}


def test_a_dossier_is_tied_to_the_number_of_its_page(minh: Client, centre: Hall, world: World) -> None:
    page = f"/quay/tiep-nhan/{world.passport.pk}/"
    ticket = centre.draw(moment(NOW))
    press(minh, "goi")
    press(minh, "bat-dau")
    html = assert_good_page(minh.get(page))
    assert f'name="turn" value="{ticket.pk}"' in html
    answer = minh.post(page, whole(world, minh))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    tied = TicketDossier.objects.get()
    assert (tied.ticket_id, tied.dossier_id) == (ticket.pk, Dossier.objects.get().pk)
    assert "A001" in assert_good_page(minh.get(answer.url))  # type: ignore[attr-defined]


def test_without_a_number_in_hand_a_dossier_is_taken_in_as_ever(minh: Client, world: World) -> None:
    page = f"/quay/tiep-nhan/{world.passport.pk}/"
    assert minh.post(page, whole(world, minh)).status_code == 302
    assert Dossier.objects.count() == 1 and not TicketDossier.objects.exists()
    bent = whole(world, minh, turn="999999", owner_name="Người Khác")
    answer = minh.post(page, bent, follow=True)
    assert "không ghi được cùng số thứ tự" in answer.content.decode()
    assert Dossier.objects.count() == 2, "the dossier is there all the same"

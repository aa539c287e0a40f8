"""A machine in the hall: set up by whoever answers for it, for nobody's work, and it forgets. Law: ND309-2026 1"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.wrongs import returned
from motcua.offices.kiosks import set_up
from motcua.offices.models import Kiosk
from motcua.pages.conftest import WallClock
from motcua.pages.portal.tests.test_submit import OWNER, a_file
from motcua.pages.portal.tests.test_voices import TYPED
from motcua.petitions.models import Petition
from motcua.ratings.kinds import Place
from motcua.ratings.models import Vote
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
START, SETUP, TRACK = "/ki-ot/", "/thiet-lap/ki-ot/", "/ho-so/tra-cuu/"
MORNING = "2026-09-01 09:00"


@pytest.fixture
def machine(world: World, clock: WallClock) -> Client:
    """The browser of a kiosk in the hall of the centre."""
    clock(MORNING)
    _kiosk, secret = set_up(world.cast.center, "Ki-ốt số 1", actor=world.actor("yen"), at=moment(MORNING))
    client = Client()
    client.cookies["ki-ot"] = secret
    assert_good_page(client.get(START))
    return client


def sign_in(client: Client, who: Any) -> None:
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")


def test_an_administrator_makes_a_browser_a_kiosk_and_is_signed_out_of_it(
    world: World, logged_in: Callable[[str], Client], clock: WallClock
) -> None:
    clock(MORNING)
    yen = logged_in("yen")
    assert_good_page(yen.get(SETUP))
    asked = {"office": world.cast.center.code, "name": "Ki-ốt số 1", "use": "kiosk"}
    assert "Hãy đặt tên cho máy" in assert_good_page(yen.post(SETUP, {**asked, "name": " ab "}), 422)
    assert yen.post(SETUP, asked).status_code == 302
    assert "Ki-ốt số 1" in assert_good_page(yen.get(START))
    assert yen.get(SETUP).status_code == 302, "signed out"


def test_who_may_not_and_when_not(world: World, logged_in: Callable[[str], Client], clock: WallClock) -> None:
    asked = {"office": world.cast.justice.code, "name": "Ki-ốt số 1", "use": "kiosk"}
    dung = logged_in("dung")
    assert "chưa có ki-ốt" in assert_good_page(
        logged_in("yen").post(SETUP, {**asked, "office": world.cast.center.code}), 409
    )
    clock(MORNING)
    assert_good_page(dung.get(SETUP))
    assert_good_page(dung.post(SETUP, asked), 403)
    assert logged_in("minh").post(SETUP, asked).status_code == 404
    assert not Kiosk.objects.exists()


def test_every_other_browser_has_no_such_pages(client: Client, world: World) -> None:
    client.cookies["ki-ot"] = "guessed"
    for page in (START, "/ki-ot/con-day/", "/ki-ot/ho-so/"):
        answer = client.get(page)
        assert answer.status_code == 404
        assert answer.cookies["ki-ot"].value == ""
        client.cookies["ki-ot"] = "guessed"
    assert client.post("/ki-ot/xong/").status_code == 404


def test_a_kiosk_is_ended_by_whoever_looks_after_it(
    machine: Client, world: World, logged_in: Callable[[str], Client]
) -> None:
    kiosk = Kiosk.objects.get()
    end = f"{SETUP}{kiosk.pk}/ngung/"
    assert logged_in("minh").post(end).status_code == 404
    yen = logged_in("yen")
    assert yen.post(end).status_code == 302
    first = Kiosk.objects.get().ended_at
    assert first is not None and yen.post(end).status_code == 302 and Kiosk.objects.get().ended_at == first
    assert "Ki-ốt số 1" in assert_good_page(yen.get(SETUP))
    assert machine.get(START).status_code == 404


def test_who_goes_away_is_forgotten(machine: Client, world: World, clock: WallClock) -> None:
    sign_in(machine, world.cast.lan)
    clock("2026-09-01 09:01:50")
    mine = machine.get("/tai-khoan/")
    assert "Trần Thị Lan" in assert_good_page(mine)
    assert mine.headers["Cache-Control"] == "private, no-store"
    clock("2026-09-01 09:03:40")
    assert machine.get("/ki-ot/con-day/").status_code == 204
    clock("2026-09-01 09:05:30")
    assert_good_page(machine.get("/tai-khoan/"))
    clock("2026-09-01 09:07:31")
    assert machine.get("/tai-khoan/").url.startswith("/dang-nhap/")  # type: ignore[attr-defined]


def test_a_bent_or_missing_mark_counts_as_gone(machine: Client, world: World) -> None:
    for mark in ("", "9999999999:bent"):
        sign_in(machine, world.cast.lan)
        machine.cookies["ki-ot-luc"] = mark
        assert machine.get("/tai-khoan/").status_code == 302


def test_done_leaves_nothing(machine: Client, world: World) -> None:
    sign_in(machine, world.cast.lan)
    machine.cookies["nen"] = "dark"
    answer = machine.post("/ki-ot/xong/")
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (302, '"cache", "storage"')
    assert answer.cookies["nen"].value == "" and answer.cookies["sessionid"].value == ""
    assert machine.get("/tai-khoan/").status_code == 302
    sign_in(machine, world.cast.bay)
    assert_good_page(machine.get(START))
    assert machine.get("/tai-khoan/").status_code == 302, "whoever starts is nobody yet"


def test_a_form_left_behind_is_sent_by_nobody_and_a_petition_shown_to_nobody(world: World, clock: WallClock) -> None:
    clock(MORNING)
    _kiosk, secret = set_up(world.cast.center, "Ki-ốt số 1", actor=world.actor("yen"), at=moment(MORNING))
    machine = Client(enforce_csrf_checks=True)
    machine.cookies["ki-ot"] = secret
    machine.get(START)
    for leave in ("/ki-ot/xong/", START):
        token = form_token(machine)
        sent = {**TYPED, "csrfmiddlewaretoken": token}
        assert machine.post("/phan-anh/", sent).status_code == 302
        assert TYPED["content"] in machine.get("/phan-anh/dang-theo-doi/").content.decode()
        machine.get(leave) if leave == START else machine.post(leave, {"csrfmiddlewaretoken": form_token(machine)})
        for page in ("/phan-anh/da-gui/", "/phan-anh/dang-theo-doi/"):
            assert machine.get(page).status_code == 404
        before = Petition.objects.count()
        assert machine.post("/phan-anh/", sent).status_code == 403, "the form of who was here before"
        assert Petition.objects.count() == before
    token = form_token(machine)
    clock("2026-09-01 09:03")
    assert machine.post("/phan-anh/", {**TYPED, "csrfmiddlewaretoken": token}).status_code == 403, "they went away"


def form_token(machine: Client) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', machine.get("/phan-anh/").content.decode())
    assert found is not None
    return found[1]


def test_no_officer_works_there(machine: Client, world: World) -> None:
    sign_in(machine, world.cast.minh)
    assert "dành cho người dân" in assert_good_page(machine.get("/quay/"), 403)
    assert machine.get("/quay/").status_code == 302


def test_a_look_up_stays_while_its_person_does_and_is_rated_as_at_a_kiosk(
    machine: Client, world: World, clock: WallClock
) -> None:
    dossier = returned(world)
    typed = {"code": dossier.code, "secret": dossier.secret}
    answer = machine.post(TRACK, typed)
    assert answer.status_code == 302, "no answer to a form stays in the history"
    html = assert_good_page(machine.get("/ki-ot/ho-so/"))
    assert "Cấp hộ chiếu thử nghiệm" in html
    rate = next(part for part in html.split('"') if part.startswith("/danh-gia/ki-ot/"))
    machine.post("/ki-ot/xong/")
    assert "máy đã quên" in assert_good_page(machine.get("/ki-ot/ho-so/"), 404)
    clock("2021-11-20 09:00")
    machine.post(rate, {"level": "satisfied"})
    assert [row.place for row in Vote.objects.all()] == [Place.KIOSK]


def test_in_the_own_list_too_a_vote_is_one_at_the_kiosk(machine: Client, world: World) -> None:
    dossier = returned(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    sign_in(machine, world.cast.lan)
    html = assert_good_page(machine.get("/ho-so/"))
    assert "/danh-gia/ki-ot/" in html
    assert "/danh-gia/nha/" not in html


def test_what_is_handed_in_there_says_so(machine: Client, world: World, settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    sign_in(machine, world.cast.lan)
    begun = machine.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk})
    draft = begun.url.split("/")[2]  # type: ignore[attr-defined]
    machine.post(f"/nop-ho-so/{draft}/thong-tin/", OWNER)
    files = {f"file-{one.pk}": a_file() for one in world.passport.components.all()}
    machine.post(f"/nop-ho-so/{draft}/giay-to/", files)
    machine.post(f"/nop-ho-so/{draft}/xem-lai/", {"true": "on"})
    assert [row.device for row in Dossier.objects.all()] == ["kiosk"]

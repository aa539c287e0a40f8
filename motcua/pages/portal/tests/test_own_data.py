"""What the house knows of me: everything of mine, nothing of anybody else's."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.notices.outbox import take_all
from motcua.pages.conftest import WallClock
from motcua.people.models import Account, CorrectionRequest
from motcua.people.tokens import issue
from motcua.readings.log import told_of, told_to
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
FILE, PAGE = "/tai-khoan/du-lieu/du-lieu-cua-toi.json", "/tai-khoan/du-lieu/"
READERS, ASK = "/tai-khoan/ai-da-xem/", "/tai-khoan/dinh-chinh/"
LogIn = Callable[[str], Client]


def of_lan(world: World) -> Dossier:
    dossier = lives.handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    dossier.refresh_from_db()
    return dossier


def taken(client: Client) -> dict[str, Any]:
    answer = client.get(FILE)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="du-lieu-cua-toi.json"'
    data: dict[str, Any] = json.loads(answer.content)
    return data


@pytest.mark.alone
def test_everything_of_mine_is_in_the_file_and_nothing_of_another_s(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier, other = of_lan(world), lives.handled(world)
    Dossier.objects.filter(pk=other.pk).update(owner_account=world.cast.bay, owner_name="Người Khác")
    clock("2021-11-04 09:00")
    logged_in("hoa").get(f"/ban-lam-viec/ho-so/{dossier.pk}/")
    take_all(moment("2021-11-04 10:00"))
    secret = issue(world.cast.lan, "Phần mềm", ["dossiers:read"], moment("2021-11-01 08:00"))
    client = logged_in("lan")
    data = taken(client)
    assert data["account"]["full_name"] == world.cast.lan.full_name
    assert [one["submission_no"] for one in data["dossiers"]] == [dossier.submission_no]
    papers = dossier.papers.count()
    assert papers > 0
    assert len(data["dossiers"][0]["papers"]) == papers
    assert [(one["submission_no"], one["times"]) for one in data["readings"]] == [(dossier.submission_no, 1)]
    assert len(data["notices"]) > 0
    assert data["programs"][0]["name"] == "Phần mềm"
    text = json.dumps(data, ensure_ascii=False)
    for hidden in (secret, world.cast.lan.password, dossier.secret, "Người Khác", other.submission_no):
        assert hidden not in text
    assert world.cast.hoa.full_name not in text, "an office and a role read it, no name"
    answer = client.get(PAGE)
    assert FILE in assert_good_page(answer)
    told = {name: len(rows) for name, rows in data.items() if isinstance(rows, list)}
    told |= {"papers": papers, "readings": sum(one["times"] for one in data["readings"])}
    counts = answer.context["counts"]
    assert counts == {name: told[name] for name in counts}, "the page counts what the file has"


def test_a_result_is_told_when_it_may_be_collected(world: World, logged_in: LogIn) -> None:
    dossier = lives.finished(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    assert taken(logged_in("lan"))["dossiers"][0]["result"] is not None
    Dossier.objects.filter(pk=dossier.pk).update(state="decided")
    assert taken(logged_in("lan"))["dossiers"][0]["result"] is None


def test_as_many_statements_however_many_dossiers(world: World, logged_in: LogIn) -> None:
    of_lan(world)
    client = logged_in("lan")
    with CaptureQueriesContext(connection) as one:
        client.get(FILE)
    for _more in range(2):
        of_lan(world)
    with CaptureQueriesContext(connection) as three:
        client.get(FILE)
    assert len(three) == len(one)


def test_the_log_over_all_dossiers_says_what_the_log_of_each_says(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    first, second = of_lan(world), of_lan(world)
    for when, name in (("04 09:00", "hoa"), ("04 09:30", "thanh"), ("05 08:00", "hoa")):
        clock(f"2021-11-{when}")
        for dossier in (first, second):
            assert logged_in(name).get(f"/ban-lam-viec/ho-so/{dossier.pk}/").status_code == 200
    rows = told_to(world.cast.lan.pk)
    assert len(rows) == 6
    for dossier in (first, second):
        here = [
            (row.office, row.role, row.first_at, row.times)
            for row in rows
            if row.submission_no == dossier.submission_no
        ]
        assert here == [(row.office, row.role, row.first_at, row.times) for row in told_of(dossier.pk)]
    by_pages, after = [], None
    while more := told_to(world.cast.lan.pk, after=after, most=2):
        by_pages += more
        after = (more[-1].first_at, more[-1].pk)
    assert by_pages == rows
    page = assert_good_page(logged_in("lan").get(READERS))
    assert second.submission_no in page
    assert "Chưa có cán bộ nào" in assert_good_page(logged_in("bay").get(READERS))


def test_who_may_change_it_alone_is_not_asked_to_ask(logged_in: LogIn) -> None:
    client = logged_in("lan")
    assert "Bạn tự sửa được" in assert_good_page(client.get(ASK))
    assert_good_page(client.post(ASK, {"full_name": "Tên Khác", "why": "Cải chính hộ tịch"}), 409)
    assert not CorrectionRequest.objects.exists()


def test_an_officer_asks_and_an_administrator_decides(world: World, logged_in: LogIn) -> None:
    Account.objects.filter(pk=world.cast.hoa.pk).update(personal_id="001190000055")
    hoa, yen = logged_in("hoa"), logged_in("yen")
    words = {"full_name": world.cast.hoa.full_name, "personal_id": "001190000056", "why": "Số ghi nhầm một chữ số"}
    assert hoa.post(ASK, words).status_code == 302
    assert "đang chờ" in assert_good_page(hoa.post(ASK, words), 409)
    request = CorrectionRequest.objects.get()
    assert (request.full_name, request.personal_id) == ("", "001190000056")
    address = f"/thiet-lap/dinh-chinh/{request.pk}/"
    assert "001190000056" not in assert_good_page(yen.get("/thiet-lap/dinh-chinh/"))
    assert "001190000056" in assert_good_page(yen.get(address))
    assert_good_page(yen.post(address, {"grant": "1", "answer": " "}), 422)
    assert hoa.post(address, {"grant": "1", "answer": "Đúng"}).status_code == 404
    assert yen.post(address, {"grant": "1", "answer": "Đúng theo căn cước"}).status_code == 302
    world.cast.hoa.refresh_from_db()
    assert world.cast.hoa.personal_id == "001190000056"
    request.refresh_from_db()
    assert (request.former_number, request.is_granted, request.decided_by) == ("001190000055", True, world.cast.yen)
    assert "Đúng theo căn cước" in assert_good_page(hoa.get(ASK))
    assert yen.post(address, {"grant": "0", "answer": "Thôi"}).status_code == 409


def test_an_officer_does_not_change_the_own_number_on_the_account_page(world: World, logged_in: LogIn) -> None:
    Account.objects.filter(pk=world.cast.hoa.pk).update(personal_id="001190000055")
    for number in ("001190000056", ""):
        sent = {"full_name": "Khác", "phone": "", "email": "", "personal_id": number}
        logged_in("hoa").post("/tai-khoan/", sent)
        world.cast.hoa.refresh_from_db()
        assert (world.cast.hoa.personal_id, world.cast.hoa.full_name != "Khác") == ("001190000055", True)

"""Parts at the desk: given out, found in the list, done by their agencies, seen by the citizen under one code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.acts import parts as acts
from motcua.dossiers.acts import supplement
from motcua.dossiers.models import Dossier, Event, Part
from motcua.dossiers.parts import parts_of
from motcua.dossiers.tests import joint, lives
from motcua.pages.conftest import WallClock
from motcua.pages.desk.tests.test_two_at_once import at_once
from tests.house.pages import assert_good_page
from tests.papers import A_PDF
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
DESK = "/ban-lam-viec"
ITEMS = [{"name": "Ảnh", "why": "mờ"}]


def address(dossier: Dossier, number: int, act: str) -> str:
    return f"{DESK}/ho-so/{dossier.pk}/phan-viec/{number}/{act}/"


def given_out(dossier: Dossier, **changes: str) -> dict[str, str]:
    """The form as it is proposed, with the offices that a person names."""
    typed = {
        "office1": "Sở Tư pháp Thái Bình", "name1": "Đăng ký", "limit1": "2", "unit1": "wd", "waits1": "",
        "office2": "Đông Các (H54.34.23)", "name2": "Xác nhận cư trú", "limit2": "1", "unit2": "wd", "waits2": "",
        "office3": "so công thương (H54.03)", "name3": "Cấp thẻ", "limit3": "2", "unit3": "wd", "waits3": "1, 2",
        "office4": "", "name4": "", "seen": str(reread(dossier).last_seq),
    }  # fmt: skip
    return {**typed, **changes}


def test_the_form_proposes_what_the_group_says(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = joint.handled(world)
    page = assert_good_page(logged_in("hoa").get(f"{DESK}/ho-so/{dossier.pk}/giao-phan-viec/"))
    form = logged_in("hoa").get(f"{DESK}/ho-so/{dossier.pk}/giao-phan-viec/").context["form"]
    assert "Nhóm thử nghiệm" in page and form["office1"].value() == "Sở Tư pháp Thái Bình (H54.14)"
    assert (form["limit1"].value(), form["waits3"].value()) == ("2", "1, 2")
    # The centre of the province is no commune, so a person names the one of part 2.
    assert form["office2"].value() == ""


def test_parts_are_given_out_by_a_form_and_done_by_their_agencies(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = joint.handled(world)
    hoa, son = logged_in("hoa"), logged_in("son")
    assert "cần giao phần việc" in assert_good_page(hoa.get(f"{DESK}/ho-so/{dossier.pk}/"))
    answer = hoa.post(f"{DESK}/ho-so/{dossier.pk}/giao-phan-viec/", given_out(dossier))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    offices = [part.office for part in parts_of(dossier.pk)]
    assert offices == [world.cast.justice, world.cast.commune, world.cast.industry]
    assert "Phần việc 2. Xác nhận cư trú" in assert_good_page(son.get(f"{DESK}/"))
    listed = assert_good_page(son.get(f"{DESK}/phan-viec/"))
    assert str(reread(dossier)) in listed and "2. Xác nhận cư trú" in listed and "1. Đăng ký" not in listed
    assert_good_page(son.get(address(dossier, 2, "nhan")))
    assert son.post(address(dossier, 2, "nhan"), {"seen": reread(dossier).last_seq}).status_code == 302
    page = assert_good_page(son.get(f"{DESK}/ho-so/{dossier.pk}/"))
    assert "Các cơ quan cùng giải quyết" in page and address(dossier, 2, "phe-duyet") in page
    assert address(dossier, 1, "nhan") not in page
    done = {"seen": reread(dossier).last_seq, "summary": "Có cư trú", "outcome": "granted", "paper_no": "5/XN"}
    assert son.post(address(dossier, 2, "phe-duyet"), done).status_code == 302
    assert "Có cư trú" in assert_good_page(logged_in("khang").get(f"{DESK}/ho-so/{dossier.pk}/"))
    assert "Không có phần việc nào" in assert_good_page(son.get(f"{DESK}/phan-viec/"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"waits1": "3"}, "chờ nhau thành vòng"),
        ({"waits1": "9"}, "chờ phần việc không có: 9"),
        ({"office2": "Sở Không Có"}, "Không có cơ quan này trong tỉnh"),
        ({"limit3": "hai"}, "Cần thời hạn bằng số"),
        ({"name1": ""}, "cần ghi tên phần việc"),
        ({"office2": "", "name2": ""}, "đánh số liền nhau"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    changes: dict[str, str], says: str, world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = joint.handled(world)
    answer = logged_in("hoa").post(f"{DESK}/ho-so/{dossier.pk}/giao-phan-viec/", given_out(dossier, **changes))
    page = assert_good_page(answer, 422)
    assert says in page and "Cấp thẻ" in page
    assert not Part.objects.exists()


def test_a_result_s_file_is_kept_while_the_form_is_mended_and_goes_to_the_other_agencies(
    world: World, logged_in: LogIn, clock: WallClock, settings: object, tmp_path: object
) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]
    dossier, son = joint.opened(world), logged_in("son")
    pdf = SimpleUploadedFile("xac-nhan.pdf", A_PDF)
    typed = {"seen": reread(dossier).last_seq, "summary": "Có cư trú", "outcome": "granted"}
    page = son.post(address(dossier, 2, "phe-duyet"), {**typed, "summary": " ", "file": pdf})
    assert page.status_code == 422
    pdf.seek(0)
    assert son.post(address(dossier, 2, "phe-duyet"), {**typed, "file": pdf}).status_code == 302
    khang = logged_in("khang")
    answer: Any = khang.get(address(dossier, 2, "ket-qua"))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert khang.get(address(dossier, 1, "ket-qua")).status_code == 404
    assert logged_in("hien").get(address(dossier, 2, "ket-qua")).status_code == 404


def test_addresses_that_name_no_part_are_not_found(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier, son = joint.opened(world), logged_in("son")
    for number in (0, 9, "9" * 25):
        assert son.get(f"{DESK}/ho-so/{dossier.pk}/phan-viec/{number}/nhan/").status_code == 404


def test_the_list_shows_who_may_approve_and_what_came_back(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = joint.both_done(world)
    clock("2021-11-03 09:00")
    khang = world.actor("khang")
    assert "3. Cấp thẻ" in assert_good_page(logged_in("khang").get(f"{DESK}/phan-viec/"))
    acts.take_part(dossier.pk, part=3, actor=khang, at=moment("2021-11-03 08:00"))
    acts.propose_part(dossier.pk, part=3, summary="Thẻ", actor=khang, at=moment("2021-11-03 08:00"))
    assert "3. Cấp thẻ" not in assert_good_page(logged_in("khang").get(f"{DESK}/phan-viec/"))
    chief = Client()
    chief.force_login(joint.ly(world), backend="django.contrib.auth.backends.ModelBackend")
    assert "Chờ phê duyệt" in assert_good_page(chief.get(f"{DESK}/phan-viec/"))
    chief.post(address(dossier, 3, "tra-lai"), {"seen": reread(dossier).last_seq, "reason": "Thiếu ảnh"})
    assert "Đã trả lại cơ quan chủ trì" in assert_good_page(logged_in("hoa").get(f"{DESK}/phan-viec/"))


def test_a_long_list_is_read_page_by_page_in_few_statements(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier, son = joint.opened(world), logged_in("son")
    row = joint.part(dossier, 2)
    for number in range(10, 40):
        row.pk, row.number, row._state.adding = None, number, True
        row.save()
    with CaptureQueriesContext(connection) as asked:
        answer = son.get(f"{DESK}/phan-viec/")
    assert len(asked) <= 6, "\n".join(query["sql"][:150] for query in asked)
    page = answer.context["page"]
    rest = son.get(f"{DESK}/phan-viec/{page.next_query}").context["page"]
    assert len({part.pk for part in (*page.items, *rest.items)}) == 31


def test_a_dossier_without_parts_asks_nothing_of_them(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier, hoa = lives.handled(world), logged_in("hoa")
    with CaptureQueriesContext(connection) as asked:
        hoa.get(f"{DESK}/ho-so/{dossier.pk}/")
    assert not any("dossiers_part" in query["sql"] or "interlinked" in query["sql"] for query in asked)


def test_the_citizen_follows_every_agency_under_one_code(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = joint.both_done(world)
    acts.take_part(dossier.pk, part=3, actor=world.actor("khang"), at=moment("2021-11-03 08:00"))
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    clock("2021-11-05 09:00")
    page = assert_good_page(logged_in("lan").get(f"/ho-so/{dossier.submission_no}/"))
    assert "Các cơ quan cùng giải quyết" in page and "Đặng Minh Khang" in page and "04/11/2021 17:00" in page
    assert "Quá hạn 1 ngày" in page and "Xong đúng hạn" in page
    # What passes between the agencies is not the applicant's before the whole is done.
    assert "Kết quả 2" not in page
    tracked = logged_in("bay").post(reverse("portal:track"), {"code": dossier.submission_no, "secret": dossier.secret})
    assert "Đặng Minh Khang" in tracked.content.decode()


def test_while_the_applicant_is_waited_for_parts_are_shown_as_paused(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = joint.opened(world)
    at = moment("2021-11-02 09:00")
    supplement.ask_supplement(dossier.pk, items=ITEMS, reason="Mờ", actor=world.actor("hoa"), at=at)
    clock("2021-11-05 09:00")
    assert "Tạm dừng, chờ bổ sung" in assert_good_page(logged_in("son").get(f"{DESK}/ho-so/{dossier.pk}/"))
    assert "Tạm dừng, chờ bổ sung" in assert_good_page(logged_in("son").get(f"{DESK}/phan-viec/"))


@pytest.mark.django_db(transaction=True)
def test_two_officers_take_one_part_at_once_and_one_is_told(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = joint.opened(world)
    clock("2021-11-02 09:00")
    seen = {"seen": reread(dossier).last_seq}
    hoa, thanh = logged_in("hoa"), logged_in("thanh")
    takes = [lambda one=one: one.post(address(dossier, 1, "nhan"), seen) for one in (hoa, thanh)]
    answers = at_once(*takes)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Event.objects.filter(dossier=dossier, act="take_part").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_agencies_finish_their_parts_at_once_and_the_third_begins_once(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    dossier = joint.opened(world)
    clock("2021-11-02 09:00")
    typed = {"seen": reread(dossier).last_seq, "summary": "Xong", "outcome": "granted"}
    tuan, son = logged_in("tuan"), logged_in("son")
    answers = at_once(
        lambda: tuan.post(address(dossier, 1, "phe-duyet"), typed),
        lambda: son.post(address(dossier, 2, "phe-duyet"), typed),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    begun = [event for event in Event.objects.filter(dossier=dossier, act="finish_part") if event.data["clocks"]]
    assert len(begun) == 1 and joint.part(dossier, 3).state == "ready"

"""At the counter: a duty is proved, an immediate result is given, and the people are told what the wait is for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act, State
from motcua.dossiers.tests.test_at_once import let_minh_decide
from motcua.law.tests.settling import settle_value
from motcua.pages.conftest import WallClock
from motcua.pages.counter.tests.test_take_in import filled
from tests.house.pages import assert_good_page
from tests.house.stage import lead
from tests.papers import A_PDF as PDF
from tests.world import World, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def take_in(world: World, client: Client) -> Any:
    """The page of the immediate procedure, filled as Minh fills it."""
    case = world.immediate()
    typed = filled(world, client, **{f"c{component.pk}": "on" for component in case.components.all()})
    return client.post(f"/quay/tiep-nhan/{case.pk}/", typed)


def test_an_immediate_result_is_two_presses_and_no_receipt(world: World, logged_in: LogIn) -> None:
    let_minh_decide(world)
    minh = logged_in("minh")
    answer = take_in(world, minh)
    dossier = Dossier.objects.get()
    assert answer.url == f"/quay/ho-so/{dossier.pk}/giai-quyet-ngay/"
    assert not dossier.issued_forms.exists()
    page = minh.get(answer.url)
    assert_good_page(page)
    sent = {"seen": page.context["form"]["seen"].value(), "number": "7/BS", "to_owner": "on"}
    assert minh.post(answer.url, sent).status_code == 302
    dossier = reread(dossier)
    assert (dossier.state, dossier.result.number) == (State.RETURNED, "7/BS")
    acts = list(dossier.events.order_by("seq").values_list("act", flat=True))
    assert acts == [Act.TAKE_IN, Act.GIVE_AT_ONCE, Act.HAND_OVER]
    assert "Đã giải quyết ngay tại quầy" in assert_good_page(minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))


def test_who_may_not_decide_prints_a_receipt_as_ever(world: World, logged_in: LogIn) -> None:
    answer = take_in(world, logged_in("minh"))
    assert answer.url == f"/quay/ho-so/{Dossier.objects.get().pk}/da-tiep-nhan/"


def test_what_goes_back_online_is_not_handed_over_at_the_counter(world: World, logged_in: LogIn) -> None:
    let_minh_decide(world)
    minh = logged_in("minh")
    address = take_in(world, minh).url
    dossier = Dossier.objects.get()
    Dossier.objects.filter(pk=dossier.pk).update(return_way="online")
    assert not minh.get(address).context["form"]["to_owner"].value()
    assert minh.post(address, {"seen": dossier.last_seq}).status_code == 302
    assert reread(dossier).state == State.FINISHED


def test_a_duty_is_told_and_proved_with_a_file(world: World, logged_in: LogIn, clock: WallClock) -> None:
    dossier = lead(world, "payment")
    clock("2021-11-03 09:00")
    lan, minh = logged_in("lan"), logged_in("minh")
    html = assert_good_page(lan.get(f"/ho-so/{reread(dossier).submission_no}/"))
    assert "Chi cục Thuế" in html and "1.500.000" in html and "mang chứng từ đến" in html
    assert "Đang tạm dừng: ngày này tính lại khi xác nhận" in html
    assert "Chi cục Thuế" in assert_good_page(minh.get("/quay/nghia-vu-tai-chinh/"))
    address = f"/quay/ho-so/{dossier.pk}/da-nop-nghia-vu/"
    page = minh.get(address)
    assert_good_page(page)
    file = SimpleUploadedFile("bien-lai.pdf", PDF, content_type="application/pdf")
    sent = {"seen": page.context["form"]["seen"].value(), "proof_no": "BL 7", "paid_on": "2021-11-04", "file": file}
    again = minh.post(address, sent)
    assert "Ngày nộp không thể sau hôm nay." in assert_good_page(again, 422)
    kept = again.context["form"]["kept_file"].value()
    del sent["file"]
    assert minh.post(address, {**sent, "paid_on": "2021-11-03", "kept_file": kept}).status_code == 302
    paper = dossier.papers.latest("id")
    assert paper.file is not None
    assert (reread(dossier).state, paper.file.name) == (State.PROCESSING, "bien-lai.pdf")
    html = assert_good_page(minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Chứng từ số BL 7, nộp ngày 03/11/2021" in html


def test_the_citizen_is_told_the_last_day_and_the_counter_sees_it(world: World, logged_in: LogIn) -> None:
    settle_value("r1_2018", "supplement_wait_days", 10, on=date(2021, 11, 1))
    dossier = reread(lead(world, "supplement"))
    html = assert_good_page(logged_in("lan").get(f"/ho-so/{dossier.submission_no}/"))
    assert "16/11/2021" in html and "có thể dừng giải quyết hồ sơ" in html
    assert "16/11/2021" in assert_good_page(logged_in("lan").get(f"/ho-so/{dossier.submission_no}/bo-sung/"))
    assert "16/11/2021" in assert_good_page(logged_in("minh").get("/quay/bo-sung/"))

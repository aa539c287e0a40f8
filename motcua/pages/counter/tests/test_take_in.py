"""A day at the counter: find the procedure, fill one page, the receipt, the next person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def filled(world: World, client: Client, **changes: Any) -> dict[str, Any]:
    """The page of a complete passport dossier, as Minh fills it."""
    page = client.get(f"/quay/tiep-nhan/{world.passport.pk}/")
    form = page.context["form"]
    papers = {f"c{component.pk}": "on" for component in world.passport.components.all()}
    return {
        "ticket": form["ticket"].value(),
        "channel": "1",
        "owner_kind": "1",
        "owner_name": "Trần Thị Lan",
        "owner_id_no": "000190000001",
        "owner_phone": "0900000001",
        "owner_address": "Xã Đông Các, huyện Đông Hưng",
        "return_way": "counter",
        "receiving_office": str(world.cast.center.pk),
        "take_in": "1",
        **papers,
        **changes,
    }


def send(world: World, client: Client, typed: dict[str, Any]) -> Any:
    return client.post(f"/quay/tiep-nhan/{world.passport.pk}/", typed)


def test_minh_finds_a_procedure_without_marks_and_opens_it(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    html = assert_good_page(minh.get("/quay/tiep-nhan/?q=ho+chieu"))
    assert f"/quay/tiep-nhan/{world.passport.pk}/" in html
    typing = minh.get("/quay/tiep-nhan/?q=ho+chi", headers={"HX-Request": "true"})
    assert "<html" not in typing.content.decode()
    assert "Cấp hộ chiếu thử nghiệm" in typing.content.decode()


def test_taking_in_gives_a_number_and_the_next_person(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    assert_good_page(minh.get(f"/quay/tiep-nhan/{world.passport.pk}/"))
    answer = send(world, minh, filled(world, minh))
    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    html = assert_good_page(minh.get(answer.url))
    assert dossier.code is not None
    assert dossier.code in html and dossier.secret in html and "Người tiếp theo" in html
    assert dossier.due_at == moment("2021-11-08 17:00")
    assert dossier.papers.count() == 2


def test_the_same_page_sent_twice_makes_one_dossier(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh)
    first, second = send(world, minh, typed), send(world, minh, typed)
    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_a_used_page_with_another_owner_asks_before_it_makes_another_dossier(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh)
    send(world, minh, typed)
    answer = send(world, minh, {**typed, "owner_name": "Nguyễn Văn Bảy"})
    html = assert_good_page(answer, 409)
    assert "Nguyễn Văn Bảy" in html and Dossier.objects.count() == 1
    ticket = answer.context["form"]["ticket"].value()
    assert send(world, minh, {**typed, "owner_name": "Nguyễn Văn Bảy", "ticket": ticket}).status_code == 302
    assert Dossier.objects.count() == 2


def test_what_is_refused_stays_as_it_was_typed(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    first, second = world.passport.components.all()
    typed = filled(world, minh, owner_name=" ", owner_address="Thôn Đoài", owner_phone="09" * 20, content="Gấp <b>")
    del typed[f"c{second.pk}"]
    answer = send(world, minh, typed)
    html = assert_good_page(answer, 422)
    form = answer.context["form"]
    assert {"owner_name", "owner_phone"} <= set(form.errors)
    assert "Thôn Đoài" in html and "Gấp &lt;b&gt;" in html
    assert form[f"c{first.pk}"].value() and not form[f"c{second.pk}"].value()
    assert not Dossier.objects.exists()


def test_a_missing_paper_is_named_by_the_act_and_nothing_is_written(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh)
    del typed[f"c{world.passport.components.all()[1].pk}"]
    html = assert_good_page(send(world, minh, typed), 422)
    assert "Bản sao căn cước công dân" in html and "Còn thiếu" in html
    assert not Dossier.objects.exists()


def test_an_incomplete_dossier_is_noted_and_not_accepted(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, register="1")
    del typed["take_in"], typed[f"c{world.passport.components.all()[1].pk}"]
    answer = send(world, minh, typed)
    assert Dossier.objects.get().state == State.SUBMITTED
    assert "chưa tiếp nhận" in assert_good_page(minh.get(answer.url))


def test_by_post_needs_the_item_number_and_switching_keeps_what_was_typed(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh)
    switched = send(world, minh, {**typed, "switch": "3"})
    html = assert_good_page(switched)
    assert "Trần Thị Lan" in html and "parcel_no" in html
    by_post = {**typed, "channel": "3", "parcel_no": ""}
    assert "parcel_no" in send(world, minh, by_post).context["form"].errors
    answer = send(world, minh, {**by_post, "parcel_no": "EB123456789VN"})
    assert answer.status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.state == State.ACCEPTED
    assert dossier.parcel_in is not None and dossier.parcel_in.item_no == "EB123456789VN"


def test_a_doubtful_limit_is_said_with_the_way_to_mend_it(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    html = assert_good_page(minh.get(f"/quay/tiep-nhan/{world.doubtful.pk}/"))
    assert "/quay/thoi-han-can-xac-nhan/?ma=9.000002" in html


def test_only_receivers_have_a_counter(world: World, logged_in: LogIn) -> None:
    addresses = ["/quay/", "/quay/tiep-nhan/", f"/quay/tiep-nhan/{world.passport.pk}/", "/quay/tra-ket-qua/"]
    for name in ("lan", "hoa", "tuan", "khang", "yen"):
        client = logged_in(name)
        assert [client.get(address).status_code for address in addresses] == [404] * len(addresses), name
    assert Client().get("/quay/").status_code == 302


def test_a_receiver_of_another_unit_cannot_take_in_here(world: World, logged_in: LogIn) -> None:
    hien = logged_in("hien")
    answer = send(world, hien, filled(world, hien))
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_a_page_full_of_nonsense_is_refused(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh)
    paper = world.passport.components.all()[0]
    for wrong in (
        {"ticket": "\x00"},
        {"ticket": "ngắn"},
        {"owner_name": "\x00"},
        {"owner_kind": "9"},
        {"return_way": "bay"},
        {"receiving_office": "9" * 25},
        {"receiving_office": str(world.cast.commune.pk)},
        {f"c{paper.pk}_originals": "-1"},
        {f"c{paper.pk}_copies": "9" * 30},
        {"channel": "x", "switch": "y"},
    ):
        answer = send(world, minh, {**typed, **wrong})
        assert answer.status_code in {200, 422}, wrong
        assert_good_page(answer, answer.status_code)
    assert not Dossier.objects.exists()


AGENT = {
    "submitter_role": "agent",
    "submitter_name": "Nguyễn Văn Bảy",
    "submitter_id_no": "000 150 000 007",
    "submitter_authority_no": "UQ 12/2021",
    "submitter_authority_on": "2021-10-20",
}


def test_an_agent_brings_it_and_another_unit_has_helped(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, **AGENT, support_office=str(world.cast.commune.pk))
    assert send(world, minh, typed).status_code == 302
    dossier = Dossier.objects.get()
    assert (dossier.submitter.role, dossier.submitter_id_no) == ("agent", "000150000007")
    html = assert_good_page(minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "UQ 12/2021, 20/10/2021" in html and world.cast.commune.name in html
    assert f'value="{world.cast.center.pk}"' not in str(
        minh.get(f"/quay/tiep-nhan/{world.passport.pk}/").context["form"]["support_office"]
    )


def test_an_agent_without_authority_is_told_beside_the_field_and_keeps_what_was_typed(
    world: World, logged_in: LogIn
) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, **{**AGENT, "submitter_authority_no": "", "submitter_authority_on": ""})
    answer = send(world, minh, typed)
    html = assert_good_page(answer, 422)
    assert set(answer.context["form"].errors) == {"submitter_authority_no", "submitter_authority_on"}
    assert "000 150 000 007" in html and not Dossier.objects.exists()
    answer = send(world, minh, {**typed, "submitter_role": "owner"})
    assert_good_page(answer, 422)
    assert set(answer.context["form"].errors) == {"submitter_role"}

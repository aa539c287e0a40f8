"""An officer declares relatives, and has no hand in their dossiers. Law: ND61-2018 5"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from motcua.dossiers.journal import acts_open_to
from motcua.dossiers.tests.lives import accepted
from motcua.people.models import Relative
from motcua.people.tokens import issue
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
PAGE = "/thiet-lap/nguoi-than/"
LAN = {"full_name": "Trần Thị Lan", "relation": "vợ", "id_no": "000 190 000 001"}
WHY = "của bạn hoặc của người thân"


def test_declare_see_end_and_nothing_is_struck_out(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    assert "Bạn chưa kê khai ai" in assert_good_page(minh.get(PAGE))
    assert minh.post(PAGE, LAN).status_code == 302
    made = Relative.objects.get()
    assert (made.account, made.id_no) == (world.cast.minh, "000190000001")
    again = assert_good_page(minh.post(PAGE, LAN), 422)
    assert "Người này đã được kê khai" in again and "000 190 000 001" in again
    assert_good_page(minh.get(f"{PAGE}{made.pk}/ket-thuc/"))
    assert_good_page(minh.post(f"{PAGE}{made.pk}/ket-thuc/", {"why": " "}), 422)
    assert minh.post(f"{PAGE}{made.pk}/ket-thuc/", {"why": "Đã ly hôn"}).status_code == 302
    assert "Đã ly hôn" in assert_good_page(minh.get(PAGE))
    assert minh.post(f"{PAGE}{made.pk}/ket-thuc/", {"why": "Lần nữa"}).status_code == 409
    assert minh.post(PAGE, LAN).status_code == 302
    assert Relative.objects.count() == 2
    for change in (Relative.objects.filter(pk=made.pk).delete, lambda: Relative.objects.update(relation="bạn")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"full_name": " "}, "full_name"), ({"relation": ""}, "relation"), ({"id_no": "12"}, "id_no")],
)
def test_what_is_wrong_is_said_and_stays(logged_in: LogIn, typed: dict[str, str], field: str) -> None:
    answer = logged_in("minh").post(PAGE, {**LAN, **typed})
    assert_good_page(answer, 422)
    assert set(answer.context["form"].errors) == {field}
    assert not Relative.objects.exists()


def test_a_relative_s_dossier_is_refused_with_the_reason_on_page_and_api(world: World, logged_in: LogIn) -> None:
    dossier, minh = accepted(world), logged_in("minh")
    assert minh.post(PAGE, LAN).status_code == 302
    assert WHY in minh.get(f"/quay/ho-so/{dossier.pk}/rut-ho-so/").content.decode()
    refused = minh.post(f"/quay/ho-so/{dossier.pk}/rut-ho-so/", {"reason": "Đổi ý", "seen": dossier.last_seq})
    assert refused.status_code == 403 and WHY in refused.content.decode()
    secret = issue(world.cast.minh, "thử", ["dossiers:read", "dossiers:act"], at=moment("2021-11-01 09:00"))
    answer = Client(headers={"authorization": f"Bearer {secret}"}).post(
        f"/api/v1/dossiers/{dossier.code}/withdraw", {"reason": "Đổi ý"}, content_type="application/json"
    )
    assert answer.status_code == 403 and WHY in answer.json()["detail"]
    dossier.refresh_from_db()
    assert dossier.state == "accepted"


def test_what_has_ended_counts_to_the_end_of_its_day(world: World) -> None:
    dossier = accepted(world)
    Relative.objects.create(
        account=world.cast.minh,
        **{**LAN, "id_no": "000190000001"},
        declared_at=moment("2021-10-01 08:00"),
        ended_at=moment("2021-11-01 09:00"),
        ended_why="Đã ly hôn",
    )
    on = moment("2021-11-01 10:00")
    assert acts_open_to(dossier, world.actor("minh", on.date()), on) == []
    assert acts_open_to(dossier, world.actor("minh", moment("2021-11-02 10:00").date()), moment("2021-11-02 10:00"))


def test_the_administrator_sees_that_and_not_whom(world: World, logged_in: LogIn) -> None:
    logged_in("minh").post(PAGE, LAN)
    told = assert_good_page(logged_in("yen").get("/thiet-lap/quyen-han/phan-cong/?q=minh"))
    assert "đã kê khai người thân" in told
    assert "Trần Thị Lan" not in told and "000190000001" not in told
    assert logged_in("yen").get(f"{PAGE}{Relative.objects.get().pk}/ket-thuc/").status_code == 404

"""Interlinked groups in the set-up: proposed by a form, seen as a picture, decided by a second person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from motcua.catalogue.group_proposals import publish_due
from motcua.catalogue.group_rows import GroupProposal
from motcua.catalogue.groups import groups_in_use
from motcua.dossiers.tests.joint import joined
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
HERE = "/thiet-lap/nhom-lien-thong/"
TYPED = {
    "name": "Nhóm sửa đổi", "codes": "9.000001", "lead": "Sở Tư pháp", "decision": "12/QĐ-UBND", "decided_on": "2021-10-20",
    "valid_from": "2021-12-01", "reason": "Theo quyết định mới",
    "name1": "Đăng ký", "office1": "lead", "limit1": "2", "unit1": "wd", "waits1": "",
    "name2": "Xác nhận cư trú", "office2": "ubnd-xa", "limit2": "1", "unit2": "wd", "waits2": "",
    "name3": "Cấp thẻ", "office3": "so-cong-thuong", "limit3": "4", "unit3": "wd", "waits3": "1, 2",
}  # fmt: skip


def test_a_new_version_is_proposed_seen_and_approved_by_a_second_person(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    joined(world)
    clock("2021-11-04 09:00")
    yen, quang = logged_in("yen"), logged_in("quang")
    page = assert_good_page(yen.get(HERE))
    assert "Nhóm thử nghiệm" in page and page.count("<svg") >= 2
    form = assert_good_page(yen.get(f"{HERE}de-nghi/?nhom=test"))
    assert 'value="Cấp thẻ"' in form and 'value="1, 2"' in form
    answer = yen.post(f"{HERE}de-nghi/?nhom=test", TYPED)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    made = GroupProposal.objects.get()
    assert (made.key, made.valid_from) == ("test", date(2021, 12, 1))
    own = assert_good_page(yen.get(answer["Location"]))
    assert "Bạn đã đề nghị" in own and "48 giờ" in own and "40 giờ" in own and "Cấp thẻ" in own
    assert "Phê duyệt" in assert_good_page(quang.get(answer["Location"]))
    assert quang.post(answer["Location"], {"verdict": "approve", "note": ""}).status_code == 302
    assert "đồng ý" in assert_good_page(quang.get(HERE))
    assert [group.name for group in groups_in_use()] == ["Nhóm thử nghiệm"]
    publish_due(moment("2021-12-01 00:05"))
    assert [group.name for group in groups_in_use()] == ["Nhóm sửa đổi"]
    assert "đã công bố" in assert_good_page(quang.get(answer["Location"]))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"waits1": "3"}, "chờ nhau thành vòng"),
        ({"waits1": "9"}, "chờ phần việc không có: 9"),
        ({"codes": "9.999999"}, "Không có thủ tục mang mã 9.999999"),
        ({"limit2": "hai"}, "Cần thời hạn bằng số"),
        ({"office2": ""}, "Phần việc 2: cần tên và cơ quan"),
        ({"valid_from": "2021-11-04"}, "Ngày áp dụng phải sau hôm nay"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_typed_is_lost(
    changes: dict[str, str], says: str, world: World, logged_in: LogIn, clock: WallClock
) -> None:
    clock("2021-11-04 09:00")
    page = assert_good_page(logged_in("yen").post(f"{HERE}de-nghi/", {**TYPED, **changes}), 422)
    assert says in page and "Nhóm sửa đổi" in page and "Theo quyết định mới" in page
    assert not GroupProposal.objects.exists()


def test_a_new_group_has_a_key_of_its_own_and_an_unknown_one_is_not_found(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    clock("2021-11-04 09:00")
    yen = logged_in("yen")
    assert yen.post(f"{HERE}de-nghi/", TYPED).status_code == 302
    assert GroupProposal.objects.get().key.startswith("tinh-")
    assert yen.get(f"{HERE}de-nghi/?nhom=khong-co").status_code == 404
    assert yen.get(f"{HERE}de-nghi/999999/").status_code == 404

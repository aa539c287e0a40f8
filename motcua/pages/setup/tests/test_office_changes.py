"""Changes of offices in the set-up: proposed by a form, decided by a second person, and the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from motcua.dossiers.acts import decision
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tests import lives
from motcua.offices.models import Office, OfficeChange
from motcua.pages.conftest import WallClock
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope, subtree
from motcua.reports.series import question, series
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]
HERE = "/thiet-lap/co-quan/"
DAY = date(2021, 12, 1)
NEW = "000.00.91.H54"


def typed(world: World, **changes: str) -> dict[str, str]:
    kept = {
        "kind": "rename", "on": DAY.isoformat(), "sources": world.cast.justice.code, "document": "NQ 9/NQ-HĐND",
        "reason": "Đổi tên theo nghị quyết", "code1": NEW, "name1": "Sở Tư pháp và Hộ tịch Thái Bình",
        "short1": "Sở Tư pháp và Hộ tịch",
    }  # fmt: skip
    return {**kept, **changes}


def test_from_the_form_to_the_dossier_that_the_heir_finishes(world: World, logged_in: LogIn, clock: WallClock) -> None:
    clock("2021-11-04 09:00")
    was, dossier = world.cast.justice, lives.at_approval(world)
    yen, quang = logged_in("yen"), logged_in("quang")
    assert_good_page(yen.get(HERE))
    assert_good_page(yen.get(f"{HERE}de-nghi/"))
    answer = yen.post(f"{HERE}de-nghi/", typed(world))
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    own = assert_good_page(yen.get(answer["Location"]))
    assert "Bạn đã đề nghị" in own and "Sở Tư pháp và Hộ tịch" in own and "nhận bàn giao" in own
    assert yen.post(answer["Location"], {"verdict": "approve", "note": ""}).status_code == 403
    assert "Phê duyệt" in assert_good_page(quang.get(answer["Location"]))
    assert quang.post(answer["Location"], {"verdict": "approve", "note": ""}).status_code == 302
    assert "đồng ý" in assert_good_page(quang.get(HERE))
    new = Office.objects.get(code=NEW)
    assert (new.valid_from, new.key) == (DAY, was.key)

    # What was open stays where it was, and those who serve at the heir finish it by the ordinary acts.
    decision.approve(dossier.pk, actor=world.actor("tuan", DAY), at=moment("2021-12-02 10:00"))
    decision.finish(dossier.pk, number="1/GP", actor=world.actor("nga", DAY), at=moment("2021-12-02 15:00"))
    found = Dossier.objects.get(pk=dossier.pk)
    assert found.state == State.FINISHED and found.competent_office == was
    assert was.pk in subtree([new.pk], DAY)
    for way, names in (("then", [was.name, new.name]), ("new", [new.name]), ("old", [was.name])):
        made = series(question("total", "2021-11", "2021-12", Scope(), way))
        assert [line.name for line in made.lines] == sorted(names) and made.total == (1, 1)
    assert parse_period("2021-12").last > DAY


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"on": "2021-11-04"}, "Ngày áp dụng phải sau hôm nay."),
        ({"sources": "000.00.99.H54"}, "Không có cơ quan mang mã"),
        ({"name1": ""}, "cần có tên"),
        ({"kind": "merge"}, "ít nhất hai cơ quan"),
        ({"people": "hoa"}, "Không hiểu dòng “hoa”."),
        ({"people": "minh = " + NEW}, "không được phân công"),
        ({"document": " "}, "bắt buộc"),
        ({"code1": ""}, "Đổi tên: một cơ quan thành một."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(
    world: World, logged_in: LogIn, clock: WallClock, changes: dict[str, str], says: str
) -> None:
    clock("2021-11-04 09:00")
    page = assert_good_page(logged_in("yen").post(f"{HERE}de-nghi/", typed(world, **changes)), 422)
    assert says in page and "Đổi tên theo nghị quyết" in page
    assert not OfficeChange.objects.exists()


def test_a_no_has_its_reason(world: World, logged_in: LogIn, clock: WallClock) -> None:
    clock("2021-11-04 09:00")
    address = logged_in("yen").post(f"{HERE}de-nghi/", typed(world))["Location"]
    quang = logged_in("quang")
    assert_good_page(quang.post(address, {"verdict": "reject", "note": ""}), 422)
    assert quang.post(address, {"verdict": "reject", "note": "Chưa có nghị quyết"}).status_code == 302
    assert "Chưa có nghị quyết" in assert_good_page(quang.get(address))
    assert quang.post(address, {"verdict": "x", "note": ""}).status_code in (409, 422)
    assert not Office.objects.filter(code=NEW).exists()
    assert quang.get(f"{HERE}de-nghi/999999/").status_code == 404

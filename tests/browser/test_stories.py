"""Somebody without an account, on a phone: from the first question to the open data; nothing of it asks who they are."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect

from motcua.calendar.limits import Limit
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.pages.conftest import WallClock
from motcua.petitions.models import Petition
from motcua.ratings.models import Vote
from motcua.reports.tests.opening import published
from motcua.reports.tests.test_open_data import many
from tests.browser.conftest import OpenPage
from tests.browser.reading import Reader, of_stories
from tests.world import World, make_procedure, make_process

pytestmark = of_stories
BIRTH = "Đăng ký khai sinh"
WARRANT = "Văn bản ủy quyền, nếu người khác đi thay"


@pytest.fixture
def citizen(world: World, open_page: OpenPage) -> Reader:
    """With a phone in hand; the communes register births, for which one paper is needed only by some."""
    limit, process = Limit.parse("1wd"), make_process()
    make_procedure("1.001193", BIRTH, "ubnd-xa", "XA", limit, process, only_some=[WARRANT])
    return Reader(open_page(width=390), "phone")


@pytest.fixture
def answered(world: World) -> Dossier:
    """Lan's, handed in at the counter: its result is there, and its codes are on the slip."""
    return lives.finished(world)


def test_finding_out_what_is_needed_and_who_serves(citizen: Reader) -> None:
    citizen.goes_to("/", "Bạn cần làm thủ tục gì?")
    citizen.page.get_by_role("combobox").press_sequentially("lam khai sinh cho con")
    offered = citizen.page.get_by_role("option", name=BIRTH)
    expect(offered).to_be_visible()
    citizen.looks("answers while typing")
    offered.click()

    citizen.sees(BIRTH)
    citizen.reads("1 ngày làm việc", WARRANT)
    submit, papers = citizen.link("Nộp trực tuyến").bounding_box(), citizen.main.locator("#papers").bounding_box()
    assert submit and papers and submit["y"] < papers["y"], "what one came for stands before the long list"
    citizen.main.get_by_label("Xã, phường của bạn").fill("dong cac")
    citizen.presses("Tìm nơi tiếp nhận", BIRTH)
    citizen.reads("Đông Các")

    citizen.follows("Tôi cần giấy tờ gì?", "Tôi cần giấy tờ gì?")
    mine = citizen.main.locator("#cua-toi .papers li")
    expect(mine).to_have_count(2)
    citizen.main.get_by_label("Trực tiếp").check()
    citizen.main.get_by_label(WARRANT).check()
    citizen.main.get_by_role("button", name="Xem giấy tờ của tôi").click()
    expect(mine).to_have_count(3)
    expect(citizen.page).to_have_url(re.compile("cach=1"))
    citizen.looks("papers in one's own case")

    citizen.follows(BIRTH, BIRTH)
    citizen.follows("Xem hồ sơ mẫu", "Hồ sơ mẫu")
    citizen.reads("MẪU", "Người và số liệu là giả định")
    assert citizen.wrong == []


def test_following_rating_and_saying_what_was_wrong(citizen: Reader, answered: Dossier) -> None:
    citizen.goes_to("/", "Bạn cần làm thủ tục gì?")
    citizen.types("Mã số hồ sơ hoặc mã nộp hồ sơ", answered.code or "")
    citizen.presses("Tra cứu", "Tra cứu hồ sơ")
    citizen.reads("Mức độ hoàn thành", answered.code or "")
    for hidden in (answered.owner_name, answered.submission_no, answered.version.name, "Sở Tư pháp", "Diễn biến"):
        expect(citizen.main).not_to_contain_text(hidden)

    citizen.main.locator("[name=secret]").fill(answered.secret.lower())
    citizen.presses("Tra cứu", answered.version.name)
    citizen.reads("Diễn biến", "Sở Tư pháp", answered.submission_no)
    citizen.main.get_by_text("Vì sao là ngày này?").click()
    citizen.looks("every day of the limit")

    citizen.follows("Đánh giá sự hài lòng", "Đánh giá sự hài lòng")
    citizen.main.get_by_label("Không hài lòng", exact=True).check()
    citizen.main.get_by_text("Nói rõ hơn").click()
    citizen.looks("what it is about")
    citizen.presses("Gửi đánh giá", "Đánh giá sự hài lòng")
    citizen.reads("Cảm ơn bạn")
    assert Vote.objects.get().dossier == answered

    citizen.follows("Gửi phản ánh, kiến nghị về hồ sơ này", "Gửi phản ánh, kiến nghị")
    citizen.reads(answered.code or "")
    citizen.presses("Gửi phản ánh", "Gửi phản ánh, kiến nghị")  # nothing was said yet: told beside each field
    citizen.main.get_by_label("Hành vi, chậm trễ của cán bộ, cơ quan").check()
    citizen.types("Nội dung", "Không ai báo cho tôi là đã có kết quả.")
    citizen.types("Tên của bạn", "Trần Thị Lan")
    citizen.main.locator("[name=phone]").fill("0900000001")
    citizen.presses("Gửi phản ánh", "Đã gửi phản ánh")
    petition, secret = Petition.objects.get(kind="conduct"), citizen.fact("Mã tra cứu")
    assert citizen.fact("Mã phản ánh") == petition.code
    citizen.follows("Theo dõi phản ánh này", "Theo dõi phản ánh đã gửi")
    citizen.types("Mã tra cứu", secret)
    citizen.presses("Xem", petition.code)
    citizen.reads("Không ai báo cho tôi", "Sở Tư pháp")
    assert citizen.wrong == []


def test_reading_the_figures_and_taking_them_along(world: World, citizen: Reader, clock: WallClock) -> None:
    many(14, world.cast.justice, "8.000001", "Hộ tịch")
    many(12, world.cast.industry, "8.000002", "Hộ tịch")
    for month, at in (("2021-10", "2021-11-04 09:00"), ("2021-11", "2021-12-04 09:00")):
        published(world, month, at)
    clock("2021-12-06 09:00")
    citizen.goes_to("/", "Bạn cần làm thủ tục gì?")
    citizen.page.get_by_role("contentinfo").get_by_role("link", name="Thống kê").click()
    citizen.sees("Thống kê công khai")
    citizen.follows("11/2021", "Thống kê công khai")
    citizen.reads("Đã chốt lần 1", "Sở Tư pháp")
    citizen.follows("Tải số liệu các tháng đã chốt (dữ liệu mở)", "Dữ liệu mở")
    november = citizen.main.get_by_role("row", name="2021-11")
    _taken, content = citizen.takes(november.get_by_role("link", name="JSON", exact=True))
    said = json.loads(content)
    assert said["period"]["month"] == "2021-11" and said["rows"]
    assert citizen.wrong == []

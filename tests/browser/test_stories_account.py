"""Somebody with an account: registers on a phone and hands in, later supplements, withdraws, takes and checks the result;
and somebody who hands in for a parent. Officers act meanwhile, in code."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from motcua.dossiers.acts import decision, processing, reception, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.dossiers.tests import lives
from motcua.files.store import store
from motcua.forms.issuing import issue_all
from motcua.forms.results import sign
from motcua.notices.outbox import take_all
from motcua.offices.actors import SYSTEM
from motcua.pages.conftest import WallClock
from motcua.signing import development
from tests.browser.conftest import OpenPage
from tests.browser.reading import Reader, of_stories
from tests.house.stage import lead
from tests.papers import A_PDF, photo
from tests.pdf_tools import make_pdf, text_of
from tests.world import World, moment, reread

pytestmark = of_stories
PASSPORT = "Cấp hộ chiếu thử nghiệm"
MOTHER = "Trần Thị Sáu"


@pytest.fixture
def papers(tmp_path: Path) -> dict[str, Path]:
    """What lies in a phone: a photo taken with the phone turned, and a PDF."""
    there = {"photo": tmp_path / "IMG_1.jpg", "pdf": tmp_path / "to-khai.pdf"}
    there["photo"].write_bytes(photo("TO KHAI", turned=True))
    there["pdf"].write_bytes(A_PDF)
    return there


def gives_papers(person: Reader, papers: dict[str, Path]) -> None:
    """A photo for the first paper and a PDF for the second, sent by going on."""
    fields = person.main.locator("input[type=file]:not([name=file-more])")
    fields.nth(0).set_input_files(papers["photo"])
    expect(person.main.locator(".tray-pages li")).to_have_count(1)
    fields.nth(1).set_input_files(papers["pdf"])
    person.reads("Đã nhận và lưu: to-khai.pdf")
    person.looks("papers chosen")
    person.presses("Tiếp: xem lại", "Xem lại và nộp")
    person.reads("IMG_1.pdf", "to-khai.pdf")


def hands_in(person: Reader) -> Dossier:
    """Looks it over, says that it is true, and keeps the receipt."""
    person.presses("Nộp hồ sơ", "Xem lại và nộp")  # not yet said that it is true
    expect(person.main.locator(".has-error")).to_have_count(1)
    person.main.get_by_label("Tôi cam đoan").check()
    person.presses("Nộp hồ sơ", "Đã nộp hồ sơ")
    dossier = Dossier.objects.get()
    assert person.fact("Mã nộp hồ sơ") == dossier.submission_no and person.fact("Mã tra cứu") == dossier.secret
    return dossier


def test_registering_on_the_way_and_handing_in_with_a_photo(
    world: World, open_page: OpenPage, papers: dict[str, Path]
) -> None:
    bich = Reader(open_page(width=390), "account")
    bich.goes_to("/thu-tuc/9.000001/", PASSPORT)
    bich.follows("Nộp trực tuyến", "Đăng nhập")
    bich.follows("Chưa có tài khoản? Đăng ký", "Đăng ký tài khoản")
    bich.types("Họ và tên", "Phạm Ngọc Bích")
    bich.types("Số điện thoại hoặc thư điện tử", "0912000111")
    bich.types("Mật khẩu", "123456")
    bich.presses("Tạo tài khoản", "Đăng ký tài khoản")  # told why not; the rest stays typed
    bich.reads("Mật khẩu quá ngắn: cần ít nhất 10 ký tự.")
    expect(bich.main.get_by_label("Họ và tên", exact=True)).to_have_value("Phạm Ngọc Bích")
    bich.types("Mật khẩu", "sen no ven ho tay")
    bich.presses("Tạo tài khoản", "Nộp trực tuyến")

    bich.presses("Tiếp tục", "Thông tin hồ sơ")
    expect(bich.main.locator("[name=owner_name]")).to_have_value("Phạm Ngọc Bích")
    bich.main.locator("[name=owner_id_no]").fill("034190000123")
    bich.presses("Tiếp: giấy tờ", "Thông tin hồ sơ")  # the address is missing
    bich.main.locator("[name=owner_address]").fill("Xã Đông Các")
    bich.presses("Tiếp: giấy tờ", "Giấy tờ kèm theo")
    gives_papers(bich, papers)
    dossier = hands_in(bich)
    assert dossier.papers.filter(file__media_type="application/pdf").count() == 2

    bich.follows("Theo dõi hồ sơ này", PASSPORT)
    bich.reads("Phạm Ngọc Bích", "Trả lời bạn chậm nhất")
    bich.follows("Hồ sơ của tôi", "Hồ sơ của tôi")
    bich.reads(PASSPORT)
    assert bich.wrong == []


@pytest.fixture
def asked(world: World) -> Dossier:
    """Lan's, handed in online: Hoa asked for a better copy."""
    since = moment("2021-10-01 08:00")
    development.for_person(world.cast.tuan.pk, world.cast.tuan.full_name, world.cast.justice.name, since)
    development.for_office(world.cast.center.pk, world.cast.center.name, since)
    dossier = lead(world, "supplement")
    issue_all(dossier.pk, actor=SYSTEM, at=moment("2021-11-02 09:00"), portal="http://testserver")
    return dossier


def finish(world: World, dossier: Dossier) -> None:
    """The offices go on with it to a signed result."""
    one, hoa, tuan = dossier.pk, world.actor("hoa"), world.actor("tuan")
    supplement.receive_supplement(one, papers=[], actor=world.actor("minh"), at=moment("2021-11-04 10:00"))
    processing.forward(one, actor=hoa, at=moment("2021-11-04 11:00"))
    at = moment("2021-11-04 14:00")
    file = store("ket-qua.pdf", [make_pdf("Hộ chiếu", at)], at, world.cast.tuan.pk)
    decision.approve(one, actor=tuan, at=at, file_id=file.pk)
    sign(one, actor=tuan, at=moment("2021-11-04 14:30"))
    decision.finish(one, number="12/GP-STP", actor=world.actor("nga"), at=moment("2021-11-04 15:00"))


def test_supplementing_and_withdrawing(
    world: World, open_page: OpenPage, asked: Dossier, papers: dict[str, Path], clock: WallClock
) -> None:
    other = lives.submitted(world)
    lan = Reader(open_page("lan", width=390, theme="dark"), "supplement")
    lan.goes_to("/ho-so/", "Hồ sơ của tôi")
    lan.reads("Cần bạn làm")
    lan.follows("Gửi phần bổ sung", "Gửi phần bổ sung")
    lan.reads("Bản sao căn cước công dân")
    lan.main.locator("#file-0").set_input_files(papers["pdf"])
    lan.presses("Gửi", PASSPORT)
    assert reread(asked).papers.filter(file__name="to-khai.pdf").count() == 3

    lan.goes_to(f"/ho-so/{other.submission_no}/", PASSPORT)
    lan.follows("Rút hồ sơ", "Rút hồ sơ")
    lan.presses("Rút hồ sơ", "Rút hồ sơ")  # without a reason: told beside the field
    lan.types("Lý do rút hồ sơ", "Tôi sẽ nộp lại sau.")
    lan.presses("Rút hồ sơ", PASSPORT)
    lan.reads("Đã rút hồ sơ.")
    assert lan.fact("Ngày hẹn trả") == "–", "nothing is promised any more"
    assert reread(other).state == State.WITHDRAWN
    assert lan.wrong == []


@pytest.mark.alone
def test_taking_the_result_and_seeing_that_it_is_genuine(
    world: World, open_page: OpenPage, asked: Dossier, clock: WallClock, tmp_path: Path
) -> None:
    supplement.answer_supplement(asked.pk, papers=[], actor=world.actor("lan"), at=moment("2021-11-04 09:30"))
    finish(world, asked)
    take_all(moment("2021-11-04 15:30"))
    clock("2021-11-04 16:00")
    lan = Reader(open_page("lan", theme="dark"), "result")
    lan.goes_to("/tai-khoan/", "Thông tin của tôi")
    lan.follows("thông báo chưa đọc", "Thông báo của tôi")
    lan.main.get_by_role("button", name=re.compile("Mở hồ sơ")).first.click()
    lan.sees(PASSPORT)
    taken, content = lan.takes(lan.link("Tải kết quả"))
    assert taken.suggested_filename == "ket-qua.pdf" and content.startswith(b"%PDF")
    lan.follows("Kiểm tra chữ ký và mã QR của kết quả", "Chữ ký trên kết quả")
    lan.reads(f"{world.cast.tuan.full_name} (thử nghiệm) ký lúc 14:30 04/11/2021")

    # The slip has a code; whoever gets the file can check it, as somebody who isn't logged in.
    lan.follows(asked.code or "", PASSPORT)
    slip = tmp_path / "phieu.pdf"
    answer = lan.page.request.get(lan.link("Giấy tiếp nhận").get_attribute("href") or "")
    slip.write_bytes(answer.body())
    anybody = Reader(open_page(width=390), "check")
    anybody.goes_to("/kiem-tra/", "Kiểm tra phiếu, chữ ký")
    anybody.main.locator("input[type=file]").set_input_files(slip)
    anybody.presses("Kiểm tra", "Kiểm tra phiếu, chữ ký")
    anybody.reads("Mã xác thực là thật", "đúng từng byte", asked.code or "")
    assert lan.wrong + anybody.wrong == []


@pytest.mark.alone
def test_reading_what_is_held_of_me(world: World, open_page: OpenPage, asked: Dossier) -> None:
    take_all(moment("2021-11-03 08:00"))
    lan = Reader(open_page("lan", width=390), "own")
    lan.goes_to("/tai-khoan/", "Thông tin của tôi")
    lan.follows("Đổi kênh nhận thông báo", "thông báo")
    lan.goes_to("/tai-khoan/thong-bao/", "Thông báo của tôi")
    lan.presses("Đánh dấu tất cả đã đọc", "Thông báo của tôi")
    lan.reads("0 thông báo chưa đọc")
    lan.follows("Thông tin của tôi", "Thông tin của tôi")
    lan.follows("Dữ liệu của tôi", "Dữ liệu của tôi")
    _taken, content = lan.takes(lan.link("Tải tất cả về (JSON)"))
    assert asked.submission_no in json.dumps(json.loads(content))
    lan.follows("Ai đã xem hồ sơ của tôi", "xem hồ sơ")
    lan.goes_to("/tai-khoan/khoa-truy-cap/", "Khóa truy cập")
    assert lan.wrong == []


def test_handing_in_for_a_parent(world: World, open_page: OpenPage, papers: dict[str, Path], clock: WallClock) -> None:
    lan = Reader(open_page("lan", width=390), "parent")
    lan.goes_to("/thu-tuc/9.000001/nop/", "Nộp trực tuyến")
    lan.presses("Tiếp tục", "Thông tin hồ sơ")
    for name, words in {"name": MOTHER, "id_no": "034150000001", "address": "Xã Đông Các"}.items():
        lan.main.locator(f"[name=owner_{name}]").fill(words)
    lan.presses("Tiếp: giấy tờ", "Thông tin hồ sơ")  # an account speaks for its own person
    lan.reads("Tài khoản này không phải của chủ hồ sơ")
    lan.main.get_by_label("Người nộp thay").check()
    expect(lan.main.locator("[name=submitter_name]")).to_have_value("Trần Thị Lan")
    lan.main.locator("[name=submitter_relation]").fill("con")
    lan.looks("who hands in for whom")
    lan.presses("Tiếp: giấy tờ", "Giấy tờ kèm theo")
    gives_papers(lan, papers)
    lan.reads("Người nộp thay", "Trần Thị Lan", MOTHER, "con")
    dossier = hands_in(lan)
    assert (dossier.owner_name, dossier.submitter_role, dossier.submitter_name) == (MOTHER, "submitter", "Trần Thị Lan")

    reception.accept(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-04 10:00"))
    clock("2021-11-04 10:30")
    issue_all(dossier.pk, actor=SYSTEM, at=moment("2021-11-04 10:05"), portal="http://testserver")
    lan.follows("Theo dõi hồ sơ này", PASSPORT)
    assert lan.fact("Chủ hồ sơ") == MOTHER and lan.fact("Người nộp thay").startswith("Trần Thị Lan")
    slip = text_of(lan.page.request.get(lan.link("Giấy tiếp nhận").get_attribute("href") or "").body())
    assert MOTHER in slip and "Trần Thị Lan" in slip
    lan.follows("Hồ sơ của tôi", "Hồ sơ của tôi")
    lan.follows(PASSPORT, PASSPORT)
    assert lan.wrong == []

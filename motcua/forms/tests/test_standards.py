"""Every form of every circular is tagged PDF/A with its fonts inside, of the right size, and says its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from motcua.dossiers.acts import decision, delay, ending, processing, reception, supplement
from motcua.dossiers.models import Dossier
from motcua.forms.catalogue import Form, Kind, forms
from motcua.forms.issuing import Asked, issue, original_of, preview
from motcua.forms.register_book import register_pdf
from motcua.forms.tests.test_papers import PORTAL, text_of
from motcua.signing import development
from tests.pdf_tools import assert_archived, run_tool
from tests.world import World, moment

pytestmark = pytest.mark.django_db
YEARS = {"TT01-2018": 2021, "TT03-2025": 2026}
A5, A4 = {419, 420, 595}, {595, 841, 842}
OF_ALL = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Mẫu số")
OWNER = ("Trần Thị Lan", "Cấp hộ chiếu thử nghiệm", "H54")
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.RECEIPT: (*OWNER, "Số định danh / mã số: 000190000001", "Điện thoại: 0900000001", "Hình thức nộp", "Tờ khai theo mẫu",
                   "Bản chính", "số lượng: 01 bộ", "Thời hạn giải quyết theo quy định", "Thời gian nhận hồ sơ",
                   "Thời gian hẹn trả kết quả", "Nhận kết quả", "NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ", "Quét mã", "hai liên"),
    Kind.SUPPLEMENT: (*OWNER, "Ảnh 4x6", "Sai cỡ", "Lý do: Chưa đủ", "một lần", "liên hệ Vũ Thị Hoa", "Nơi nhận"),
    Kind.REFUSAL: (*OWNER, "Thời gian nộp hồ sơ", "Lý do: Sai tên", "Căn cứ pháp lý: Điều 5", "khiếu nại", "Nơi nhận"),
    Kind.APOLOGY: (*OWNER, "xin lỗi ông/bà", "Lý do: Chờ xác minh", "Lần hẹn lại: 01", "Cơ quan giải quyết: Sở Tư pháp"),
    Kind.STOP: (*OWNER, "Giai đoạn giải quyết", "dừng giải quyết hồ sơ này", "Căn cứ pháp lý: Điều 19",
                "chưa có kết quả giải quyết", "Thái Bình; phí, lệ phí đã nộp", "quyết toán"),
    Kind.CONTROL: (*OWNER, "Giao: ", "Nhận: ", "Thời hạn theo quy định", "Thời gian", "Công việc, kết quả", "Ghi chú",
                   "Ký giao", "Ký nhận", "1) Tờ khai theo mẫu", "hai bản"),
    Kind.REGISTER: (*OWNER, "STT", "Số bộ", "Hẹn trả", "Chuyển giải quyết", "Nhận kết quả", "Cách nhận", "Ký nhận",
                    "1 hồ sơ, từ số 01 đến số 01", "NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ"),
}  # fmt: skip


class Year:
    """Acts in November of the year in which a circular is in force."""

    def __init__(self, world: World, circular: str) -> None:
        self.world, self.number = world, YEARS[circular]

    def at(self, day: int, hour: int = 8) -> object:
        return moment(f"{self.number}-11-{day:02d} {hour:02d}:00")

    def actor(self, name: str) -> object:
        return self.world.actor(name, date(self.number, 11, 2))

    def dossier(self, kind: Kind) -> Dossier:
        """A dossier that calls for a paper of the kind."""
        at, actor = self.at, self.actor
        one = reception.take_in(self.world.intake(), actor=actor("minh"), at=at(2))  # type: ignore[arg-type]
        if kind in (Kind.RECEIPT, Kind.REGISTER, Kind.CONTROL):
            return one
        processing.forward(one.pk, actor=actor("minh"), at=at(2, 9))  # type: ignore[arg-type]
        hoa = self.world.cast.hoa.pk
        processing.forward(one.pk, to_account_id=hoa, actor=actor("thanh"), at=at(2, 10))  # type: ignore[arg-type]
        if kind == Kind.SUPPLEMENT:
            items = [{"name": "Ảnh 4x6", "why": "Sai cỡ"}]
            supplement.ask_supplement(one.pk, items=items, reason="Chưa đủ", actor=actor("hoa"), at=at(3))  # type: ignore[arg-type]
        elif kind == Kind.STOP:
            ending.stop(one.pk, reason="Xin dừng", basis="Điều 19", actor=actor("tuan"), at=at(3))  # type: ignore[arg-type]
        else:
            processing.forward(one.pk, actor=actor("hoa"), at=at(3))  # type: ignore[arg-type]
            if kind == Kind.APOLOGY:
                day = date(self.number, 12, 1)
                delay.extend(one.pk, new_day=day, reason="Chờ xác minh", actor=actor("tuan"), at=at(4))  # type: ignore[arg-type]
            else:
                decision.refuse_result(one.pk, reason="Sai tên", basis="Điều 5", actor=actor("tuan"), at=at(4))  # type: ignore[arg-type]
        return one


@pytest.fixture(params=forms(), ids=lambda form: form.id)
def paper(request: pytest.FixtureRequest, world: World) -> Iterator[tuple[Form, bytes]]:
    """Every form of every circular, sealed where it is a letter."""
    form: Form = request.param
    year = Year(world, form.circular)
    start = moment(f"{year.number}-01-04 08:00")
    development.for_office(world.cast.justice.pk, world.cast.justice.name, start)
    dossier = year.dossier(form.kind)
    at = year.at(5)
    if form.kind == Kind.REGISTER:
        first, last = date(year.number, 11, 1), date(year.number, 11, 30)
        yield form, register_pdf(world.cast.center, first, last, at=at)  # type: ignore[arg-type]
    elif form.kind == Kind.CONTROL:
        yield form, preview(Asked(dossier.pk, "control"), at=at, portal=PORTAL)  # type: ignore[arg-type]
    else:
        row = issue(Asked(dossier.pk, form.kind), actor=year.actor("minh"), at=at, portal=PORTAL)  # type: ignore[arg-type]
        assert row.form_id == form.id
        yield form, original_of(row)


def test_a_form_says_its_fields(paper: tuple[Form, bytes]) -> None:
    form, document = paper
    text = text_of(document)
    missing = [
        words for words in (*OF_ALL, form.title.upper(), form.circular_name, *FIELDS[form.kind]) if words not in text
    ]
    assert missing == []


def test_a_form_is_an_archive_that_a_screen_reader_reads(paper: tuple[Form, bytes]) -> None:
    form, document = paper
    assert_archived(document, form.title)


def test_a_form_is_whole_for_other_programs(paper: tuple[Form, bytes], tmp_path: Path) -> None:
    form, document = paper
    checked = run_tool("qpdf", document, tmp_path, "--check")
    assert "No syntax or stream encoding errors found" in checked, checked
    told = run_tool("pdfinfo", document, tmp_path)
    assert re.search(r"Tagged:\s+yes", told)
    size = {int(float(number)) for number in re.findall(r"[\d.]+", told.partition("Page size:")[2].partition("pts")[0])}
    assert size <= (A4 if form.kind == Kind.REGISTER else A5), told
    fonts = [line.split() for line in run_tool("pdffonts", document, tmp_path).splitlines()[2:]]
    assert fonts and all(line[-5:-2] == ["yes", "yes", "yes"] for line in fonts)  # embedded, subset, with Unicode


def test_a_letter_s_seal_is_seen_by_other_programs(paper: tuple[Form, bytes], tmp_path: Path) -> None:
    form, document = paper
    if form.kind not in (Kind.REFUSAL, Kind.APOLOGY, Kind.STOP, Kind.SUPPLEMENT):
        return
    assert "Signature is Valid." in run_tool("pdfsig", document, tmp_path)

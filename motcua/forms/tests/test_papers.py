"""The papers: every fact is there, what a person typed prints as typed, and the form is that of the regime and day."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdf
import pytest

from motcua.base.errors import NotThere
from motcua.base.text import tidy
from motcua.calendar.limits import Limit
from motcua.calendar.store import calendar_for
from motcua.dossiers.acts import decision, delay, ending, reception, supplement
from motcua.dossiers.acts.intake import Owner
from motcua.dossiers.clock import ClockEvent, ClockKind
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_words import summary
from motcua.dossiers.models import Dossier
from motcua.dossiers.persons import Submitter
from motcua.dossiers.tests import joint, lives
from motcua.dossiers.tests.test_step_story import timed
from motcua.forms.catalogue import Kind, form_for, forms
from motcua.forms.issuing import Asked, copy_of, issue_all, preview
from motcua.forms.sources import Source
from motcua.law.store import regime
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db
PORTAL = "https://motcua.thaibinh.example"
NASTY = 'Mận #strong[x] $x^2$ "A" *b* \\u{41} // <c> @d `e` #panic("f") {{ 7 }}'


def text_of(document: bytes) -> str:
    """The text of a paper, on one line."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def printed(dossier: Dossier, kind: str, number: int = 1) -> str:
    """The text of a paper as it would go out."""
    return text_of(preview(Asked(dossier.pk, kind, number), at=moment("2021-11-10 08:00"), portal=PORTAL))


def kinds(dossier: Dossier) -> list[str]:
    """The papers that a dossier calls for."""
    return [paper.kind.value for paper in Source(reread(dossier)).papers()]


def test_the_receipt_says_what_when_and_why(world: World) -> None:
    dossier = lives.accepted(world)
    text = printed(dossier, "receipt")
    for fact in (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "Mẫu số 01 – Thông tư 01/2018/TT-VPCP",
        str(dossier.code),
        "Trần Thị Lan",
        "000190000001",
        "Cấp hộ chiếu thử nghiệm",
        "Tờ khai theo mẫu",
        "05 ngày làm việc",
        "08 giờ 00 phút, ngày 01/11/2021",
        "17 giờ 00 phút, ngày 08/11/2021",
        "đếm từ 02/11/2021 (ngày tiếp nhận không tính), hẹn trả 17:00 ngày 08/11/2021. Không đếm 2 ngày cuối tuần.",
        "Thái Bình, ngày 01 tháng 11 năm 2021",
    ):
        assert fact in text, fact


def test_a_receipt_keeps_its_promise_whatever_comes_later(world: World) -> None:
    dossier = lives.at_approval(world)
    before = printed(dossier, "receipt")
    delay.extend(
        dossier.pk,
        new_day=date(2021, 11, 12),
        reason="Chờ xác minh",
        actor=world.actor("tuan"),
        at=moment("2021-11-04 08:00"),
    )
    assert printed(dossier, "receipt") == before
    letter = printed(dossier, "apology")
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in letter and "xin lỗi ông/bà" in letter
    assert "17 giờ 00 phút, ngày 08/11/2021" in letter and "17 giờ 00 phút, ngày 12/11/2021" in letter


def test_what_a_person_typed_prints_as_it_was_typed(world: World) -> None:
    intake = world.intake(owner=Owner(NASTY, address=NASTY), content=NASTY)
    dossier = reception.take_in(intake, actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    text = printed(dossier, "receipt")
    assert text.replace("“", '"').replace("”", '"').count(tidy(NASTY)) >= 3


def test_the_supplement_slip_lists_every_item(world: World) -> None:
    dossier = lives.handled(world)
    supplement.ask_supplement(
        dossier.pk,
        items=[{"name": "Ảnh 4x6", "why": "Sai cỡ"}, {"name": NASTY, "why": "Thiếu chữ ký"}],
        reason="Chưa đủ",
        actor=world.actor("hoa"),
        at=moment("2021-11-02 08:00"),
    )
    text = printed(dossier, "supplement")
    assert "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ" in text
    assert "Ảnh 4x6" in text and "Sai cỡ" in text and "Thiếu chữ ký" in text
    assert "tính lại từ đầu khi nhận đủ" in text
    assert kinds(dossier) == ["receipt", "supplement"]


def test_a_refusal_says_why_and_by_which_law(world: World) -> None:
    dossier = lives.submitted(world)
    reception.refuse_intake(
        dossier.pk,
        reason="Không đủ điều kiện",
        basis="Điều 21",
        actor=world.actor("minh"),
        at=moment("2021-11-01 09:00"),
    )
    text = printed(dossier, "refusal")
    assert "từ chối tiếp nhận" in text and "Không đủ điều kiện" in text and "Điều 21" in text
    late = lives.at_approval(world)
    decision.refuse_result(
        late.pk, reason="Sai tên", basis="Điều 5", actor=world.actor("tuan"), at=moment("2021-11-03 08:00")
    )
    assert "sau khi thẩm định" in printed(late, "refusal")


def test_the_control_slip_has_a_row_for_every_handing_over(world: World) -> None:
    text = printed(lives.finished(world), "control")
    for name in (
        "Phạm Quang Minh",
        "Tiếp nhận tại quầy",
        "Chuyển bước tiếp theo",
        "Phê duyệt",
        "Phát hành kết quả (trước hạn)",
        "Bùi Thị Nga",
    ):
        assert name in text, name


def test_the_control_slip_says_who_kept_the_time_of_a_step(world: World) -> None:
    # Half an hour at the counter where two are planned; a day with Hoa where one hour is.
    dossier = timed(lives.at_approval(world), [2, 2, 1, 8, 0, 0])
    text = printed(dossier, "control")
    assert "Chuyển bước tiếp theo (bước này trong hạn)" in text
    assert text.count("(bước này quá hạn)") == 1
    assert "bước này" not in printed(lives.finished(world), "control")  # its table counts no hours


def test_the_control_slip_names_each_agency_s_part_with_its_limit(world: World) -> None:
    assert "Phần việc" not in printed(lives.finished(world), "control")
    text = printed(joint.both_done(world), "control")
    for words in (
        "Phần việc 1. Đăng ký",
        "(02 ngày làm việc, đến 17 giờ 00 phút, ngày 03/11/2021)",
        "Phần việc 3. Cấp thẻ",
        "Sở Công Thương",
        "Kết quả 2",
    ):
        assert words in text, words


def test_forms_are_those_of_the_regime(world: World) -> None:
    dossier = lives.handled(world)
    ending.stop(
        dossier.pk, reason="Xin dừng", basis="Điều 19", actor=world.actor("tuan"), at=moment("2021-11-03 08:00")
    )
    # The circular of 2018 has no notice of stopping; that of 2025 has, and another title for the apology.
    assert kinds(dossier) == ["receipt"]
    new = regime("r6_2026", date(2026, 9, 1))
    stop, apology = form_for(Kind.STOP, new, date(2026, 9, 1)), form_for(Kind.APOLOGY, new, date(2026, 9, 1))
    assert stop is not None and apology is not None
    assert (stop.id, stop.no) == ("F05@TT03", "05") and apology.title.startswith("Văn bản xin lỗi")


def test_number_five_means_two_things(world: World) -> None:
    old, new = regime("r1_2018", date(2019, 6, 1)), regime("r3_2025", date(2025, 10, 1))
    fives = {
        form.id: form.kind
        for facts, day in ((old, date(2019, 6, 1)), (new, date(2025, 10, 1)))
        for kind in Kind
        if (form := form_for(kind, facts, day)) and form.no == "05"
    }
    assert fives == {"F05@TT01": Kind.CONTROL, "F05@TT03": Kind.STOP}
    assert len({form.id for form in forms()}) == len(forms()) == 13


def test_a_letter_of_a_later_day_is_written_on_the_form_of_that_day(world: World) -> None:
    # Accepted under the old decree; the letter is dated when the new circular has replaced the old one.
    old = regime("r2_2021", date(2021, 12, 6))
    found = {
        day: form.id if (form := form_for(Kind.APOLOGY, old, date.fromisoformat(day))) else None
        for day in ("2021-12-06", "2025-09-14", "2025-09-15")
    }
    assert found == {"2021-12-06": "F04@TT01", "2025-09-14": "F04@TT01", "2025-09-15": "F04@TT03"}
    first_days = form_for(Kind.RECEIPT, regime("r3_2025", date(2025, 7, 1)), date(2025, 7, 1))
    assert first_days is not None and first_days.id == "F01@TT01"


def test_a_holiday_is_named_in_the_reason(world: World) -> None:
    # Thursday 2 and Friday 3 September 2021 are off; the fifth working day after Tuesday 31 August is Thursday the 9th.
    start = ClockEvent(
        ClockKind.START, moment("2021-08-31 16:10"), calendar_for(*newest_edition()), limit=Limit.parse("5wd")
    )
    assert summary(story([start])) == (
        "5 ngày làm việc, đếm từ 01/09/2021 (ngày tiếp nhận không tính), hẹn trả 17:00 ngày 09/09/2021. "
        "Không đếm 2 ngày cuối tuần; 02/09, 03/09 (Quốc khánh)."
    )


def newest_edition() -> tuple[int, str]:
    """The calendar in force, for everybody."""
    from motcua.law.store import current_revision

    return current_revision(), "default"


@pytest.mark.parametrize(("kind", "occasion"), [("apology", 1), ("supplement", 9), ("x", 1), ("control", 2)])
def test_a_paper_that_nothing_calls_for_is_not_there(world: World, kind: str, occasion: int) -> None:
    dossier = lives.accepted(world)
    with pytest.raises(NotThere):
        preview(Asked(dossier.pk, kind, occasion), at=moment("2021-11-10 08:00"), portal=PORTAL)


AGENT = Submitter("agent", "Nguyễn Văn Bảy", "000150000007", authority_no="UQ 12/2021", authority_on=date(2021, 10, 20))


def test_the_receipt_names_who_brought_it_by_what_right_and_the_owner(world: World) -> None:
    intake = world.intake(submitter=AGENT, support_office_id=world.cast.commune.pk)
    dossier = reception.take_in(intake, actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    text = printed(dossier, "receipt")
    for fact in (
        "Tiếp nhận hồ sơ của: Nguyễn Văn Bảy",
        "Số định danh / hộ chiếu: 000150000007",
        "người được ủy quyền, đại diện, UQ 12/2021, 20/10/2021",
        "Chủ hồ sơ: Trần Thị Lan",
        "Số định danh / mã số: 000190000001",
        f"Nơi hỗ trợ lập hồ sơ: {world.cast.commune.name}",
    ):
        assert fact in text, fact


def test_a_helper_is_named_and_does_not_sign(world: World) -> None:
    helped = world.intake(submitter=Submitter("helper", "Nguyễn Văn Bảy"))
    dossier = reception.take_in(helped, actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    text = printed(dossier, "receipt")
    assert "Tiếp nhận hồ sơ của: Trần Thị Lan" in text and "Người giúp nộp: Nguyễn Văn Bảy" in text


def test_letters_name_who_brought_it_where_that_is_not_the_owner(world: World) -> None:
    dossier = reception.register(
        world.intake(submitter=AGENT), actor=world.actor("minh"), at=moment("2021-11-01 08:00")
    )
    at = moment("2021-11-01 09:00")
    reception.refuse_intake(dossier.pk, reason="Sai", basis="Điều 17", actor=world.actor("minh"), at=at)
    assert "Người nộp: Nguyễn Văn Bảy" in printed(dossier, "refusal")


def test_a_copy_of_a_receipt_from_before_is_still_what_it_was(world: World) -> None:
    """Facts that were not kept then are not asked for now."""
    dossier = lives.accepted(world)
    (row,) = issue_all(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 08:00"), portal=PORTAL)[:1]
    later = ("submitter_as", "submitter_id_no", "helper", "support")
    row.facts = {name: fact for name, fact in row.facts.items() if name not in later}
    assert "Trần Thị Lan" in text_of(copy_of(row, at=moment("2021-11-02 08:00")))

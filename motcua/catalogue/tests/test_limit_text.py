"""What a source prints becomes a limit only when it says so plainly; read by a person first, string by string."""

import csv
import gzip
import io
import re
from pathlib import Path

import pytest

from motcua.calendar.limits import LimitKind
from motcua.catalogue.limit_text import read_row, read_text

CORPUS = Path(__file__).parent / "limit_corpus.csv.gz"
SUFFIX = {"NGAY_LAM_VIEC": "wd", "NGAY": "d", "GIO_LAM_VIEC": "wh", "THANG": "m"}

# As a person reads it: the limit when it is plain, `?` when somebody has to be asked.
READ_BY_A_PERSON = """
4wd|04 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ
27d|27 ngày
3wd|03 ngày làm việc kể từ khi nhận được hồ sơ đầy đủ.
3wd|03 ngày làm việc kể từ khi nhận được hồ sơ đầy đủ
10wd|10 ngày làm việc từ ngày nhận được hồ sơ đầy đủ và hợp lệ
5wd|05 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.
10wd|10 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.
3wd|03 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ
26wd|Trong thời hạn 26 ngày làm việc, kể từ ngày nhận đủ hồ sơ
45wd|Trong thời hạn 45 ngày làm việc, kể từ ngày nhận đủ hồ sơ
22wd|Trong thời hạn 22 ngày làm việc, kể từ ngày nhận đủ hồ sơ.
10wd|Mười (10) ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.
10wd|Mười (10) ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ
7wd|07 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.
10d|10 ngày kể từ ngày nhận được hồ sơ hợp lệ.
28d|28 ngày kể từ ngày nhận được hồ sơ hợp lệ.
20d|20 ngày kể từ ngày nhận đủ hồ sơ hợp lệ
20d|Trong thời hạn không quá 20 ngày, kể từ ngày nhận đủ hồ sơ hợp lệ.
10wd|10 ngày làm việc, kể từ ngày nhận được hồ sơ hợp lệ
2wd|02 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.
7wd|07 ngày làm việc kể từ khi nhận đủ hồ sơ theo quy định.
105d|105 ngày kể từ ngày nhận đủ hồ sơ
3wd|03 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ theo quy định.
10wd|10 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ theo quy định
12wd|12 ngày làm việc kể từ ngày nhận đủ hồ sơ theo quy định.
3wd|Trong thời hạn 03 (ba) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.
5wd|Trong thời hạn 05 (năm) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.
1wd|Trong thời hạn 01 (một) ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.
3wd|Trong thời hạn 03 (ba) ngày làm việc kể từ ngày nhận hồ sơ.
3wd|Trong thời hạn 03 (ba) ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.
3wd|Trong thời hạn 03 ngày làm việc kể từ ngày nhận được đầy đủ giấy tờ quy định.
2m+15wd|02 tháng và 15 ngày làm việc
1/4wd|0,25 ngày làm việc
1/2wd|0,5 ngày làm việc
3/2wd|1.5 Ngày làm việc
3/2wd|1,5 ngày làm việc
5/2wd|2,5 ngày làm việc
33/4wd|8,25 ngày làm việc
15/2wd|7.5 ngày làm việc
1d|1,0 ngày
4d|4,0 ngày
58wh|58 giờ làm việc
4wh|04 giờ làm việc
250wd|250 Ngày làm việc
305d|305 Ngày
3m|3 Tháng
12m|12 Tháng
10wd|Tổng thời gian giải quyết TTHC | 10 ngày làm việc
27d|Tổng cộng thời gian giải quyết | 27 ngày
17d|Tổng thời gian giải quyết TTHC | Không quá 17 ngày kể từ ngày nhận được hồ sơ hợp lệ.
21/2wd|Tổng thời gian giải quyết | 10,5 ngày làm việc
3wd|Tổng thời gian giải quyết thủ tục hành chính | 03 ngày làm việc (kể từ ngày nhận đủ hồ sơ)
12d|Tổng thời gian thực hiện: | 12 ngày
same-day@15:00|Ngay trong ngày tiếp nhận hồ sơ; trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.
same-day@15:00|Ngay trong ngày tiếp nhận yêu cầu, trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.
?|1
?|5
?|0
?|3
?|7
?|20
?|85
?|10-25
?|1.004122
?|0 Ngày
?|0 Giờ
?|8 Giờ
?|24 Giờ
?|15 Giờ
?|01 Giờ
?|112 giờ
?|0,5 giờ
?|0,5 ngày
?|1/4 ngày
?|1/2 ngày
?|6,25 ngày
?|33 Tháng
?|Không quy định
?|không quy định
?|Chưa xác định
?|Không xác định
?|Chưa quy định cụ thể
?|Không có thông tin
?|Không
?|khác
?|TH
?|Theo mô tả
?|hàng năm
?|Trong ngày
?|Tùy theo đợt
?|Giờ hành chính
?|0 chưa quy định cụ thể
?|24 giờ/07 ngày
?|24 giờ/07 ngày.
?|07 ngày làm việc hoặc 30 ngày làm việc
?|Đã giảm từ 23 ngày làm việc xuống 15 ngày làm việc
?|Trước ngày 15 tháng 02 hằng năm
?|Chậm nhất vào ngày 15/4 hàng năm
?|Chậm nhất vào ngày 15/5 hàng năm.
?|Chậm nhất vào ngày 20 tháng đầu tiên hàng quý
?|03 năm một lần vào dịp kỷ niệm ngày Quốc khánh 2/9
?|03 năm một lần, vào dịp kỷ niệm ngày Quốc khánh 2 tháng 9.
?|Ngay sau khi nhận đủ hồ sơ hợp lệ
?|Ngay sau khi nhận được chứng từ đủ điều kiện.
?|Ngay trong ngày nếu đủ điều kiện thanh toán.
?|Theo hướng dẫn của trường dự bị đại học.
?|Theo Kế hoạch tuyển sinh hàng năm
?|Theo Kế hoạch và Thông báo tuyển sinh hằng năm
?|Theo quy định của Bảo hiểm xã hội Việt Nam
?|Do sở giáo dục và đào tạo quy định
?|Tùy thuộc vào giai đoạn xử lý hồ sơ
?|Tuỳ thuộc vào số lượng lao động cần tuyển để quy định thời hạn cụ thể.
?|Cụ thể tại phần mô tả:
?|Chậm nhất là ngay trước khi tàu rời cảng.
?|kể từ khi nhận đủ hồ sơ đến ngày hết hạn ghi trên giấy phép hành nghề
?|75 ngày (thời gian thực tế giải quyết hồ sơ tại các cơ quan có thẩm quyền).
?|Quy trình giải quyết tại cấp tỉnh (05 ngày làm việc)
?|14 ngày; Riêng đối với trường hợp công trình khai thác nước là hồ chứa, đập dâng thời hạn giải quyết là 28 ngày
?|03 ngày làm việc. Trường hợp cần phải xác minh thì thời hạn giải quyết không quá 08 ngày làm việc.
?|03 ngày làm việc, trường hợp phải xác minh thì không quá 08 ngày làm việc.
?|05 ngày làm việc; trường hợp phải tiến hành xác minh thì thời hạn không quá 10 ngày làm việc.
?|05 ngày làm việc; trường hợp phải xác minh thì thời hạn giải quyết không quá 25 ngày.
?|07 ngày làm việc; trường hợp phải xác minh thì thời hạn giải quyết không quá 12 ngày làm việc.
?|05 ngày làm việc đối với việc đăng ký giám hộ cử, 03 ngày làm việc đối với việc đăng ký giám hộ đương nhiên.
?|Trong thời hạn 02 ngày làm việc (cắt giảm 01/03 ngày làm việc, tỷ lệ 33,33%) kể từ ngày nhận đủ hồ sơ hợp lệ.
?|Trong thời hạn 05 ngày kể từ ngày nhận được văn bản đề nghị của nhà đầu tư
?|Trong thời hạn 05 ngày làm việc Kho bạc Nhà nước cấp tỉnh giải ngân khoản vốn hỗ trợ theo đề nghị của doanh nghiệp.
?|Tổng thời gian giải quyết TTHC | Không quy định
?|Tổng thời gian giải quyết TTHC | Không tính thời gian
?|Tổng thời gian giải quyết THHC ở Sở Nội vụ | 56 giờ làm việc
?|Tổng thời gian giải quyết TTHC | 168 giờ (tương đương 21 ngày) kể từ ngày nhận đủ hồ sơ theo quy định
?|[fused with fee] 1100 VNĐ
?|[fused with fee] 140,000 Việt Nam Đồng
"""
EXPECTED = [tuple(line.split("|", 1)) for line in READ_BY_A_PERSON.strip().splitlines()]


def corpus() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(CORPUS.read_bytes()).decode())))


def test_a_person_read_at_least_120_strings_and_all_are_real() -> None:
    real = {row["raw"] for row in corpus()}
    assert len(set(EXPECTED)) >= 120
    assert [text for _code, text in EXPECTED if text not in real] == []


@pytest.mark.parametrize(("code", "text"), EXPECTED)
def test_reads_as_a_person_does(code: str, text: str) -> None:
    reading = read_text(text)
    assert (reading.limit.code if reading.certain else "?") == code


def test_every_plain_number_with_unit_of_the_corpus_is_read_exactly() -> None:
    rows = [row for row in corpus() if row["kind"] == "SO" and row["unit"] in SUFFIX]
    wrong = []
    for row in rows:
        reading = read_text(row["raw"])
        value = row["value"]
        half_of_a_calendar_day = row["unit"] == "NGAY" and not float(value).is_integer()
        if half_of_a_calendar_day or value == "0" or row["raw"] == "33 Tháng":
            assert not reading.certain, row["raw"]
        elif (float(value), SUFFIX[row["unit"]]) != (
            float(reading.limit.parts[0].value),
            str(reading.limit.parts[0].unit),
        ):
            wrong.append(row["raw"])
    assert wrong == []
    assert len(rows) > 250


def test_no_string_of_the_corpus_with_a_hidden_clock_time_or_date_is_a_certain_duration() -> None:
    hidden = re.compile(r"sau 15 giờ|\d+/\d+ h|tháng \d|/\d{4}|ngày \d|hằng năm|hàng năm|hàng quý|VNĐ|Đồng")
    for row in corpus():
        reading = read_text(row["raw"])
        if hidden.search(row["raw"]):
            assert not (reading.certain and reading.limit.kind is LimitKind.DURATION), row["raw"]


@pytest.mark.parametrize(
    "text",
    ["", None, "  ", "-", "ngày", "99999999999999999999 ngày", "1e9 ngày", "½", "¼ ngày", "-3 ngày", "3 - 5 ngày",
     "1.000 ngày", "ba ngày rưỡi", "16 (mười) ngày làm việc", "05 (sáu) ngày", "15h00", "ngày 30 tháng 9",
     "80 giờ làm việc (tương đương 10 ngày)", "1100 VNĐ", "70,000", "10 ngày 20 ngày", "10 ngày và 5 ngày", "\x00" * 9],
)  # fmt: skip
def test_odd_strings_never_start_a_clock(text: str | None) -> None:
    assert not read_text(text).certain


@pytest.mark.parametrize(
    ("text", "code"),
    [("ba mươi lăm ngày", "35d"), ("Hai mươi mốt (21) ngày làm việc", "21wd"), ("năm ngày làm việc", "5wd"),
     ("5 Nga\u0300y la\u0300m vie\u0323\u0302c", "5wd"), ("\u200b7\u00a0 NGÀY LÀM VIỆC", "7wd")],
)  # fmt: skip
def test_words_case_spaces_and_composition_do_not_matter(text: str, code: str) -> None:
    assert read_text(text).limit.code == code
    assert read_text(text).certain


def row(raw: str, value: object = None, unit: str | None = None, **more: object) -> dict[str, object]:
    return {"channels": ["TRUC_TIEP"], "time_raw": raw, "value": value, "unit": unit, **more}


@pytest.mark.parametrize(
    ("source", "doubt"),
    [
        (row("7 Ngày", 7, "NGAY", note="07 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ"), "unit_contradicts_note"),
        (row("10 Ngày làm việc", 10, "NGAY_LAM_VIEC", note="10 ngày kể từ ngày nhận đủ hồ sơ"), "unit_contradicts_note"),
        (row("5 Ngày làm việc", 5, "NGAY_LAM_VIEC", note="trong 2 tuần"), "note_has_other_durations"),
        (row("4 Ngày làm việc", 4, "NGAY_LAM_VIEC", note="03 ngày làm việc"), "note_has_other_durations"),
        (
            row("16 Ngày làm việc", 16, "NGAY_LAM_VIEC", note="16 (mười) ngày làm việc và 5 ngày xin ý kiến (nếu cần)."),
            "note_miswritten",
        ),
        (row("15 Giờ", 15, "GIO", note="nếu tiếp nhận yêu cầu sau 15 giờ"), "clock_time"),
        (row("15 Giờ", 15, "GIO", flags=["clock_time_as_duration"]), "hour_unit"),
        (row("24 Giờ", 24, "GIO"), "hour_unit"),
        (row("1 Ngày làm việc", 1, "NGAY_LAM_VIEC", note="Ngay trong ngày; nhận sau 15 giờ thì ngày tiếp theo"), "clock_time"),
        (row("5 Ngày làm việc", 7, "NGAY_LAM_VIEC"), "typed_contradicts_text"),
        (row("5 Ngày làm việc", 5, "NGAY"), "typed_contradicts_text"),
        (row("5 Ngày", 5, "NGAY", flags=["time_fee_fused"]), "fused_with_fee"),
        (row("5 Ngày", 5, "NGAY", flags=["something_new"]), "flagged"),
        (row("33 Tháng", 33, "THANG", note="Không quá 03 tháng"), "unusual_size"),
        (row("1", 1), "no_unit"),
    ],
)  # fmt: skip
def test_what_the_row_itself_contradicts_waits_for_a_person(source: dict[str, object], doubt: str) -> None:
    assert read_row(source).doubt == doubt


def test_hours_are_certain_when_the_note_says_working_hours() -> None:
    reading = read_row(row("8 Giờ", 8, "GIO", note="08 giờ làm việc kể từ khi nhận đủ hồ sơ"))
    assert (reading.limit.code, reading.certain) == ("8wh", True)


def test_a_limit_only_in_the_note_is_proposed_and_not_believed() -> None:
    reading = read_row(row("Không có thông tin", note="05 ngày làm việc kể từ ngày nhận đủ hồ sơ"))
    assert (reading.limit.code, reading.doubt) == ("5wd", "empty")


def test_a_note_that_repeats_the_limit_or_cites_a_dated_decree_changes_nothing() -> None:
    note = "05 (năm) ngày làm việc, theo Nghị định số 23/2015/NĐ-CP ngày 16 tháng 02 năm 2015, hiệu lực từ 10/4/2015"
    assert read_row(row("5 Ngày làm việc", 5, "NGAY_LAM_VIEC", note=note)).certain

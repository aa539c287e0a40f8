"""What doesn't hold in somebody's text is found, and nothing that holds is called wrong."""

from __future__ import annotations

import pytest

from motcua.reports.texts.checking import check_text
from motcua.reports.texts.tests.corpus import Sample, hits, samples
from motcua.reports.texts.verdicts import Verdict

SYNTHETIC = [sample for name in ("first.txt", "second.txt", "third.txt") for sample in samples(name)]
PUBLISHED = samples("published.txt")


def places(text: str) -> list[tuple[int, int]]:
    return [(one.figure.token.start, one.figure.token.end) for one in check_text(text).mistakes]


@pytest.mark.parametrize("sample", SYNTHETIC, ids=lambda sample: sample.name)
def test_a_synthetic_text_is_told_its_mistakes_and_no_other(sample: Sample) -> None:
    _right, false, missed = hits(sample, check_text(sample.text).mistakes)
    assert (false, missed) == (0, 0), [one.words for one in check_text(sample.text).findings]


@pytest.mark.parametrize("sample", PUBLISHED, ids=lambda sample: sample.name)
def test_the_published_texts_have_the_known_misprints_and_no_other(sample: Sample) -> None:
    assert places(sample.text) == list(sample.wrong)


def test_the_misprints_are_told_with_their_arithmetic() -> None:
    said = {sample.name[:3]: [one.words for one in check_text(sample.text).mistakes] for sample in PUBLISHED}
    assert said["002"] == [
        "9.908 : 15.933 = 62,1854… %, làm tròn là 62,19 %; in 62,18% (cắt, không làm tròn)",
        "409 : 429 = 95,3379… %, làm tròn là 95,34 %; in 95,33% (cắt, không làm tròn)",
        "20 : 429 = 4,66 %; in 4,47%",
        "1.601 : 3.267 = 49,01 %; in 32,5%",
    ]
    assert said["004"] == [
        "498 : 1.521 = 32,74 %; in 35%; chỉ đúng nếu chia cho 1.439",
        "43.231 + 577 = 43.808; in 43.809",
    ]


def test_what_holds_is_read_and_not_passed_over() -> None:
    holds = {sample.name[:3]: {one.words for one in check_text(sample.text).of(Verdict.HOLDS)} for sample in PUBLISHED}
    assert {"69.635 + 1.065.067 + 15.641 = 1.150.343", "258 + 53.422 + 233 = 53.913"} == holds["000"]
    assert {"52.006 + 9.942 + 5 = 61.953", "5 : 61.953 = 0,01 %", "7.429 : 21.500 = 34,55 %"} <= holds["001"]
    assert {"9.908 + 5.920 + 105 = 15.933", "19.042 − 13.904 = 5.138", "398 : 1.685 = 23,62 %"} <= holds["002"]
    balance = "vào: 6.189 + 4.446 = 10.635; ra và còn lại: 6.540 + 783 + 213 + 3.098 + 1 = 10.635"
    assert {balance, "1.076 + 1.163 = 2.239", "2 + 1 = 3"} == holds["003"]
    assert {"1.439 + 82 = 1.521", "43.231 : 43.809 = 99 %", "577 : 43.809 = 1 %"} == holds["004"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Tiếp nhận 900 hồ sơ, kỳ trước chuyển 1.100 hồ sơ, đã giải quyết 500 hồ sơ (đạt 61%).",
            "500 : 1.100 = 45,45 % hoặc 500 : 900 = 55,56 %; in 61%; không rõ là phần của số nào",
        ),
        (
            "Tiếp nhận 1.000 hồ sơ, trong đó đất đai 600 hồ sơ, hộ tịch 250 hồ sơ, chứng thực 148 hồ sơ.",
            "600 + 250 + 148 = 998; in 1.000; không rõ danh sách này có kể hết các phần không",
        ),
    ],
)
def test_what_can_be_read_in_two_ways_is_unsure_and_no_mistake(text: str, words: str) -> None:
    checked = check_text(text)
    assert ([one.words for one in checked.of(Verdict.UNSURE)], checked.mistakes) == ([words], [])


def test_a_share_of_something_not_printed_is_not_judged() -> None:
    checked = check_text("Quý II, toàn tỉnh giải quyết 365.946 hồ sơ, chiếm 99,99% hồ sơ.")
    assert [one.verdict for one in checked.findings] == [Verdict.UNCHECKED]


@pytest.mark.parametrize(("shown", "verdict"), [("4,66", Verdict.HOLDS), ("4,7", Verdict.HOLDS), ("5", Verdict.HOLDS),
    ("4,67", Verdict.ROUNDED_UP), ("4,6", Verdict.TRUNCATED), ("4", Verdict.WRONG), ("4,662", Verdict.HOLDS)])  # fmt: skip
def test_a_rate_is_judged_by_the_decimals_it_is_printed_with(shown: str, verdict: Verdict) -> None:
    checked = check_text(f"Có 429 lượt đánh giá, trong đó 20 lượt hài lòng (chiếm {shown}%).")
    assert [one.verdict for one in checked.findings if one.kind == "share"] == [verdict]


@pytest.mark.parametrize("text", [
    "", "\n\n", "((((", "% % %", "100% 100% 100%", "trong đó trong đó", "1/0 2/0 hồ sơ (5%)", "0 hồ sơ, trong đó 0 hồ sơ (0%)",
    "= = 1 + = 2", "1 : 0 = 5 %", "tăng giảm so với", "từ 5 lên", "9" * 400 + " hồ sơ (1%)", "\x00\x00 5 hồ sơ",
    "so với 0 hồ sơ tăng 5 hồ sơ (5%)", "5 hồ sơ, tăng 5 hồ sơ (100%) so với 0 hồ sơ",
])  # fmt: skip
def test_no_text_breaks_it(text: str) -> None:
    check_text(text)

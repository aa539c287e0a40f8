"""The bulletin says what the report says, holds under its own checker, and is a good document."""

from __future__ import annotations

import io
import random
import re
from datetime import date, time
from itertools import pairwise
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from motcua.base.numbers import show_count
from motcua.base.times import at_time
from motcua.offices.actors import SYSTEM
from motcua.reports.bulletin import document, writing
from motcua.reports.bulletin.charts import charts_of
from motcua.reports.bulletin.pieces import Printed
from motcua.reports.bulletin.prose import shares_note
from motcua.reports.bulletin.words import period_words
from motcua.reports.measures import COUNTED, IN, OUT, Figures, complete
from motcua.reports.month import Report, Row, report
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope, scope_for
from motcua.reports.tests.test_behind import ledger
from motcua.reports.texts.checking import check_text
from motcua.reports.texts.verdicts import Verdict
from tests.cast import Cast

__all__ = ["ledger"]
NOVEMBER = parse_period("2021-11")
AT = at_time(date(2021, 12, 1), time(8, 30))
pytestmark = pytest.mark.django_db


def made_up(seed: int, size: int) -> Report:
    """A report that balances, of made-up figures; some buckets are empty."""
    dice = random.Random(seed)

    def figures() -> Figures:
        counted = dict.fromkeys(COUNTED, 0)
        for key in COUNTED:
            counted[key] = dice.choice((0, dice.randint(1, 9), dice.randint(0, size)))
        gap = sum(counted[key] for key in IN) - sum(counted[key] for key in OUT)
        counted["open_within" if gap > 0 else "new_counter"] += abs(gap)
        return complete(counted)

    names = (
        "Sở Tư pháp",
        "Sở Y tế",
        "Sở Công Thương",
        "Công an tỉnh",
        "Bảo hiểm xã hội tỉnh",
        "Sở Xây dựng",
        "Sở Nội vụ",
    )
    rows = tuple(Row(-place, "", name, figures()) for place, name in enumerate(names, 1))
    total = {key: sum(row.figures[key] for row in rows) for key in rows[0].figures}
    return Report(NOVEMBER, Scope(place="receiving"), "agency", rows, total)


@given(st.integers(), st.sampled_from((3, 40, 2_000, 150_000)))
def test_no_bulletin_is_wrong_or_unclear_to_its_own_checker(seed: int, size: int) -> None:
    made = writing.write(made_up(seed, size))
    checked = check_text(made.text)
    unclear = checked.of(Verdict.UNSURE, Verdict.UNCHECKED)
    assert [one.words for one in (*checked.mistakes, *unclear)] == []


@pytest.mark.parametrize("seed", range(5))
def test_the_checker_reads_the_bulletin_and_does_not_pass_over_it(seed: int) -> None:
    text = writing.write(made_up(seed, 2000)).text
    assert len(check_text(text).of(Verdict.HOLDS)) >= 10
    # Any share that is moved by a hundredth is found.
    share = re.search(r"(\d+),(\d)(\d) %\)", text)
    assert share is not None
    wrong = f"{share[1]},{share[2]}{(int(share[3]) + 3) % 10} %)"
    assert check_text(text[: share.start()] + wrong + text[share.end() :]).mistakes


def test_every_figure_is_the_reports_own(ledger: Cast) -> None:
    made = report(NOVEMBER, scope_for(SYSTEM, date(2021, 12, 1), place="receiving"), "agency")
    rows = {str(row.key): row.figures for row in made.rows}
    figures = [piece for one in writing.write(made).paragraphs for piece in one.pieces if isinstance(piece, Printed)]
    led = [piece for piece in figures if piece.measure]
    assert len(led) > 8
    for piece in led:
        whole = rows[piece.row] if piece.row else made.total
        assert piece.text == show_count(whole[piece.measure]), piece


def test_a_ledgers_bulletin_holds(ledger: Cast) -> None:
    made = writing.bulletin(NOVEMBER, scope_for(SYSTEM, date(2021, 12, 1)))
    checked = check_text(made.text)
    assert (checked.mistakes, checked.of(Verdict.UNSURE)) == ([], [])


def test_an_empty_period_says_so_in_words() -> None:
    nothing = complete(dict.fromkeys(COUNTED, 0))
    made = writing.write(Report(NOVEMBER, Scope(), "agency", (), nothing))
    assert [one.key for one in made.paragraphs] == ["empty"]
    assert "không có hồ sơ nào phải giải quyết" in made.text
    assert (made.charts, "%" in made.text) == ((), False)


def test_without_anything_resolved_there_is_a_dash_and_no_rate() -> None:
    counted = dict.fromkeys(COUNTED, 0) | {"new_online_self": 5, "open_within": 5}
    text = writing.write(Report(NOVEMBER, Scope(), "agency", (), complete(counted))).text
    assert "tỷ lệ trước và đúng hạn: –" in text


def test_shares_are_rounded_one_by_one_and_the_text_says_when_they_do_not_make_up_100() -> None:
    counted = dict.fromkeys(COUNTED, 0) | {
        "new_counter": 9908,
        "new_online_self": 5920,
        "new_post": 105,
        "open_within": 15933,
    }
    text = writing.write(Report(NOVEMBER, Scope(), "agency", (), complete(counted))).text
    assert "9.908 hồ sơ (chiếm 62,19 %)" in text
    assert "cộng lại bằng 100,01 %." in text
    assert shares_note([]) != ""


@pytest.mark.parametrize(("key", "words"), [
    ("2021-11", "trong tháng 11 năm 2021"), ("2021-Q2", "trong quý II năm 2021"), ("2021", "trong năm 2021"),
    ("2021-H1", "trong 6 tháng đầu năm 2021"), ("2021-9M", "trong 9 tháng đầu năm 2021"),
])  # fmt: skip
def test_a_period_is_called_by_its_name(key: str, words: str) -> None:
    assert period_words(parse_period(key)) == words


def test_a_period_that_closes_on_the_14th_is_called_by_its_days() -> None:
    assert period_words(parse_period("2021-11", "nd09")) == "từ ngày 15/10/2021 đến hết ngày 14/11/2021"


def test_a_picture_says_in_words_what_it_shows() -> None:
    chart = charts_of(made_up(1, 500))[0]
    picture = chart.svg()
    assert f'<title id="chart-{chart.key}-title">{chart.title}</title>' in picture
    assert f">{chart.description}</desc>" in picture
    assert all(bar.count in picture for bar in chart.bars)
    assert "style=" not in picture


def test_a_name_full_of_signs_stays_a_name() -> None:
    row = Row(-1, "", "Sở <b>&", made_up(1, 50).rows[0].figures)
    charts = charts_of(Report(NOVEMBER, Scope(), "agency", (row, row), row.figures))
    assert all("<b>" not in chart.svg() for chart in charts)


def test_the_document_has_the_text_its_headings_and_pictures_in_words() -> None:
    made = writing.write(made_up(3, 900))
    word = Document(io.BytesIO(document.as_docx(made, AT)))
    said = [paragraph.text for paragraph in word.paragraphs]
    assert all(one.text.strip() in said for one in made.paragraphs)
    levels = [
        int(p.style.name[-1]) for p in word.paragraphs if p.style is not None and p.style.name.startswith("Heading")
    ]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    pictures = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert [f"{chart.title}: {chart.description}" for chart in made.charts] == pictures
    assert len(word.tables) == len(made.charts)


def test_the_pdf_is_tagged_and_has_every_figure() -> None:
    made = writing.write(made_up(3, 900))
    pdf = PdfReader(io.BytesIO(writing.as_pdf(made, AT)))
    root: Any = pdf.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "vi")
    words = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    for paragraph in made.paragraphs:
        for piece in paragraph.pieces:
            assert isinstance(piece, str) or piece.text in words, piece
    assert writing.as_pdf(made, AT) == writing.as_pdf(made, AT)

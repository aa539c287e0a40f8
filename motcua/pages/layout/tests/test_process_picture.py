"""A process is drawn on the server, for eyes and for ears, and shows nothing that its table does not say."""

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from motcua.catalogue.offers import OfferedStep
from motcua.pages.layout.process_picture import picture, time_words

SVG = "{http://www.w3.org/2000/svg}"


def step(seq: int, title: str = "Chuyên viên", hours: str | None = "4") -> OfferedStep:
    place = "receiving" if seq == 1 else "competent"
    return OfferedStep(seq, "handler", place, title, "", None if hours is None else Fraction(hours))


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_both_drawings_have_every_step_a_name_and_a_description() -> None:
    made = picture([step(seq) for seq in range(1, 10)], "x")
    for svg, key in ((made.wide, "x-wide"), (made.tall, "x-tall")):
        root = drawn(svg)
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{key}-title {key}-desc"
        assert root.findtext(f"{SVG}title") == "Quy trình gồm 9 bước"
        assert "9. Chuyên viên (Cơ quan giải quyết, 0,5 ngày làm việc)" in (root.findtext(f"{SVG}desc") or "")
        assert len(root.findall(f"{SVG}g")) == 9
        assert len(root.findall(f"{SVG}path")) == 16
    assert "style=" not in made.wide
    assert made.total == "4,5 ngày làm việc"


def test_steps_go_right_on_a_wide_screen_and_down_on_a_phone() -> None:
    made = picture([step(seq) for seq in range(1, 4)], "x")
    wide, tall = (
        [(box.get("x"), box.get("y")) for box in drawn(svg).iter(f"{SVG}rect")] for svg in (made.wide, made.tall)
    )
    assert len({x for x, _y in wide}) == 3
    assert len({y for _x, y in wide}) == 1
    assert len({x for x, _y in tall}) == 1
    assert len({y for _x, y in tall}) == 3


def test_what_a_decision_prints_is_text_and_never_markup() -> None:
    made = picture([step(1, "<script>alert(1)</script> & Trưởng phòng")], "x")
    assert "<script" not in made.wide
    assert "Trưởng phòng" in "".join(drawn(made.wide).itertext())


def test_nothing_is_counted_where_no_step_has_a_limit() -> None:
    made = picture([step(1, hours=None), step(2, hours=None)], "x")
    assert (made.hours, made.total, made.steps[0].time) == (None, "–", "không tính thời gian")
    assert picture([], "x").steps == ()


@pytest.mark.parametrize(
    ("hours", "words"), [("8", "1 ngày làm việc"), ("4", "0,5 ngày làm việc"), ("3", "3 giờ làm việc"), ("76", "9,5 ngày làm việc")]
)  # fmt: skip
def test_hours_are_working_days_where_they_are_half_days(hours: str, words: str) -> None:
    assert time_words(Fraction(hours)) == words

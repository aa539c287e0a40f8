"""The bulletin tells of ratings and petitions by their own figures, and holds under its own checker."""

from __future__ import annotations

from html import unescape
from re import findall

import pytest
from django.test import Client

from motcua.base.numbers import show_count
from motcua.dossiers.tests.lives import finished
from motcua.petitions.tests.saying import answered, from_outside
from motcua.ratings.tests.voting import vote
from motcua.reports.bulletin import writing
from motcua.reports.bulletin.pieces import Printed
from motcua.reports.periods import parse_period
from motcua.reports.petitions import petition_report
from motcua.reports.scope import Scope
from motcua.reports.texts.checking import check_text
from motcua.reports.texts.verdicts import Verdict
from motcua.reports.votes import vote_report
from tests.world import World

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
SCOPE = Scope(place="receiving")


@pytest.fixture
def voices(world: World) -> World:
    """Three votes of seven that could be given, none of them dissatisfied; one petition answered, one open."""
    for level in ("very_satisfied", "satisfied", "satisfied"):
        vote(finished(world), level)
    for _ in range(4):
        finished(world)
    answered(world)
    from_outside(world)
    return world


def test_every_figure_is_that_of_the_votes_and_petitions(voices: World) -> None:
    made = writing.bulletin(NOVEMBER, SCOPE)
    told = {one.key: one for one in made.paragraphs}
    assert "Có 3 lượt đánh giá sự hài lòng, trong đó rất hài lòng 1 lượt (chiếm 33,33 %)" in told["ratings"].text
    assert "không có lượt không hài lòng" in told["ratings"].text
    assert "Phải xử lý 2 phản ánh, kiến nghị" in told["petitions"].text
    totals = {"votes": vote_report(NOVEMBER, SCOPE).total, "petitions": petition_report(NOVEMBER, SCOPE).total}
    led = [piece for key in ("ratings", "petitions") for piece in told[key].pieces if isinstance(piece, Printed)]
    assert len([piece for piece in led if piece.measure]) >= 7
    for piece in led:
        if piece.measure:
            assert piece.text == show_count(totals[piece.of][piece.measure]), piece


def test_it_holds_under_the_checker(voices: World) -> None:
    checked = check_text(writing.bulletin(NOVEMBER, SCOPE).text)
    assert (checked.mistakes, checked.of(Verdict.UNSURE, Verdict.UNCHECKED)) == ([], [])


def test_where_nobody_said_anything_there_is_no_line(world: World) -> None:
    finished(world)
    keys = {one.key for one in writing.bulletin(NOVEMBER, SCOPE).paragraphs}
    assert keys & {"ratings", "petitions"} == set() and "summary" in keys


def test_petitions_are_told_of_where_no_dossier_was(world: World) -> None:
    from_outside(world)
    assert [one.key for one in writing.bulletin(NOVEMBER, SCOPE).paragraphs] == ["empty", "petitions"]


def test_on_the_page_each_figure_opens_its_own_list(voices: World, client: Client) -> None:
    client.force_login(voices.cast.quang, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/dieu-hanh/ban-tin/?ky=2021-11").content.decode()
    figures = findall(r'<a href="(/dieu-hanh/(?:danh-gia|phan-anh)/danh-sach/\?[^"]+)">([\d.]+)<', page)
    assert len(figures) >= 7
    for address, count in figures:
        listed = client.get(unescape(address)).content.decode()
        assert listed.partition("<tbody>")[2].count("<tr>") == int(count), address

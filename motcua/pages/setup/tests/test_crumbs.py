"""The crumb of each page of the set-up leads to the page from which one comes, and calls it by its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from motcua.news.tests.made import draft
from tests.house.pages import assert_good_page
from tests.world import World

LogIn = Callable[[str], Client]
TEMPLATES = Path(__file__).parent.parent / "templates" / "setup"
# One form for three acts: the routes that show it.
SHOWN_BY = {"power_form": ("delegate", "absence", "post")}
CRUMB = re.compile(r"url 'setup:(\w+)'[^%]*%}\">(.*?)</a>")
WITH_CRUMBS = sorted(one.stem for one in TEMPLATES.glob("*.html") if 'class="crumbs"' in one.read_text())


def whole(name: str) -> str:
    """A template with those of this room that it includes."""
    text = (TEMPLATES / f"{name}.html").read_text()
    return text + "".join(whole(one) for one in re.findall(r'include "setup/(\w+)\.html"', text))


@pytest.mark.parametrize("name", WITH_CRUMBS)
def test_a_crumb_names_a_page_that_leads_here(name: str) -> None:
    here = SHOWN_BY.get(name, (name,))
    crumbs = CRUMB.findall(whole(name).partition('class="crumbs"')[2].partition("</p>")[0])
    assert crumbs
    for parent, _label in crumbs[-1:]:  # before it come those that are further up
        assert any(f"'setup:{route}'" in whole(parent) for route in here), f"{parent} doesn't lead to {name}"
    for parent, label in crumbs:
        names = re.findall(r"<h1[^>]*>(.*)</h1>|block title %}(.*?){% endblock", whole(parent))
        said = "".join(part for one in names for part in one)
        if "translate" in said:  # a page that is called as its row is may be told by what it is
            assert label in said, f"{name}: {parent} is not called {label}"


@pytest.mark.django_db
def test_the_news_of_an_administrator_belong_to_the_set_up(world: World, logged_in: LogIn) -> None:
    one = draft(world.cast)
    for name, parent, label in (
        ("yen", "/thiet-lap/", "Thiết lập"),
        ("dung", "/thiet-lap/quyen-han/", "Ủy quyền, vắng mặt"),  # a unit's head reaches no other page of the set-up
    ):
        browser = logged_in(name)
        html = assert_good_page(browser.get("/thiet-lap/tin-tuc/"))
        assert f'<p class="crumbs"><a href="{parent}">{label}</a></p>' in html
        assert 'href="/thiet-lap/tin-tuc/"' in assert_good_page(browser.get(parent))
        html = assert_good_page(browser.get(f"/thiet-lap/tin-tuc/{one.pk}/"))
        assert '<p class="crumbs"><a href="/thiet-lap/tin-tuc/">Tin tức</a></p>' in html
    html = assert_good_page(logged_in("yen").get("/thiet-lap/quyen-han/phan-cong/moi/"))
    assert '<p class="crumbs"><a href="/thiet-lap/quyen-han/phan-cong/">Phân công cán bộ</a></p>' in html

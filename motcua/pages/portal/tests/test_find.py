"""Finding a procedure, and what its page says."""

from typing import Any

import pytest
from django.test import Client

from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db


def test_search_needs_no_marks_and_no_javascript(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/tim-thu-tuc/", {"tim": "ho chieu"}))
    assert "Cấp hộ chiếu thử nghiệm" in html
    assert "Chứng thực tại xã" not in html


def test_as_one_types_only_the_answers_come_back(client: Client, world: World, watch: Any) -> None:
    html = client.get("/tim-thu-tuc/", {"tim": "9.000003"}, headers={"HX-Request": "true"}).content.decode()
    assert "Chứng thực tại xã" in html
    assert "<html" not in html


def test_filters_by_level(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/tim-thu-tuc/", {"cap": "XA"}))
    assert "Chứng thực tại xã" in html
    assert "Cấp hộ chiếu thử nghiệm" not in html


@pytest.mark.parametrize(
    "query",
    [{"tim": "'&|!:*()"}, {"cap": "NHAM"}, {"trang": "-1"}, {"trang": "x"}, {"trang": "99999"}, {"tim": "x" * 900}],
)
def test_nonsense_finds_nothing_and_breaks_nothing(client: Client, world: World, watch: Any, query: Any) -> None:
    assert_good_page(client.get("/tim-thu-tuc/", query))


def test_a_procedure_says_papers_limit_and_who_resolves(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/thu-tuc/9.000001/"))
    assert "5 ngày làm việc" in html
    assert "Tờ khai theo mẫu" in html
    assert "Trung tâm Phục vụ hành chính công tỉnh" in html
    assert "Sở Tư pháp" in html
    assert "/thu-tuc/9.000001/nop/" in html


def test_an_uncertain_limit_waits_for_an_officer(client: Client, world: World, watch: Any) -> None:
    html = assert_good_page(client.get("/thu-tuc/9.000002/"))
    assert "Cần cán bộ xác nhận" in html
    assert "không có đơn vị" in html


def test_an_unknown_procedure_is_not_there(client: Client, world: World, watch: Any) -> None:
    assert_good_page(client.get("/thu-tuc/1.999999/"), 404)


@pytest.mark.parametrize(("address", "most"), [("/", 1), ("/tim-thu-tuc/?tim=xa", 3), ("/thu-tuc/9.000001/", 12)])
def test_query_budgets(
    client: Client, world: World, watch: Any, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    with django_assert_max_num_queries(most):
        client.get(address)

"""Which decision made which procedures public."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
PAGE = "/quyet-dinh-cong-bo/"


@pytest.fixture
def decided(world: World) -> World:
    """Two procedures by one decision of the ministry of justice, one by another's; published versions are immutable."""
    with connection.cursor() as cursor:
        cursor.execute("alter table catalogue_procedureversion disable trigger user")
        for code, number, ministry in (
            ("9.000001", "1650/QĐ-BTP", "Bộ Tư pháp"),
            ("9.000002", "1650/QĐ-BTP", "Bộ Tư pháp"),
            ("9.000003", "20/QĐ-BCA & 21", "Bộ Công an"),
        ):
            cursor.execute(
                "update catalogue_procedureversion v set decision = %s, ministry = %s from catalogue_procedure p"
                " where p.id = v.procedure_id and p.code = %s",
                [number, ministry, code],
            )
        cursor.execute("alter table catalogue_procedureversion enable trigger user")
    return world


def test_every_decision_stands_once_with_its_procedures_and_day(
    client: Client, decided: World, clock: WallClock
) -> None:
    html = assert_good_page(client.get(PAGE))
    assert html.index("Bộ Công an") < html.index("Bộ Tư pháp")
    assert html.count(">1650/QĐ-BTP<") == 1 and "04/01/2021" in html
    assert f"{PAGE}?so=20/Q%C4%90-BCA%20%26%2021" in html


def test_the_procedures_of_a_decision(client: Client, decided: World, clock: WallClock) -> None:
    html = assert_good_page(client.get(PAGE, {"so": "1650/QĐ-BTP"}))
    assert "2 thủ tục" in html
    assert "/thu-tuc/9.000001/" in html and "/thu-tuc/9.000002/" in html and "/thu-tuc/9.000003/" not in html
    assert "/thu-tuc/9.000003/" in assert_good_page(client.get(PAGE, {"so": "20/QĐ-BCA & 21"}))


def test_a_number_that_no_decision_has(client: Client, decided: World, clock: WallClock) -> None:
    assert client.get(PAGE, {"so": "1/QĐ-X"}).status_code == 404


def test_the_page_of_a_procedure_leads_there(client: Client, decided: World, clock: WallClock) -> None:
    assert f'href="{PAGE}?so=1650/Q%C4%90-BTP"' in assert_good_page(client.get("/thu-tuc/9.000001/"))

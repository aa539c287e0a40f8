"""Following a dossier and reading the public figures, on a phone and on a desk, as axe reads them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from motcua.ahead.keeping import keep
from motcua.ahead.likelihood import Cases, Experience
from motcua.ahead.pace import ALL_OFFICES, Place
from motcua.dossiers.acts import supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.telling import followed
from motcua.dossiers.tests import lives
from motcua.petitions.models import Petition
from motcua.reports.tests.opening import published
from motcua.reports.tests.test_open_data import many
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.browser.reading import faults_here
from tests.browser.test_everyone_can_use_it import AXE, faults_of
from tests.world import World, moment

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.skipif(not AXE.exists(), reason="axe-core isn't there: python3 run.py setup"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def asked(world: World) -> list[Dossier]:
    """Lan's: in Hoa's hand with a past to foretell from, waiting for a supplement, and with its result."""
    mine = [lives.handled(world), lives.handled(world), lives.finished(world)]
    Dossier.objects.filter(pk__in=[one.pk for one in mine]).update(owner_account=world.cast.lan)
    items = [{"name": "Bản sao căn cước công dân", "why": "Ảnh mờ"}]
    supplement.ask_supplement(
        mine[1].pk, items=items, reason="Ảnh mờ", actor=world.actor("hoa"), at=moment("2021-11-02 10:00")
    )
    mine[1].supplement_requests.update(last_day=date(2021, 11, 20))
    found = followed(mine[0].submission_no)
    assert found is not None and found.step is not None
    learned = Experience([Cases(found.procedure_id, found.field, found.step, "handler", 2, 84, 5)])
    pace = {Place(found.procedure_id, found.step, ALL_OFFICES): [(9, 11, 30), (9, 14, 20)]}
    keep(date(2021, 11, 2), learned, pace, at=moment("2021-11-02 00:10"))
    return mine


@pytest.mark.parametrize("width", [390, 1280])
def test_an_owner_finds_what_is_next(asked: list[Dossier], open_page: OpenPage, width: int) -> None:
    page = open_page("lan", width=width, script=True)
    assert faults_of(page, "/ho-so/") == []
    page.get_by_role("link", name="Gửi phần bổ sung").first.click()
    assert page.url.endswith(f"/ho-so/{asked[1].submission_no}/bo-sung/")
    assert faults_of(page, f"/ho-so/{asked[0].submission_no}/") == []
    assert "84 hồ sơ cùng thủ tục" in page.content() and "50 hồ sơ đã qua cùng thủ tục" in page.content()
    page.get_by_text("Hỏi về hồ sơ này").click()
    assert faults_here(page) == []
    page.get_by_role("button", name="Gửi câu hỏi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi câu hỏi")
    assert faults_here(page) == []
    made = Petition.objects.get()
    assert (made.kind, made.dossier_id) == ("question", asked[0].pk) and made.account is not None


@pytest.mark.parametrize("width", [390, 1280])
def test_everybody_reads_the_figures(world: World, clock: Any, open_page: OpenPage, width: int) -> None:
    for code, office in (("8.000001", world.cast.justice), ("8.000002", world.cast.industry)):
        many(14, office, code, "Hộ tịch")
    many(6, world.cast.commune, "8.000003", "Hộ tịch", channel=2)
    for month, at in (
        ("2021-10", "2021-11-04 09:00"),
        ("2021-11", "2021-12-04 09:00"),
        ("2021-12", "2022-01-04 09:00"),
    ):
        published(world, month, at)
    clock("2022-02-10 09:00")
    page = open_page(width=width)
    assert faults_of(page, "/thong-ke/?ky=2021-11") == []
    assert page.get_by_role("img").count() == 1 and "đã chốt" in page.content()

"""Going back in the browser never asks an officer for the reason that they have given."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from motcua.dossiers.tests import lives
from tests.browser.conftest import CHROMIUM, OpenPage
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine (apt-get install chromium)"),
    pytest.mark.django_db(transaction=True),
]


def test_back_from_the_dossier_never_leads_to_the_question_again(world: World, open_page: OpenPage) -> None:
    dossier = lives.handled(world)
    page = open_page("quang")
    page.goto("/ban-lam-viec/")
    page.goto(f"/ban-lam-viec/ho-so/{dossier.pk}/")
    page.get_by_label("Lý do xem").fill("Kiểm tra phản ánh số 12")
    page.get_by_role("button", name="Xem hồ sơ").click()
    reason, number = page.get_by_label("Lý do xem"), page.get_by_text("000190000001").first
    expect(number).to_be_visible()
    page.goto("/ban-lam-viec/")
    page.go_back()
    expect(number).to_be_visible()
    page.go_back()
    expect(reason).to_have_count(0)

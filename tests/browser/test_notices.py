"""Notices as people see them: Lan's list and choice, what failed, and the desk's trace, read by axe on a phone and a desk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.notices.models import Delivery, Progress
from motcua.notices.outbox import take_all
from motcua.notices.tests.conftest import open_way
from motcua.operations.watching import watch
from motcua.people.models import Account
from tests.browser.conftest import OpenPage
from tests.browser.test_everyone_can_use_it import faults_of
from tests.browser.test_everyone_can_use_it import pytestmark as of_browsers
from tests.world import World, moment

pytestmark = [*(of_browsers if isinstance(of_browsers, list) else [of_browsers]), pytest.mark.alone]
PICTURES = os.environ.get("MOTCUA_PICTURES", "")
NOW = moment("2021-11-04 08:00")


def told(world: World) -> Dossier:
    """Lan's dossier, of which a message failed, one waits for the morning, and whose silence was told."""
    open_way("sms", "http://127.0.0.1:9/")
    open_way("email")
    Account.objects.filter(pk=world.cast.lan.pk).update(phone="0912345678", email="lan@vidu.vn")
    lives.finished(world)
    dossier = lives.handled(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    lives.submitted(world)
    take_all(moment("2021-11-03 22:00"))
    failed: Any = {"state": Progress.FAILED, "last_error": "HTTP 503: tạm ngừng", "attempts": 7, "tried_at": NOW}
    Delivery.objects.filter(way="sms", notice__dossier=dossier).update(**failed)
    sent: Any = {"state": Progress.SENT, "sent_at": NOW, "attempts": 1, "said": "…"}
    Delivery.objects.filter(way="email").update(**sent)
    watch(moment("2021-11-08 07:00"))
    return dossier


@pytest.mark.parametrize(("width", "language", "contrast"), [(390, "vi", "normal"), (1280, "en", "high")])
def test_notices_are_for_everybody(width: int, language: str, contrast: str, world: World, open_page: OpenPage) -> None:
    dossier = told(world)
    pages = {
        "lan": ["/tai-khoan/", "/tai-khoan/thong-bao/", "/tai-khoan/kenh-thong-bao/"],
        "dung": ["/van-hanh/thong-bao/", "/van-hanh/thong-bao/?chitieu=waiting", f"/ban-lam-viec/ho-so/{dossier.pk}/"],
        "yen": ["/van-hanh/thong-bao/", "/thiet-lap/"],
        "quang": ["/van-hanh/im-lang/gioi-han/"],
        "hoa": ["/tai-khoan/thong-bao/"],
    }
    wrong = []
    for name, addresses in pages.items():
        page = open_page(name, width=width, language=language, contrast=contrast)
        for address in addresses:
            wrong += [f"{name} {address}: {fault}" for fault in faults_of(page, address)]
            if PICTURES:
                file = f"{name}{address.replace('/', '_').replace('?', '_')}{width}.png"
                page.screenshot(path=str(Path(PICTURES) / file), full_page=True)
    assert wrong == []


def test_a_failed_message_is_sent_again_with_the_keyboard(world: World, open_page: OpenPage) -> None:
    told(world)
    page = open_page("dung")
    page.goto("/van-hanh/thong-bao/")
    page.get_by_role("button", name="Gửi lại").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Sẽ gửi lại trong ít phút.")).to_be_visible()
    assert Delivery.objects.filter(state=Progress.WAITING, again_by=world.cast.dung).count() == 1

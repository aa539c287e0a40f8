"""Lan tried while the system was out of order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.acts import processing, reception, supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.lives import submitted
from motcua.law.tests.settling import settle_value
from motcua.pages.portal.tests.test_submit import a_file
from tests.house.pages import assert_good_page
from tests.house.stage import broken_down
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(world: World) -> Dossier:
    """Handed in online on Monday; asked on Tuesday 2 November 2021, waited for until Wednesday."""
    settle_value("r1_2018", "supplement_wait_days", 1, on=date(2021, 11, 1))
    one = submitted(world).pk
    reception.accept(one, actor=world.actor("minh"), at=moment("2021-11-01 09:00"))
    processing.forward(one, actor=world.actor("minh"), at=moment("2021-11-01 10:00"))
    items = [{"name": "Ảnh", "why": "mờ"}]
    supplement.ask_supplement(one, items=items, reason="Mờ", actor=world.actor("hoa"), at=moment("2021-11-02 08:00"))
    return Dossier.objects.get(pk=one)


def test_lan_notes_it_with_a_file_and_has_a_day_more(lan: Client, asked: Dossier, watch: Any) -> None:
    watch.at = moment("2021-11-04 09:00")
    page = f"/ho-so/{asked.submission_no}/da-thu-nop/"
    assert "da-thu-nop" not in lan.get(f"/ho-so/{asked.submission_no}/").content.decode()
    assert lan.get(page).status_code == 409
    broken_down()
    assert page in lan.get(f"/ho-so/{asked.submission_no}/").content.decode()
    assert_good_page(lan.get(page))
    typed = {"tried_at": "2021-11-03T12:00", "evidence": "Lỗi 503", "seen": asked.last_seq, "file": a_file("loi.pdf")}
    refused = lan.post(page, typed)
    html = assert_good_page(refused, 422)
    assert set(refused.context["form"].errors) == {"tried_at"} and "Lỗi 503" in html
    kept = refused.context["form"]["kept_file"].value()
    again = {"tried_at": "2021-11-03T09:00", "evidence": "Lỗi 503", "seen": asked.last_seq, "kept_file": kept}
    assert lan.post(page, again).status_code == 302
    assert reread(asked).supplement_requests.get().last_day == date(2021, 11, 4)
    told = assert_good_page(lan.get(f"/ho-so/{asked.submission_no}/"))
    assert "Đã thử nộp lúc 09:00 03/11/2021. Chứng cứ: Lỗi 503" in told
    assert str(asked.papers.select_related("file").latest("id").file) == "loi.pdf"

"""The accepting officer names the authority where the catalogue doesn't; what is only shown is no line to tick."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from motcua.catalogue.models import Procedure
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.tests.lives import submitted
from tests.house.pages import assert_good_page
from tests.world import World, reread

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def test_accepting_asks_for_the_authority_and_keeps_what_was_chosen(world: World, logged_in: LogIn) -> None:
    Procedure.objects.filter(code="9.000001").update(competent_key=None)
    forget_offers()
    dossier = submitted(world)
    minh = logged_in("minh")
    html = assert_good_page(minh.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Cán bộ tiếp nhận xác định khi tiếp nhận" in html
    address = f"/quay/ho-so/{dossier.pk}/tiep-nhan/"
    html = assert_good_page(minh.get(address))
    assert "Cơ quan có thẩm quyền giải quyết" in html
    assert world.cast.justice.name in html
    assert_good_page(minh.post(address, {"seen": dossier.last_seq}), 422)
    assert minh.post(address, {"seen": dossier.last_seq, "competent_office": world.cast.justice.pk}).status_code == 302
    after = reread(dossier)
    assert (after.state, after.competent_office_id) == ("accepted", world.cast.justice.pk)


def test_accepting_asks_nothing_where_the_catalogue_says_who_decides(world: World, logged_in: LogIn) -> None:
    dossier = submitted(world)
    minh = logged_in("minh")
    html = assert_good_page(minh.get(f"/quay/ho-so/{dossier.pk}/tiep-nhan/"))
    assert "competent_office" not in html
    assert minh.post(f"/quay/ho-so/{dossier.pk}/tiep-nhan/", {"seen": dossier.last_seq}).status_code == 302


def test_papers_to_show_are_listed_and_not_ticked(world: World, logged_in: LogIn) -> None:
    card = world.passport.components.get(seq=2)
    with connection.cursor() as cursor:
        cursor.execute("alter table catalogue_component disable trigger user")
        cursor.execute("update catalogue_component set kind = 'show', mandatory = false where id = %s", [card.pk])
        cursor.execute("alter table catalogue_component enable trigger user")
    forget_offers()
    html = assert_good_page(logged_in("minh").get(f"/quay/tiep-nhan/{world.passport.pk}/"))
    assert "Xuất trình để kiểm tra, trả lại ngay" in html
    assert card.name in html
    assert f'name="c{card.pk}"' not in html

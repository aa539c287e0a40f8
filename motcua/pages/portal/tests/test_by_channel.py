"""What the portal shows and takes of a procedure whose papers differ by channel, or whose authority nobody has named."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from motcua.catalogue.models import Component, Procedure
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.models import Dossier, Draft
from motcua.pages.portal.tests.test_submit import OWNER, a_file, begin
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_channel(world: World) -> tuple[Component, Component]:
    """The passport's form is filled in online, its card is shown at the counter, and a note stands among them."""
    with connection.cursor() as cursor:
        cursor.execute("alter table catalogue_component disable trigger user")
        set_of = "update catalogue_component set {} where case_id = %s and seq = %s"
        cursor.execute(set_of.format("kind = 'on_screen', channels = '{2}'"), [world.passport.pk, 1])
        cursor.execute(set_of.format("kind = 'show', mandatory = false"), [world.passport.pk, 2])
        Component.objects.create(
            case=world.passport, seq=3, name="Lưu ý: khai bằng chữ in", kind="note", mandatory=False
        )
        Component.objects.create(case=world.passport, seq=4, name="Đơn giấy", channels=[1], unsure_channels=[3])
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table catalogue_component enable trigger user")
    forget_offers()
    form, card, *_more = world.passport.components.order_by("seq")
    return form, card


def test_the_procedure_page_tells_channels_papers_to_show_and_notes_apart(
    client: Client, world: World, by_channel: tuple[Component, Component]
) -> None:
    html = assert_good_page(client.get("/thu-tuc/9.000001/"))
    assert "Khi nộp trực tuyến" in html
    assert "Khi nộp trực tiếp, bưu chính công ích" in html
    shown = html.index("Giấy tờ xuất trình để kiểm tra, không phải nộp")
    assert html.index("Đơn giấy") < shown < html.index("Bản sao căn cước công dân")
    assert html.index("Lưu ý về giấy tờ") < html.index("khai bằng chữ in")


def test_a_form_filled_in_on_the_screen_is_kept_asked_for_and_handed_in(
    lan: Client, world: World, by_channel: tuple[Component, Component]
) -> None:
    form, card = by_channel
    draft = begin(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER)
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/giay-to/"))
    assert f'name="text-{form.pk}"' in html
    assert f'name="file-{card.pk}"' not in html  # shown at the counter, not uploaded
    assert "Đơn giấy" not in html
    html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"}), 422)
    assert "Còn thiếu" in html
    lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", {f"text-{form.pk}": "Họ tên: Trần Thị Lan", "file-more": a_file()})
    paper = draft.papers.get()
    lan.post(f"/nop-ho-so/{draft.pk}/giay-to/{paper.pk}/xoa/", {f"text-{form.pk}": "Họ tên: Trần Thị Lan, 1990"})
    assert "Họ tên: Trần Thị Lan, 1990" in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})
    dossier = Dossier.objects.get()
    assert [(one.component_id, one.text) for one in dossier.papers.all()] == [(form.pk, "Họ tên: Trần Thị Lan, 1990")]
    assert "Họ tên: Trần Thị Lan, 1990" in assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert not Draft.objects.exists()


def test_where_nobody_is_named_a_citizen_hands_in_all_the_same(lan: Client, world: World) -> None:
    Procedure.objects.filter(code="9.000001").update(competent_key=None)
    forget_offers()
    draft = begin(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER)
    files = {f"file-{one.pk}": a_file() for one in world.passport.components.all()}
    lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", files)
    assert lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"}).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.authority_open
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert "Bộ phận Một cửa sẽ xác định khi tiếp nhận" in html

"""A paper that is filled in on the screen: asked as the version says, saved as typed, checked, handed in, shown again."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.base.errors import Invalid
from motcua.catalogue.models import Component
from motcua.dossiers.acts import submission
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.models import Dossier, Draft
from motcua.pages.portal.tests.test_submit import OWNER, a_file, begin
from tests.house.pages import assert_good_page
from tests.on_screen import RIGHT, ask_on_screen
from tests.world import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(world: World) -> Component:
    return ask_on_screen(world.passport)


@pytest.fixture
def draft(lan: Client, world: World, form: Component) -> Draft:
    draft = begin(lan, world)
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER)
    card = world.passport.components.get(seq=2)
    lan.post(papers(draft), {f"file-{card.pk}": a_file()})
    return draft


def papers(draft: Draft) -> str:
    return f"/nop-ho-so/{draft.pk}/giay-to/"


def typed(form: Component, **more: str) -> dict[str, str]:
    return {f"f{form.pk}-{key}": text for key, text in more.items()}


def kept(draft: Draft, form: Component) -> dict[str, str]:
    draft.refresh_from_db()
    found: dict[str, str] = draft.data["filled"][str(form.pk)]
    return found


def hand_in(lan: Client, draft: Draft) -> Dossier:
    assert lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"}).status_code == 302
    return Dossier.objects.get()


def test_the_fields_stand_there_with_their_conditions_in_words(lan: Client, draft: Draft, form: Component) -> None:
    html = assert_good_page(lan.get(papers(draft)))
    assert f'name="f{form.pk}-name"' in html and f'name="f{form.pk}-born_on"' in html
    assert "Chỉ khai khi mục “Khai người cha?” là “Có”." in html
    assert f'name="text-{form.pk}"' not in html  # no free words beside the fields
    assert f'name="file-{form.pk}"' in html  # a completed form may be uploaded instead


def test_everything_typed_is_kept_also_what_is_wrong_and_resumed_elsewhere(
    lan: Client, world: World, draft: Draft, form: Component
) -> None:
    wrong = typed(form, name="An <script>alert(1)</script>", born_on="31/02/2021", father_id="12")
    assert lan.post(papers(draft), {**wrong, "later": "1"}).status_code == 302
    assert kept(draft, form) == {"name": wrong[f"f{form.pk}-name"], "born_on": "31/02/2021", "father_id": "12"}
    elsewhere = Client()
    elsewhere.force_login(world.cast.lan)
    html = assert_good_page(elsewhere.get(papers(draft)))
    assert "An &lt;script&gt;" in html and "<script>alert" not in html
    assert "Không có ngày 31/02/2021 trong lịch." in html
    assert "Số định danh có 12 chữ số" not in html  # it isn't asked while nothing says that there is a father


def test_one_goes_on_only_with_a_form_that_is_right_or_not_begun(lan: Client, draft: Draft, form: Component) -> None:
    untouched = {**typed(form, name="", nationality="Việt Nam"), f"was-f{form.pk}-nationality": "Việt Nam"}
    assert lan.post(papers(draft), {**untouched, "next": "1"}).status_code == 302
    html = assert_good_page(lan.post(papers(draft), {**typed(form, name="An", has_father="yes"), "next": "1"}), 422)
    assert "Ngày sinh của trẻ</a>: Hãy điền mục này." in html and "Số định danh của cha</a>: Hãy điền" in html
    assert kept(draft, form)["name"] == "An"
    assert lan.post(papers(draft), {**typed(form, **RIGHT), "next": "1"}).status_code == 302


def test_handed_in_it_is_kept_as_values_and_read_by_owner_and_desk(
    lan: Client, world: World, draft: Draft, form: Component, client: Client
) -> None:
    lan.post(papers(draft), {**typed(form, **RIGHT, capital="50.000.000 đ"), "next": "1"})
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    assert "01/10/2021" in html and "50.000.000 đồng" in html and "Còn thiếu giấy tờ bắt buộc" not in html
    dossier = hand_in(lan, draft)
    paper = dossier.papers.get(component=form)
    assert paper.filled == {
        "name": "Trần Minh An", "born_on": "2021-10-01", "has_father": True, "father_id": "000190000002", "capital": 50_000_000,
        "nationality": "Việt Nam",
    }  # fmt: skip
    assert paper.text == "" and dossier.papers.exclude(component=form).get().filled is None
    html = assert_good_page(lan.get(f"/ho-so/{dossier.submission_no}/"))
    assert "Nội dung đã khai: 6 mục" in html and "Trần Minh An" in html and "01/10/2021" in html
    client.force_login(world.cast.minh)
    html = assert_good_page(client.get(f"/ban-lam-viec/ho-so/{dossier.pk}/"))
    assert "Trần Minh An" in html and "50.000.000 đồng" in html


def test_what_is_wrong_is_refused_at_the_end_with_the_field_s_name(lan: Client, draft: Draft, form: Component) -> None:
    lan.post(papers(draft), typed(form, **{**RIGHT, "born_on": "2091-01-01"}))
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    assert "còn mục chưa khai đúng" in html and "Ngày này chưa đến." in html
    html = assert_good_page(lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"}), 422)
    assert "Ngày sinh của trẻ: Ngày này chưa đến." in html
    assert not Dossier.objects.exists()


def test_a_completed_form_as_a_file_counts_and_what_was_begun_is_not_sent(
    lan: Client, draft: Draft, form: Component
) -> None:
    lan.post(papers(draft), {**typed(form, name="An"), f"file-{form.pk}": a_file()})
    assert "khai chưa xong nên không gửi phần khai" in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/xem-lai/"))
    dossier = hand_in(lan, draft)
    assert dossier.papers.get(component=form).filled is None


def test_two_tabs_take_nothing_from_each_other(lan: Client, draft: Draft, form: Component) -> None:
    shown = {f"was-f{form.pk}-{key}": "" for key in ("name", "born_on")}
    lan.post(papers(draft), {**typed(form, name="An", born_on=""), **shown})
    lan.post(papers(draft), {**typed(form, name="", born_on="2021-10-01"), **shown})
    assert kept(draft, form) == {"name": "An", "born_on": "2021-10-01"}
    lan.post(papers(draft), {**typed(form, name=""), f"was-f{form.pk}-name": "An"})
    assert kept(draft, form)["name"] == ""  # somebody saw it and took it away


def test_autosave_says_what_is_wrong_with_the_fields_that_were_left(lan: Client, draft: Draft, form: Component) -> None:
    name, day = f"f{form.pk}-name", f"f{form.pk}-born_on"
    answer = lan.post(papers(draft), {**typed(form, name="", born_on="hôm qua"), "autosave": "1", "left": day})
    html = answer.content.decode()
    assert answer.status_code == 200 and f'data-name="{day}"' in html and "“hôm qua” không phải là ngày" in html
    assert name not in html  # nobody was there yet
    answer = lan.post(papers(draft), {**typed(form, born_on="2021-10-01"), "autosave": "1", "left": day})
    assert "<p>" not in answer.content.decode()
    answer = lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {**OWNER, "owner_email": "lan@", "autosave": "1", "left": "owner_email owner_name"})  # fmt: skip
    html = answer.content.decode()
    assert html.count("<p>") == 1 and 'id="id_owner_email_error"' in html
    assert lan.post(papers(draft), {"autosave": "1"}).status_code == 204
    draft.refresh_from_db()
    assert draft.data["owner"]["owner_email"] == "lan@"


def test_the_act_itself_refuses_fields_that_are_wrong_or_nobody_asks_for(world: World, form: Component) -> None:
    card = world.passport.components.get(seq=2)
    at, lan = moment("2021-11-04 08:00"), world.actor("lan")

    def submit(*given: Paper) -> Dossier:
        return submission.submit(world.online(papers=list(given)), actor=lan, at=at)

    with pytest.raises(Invalid) as refused:
        submit(Paper(form.pk, typed={**RIGHT, "father_id": "1"}), Paper(card.pk, originals=1))
    assert "Số định danh của cha: Số định danh có 12 chữ số" in str(refused.value.fields["papers"])
    with pytest.raises(Invalid) as refused:
        submit(Paper(form.pk, typed=RIGHT), Paper(card.pk, typed={"name": "x"}))
    assert "không khai theo từng mục" in str(refused.value.fields["papers"])
    dossier = submit(Paper(form.pk, typed={**RIGHT, "nationality": "Lào"}), Paper(card.pk, originals=1))
    assert (dossier.papers.get(component=form).filled or {})["has_father"] is True


def test_who_keeps_the_catalogue_sees_what_the_form_asks(client: Client, world: World, form: Component) -> None:
    client.force_login(world.cast.yen)
    html = assert_good_page(client.get("/dieu-hanh/danh-muc/thu-tuc/9.000001/"))
    assert "Mẫu khai trên màn hình" in html and "Tên của trẻ" in html and "Chỉ khai khi mục “Khai người cha?”" in html
    assert "Khai trên màn hình" in assert_good_page(client.get("/thu-tuc/9.000001/"))

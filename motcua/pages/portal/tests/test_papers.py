"""Papers of a draft: photos become one PDF, bad files say what to do, and nothing that was typed or sent is lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pillow_heif
import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from pikepdf import Dictionary, Name

from motcua.catalogue.models import Component
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.models import Draft
from motcua.files.store import open_file
from motcua.pages.portal import uploads
from motcua.signing import development, pens
from tests.house.pages import assert_good_page
from tests.papers import A_PDF, a_page, office, pdf_with, photo
from tests.pdf_tools import make_pdf
from tests.world import World, moment

pytestmark = pytest.mark.django_db
MADE_AT = moment("2021-10-01 08:00")


@pytest.fixture
def draft(lan: Client, world: World) -> Draft:
    forget_offers()
    lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk})
    return Draft.objects.get()


@pytest.fixture
def on_screen(world: World, draft: Draft) -> Any:
    """The first paper of the procedure is filled in on the screen."""
    with connection.cursor() as cursor:
        cursor.execute("alter table catalogue_component disable trigger user")
        cursor.execute(
            "update catalogue_component set kind = 'on_screen', channels = '{2}' where case_id = %s and seq = 1",
            [draft.case_id],
        )
        cursor.execute("alter table catalogue_component enable trigger user")
    forget_offers()
    yield draft.case.components.get(seq=1)
    forget_offers()


def file(content: bytes, name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send(client: Client, draft: Draft, *files: SimpleUploadedFile, **more: Any) -> Any:
    return client.post(f"/nop-ho-so/{draft.pk}/giay-to/", {"file-more": list(files), **more})


def heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(a_page("TRANG 3")).save(out, quality=50)
    return out.getvalue()


def test_photos_for_one_paper_become_one_pdf(lan: Client, draft: Draft) -> None:
    photos = [file(photo()), file(photo(turned=True), "IMG_2.jpg"), file(heic(), "IMG_3.HEIC")]
    assert send(lan, draft, *photos).status_code == 302
    one = draft.papers.select_related("file").get()
    assert (one.file.name, one.file.media_type, one.file.pages) == ("IMG_1.pdf", "application/pdf", 3)
    with open_file(one.file) as content, pikepdf.open(content) as pdf:
        assert [page.mediabox[3] > page.mediabox[2] for page in pdf.pages] == [True] * 3
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/giay-to/"))
    assert "IMG_1.pdf" in html and "3 trang" in html


def test_sent_twice_it_is_there_once(lan: Client, draft: Draft) -> None:
    for _click in range(2):
        assert send(lan, draft, file(photo()), file(A_PDF, "a.pdf")).status_code == 302
    assert draft.papers.count() == 2


def test_a_bad_photo_is_named_and_the_good_ones_are_kept(lan: Client, draft: Draft) -> None:
    html = assert_good_page(send(lan, draft, file(photo()), file(photo()[:5000], "hong.jpg")), 422)
    assert "hong.jpg: Ảnh bị hỏng" in html
    assert draft.papers.get().file.pages == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\x00" + A_PDF, "Đây là một chương trình"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(99), "Đây là video"),
        (pdf_with(OpenAction=Dictionary(S=Name.JavaScript, JS="app.alert(1)")), "mã lệnh tự chạy"),
        (office([("word/a.xml", bytes(210 * 1024 * 1024))]), "bung ra quá lớn"),
    ],
)
def test_what_would_do_harm_is_not_kept(lan: Client, draft: Draft, content: bytes, sentence: str) -> None:
    assert sentence in assert_good_page(send(lan, draft, file(content, "giay.pdf")), 422)
    assert not draft.papers.exists()


def test_a_note_on_a_photo_is_told_and_the_photo_kept(lan: Client, draft: Draft) -> None:
    send(lan, draft, file(photo(image=a_page(size=(600, 840)))))
    assert "Ảnh 1: ảnh nhỏ" in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/giay-to/"))
    assert draft.papers.count() == 1


def test_a_document_that_was_changed_after_it_was_signed(
    lan: Client, draft: Draft, settings: Any, tmp_path: Any
) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    tuan = development.for_person(7, "Nguyễn Anh Tuấn", "Sở Tư pháp", MADE_AT)
    signed = pens.sign(make_pdf("Quyết định", MADE_AT), pens.take(tuan, MADE_AT), at=MADE_AT)
    send(lan, draft, file(signed, "quyet-dinh.pdf"))
    assert draft.papers.get().file.signatures == "good"
    spot = signed.index(b"/MediaBox")
    bent = signed[:spot] + signed[spot:].replace(b"0", b"1", 1)
    assert len(bent) == len(signed) and bent != signed
    html = assert_good_page(send(lan, draft, file(bent, "sua.pdf")), 422)
    assert "sua.pdf: Chữ ký số không hợp lệ" in html and "mang bản giấy đến quầy" in html
    assert draft.papers.count() == 1


def test_time_for_one_sending_is_bounded(lan: Client, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_SECONDS", -1.0)
    html = assert_good_page(send(lan, draft, file(A_PDF, "a.pdf")), 422)
    assert "a.pdf: chưa kịp kiểm tra" in html


def test_a_page_saves_by_itself_without_going_on(lan: Client, draft: Draft, on_screen: Component) -> None:
    text = f"text-{on_screen.pk}"
    answer = lan.post(f"/nop-ho-so/{draft.pk}/giay-to/", {text: "Trần Thị Lan", "autosave": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    answer = lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {"owner_name": "Lan", "autosave": "1"})
    assert (answer.status_code, answer.content) == (204, b"")
    draft.refresh_from_db()
    assert draft.data["typed"] == {str(on_screen.pk): "Trần Thị Lan"}
    assert draft.data["owner"]["owner_name"] == "Lan"


def test_two_tabs_lose_nothing(lan: Client, draft: Draft, on_screen: Component) -> None:
    page, text, was = f"/nop-ho-so/{draft.pk}/giay-to/", f"text-{on_screen.pk}", f"was-{on_screen.pk}"

    def typed() -> str:
        return str(Draft.objects.get(pk=draft.pk).data["typed"][str(on_screen.pk)])

    lan.post(page, {was: "", text: "Dòng một\r\nDòng hai"})
    lan.post(page, {was: "", text: ""})  # the other tab, opened before, with nothing typed
    assert typed() == "Dòng một\nDòng hai"
    lan.post(page, {was: "Dòng một\r\nDòng hai", text: "Dòng một"})  # taken out on purpose
    assert typed() == "Dòng một"
    lan.post(page, {was: "", text: "Từ máy khác"})
    assert "Dòng một" in typed() and typed().startswith("Từ máy khác")


def test_text_typed_while_a_file_is_examined_is_kept(
    lan: Client, draft: Draft, on_screen: Component, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, text, was = f"/nop-ho-so/{draft.pk}/giay-to/", f"text-{on_screen.pk}", f"was-{on_screen.pk}"
    lan.post(page, {was: "", text: "Một"})
    first_look = uploads.first_look

    def look(chunks: Any) -> Any:
        """The real one, and the page saves by itself meanwhile."""
        monkeypatch.setattr(uploads, "first_look", first_look)
        assert lan.post(page, {was: "Một", text: "Một, hai", "autosave": "1"}).status_code == 204
        return first_look(chunks)

    monkeypatch.setattr(uploads, "first_look", look)
    send(lan, draft, file(A_PDF, "a.pdf"))
    assert Draft.objects.get(pk=draft.pk).data["typed"] == {str(on_screen.pk): "Một, hai"}
    # The form goes out with what autosaving noted as shown.
    lan.post(page, {was: "Một, hai", text: "Một, hai", "next": "1"})
    assert Draft.objects.get(pk=draft.pk).data["typed"] == {str(on_screen.pk): "Một, hai"}


def test_a_file_that_comes_after_the_draft_was_handed_in(
    lan: Client, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_look = uploads.first_look

    def look(chunks: Any) -> Any:
        """The real one, and the draft is thrown away in another window meanwhile."""
        lan.post(f"/nop-ho-so/{draft.pk}/xoa/")
        return first_look(chunks)

    monkeypatch.setattr(uploads, "first_look", look)
    assert send(lan, draft, file(A_PDF, "a.pdf")).status_code == 404


def shown(client: Client, page: str) -> dict[str, str]:
    """The fields of a form as a browser would send them back, with what they were when it was shown."""
    form = client.get(page).context["form"]
    now = {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}
    return {**now, **{f"was-{name}": text for name, text in now.items()}}


def test_two_windows_of_the_first_step_keep_what_each_changed(lan: Client, draft: Draft) -> None:
    page = f"/nop-ho-so/{draft.pk}/thong-tin/"
    lan.post(page, {**shown(lan, page), "later": "1"})
    one, two = shown(lan, page), shown(lan, page)
    lan.post(page, {**one, "owner_name": "Trần Thị Lan Anh", "content": "Xin cấp mới", "autosave": "1"})
    lan.post(page, {**two, "owner_phone": "0911111111", "content": "Xin cấp lại", "autosave": "1"})
    kept = Draft.objects.get(pk=draft.pk).data["owner"]
    assert (kept["owner_name"], kept["owner_phone"]) == ("Trần Thị Lan Anh", "0911111111")
    assert "Xin cấp lại" in kept["content"] and "Xin cấp mới" in kept["content"]
    # What the page shows after a mistake is what is kept, of both windows, and that counts as shown.
    html = lan.post(page, {**two, "owner_phone": "", "return_way": two["return_way"]}).content.decode()
    assert 'value="Trần Thị Lan Anh"' in html
    assert '<input type="hidden" name="was-owner_name" value="Trần Thị Lan Anh">' in html
    # An empty field is meant, where it was not empty before.
    lan.post(page, {**shown(lan, page), "content": "", "autosave": "1"})
    assert Draft.objects.get(pk=draft.pk).data["owner"]["content"] == ""


def by_itself(client: Client, _page: str) -> None:
    """The session's time is over: the browser drops its cookie."""
    del client.cookies["sessionid"]


def at_the_server(client: Client, _page: str) -> None:
    """The server counts the session as over; the browser's clock is behind."""
    Session.objects.all().delete()


def by_logging_out(client: Client, page: str) -> None:
    """In another window of the same browser."""
    assert client.post("/dang-xuat/").status_code == 302
    assert not client.cookies["sessionid"].value


Ending = Callable[[Client, str], None]


@pytest.mark.parametrize("end", [by_itself, at_the_server, by_logging_out])
def test_a_session_that_ends_in_a_long_form(lan: Client, draft: Draft, world: World, end: Ending) -> None:
    page = f"/nop-ho-so/{draft.pk}/thong-tin/"
    lan.get(page)
    end(lan, page)
    answer = lan.post(page, {"owner_name": "Tên dài lắm", "owner_phone": "abc"})
    assert (answer.status_code, answer["Location"]) == (302, f"/dang-nhap/?next={page}")
    lan.force_login(world.cast.lan)
    papers = f"/nop-ho-so/{draft.pk}/giay-to/"
    assert "Tên dài lắm" not in assert_good_page(lan.get(papers))
    html = assert_good_page(lan.get(page))
    assert 'value="Tên dài lắm"' in html and "vẫn còn dưới đây" in html
    # What is sent next is a change of what the draft has.
    assert 'name="was-owner_name" value="Tên dài lắm"' not in html
    assert "Tên dài lắm" not in assert_good_page(lan.get(page))


def test_what_was_typed_is_not_shown_to_somebody_else(lan: Client, draft: Draft, world: World) -> None:
    """Neither what is theirs alone, nor on a page that everybody has."""
    for page, field in ((f"/nop-ho-so/{draft.pk}/thong-tin/", "owner_name"), ("/tai-khoan/", "full_name")):
        lan.force_login(world.cast.lan)
        lan.get(page)
        by_itself(lan, page)
        lan.post(page, {field: "Bí mật của Lan"})
        lan.force_login(world.cast.bay)
        assert "Bí mật của Lan" not in lan.get(page).content.decode()
        by_itself(lan, page)


def test_a_text_typed_before_the_session_ended_waits_too(
    lan: Client, draft: Draft, world: World, on_screen: Component, watch: Any
) -> None:
    page = f"/nop-ho-so/{draft.pk}/giay-to/"
    lan.get(page)
    by_itself(lan, page)
    lan.post(page, {f"text-{on_screen.pk}": "Khai dở", "file-more": file(A_PDF, "a.pdf")})
    lan.force_login(world.cast.lan)
    html = assert_good_page(lan.get(page))
    assert "Khai dở" in html and "cần chọn lại" in html
    assert "typed" not in Draft.objects.get(pk=draft.pk).data


def test_a_form_of_a_page_that_is_only_sent_to_leads_back_to_its_page(lan: Client, draft: Draft) -> None:
    page = f"/nop-ho-so/{draft.pk}/giay-to/"
    lan.get(page)
    by_itself(lan, page)
    for referer, leads_to in (
        (f"http://testserver{page}", page),
        ("https://elsewhere.example/x/", f"/nop-ho-so/{draft.pk}/xoa/"),
    ):
        answer = lan.post(f"/nop-ho-so/{draft.pk}/xoa/", headers={"Referer": referer})
        assert answer["Location"] == f"/dang-nhap/?next={leads_to}"


def test_a_visitor_without_a_session_leaves_nothing(draft: Draft) -> None:
    stranger = Client()
    assert stranger.post(f"/nop-ho-so/{draft.pk}/thong-tin/", {"owner_name": "x"}).status_code == 302
    assert "sessionid" not in stranger.cookies


def test_a_vast_upload_is_refused_before_it_is_read(lan: Client, draft: Draft) -> None:
    class Unread(io.BytesIO):
        def read(self, *size: Any) -> bytes:
            raise AssertionError("the body was read")

    unread: dict[str, Any] = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(400 * 1024 * 1024)}
    answer = lan.generic(
        "POST",
        f"/nop-ho-so/{draft.pk}/giay-to/",
        content_type="multipart/form-data; boundary=x",
        **unread,
    )
    assert "quá lớn" in assert_good_page(answer, 413)

"""The frame of every page: reading aids, languages, errors, size, login by default."""

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from motcua.pages.layout import middleware
from motcua.pages.layout.access import public
from motcua.people.models import Account
from motcua.urls import handler404, handler500
from motcua.urls import urlpatterns as real_patterns
from tests.house.pages import assert_good_page, faults_of

__all__ = ["handler404", "handler500"]


@public
def writes_on_get(request: Any) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE offices_office SET name = name")
    return HttpResponse()


@public
def breaks(request: Any) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def not_marked(request: Any) -> HttpResponse:
    raise AssertionError("a view that is not public was reached without a login")


urlpatterns = [
    path("ghi/", writes_on_get),
    path("hong/", breaks),
    path("kin/", not_marked),
    *real_patterns,
]
ours = pytest.mark.urls("motcua.pages.layout.tests.test_frame")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/dang-ky/"])
def test_every_page_is_well_made(client: Client, language: str, address: str) -> None:
    client.cookies["django_language"] = language
    html = assert_good_page(client.get(address))
    assert f'<html lang="{language}"' in html


@pytest.mark.django_db
def test_the_pieces_of_the_frame_that_are_kept_are_kept_for_each_way_of_reading(client: Client) -> None:
    seen = []
    for language, size, contrast in (("vi", "normal", "normal"), ("en", "large", "high"), ("vi", "normal", "normal")):
        client.cookies["django_language"] = language
        client.cookies["co-chu"], client.cookies["tuong-phan"] = size, contrast
        seen.append(client.get("/dang-nhap/").content.decode())
    vietnamese, english, again = seen
    for words in (
        "Đến nội dung chính",
        "Đăng ký",
        "Chữ lớn",
        "đúng hẹn",
        'name="text" value="normal" aria-pressed="true"',
    ):
        assert words in vietnamese and words in again and words not in english
    pressed = ('name="text" value="large" aria-pressed="true"', 'name="contrast" value="normal" aria-pressed="true"')
    for words in ("Skip to", "Register", *pressed):
        assert words in english and words not in again


@pytest.mark.django_db
def test_text_size_is_remembered_without_javascript(client: Client) -> None:
    answer = client.post("/tuy-chon/", {"text": "large", "next": "/dang-nhap/"})
    assert (answer.status_code, answer.url) == (302, "/dang-nhap/")  # type: ignore[attr-defined]
    assert 'data-text="large"' in client.get("/").content.decode()


@pytest.mark.django_db
def test_contrast_is_remembered(client: Client) -> None:
    client.post("/tuy-chon/", {"contrast": "high"})
    assert 'data-contrast="high"' in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("theme", "media"),
    [("light", "not all"), ("dark", "screen"), ("auto", "screen and (prefers-color-scheme: dark)")],
)
def test_the_ground_is_remembered_and_paper_stays_light(client: Client, theme: str, media: str) -> None:
    client.post("/tuy-chon/", {"theme": theme})
    html = client.get("/").content.decode()
    assert f'data-theme="{theme}"' in html
    assert f'layout/dark.css" media="{media}"' in html


@pytest.mark.django_db
def test_a_bent_cookie_chooses_nothing(client: Client) -> None:
    client.cookies["nen"], client.cookies["co-chu"] = '"><script>', "huge"
    html = client.get("/").content.decode()
    assert 'data-theme="auto"' in html and 'data-text="normal"' in html and "<script>" not in html


@pytest.mark.django_db
def test_the_design_is_shown_to_everybody_and_asks_nothing_of_the_database(
    client: Client, django_assert_num_queries: Any
) -> None:
    for language in ("vi", "en"):
        client.cookies["django_language"] = language
        with django_assert_num_queries(0):
            html = assert_good_page(client.get("/thiet-ke/"))
        for piece in (
            "is-invalid",
            "badge-due-late",
            "timeline-item",
            "popover",
            "aria-current",
            "table-cards",
            "told",
        ):
            assert piece in html


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://vidu.vn/", "//vidu.vn/", "javascript:alert(1)", ""])
def test_preferences_lead_nowhere_else(client: Client, elsewhere: str) -> None:
    assert client.post("/tuy-chon/", {"text": "large", "next": elsewhere}).url == "/"  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_browsers_own_language_is_no_choice(client: Client) -> None:
    assert '<html lang="vi"' in client.get("/", headers={"Accept-Language": "en-US"}).content.decode()


@pytest.mark.django_db
def test_the_chosen_language_follows_the_account(client: Client) -> None:
    account = Account.objects.create_account("0912345678", "mot-mat-khau-dai", "Lan")
    client.force_login(account)
    client.post("/tuy-chon/", {"language": "en"})
    account.refresh_from_db()
    assert account.language == "en"


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_of_the_house(client: Client) -> None:
    assert_good_page(client.get("/khong-co/"), 404)


@ours
@pytest.mark.django_db
def test_a_get_cannot_write(client: Client) -> None:
    with pytest.raises(middleware.WroteWhileReading):
        client.get("/ghi/")


@ours
@pytest.mark.django_db
def test_a_page_that_is_not_marked_public_wants_a_login(client: Client) -> None:
    answer = client.get("/kin/?a=1")
    assert answer.status_code == 302
    assert answer.url == "/dang-nhap/?next=/kin/%3Fa%3D1"  # type: ignore[attr-defined]


@ours
@pytest.mark.django_db
def test_a_fault_of_ours_is_said_plainly_and_asks_nothing_of_the_database(django_assert_num_queries: Any) -> None:
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answer = client.get("/hong/")
    assert answer.status_code == 500
    assert faults_of(answer.content.decode()) == []


@pytest.mark.django_db
def test_a_body_that_is_too_large_is_refused_before_it_is_read(client: Client, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 1000
    html = assert_good_page(client.post("/dang-nhap/", {"login": "x" * 4000}), 413)
    assert "quá lớn" in html


@pytest.mark.django_db
def test_words_alone_may_be_no_larger_than_two_megabytes(client: Client) -> None:
    body = "login=" + "x" * (2 * 1024 * 1024)
    answer = client.post("/dang-nhap/", body, content_type="application/x-www-form-urlencoded")
    assert_good_page(answer, 413)


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"login": "lan"})
    assert "tải lại trang" in assert_good_page(answer, 403)

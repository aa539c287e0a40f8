"""Tracking without an account. The code alone shows how far it is; a wrong secret reveals nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
TRACK = "/ho-so/tra-cuu/"


@pytest.fixture
def dossier(world: World, watch: Any) -> Dossier:
    watch.set("2021-11-02 09:00")
    return lives.handled(world)


def bare(html: str, code: str) -> str:
    """A page without what changes at every request, and without the code that was typed."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html).replace(code, "CODE")


def test_the_form(client: Client, watch: Any) -> None:
    assert_good_page(client.get(TRACK))


def test_the_code_alone_shows_the_degree_of_completion_and_nothing_else(client: Client, dossier: Dossier) -> None:
    code = dossier.code or ""
    for answer in (client.get(TRACK, {"ma": code}), client.post(TRACK, {"code": code})):
        html = assert_good_page(answer)
        assert "Đang giải quyết" in html
        assert "3 trên 5" in html
        for hidden in (
            "Bạn không phải làm gì",
            "08/11/2021",
            "Lan",
            "hộ chiếu",
            "Vũ Thị Hoa",
            "Sở Tư pháp",
            dossier.secret,
            dossier.submission_no,
        ):
            assert hidden not in html


def test_with_the_secret_everything_is_told(client: Client, dossier: Dossier) -> None:
    html = assert_good_page(client.post(TRACK, {"code": dossier.code, "secret": dossier.secret.lower()}))
    assert "Cấp hộ chiếu thử nghiệm" in html
    assert "Sở Tư pháp" in html and "Vũ Thị Hoa" not in html, "who holds it is an office, not an officer"
    assert "08/11/2021" in html
    assert "Bạn không phải làm gì" in html


def test_the_number_of_the_submission_will_do(client: Client, dossier: Dossier) -> None:
    assert_good_page(client.post(TRACK, {"code": dossier.submission_no.lower(), "secret": dossier.secret}))


def test_a_wrong_secret_and_an_unknown_code_get_the_same_answer(client: Client, dossier: Dossier) -> None:
    code = dossier.code or ""
    unknown_code = code[:-4] + "9999"
    wrong = assert_good_page(client.post(TRACK, {"code": code, "secret": "22222222"}), 404)
    unknown = assert_good_page(client.post(TRACK, {"code": unknown_code, "secret": "22222222"}), 404)
    assert bare(wrong, code) == bare(unknown, unknown_code)


def test_secrets_cannot_be_guessed_at_leisure(client: Client, dossier: Dossier) -> None:
    for attempt in range(5):
        client.post(TRACK, {"code": dossier.code, "secret": f"2222222{attempt + 2}"})
    html = assert_good_page(client.post(TRACK, {"code": dossier.code, "secret": dossier.secret}), 429)
    assert "đợi 15 phút" in html


def test_an_unknown_code_is_said_plainly(client: Client, watch: Any) -> None:
    assert "Không tìm thấy" in assert_good_page(client.get(TRACK, {"ma": "000.00.18.H54-211130-0042"}), 404)


@pytest.mark.parametrize(
    "given", [{}, {"code": ""}, {"code": "x" * 400}, {"code": "\x00"}, {"code": "a", "secret": "b" * 90}]
)
def test_nonsense_gets_a_sentence(client: Client, watch: Any, given: dict[str, str]) -> None:
    assert_good_page(client.post(TRACK, given), 422)


def test_statements_by_page(client: Client, dossier: Dossier, django_assert_num_queries: Any) -> None:
    """With the secret: wrong guesses, the dossier, what happened, what is kept of the past; with the code alone wrong guesses and the state."""
    given = {"code": dossier.code, "secret": dossier.secret}
    client.post(TRACK, given)
    with django_assert_num_queries(4):
        client.post(TRACK, given)
    with django_assert_num_queries(2):
        client.get(TRACK, {"ma": str(dossier.code)})


def test_a_wrong_secret_costs_what_an_unknown_code_costs(
    client: Client, dossier: Dossier, django_assert_num_queries: Any
) -> None:
    for code in (dossier.code, str(dossier.code)[:-4] + "9999", dossier.submission_no):
        with django_assert_num_queries(3):  # wrong guesses, the dossier, one more wrong guess
            client.post(TRACK, {"code": code, "secret": "22222222"})


def test_codes_cannot_be_walked_through(client: Client, dossier: Dossier, watch: Any) -> None:
    stem = str(dossier.code)[:-4]
    for number in range(20):
        assert client.get(TRACK, {"ma": f"{stem}{8000 + number}"}).status_code == 404
    assert_good_page(client.get(TRACK, {"ma": str(dossier.code)}), 429)
    assert_good_page(client.post(TRACK, {"code": str(dossier.code)}), 429)
    # Whoever has code and secret is not held back by those who share their address, nor is another address.
    assert_good_page(client.post(TRACK, {"code": dossier.code, "secret": dossier.secret}))
    assert_good_page(client.get(TRACK, {"ma": str(dossier.code)}, REMOTE_ADDR="10.1.1.1"))
    watch.set("2021-11-02 09:06")
    assert_good_page(client.get(TRACK, {"ma": str(dossier.code)}))


def test_a_secret_for_one_dossier_opens_no_other(client: Client, dossier: Dossier, world: World) -> None:
    other = lives.handled(world)
    html = assert_good_page(client.post(TRACK, {"code": other.code, "secret": dossier.secret}), 404)
    assert "Sở Tư pháp" not in html and other.submission_no not in html

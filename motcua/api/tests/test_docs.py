"""The description for people is a page that opens, in both languages."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "heading"), [("vi", "API của Một Cửa"), ("en", "API")])
def test_the_description_opens_and_names_every_act(client: Client, language: str, heading: str) -> None:
    answer = client.get("/api/v1/docs", headers={"accept-language": language})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert heading in page
    assert "/api/v1/dossiers" in page
    assert "<code>items</code>" in page, "a field may be called items"

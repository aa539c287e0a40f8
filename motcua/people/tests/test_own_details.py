"""Officers do not slip out of the rule on their own dossiers by giving another number."""

import pytest

from motcua.base.errors import Invalid
from motcua.people.own_details import change_own_details
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def details(personal_id: str, full_name: str = "Tên Khác") -> dict[str, str]:
    return {"full_name": full_name, "phone": "0912000111", "email": "", "personal_id": personal_id}


def test_an_officer_says_the_own_number_once_and_never_another(cast: Cast) -> None:
    hoa, name = cast.hoa, cast.hoa.full_name
    hoa.personal_id = ""
    change_own_details(hoa, details("000190000077"))
    for other in ("", "000190000078"):
        with pytest.raises(Invalid) as caught:
            change_own_details(hoa, details(other))
        assert "personal_id" in caught.value.fields
    hoa.refresh_from_db()
    assert (hoa.personal_id, hoa.full_name, hoa.phone) == ("000190000077", name, "0912000111")


def test_a_citizen_mends_the_own_number(cast: Cast) -> None:
    change_own_details(cast.lan, details("000190000077"))
    cast.lan.refresh_from_db()
    assert (cast.lan.personal_id, cast.lan.full_name) == ("000190000077", "Tên Khác")

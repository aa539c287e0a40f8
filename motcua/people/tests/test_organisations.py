"""An organisation is registered by who is proved to represent it: by the identity provider, or by a paper at the counter."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.people.capacities import open_to
from motcua.people.identities import account_of, link, new_account
from motcua.people.mandate_rows import Organisation
from motcua.people.models import Account
from motcua.people.openid import Known, Provider, known_from
from motcua.people.organisations import ask_to_register, not_yet_taken_up, register_by_identity
from motcua.people.tests.made import NUMBER, organisation
from tests.cast import Cast
from tests.world import moment

pytestmark = pytest.mark.django_db
NOW = moment("2021-11-01 08:00")
PROVIDER = Provider("https://vneid.vn", "motcua", "s", "VNeID")
CLAIMS: dict[str, Any] = {
    "sub": "v-9", "SoDinhDanh": "001190000009", "HoVaTen": "Phạm Thị Giám", "loAs": "2", "LoaiTaiKhoan": "2",
    "MaSoDoanhNghiep": NUMBER, "TenDoanhNghiep": "Công ty TNHH Gốm Trà Lý",
}  # fmt: skip


def known(**changes: Any) -> Known:
    return known_from({**CLAIMS, **changes}, PROVIDER)


def test_the_provider_names_person_and_organisation_apart() -> None:
    one = known()
    assert (one.number, one.full_name) == ("001190000009", "Phạm Thị Giám")
    assert (one.organisation_number, one.organisation_name) == (NUMBER, "Công ty TNHH Gốm Trà Lý")
    assert known(TenDoanhNghiep="").organisation_number == ""
    assert known(MaSoDoanhNghiep="12").organisation_number == ""
    # An account that is the organisation's alone is the organisation itself.
    alone = known(SoDinhDanh="")
    assert (alone.number, alone.organisation_number) == (NUMBER, "")


def test_whom_the_provider_vouches_for_registers_and_represents(cast: Cast) -> None:
    director = new_account(known(), NOW)
    made = register_by_identity(director, at=NOW)
    assert (made.number, made.proof, made.account.number_verified_at) == (NUMBER, "identity", NOW)
    assert not made.account.has_usable_password()
    (one,) = open_to(director.pk, NOW)
    assert (one.represents, one.may_file, one.may_pay, one.number) == (True, True, True, NUMBER)
    assert not_yet_taken_up(director, NOW) is None
    with pytest.raises(NotThere):
        register_by_identity(director, at=NOW)


def test_nobody_registers_without_the_provider_s_word(cast: Cast) -> None:
    Account.objects.filter(pk=cast.lan.pk).update(personal_id=NUMBER)  # merely written
    cast.lan.refresh_from_db()
    with pytest.raises(NotThere):
        register_by_identity(cast.lan, at=NOW)
    assert not Organisation.objects.exists()


def test_another_whom_the_provider_names_joins_beside_the_first(cast: Cast) -> None:
    made = organisation(cast, "2021-10-01 08:00")
    second = new_account(known(), NOW)
    assert register_by_identity(second, at=NOW) == made
    assert [one.principal_id for one in open_to(second.pk, NOW)] == [made.account_id]
    assert [one.principal_id for one in open_to(cast.bay.pk, NOW)] == [made.account_id]


def test_what_the_provider_says_at_the_next_sign_in_counts(cast: Cast) -> None:
    person = new_account(known(MaSoDoanhNghiep="", TenDoanhNghiep=""), NOW)
    assert not_yet_taken_up(person, NOW) is None
    assert account_of(known(), NOW) == person
    claim = not_yet_taken_up(person, NOW)
    assert claim is not None and claim.number == NUMBER
    link(person.pk, known(MaSoDoanhNghiep="", TenDoanhNghiep=""), NOW)
    assert not_yet_taken_up(person, NOW) is None


def test_an_organisation_s_own_account_is_its_place(cast: Cast) -> None:
    itself = new_account(known(SoDinhDanh=""), NOW)
    made = register_by_identity(itself, at=NOW)
    assert made.account == itself
    assert open_to(itself.pk, NOW) == ()


def asked(cast: Cast, **changes: Any) -> Any:
    facts: dict[str, Any] = {"kind": 2, "number": "0100 109 107", "name": "Hợp tác xã Đông Các", "position": "Giám đốc"}
    facts |= {"paper": "GCN 7", "paper_on": date(2021, 10, 1)}
    return ask_to_register(cast.lan, **{**facts, **changes}, at=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": "123"}, "number"),
        ({"name": " "}, "name"),
        ({"position": ""}, "position"),
        ({"paper": ""}, "paper"),
        ({"paper_on": None}, "paper_on"),
        ({"paper_on": date(2021, 11, 2)}, "paper_on"),
        ({"kind": 1}, "kind"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_a_request_says_what_is_wrong(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        asked(cast, **changes)
    assert set(caught.value.fields) == {field}


def test_one_request_waits_and_gives_nothing_yet(cast: Cast) -> None:
    assert asked(cast).number == "0100109107"
    with pytest.raises(Refused):
        asked(cast)
    assert open_to(cast.lan.pk, NOW) == ()

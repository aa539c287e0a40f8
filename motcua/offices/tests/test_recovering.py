"""A code over the counter: an administrator, a paper, a trace; never for oneself or one's own."""

from __future__ import annotations

import pytest

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.offices.recovering import give_code
from motcua.people.code_rows import AccountEvent
from motcua.people.contacts import set_password
from motcua.people.models import Account, Relative
from tests.cast import Cast
from tests.world import moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 09:00")
NUMBER, PAPER = "001190000055", "Căn cước cấp ngày 01/02/2021, Bộ Công an"
PASSWORD = "mot-con-vit-xoe-ra"


@pytest.fixture
def hue(db: None) -> Account:
    return Account.objects.create_account("0912345678", "cu-rich-mot-minh", "Lê Thị Huệ", personal_id=NUMBER)


def give(cast: Cast, name: str = "yen", login: str = "0912 345 678", number: str = NUMBER, paper: str = PAPER) -> str:
    return give_code(login, number=number, paper=paper, actor=cast.actor(name), at=AT)


def test_the_person_sets_the_password_and_the_trace_stays(cast: Cast, hue: Account) -> None:
    digits = give(cast, number="001 190 000 055")
    set_password("0912345678", digits, PASSWORD, AT)
    hue.refresh_from_db()
    assert hue.check_password(PASSWORD)
    told = list(hue.events_told.order_by("id").values_list("what", "paper", "by__full_name"))
    assert told == [("counter", PAPER, cast.yen.full_name), ("password", "", None)]


@pytest.mark.parametrize("name", ["lan", "minh", "quang", "nobody"])
def test_only_an_administrator(name: str, cast: Cast, hue: Account) -> None:
    with pytest.raises(NotThere):
        give(cast, name)


def test_the_paper_must_be_the_account_s(cast: Cast, hue: Account) -> None:
    for field, asked in {
        "number": {"number": "001190000056"},
        "login": {"login": "0912345679"},
        "paper": {"paper": " CC "},
    }.items():
        with pytest.raises(Invalid) as refused:
            give(cast, **asked)
        assert set(refused.value.fields) == {field}
    Account.objects.filter(pk=hue.pk).update(personal_id="")
    with pytest.raises(Invalid):
        give(cast, number="")
    assert not AccountEvent.objects.exists()


def test_not_for_a_relative_nor_for_an_officer(cast: Cast, hue: Account) -> None:
    Relative.objects.create(account=cast.yen, full_name="Huệ", relation="chị", id_no=NUMBER, declared_at=AT)
    with pytest.raises(Forbidden):
        give(cast)
    with pytest.raises(Invalid):
        give(cast, login=cast.minh.login, number=cast.minh.personal_id or "1")

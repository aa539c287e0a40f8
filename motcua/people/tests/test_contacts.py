"""A contact is proved by a code that was read there; a code sets a new password; guessing leads nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.base.errors import Invalid
from motcua.people import codes, contacts
from motcua.people.code_rows import AccountEvent, OneTimeCode, Purpose
from motcua.people.models import Account

pytestmark = pytest.mark.django_db
AT = datetime(2021, 11, 2, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PASSWORD = "mot-con-vit-xoe-ra"


@pytest.fixture
def hue() -> Account:
    """Somebody who registered with an e-mail, and wrote a telephone number later."""
    return Account.objects.create_account(
        "hue@vidu.vn", "cu-rich-mot-minh", "Lê Thị Huệ", email="hue@vidu.vn", phone="0912 345 678"
    )


def newest() -> OneTimeCode:
    return OneTimeCode.objects.latest("id")


def other_than(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"


def test_a_contact_is_proved_once_its_code_was_read(hue: Account) -> None:
    assert contacts.to_prove(hue) == ["hue@vidu.vn", "0912 345 678"]
    assert contacts.ask_to_confirm(hue, "0912 345 678", AT)
    digits = codes.digits_of(newest())
    assert len(digits) == 6 and digits.isdigit()
    with pytest.raises(Invalid):
        contacts.confirm(hue, "hue@vidu.vn", digits, AT)  # read on the telephone it says nothing of the mailbox
    contacts.confirm(hue, "0912 345 678", f" {digits} ", AT + 9 * MINUTE)
    assert contacts.to_prove(hue) == ["hue@vidu.vn"]
    assert contacts.is_proved(hue, "+84 912.345.678") and not contacts.is_proved(hue, "0912345679")
    with pytest.raises(Invalid):
        contacts.confirm(hue, "0912 345 678", digits, AT + 9 * MINUTE)  # once
    told = list(hue.events_told.order_by("id").values_list("what", "address"))
    assert told == [("code", "0912345678"), ("confirmed", "0912345678")]


def test_a_contact_that_is_changed_is_to_be_proved_again(hue: Account) -> None:
    contacts.vouched(hue, ["hue@vidu.vn", ""], AT)
    assert contacts.to_prove(hue) == ["0912 345 678"]
    hue.email = "khac@vidu.vn"
    assert contacts.to_prove(hue) == ["khac@vidu.vn", "0912 345 678"]


def test_what_an_administrator_or_the_demo_wrote_needs_no_code(hue: Account) -> None:
    Account.objects.filter(pk=hue.pk).update(is_demo=True)
    assert contacts.to_prove(hue) == [] and contacts.proved([hue.pk]) == {hue.pk: None}


def test_only_one_s_own_contacts_and_only_where_a_code_can_go(hue: Account) -> None:
    hue.phone = "02273 831 234"  # a telephone on the wall takes no message
    for address in ("ai@vidu.vn", "", hue.phone):
        with pytest.raises(Invalid):
            contacts.ask_to_confirm(hue, address, AT)
    assert not OneTimeCode.objects.exists()


def test_a_code_dies_after_ten_minutes_after_five_tries_and_with_the_next_one(hue: Account) -> None:
    def is_right(digits: str, at: datetime) -> bool:
        return codes.use(hue, Purpose.CONFIRM, digits, at) is not None

    contacts.ask_to_confirm(hue, hue.email, AT)
    first = codes.digits_of(newest())
    assert not is_right(first, AT + codes.LIFE)
    contacts.ask_to_confirm(hue, hue.email, AT + MINUTE)
    second = codes.digits_of(newest())
    assert first == second or not is_right(first, AT + MINUTE)
    for _try in range(codes.MOST_TRIES):
        is_right(other_than(second), AT + MINUTE)
    assert not is_right(second, AT + MINUTE)
    contacts.ask_to_confirm(hue, hue.email, AT + 2 * MINUTE)
    assert is_right(codes.digits_of(newest()), AT + 3 * MINUTE)


def test_three_codes_in_a_quarter_of_an_hour(hue: Account) -> None:
    assert [contacts.ask_to_confirm(hue, hue.email, AT + n * MINUTE) for n in range(4)] == [True, True, True, False]
    assert OneTimeCode.objects.count() == 3
    assert contacts.ask_to_confirm(hue, hue.email, AT + 15 * MINUTE)


def test_the_digits_stand_nowhere_and_need_the_secret_key(hue: Account, settings: object) -> None:
    contacts.ask_to_confirm(hue, hue.email, AT)
    code = newest()
    digits = codes.digits_of(code)
    row = OneTimeCode.objects.filter(pk=code.pk).values().get()
    assert digits not in {str(value) for value in row.values()}
    settings.SECRET_KEY = "khac"  # type: ignore[attr-defined]
    others = {
        codes.digits_of(OneTimeCode(account_id=code.account_id, purpose=code.purpose, nonce=f"{n}")) for n in range(50)
    }
    assert len(others) > 40 and codes.digits_of(code) != digits


def test_a_forgotten_password_is_set_anew_with_a_code(hue: Account) -> None:
    contacts.ask_for_password(" Hue@vidu.vn ", AT)
    code = newest()
    assert (code.account_id, code.address, code.purpose) == (hue.pk, "hue@vidu.vn", "password")
    digits = codes.digits_of(code)
    with pytest.raises(Invalid) as refused:
        contacts.set_password("hue@vidu.vn", other_than(digits), PASSWORD, AT)
    assert "code" in refused.value.fields and OneTimeCode.objects.get().tries == 1
    with pytest.raises(Invalid) as refused:
        contacts.set_password("hue@vidu.vn", digits, "123", AT)
    assert "password" in refused.value.fields and OneTimeCode.objects.get().tries == 1
    contacts.set_password("hue@vidu.vn", digits, PASSWORD, AT)
    hue.refresh_from_db()
    assert hue.check_password(PASSWORD) and contacts.is_proved(hue, "hue@vidu.vn")
    assert [row.what for row in hue.events_told.order_by("id")] == ["code", "password", "confirmed"]


def test_nothing_tells_whether_there_is_an_account(hue: Account) -> None:
    contacts.ask_for_password("ai@vidu.vn", AT)
    assert not OneTimeCode.objects.exists()
    told = []
    for login in ("ai@vidu.vn", "hue@vidu.vn"):
        with pytest.raises(Invalid) as refused:
            contacts.set_password(login, "000000", PASSWORD, AT)
        told.append((str(refused.value), refused.value.code, refused.value.status))
    assert told[0] == told[1]


def test_officers_and_people_without_a_password_are_not_recovered_this_way(hue: Account) -> None:
    Account.objects.filter(pk=hue.pk).update(is_officer=True)
    contacts.ask_for_password("hue@vidu.vn", AT)
    Account.objects.create_account("khong@vidu.vn", None, "Không mật khẩu", email="khong@vidu.vn")
    contacts.ask_for_password("khong@vidu.vn", AT)
    assert not OneTimeCode.objects.exists()


def test_what_happened_to_an_account_is_never_changed(hue: Account) -> None:
    contacts.vouched(hue, ["hue@vidu.vn"], AT)
    for change in (lambda: AccountEvent.objects.update(address="x"), lambda: AccountEvent.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

"""Whether a contact is its account's: proved by a code that was read there. Nothing is sent to one that is not.

An administrator writes officers' contacts, an identity provider those it vouches for, the demo its own: they need no code.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.people import codes
from motcua.people.code_rows import AccountEvent, Purpose
from motcua.people.models import PHONE, Account, login_of

What = AccountEvent.What
_PROVED = """
SELECT a.id, a.is_officer OR a.is_demo, coalesce(array_agg(e.address) FILTER (WHERE e.id IS NOT NULL), '{}')
FROM people_account a LEFT JOIN people_accountevent e ON e.account_id = a.id AND e.what = 'confirmed'
WHERE a.id = ANY(%s) GROUP BY a.id
"""
WRONG = "code_wrong"


def proved(account_ids: Iterable[int]) -> dict[int, frozenset[str] | None]:
    """Of each account the addresses that were proved, in the spelling of `login_of`; None: all of them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PROVED, [sorted(set(account_ids))])
        return {pk: None if free else frozenset(addresses) for pk, free, addresses in cursor.fetchall()}


def is_proved(account: Account, address: str) -> bool:
    """Whether something may be sent to this address of an account."""
    known = proved([account.pk])[account.pk]
    return known is None or login_of(address) in known


def to_prove(account: Account) -> list[str]:
    """The contacts of an account that are not proved yet, as they are written there."""
    known = proved([account.pk])[account.pk]
    written = [address for address in (account.email, account.phone) if address]
    return [] if known is None else [address for address in written if login_of(address) not in known]


def way_of(address: str) -> str:
    """How an address is reached: `email`, `sms` for a mobile number; empty: not at all."""
    if "@" in address:
        return "email"
    number = PHONE.fullmatch(login_of(address))
    return "sms" if number and number[1][0] in "35789" else ""


def ask_to_confirm(account: Account, address: str, at: datetime) -> bool:
    """Send a code to a contact of the account. False: too many lately. Raises Invalid for what is no contact of theirs."""
    if address not in (account.email, account.phone) or not way_of(address):
        raise Invalid(_("Đây không phải địa chỉ thư điện tử hoặc số di động trong tài khoản của bạn."))
    return codes.ask(account, Purpose.CONFIRM, login_of(address), at) is not None


def confirm(account: Account, address: str, digits: str, at: datetime) -> None:
    """The contact is proved by the digits of its code. Raises Invalid beside `code`."""
    with transaction.atomic():
        code = codes.use(account, Purpose.CONFIRM, digits, at, address=login_of(address))
        if code is not None:
            _told(account, What.CONFIRMED, code.address, at)
    if code is None:  # outside, so that the try is kept
        raise _wrong()


def ask_for_password(login: str, at: datetime) -> None:
    """Send a code for a new password to who logs in with this contact; says nothing of whether there is such an account.

    Officers get theirs from an administrator; who has no password (an identity provider's) needs none.
    """
    address = login_of(login)
    account = _citizen(address)
    if account is not None and way_of(address):
        codes.ask(account, Purpose.PASSWORD, address, at)


def set_password(login: str, digits: str, password: str, at: datetime) -> Account:
    """A new password with the digits of a code; what was read at the login is proved with it. Other sessions end.

    Raises Invalid beside `code`, in the same words for an account that is not there; beside `password`.
    """
    _fits(password)
    account = _citizen(login_of(login))
    if account is None:
        raise _wrong()
    with transaction.atomic():
        code = codes.use(account, Purpose.PASSWORD, digits, at)
        if code is not None:
            account.set_password(password)
            account.save(update_fields=["password"])
            _told(account, What.PASSWORD, code.address, at)
            if code.address and not is_proved(account, code.address):
                _told(account, What.CONFIRMED, code.address, at)
    if code is None:
        raise _wrong()
    return account


def vouched(account: Account, addresses: Iterable[str], at: datetime) -> None:
    """Contacts that an identity provider vouches for need no code."""
    for address in filter(None, addresses):
        _told(account, What.CONFIRMED, login_of(address), at)


def _citizen(login: str) -> Account | None:
    found = Account.objects.filter(login=login, is_active=True, is_officer=False).first()
    return found if found is not None and found.has_usable_password() else None


def _fits(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        sentence = " ".join(error.messages)
        raise Invalid(sentence, fields={"password": sentence}) from error


def _told(account: Account, what: str, address: str, at: datetime) -> None:
    AccountEvent.objects.create(account=account, what=what, address=address, at=at)


def _wrong() -> Invalid:
    sentence = _("Mã không đúng, đã hết hạn hoặc đã thử quá nhiều lần. Bạn có thể xin mã mới.")
    return Invalid(sentence, fields={"code": sentence}, code=WRONG)

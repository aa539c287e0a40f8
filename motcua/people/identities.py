"""Whose account it is that an identity provider vouches for: by the subject, by a number it vouched for before, else nobody's.

A number that somebody merely wrote proves nothing: its account is never handed over, it is linked by its owner once
they have signed in.
"""

from __future__ import annotations

from datetime import datetime
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.people.contacts import vouched
from motcua.people.models import Account, ProvidedIdentity
from motcua.people.openid import Known


def account_of(known: Known, at: datetime) -> Account | None:
    """The account of this person, noted as used; None: there is none yet. Raises Refused where it may not be used.

    A new subject with a number that was vouched for before takes the place of the former one.
    """
    with transaction.atomic():
        rows = ProvidedIdentity.objects.select_for_update(of=["self"]).select_related("account")
        identity = rows.filter(issuer=known.issuer, subject=known.subject, ended_at=None).first()
        if identity is None:
            verified = Account.objects.select_for_update().filter(number_verified_at__isnull=False)
            account = verified.filter(personal_id=known.number).first()
            if account is None:
                return None
            identity = _keep(account, known, at)
        elif identity.personal_id != known.number:
            sentence = _("Nhà cung cấp định danh nay báo số định danh khác với số đã liên kết. Hãy liên hệ quản trị.")
            raise Refused(sentence, code="number_changed")
        else:
            _renew(ProvidedIdentity.objects.filter(pk=identity.pk), known, at)
    if not identity.account.is_active:
        raise Refused(_("Tài khoản này đã bị khóa. Hãy liên hệ quản trị."), code="closed")
    return identity.account


def is_written_elsewhere(number: str) -> bool:
    """Whether an account merely wrote this number."""
    return Account.objects.filter(personal_id=number, number_verified_at=None).exists()


def new_account(known: Known, at: datetime, language: str = "vi") -> Account:
    """An account without a password for somebody who has none yet. Raises Refused where they got one meanwhile."""
    try:
        with transaction.atomic():
            account = Account.objects.create_account(
                f"dinh-danh-{token_hex(8)}",
                None,
                known.full_name,
                personal_id=known.number,
                number_verified_at=at,
                email=known.email,
                phone=known.phone,
                language=language,
                created_at=at,
            )
            _keep(account, known, at)
            vouched(account, (known.email, known.phone), at)
    except IntegrityError:
        raise Refused(_("Số định danh này đã có tài khoản. Hãy đăng nhập lại."), code="taken") from None
    return account


def link(account_id: int, known: Known, at: datetime) -> Account:
    """The owner of an account, signed in, says that this is them: name and number are the provider's from now on.

    An officer keeps the administrator's name, and the number that keeps them from their own dossiers. Raises Refused.
    """
    try:
        with transaction.atomic():
            account = Account.objects.select_for_update().get(pk=account_id)
            is_fixed = account.is_officer or account.number_verified_at is not None
            if is_fixed and account.personal_id not in ("", known.number):
                sentence = _("Tài khoản này đã có số định danh khác. Chỉ liên kết được với danh tính mang đúng số đó.")
                raise Refused(sentence, code="another_number")
            if _renew(account.identities.filter(issuer=known.issuer, subject=known.subject, ended_at=None), known, at):
                return account
            account.personal_id = known.number
            account.number_verified_at = account.number_verified_at or at
            if not account.is_officer:
                account.full_name = known.full_name
            account.save(update_fields=["personal_id", "number_verified_at", "full_name"])
            _keep(account, known, at)
    except IntegrityError:
        sentence = _("Danh tính này đã gắn với một tài khoản khác. Hãy đăng xuất rồi đăng nhập bằng danh tính đó.")
        raise Refused(sentence, code="taken") from None
    return account


def set_number(account_id: int, number: str, at: datetime) -> None:
    """The administrator's word on a number: another one than a provider vouched for is not verified any more."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        if account.personal_id != number:
            account.identities.filter(ended_at=None).update(ended_at=at)
            account.personal_id, account.number_verified_at = number, None
            account.save(update_fields=["personal_id", "number_verified_at"])


def _renew(rows: QuerySet[ProvidedIdentity], known: Known, at: datetime) -> int:
    """What the provider says now of an identity that was linked before; how many there are."""
    return rows.update(
        last_used_at=at,
        full_name=known.full_name,
        born_on=known.born_on,
        level=known.level,
        organisation_number=known.organisation_number,
        organisation_name=known.organisation_name,
    )


def _keep(account: Account, known: Known, at: datetime) -> ProvidedIdentity:
    account.identities.filter(issuer=known.issuer, ended_at=None).update(ended_at=at)
    return ProvidedIdentity.objects.create(
        account=account,
        issuer=known.issuer,
        subject=known.subject,
        personal_id=known.number,
        full_name=known.full_name,
        born_on=known.born_on,
        level=known.level,
        organisation_number=known.organisation_number,
        organisation_name=known.organisation_name,
        linked_at=at,
        last_used_at=at,
    )

"""Passkeys: a key that stays in somebody's device signs them in. `fido2` reads and checks what the device answers.

Asked: discoverable (no name is typed), verified by the device (PIN, finger, face), from our own address, an answer to
a question of ours that is used once. A device that counts must count on: a count that does not grow is a copy.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from motcua.base.errors import Invalid, MotcuaError, NotThere, Refused
from motcua.base.text import tidy
from motcua.people.models import Account, Passkey

ANSWERED_WITHIN = timedelta(minutes=5)
MOST_KEYS = 20
LONGEST_ANSWER = 20_000  # letters of JSON
VERIFIED = UserVerificationRequirement.REQUIRED
# Whatever a stranger's bytes make the reader stumble over.
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError)


class NotProven(MotcuaError):
    """What a device answered proves nothing."""

    status = 422
    code = "passkey"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a device: `options` for the browser, `state` for us until the answer comes."""

    options: dict[str, Any]
    state: dict[str, Any]


def server(origin: str) -> Fido2Server:
    """Who asks: the house at this origin (scheme, host, port), and at no other."""
    host = urlsplit(origin).hostname or ""
    rp = PublicKeyCredentialRpEntity(id=host, name="Một Cửa")
    return Fido2Server(rp, AttestationConveyancePreference.NONE, verify_origin=lambda said: said == origin)


def ask_new(account: Account, origin: str) -> Asked:
    """Ask a device for a new key of this account; not one that has a key of it already. Raises Refused."""
    mine = in_use(account.pk)
    if len(mine) >= MOST_KEYS:
        raise Refused(_("Bạn đã có %(n)s khóa truy cập. Hãy bỏ bớt khóa cũ trước.") % {"n": len(mine)}, code="many")
    user = PublicKeyCredentialUserEntity(
        id=account.pk.to_bytes(8, "big"), name=account.login, display_name=account.full_name
    )
    options, state = server(origin).register_begin(
        user,
        [AttestedCredentialData(bytes(one.credential)) for one in mine],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
    )
    return Asked(_plain(options.public_key), dict(state))


def keep_new(
    account: Account, answer: str, state: Mapping[str, Any] | None, *, origin: str, name: str, at: datetime
) -> Passkey:
    """Keep the key that a device has made. Raises NotProven, Invalid (the name)."""
    named = tidy(name)
    if not named or len(named) > 100:
        sentence = _("Hãy đặt tên cho khóa, không quá 100 ký tự.")
        raise Invalid(sentence, fields={"name": sentence}, code="name")
    try:
        data: AuthenticatorData = server(origin).register_complete(state or {}, _read(answer))
        credential = data.credential_data
        if credential is None:
            raise ValueError("no key")
        with transaction.atomic():
            return Passkey.objects.create(
                account=account,
                name=named,
                credential_id=credential.credential_id,
                credential=bytes(credential),
                sign_count=data.counter,
                made_at=at,
            )
    except (*UNREADABLE, IntegrityError) as error:
        raise NotProven(_("Thiết bị chưa tạo được khóa hợp lệ. Hãy thử lại.")) from error


def ask_who(origin: str) -> Asked:
    """Ask whoever is there to prove who they are with a key they have."""
    options, state = server(origin).authenticate_begin(None, VERIFIED)
    return Asked(_plain(options.public_key), dict(state))


def proven(answer: str, state: Mapping[str, Any] | None, *, origin: str, at: datetime) -> Account:
    """Whose key answered. Raises NotProven, Refused (a copied key, a closed account)."""
    wrong = _("Khóa truy cập này không đúng, đã bị bỏ, hoặc trả lời quá muộn. Hãy thử lại.")
    try:
        said = AuthenticationResponse.from_dict(_read(answer))
        with transaction.atomic():
            key = (
                Passkey.objects.select_for_update(of=["self"])
                .select_related("account")
                .get(credential_id=said.raw_id, removed_at=None)
            )
            server(origin).authenticate_complete(state or {}, [AttestedCredentialData(bytes(key.credential))], said)
            if said.response.user_handle not in (None, key.account_id.to_bytes(8, "big")):
                raise ValueError("another user")
            count = said.response.authenticator_data.counter
            if (count or key.sign_count) and count <= key.sign_count:
                sentence = _("Khóa này có thể đã bị sao chép nên không dùng được. Hãy đăng nhập cách khác và bỏ khóa.")
                raise Refused(sentence, code="copied")
            key.sign_count, key.last_used_at = count, at
            key.save(update_fields=["sign_count", "last_used_at"])
    except (*UNREADABLE, Passkey.DoesNotExist) as error:
        raise NotProven(wrong) from error
    if not key.account.is_active:
        raise Refused(_("Tài khoản này đã bị khóa. Hãy liên hệ quản trị."), code="closed")
    return key.account


def in_use(account_id: int) -> list[Passkey]:
    """The keys of an account, the oldest first."""
    return list(Passkey.objects.filter(account_id=account_id, removed_at=None).order_by("made_at", "id"))


def rename(account_id: int, passkey_id: int, name: str) -> None:
    """Raises NotThere for anybody else's key, Invalid."""
    named = tidy(name)
    if not named or len(named) > 100:
        raise Invalid(_("Hãy đặt tên cho khóa, không quá 100 ký tự."), code="name")
    if not Passkey.objects.filter(pk=passkey_id, account_id=account_id, removed_at=None).update(name=named):
        raise NotThere(_("Không có khóa truy cập này."))


def remove(account_id: int, passkey_id: int, at: datetime) -> None:
    """From now on the key signs nobody in. Raises NotThere, Refused where it is the only way in."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        mine = Passkey.objects.filter(account=account, removed_at=None)
        if not mine.filter(pk=passkey_id).exists():
            raise NotThere(_("Không có khóa truy cập này."))
        others = mine.count() > 1 or account.has_usable_password()
        if not others and not account.identities.filter(ended_at=None).exists():
            raise Refused(_("Đây là cách đăng nhập duy nhất của bạn, chưa thể bỏ."), code="only_way")
        mine.filter(pk=passkey_id).update(removed_at=at)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("too long")
    said = json.loads(answer)
    if not isinstance(said, dict):
        raise ValueError("no answer")
    return said


def _plain(options: Any) -> dict[str, Any]:
    """As JSON, bytes in the spelling that browsers read."""
    plain: dict[str, Any] = json.loads(json.dumps(dict(options)))
    return plain

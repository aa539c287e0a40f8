"""Tokens of the API: made once, shown once, kept as a digest."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from motcua.people.models import Account, ApiToken

PREFIX = "mc_"
# What a token may be used for; what its account may do at all is decided elsewhere.
SCOPES = {
    "dossiers:read": _("xem hồ sơ, tệp"),
    "dossiers:act": _("nộp, tiếp nhận, xử lý hồ sơ; gửi tệp"),
    "reports:read": _("xem báo cáo"),
    "petitions:read": _("xem phản ánh, kiến nghị"),
    "petitions:act": _("xử lý phản ánh, kiến nghị"),
    "catalogue:confirm": _("xác nhận thời hạn của thủ tục"),
}


class Bearer(NamedTuple):
    """The account a token speaks for, and the scopes it may use."""

    account: Account
    scopes: frozenset[str]


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def issue(account: Account, name: str, scopes: Iterable[str], at: datetime, expires_at: datetime | None = None) -> str:
    """Make a token for an account and return its secret, which can't be shown again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    ApiToken.objects.create(
        account=account,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        created_at=at,
        expires_at=expires_at,
    )
    return secret


def account_for(secret: str, at: datetime) -> Bearer | None:
    """Whom a secret speaks for at that instant; None when it is unknown, expired, revoked or the account is closed."""
    if not secret.startswith(PREFIX):
        return None
    token = ApiToken.objects.in_force(at).select_related("account").filter(digest=digest_of(secret)).first()
    return Bearer(token.account, frozenset(token.scopes)) if token else None

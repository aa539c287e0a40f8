"""Asking an OpenID Connect provider who somebody is: code flow with PKCE, state and nonce; nothing is taken unproven.

Authlib speaks the protocol and joserfc checks signatures; here it is said what is asked and what is believed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import ConnectionError, RequestException, Timeout

from motcua.base.errors import MotcuaError
from motcua.base.text import tidy
from motcua.people.models import ENTERPRISE_NO, PERSONAL_ID, bare_number

# What a provider may sign with: public keys only, so its keys are no secret that somebody could sign with.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
PATIENCE = (3, 5)  # seconds to connect, to answer
LEEWAY = 60  # seconds that two clocks may differ
KNOWN_FOR = 300  # seconds that a provider's own description is believed
SILENT_FOR = timedelta(seconds=15)
PERSON = "1"  # `LoaiTaiKhoan` of a person's own account
DAYS = (re.compile(r"(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)"), re.compile(r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4})"))
_log = logging.getLogger(__name__)
_silent_since: dict[str, datetime] = {}


class ProviderAway(MotcuaError):
    """The provider does not answer, or not as it must."""

    status = 503
    code = "provider_away"


class Unproven(MotcuaError):
    """What came back does not prove who this is."""

    status = 422
    code = "unproven"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as the settings name it. least_level: the lowest level of identification that is believed, inclusive."""

    issuer: str
    client_id: str
    secret: str
    name: str
    least_level: int = 2


@dataclass(frozen=True, slots=True)
class Question:
    """One sign-in under way: where to send the person, and the secrets by which the answer is known."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the provider vouches for."""

    issuer: str
    subject: str
    number: str
    full_name: str
    born_on: date | None
    level: int
    email: str = ""
    phone: str = ""
    # The organisation that this person represents, as the provider says; empty: none.
    organisation_number: str = ""
    organisation_name: str = ""


def provider() -> Provider | None:
    """The provider that the settings name; None: nobody signs in that way. Raises ImproperlyConfigured."""
    if not settings.IDENTITY_ISSUER:
        return None
    if not is_safe(settings.IDENTITY_ISSUER) or not settings.IDENTITY_CLIENT:
        raise ImproperlyConfigured("MOTCUA_IDENTITY_ISSUER must be https://…, with MOTCUA_IDENTITY_CLIENT beside it")
    return Provider(
        settings.IDENTITY_ISSUER.rstrip("/"),
        settings.IDENTITY_CLIENT,
        settings.IDENTITY_SECRET,
        settings.IDENTITY_NAME,
        settings.IDENTITY_LEAST_LEVEL,
    )


def is_safe(address: str) -> bool:
    """Whether secrets may be sent there: over TLS, or within this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"})


def ask(one: Provider, *, back: str, at: datetime) -> Question:
    """Begin a sign-in; `back` is our address to which the provider sends the person. Raises ProviderAway."""
    described = _described(one, at)
    with _session(one, back) as session:
        nonce, verifier = generate_token(32), generate_token(64)
        address, state = session.create_authorization_url(
            described["authorization_endpoint"], nonce=nonce, code_verifier=verifier
        )
    return Question(address, state, nonce, verifier)


def hear(one: Provider, question: Question, *, code: str, back: str, at: datetime) -> Known:
    """Who came back with this code. Raises ProviderAway, Unproven."""
    described = _described(one, at)
    try:
        with _session(one, back) as session:
            token = session.fetch_token(
                described["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=question.verifier
            )
            keys = session.get(described["jwks_uri"], withhold_token=True)
            keys.raise_for_status()
            claims = _proven(one, question, token, keys.json(), at)
            if _is_thin(claims) and "userinfo_endpoint" in described:
                claims = {**_told(session, described["userinfo_endpoint"], claims["sub"]), **claims}
    except (OAuthError, JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        # The words of the error are the provider's or the library's: for the log, not for the person.
        _log.warning("identity provider: %s", type(error).__name__)
        raise Unproven(_("Nhà cung cấp định danh không xác nhận được bạn. Hãy đăng nhập lại từ đầu.")) from error
    except RequestException as error:
        raise _gone(one, error, at) from error
    return known_from(claims, one)


def known_from(claims: Mapping[str, Any], one: Provider) -> Known:
    """Whom the claims name, where they name somebody surely enough. Raises Unproven."""
    numbers = [bare_number(str(claims.get(name) or "")) for name in ("SoDinhDanh", "MaSoDoanhNghiep")]
    number = next((text for text in numbers if text and PERSONAL_ID.fullmatch(text)), "")
    is_person = number == numbers[0]
    name = tidy(str(claims.get("HoVaTen" if is_person else "TenDoanhNghiep") or claims.get("HoVaTen") or ""))[:200]
    subject = str(claims["sub"])
    # At most 255 by the standard; a longer one cut off could be two people's.
    if not number or not name or len(subject) > 255 or subject != tidy(subject):
        raise Unproven(_("Nhà cung cấp định danh không cho biết số định danh hoặc tên của bạn."), code="no_number")
    level = _level(claims)
    if level < one.least_level:
        sentence = _("Tài khoản định danh của bạn ở mức %(has)s; cần mức %(needs)s. Hãy nâng mức tại cơ quan công an.")
        raise Unproven(sentence % {"has": level, "needs": one.least_level}, code="level")
    return Known(
        one.issuer,
        subject,
        number,
        name,
        _day(str(claims.get("NgayThangNamSinh") or "")),
        level,
        tidy(str(claims.get("ThuDienTu") or ""))[:254],
        tidy(str(claims.get("SoDienThoai") or ""))[:20],
        *_organisation(claims, numbers[1] if is_person else ""),
    )


def _is_thin(claims: Mapping[str, Any]) -> bool:
    """Whether the token leaves out who this is, or which organisation an organisation's account stands for."""
    if claims.get("MaSoDoanhNghiep"):
        return False
    return not claims.get("SoDinhDanh") or str(claims.get("LoaiTaiKhoan") or PERSON) != PERSON


def _organisation(claims: Mapping[str, Any], number: str) -> tuple[str, str]:
    """Number and name of the organisation that a person represents; both empty where one of them is missing."""
    name = tidy(str(claims.get("TenDoanhNghiep") or ""))[:200]
    return (number, name) if name and ENTERPRISE_NO.fullmatch(number) else ("", "")


def _session(one: Provider, back: str) -> OAuth2Session:
    return OAuth2Session(
        one.client_id,
        one.secret or None,
        scope="openid profile",
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=PATIENCE,
    )


def _described(one: Provider, at: datetime) -> Mapping[str, Any]:
    """What the provider says of itself, as of the last minutes. One that was silent is left alone for a moment."""
    if (since := _silent_since.get(one.issuer)) is not None and abs(at - since) <= SILENT_FOR:
        raise _away(one)
    try:
        return _discovered(one.issuer, int(at.timestamp() // KNOWN_FOR))
    except (RequestException, ValueError, KeyError, TypeError) as error:
        raise _gone(one, error, at) from error


@lru_cache(maxsize=8)
def _discovered(issuer: str, _slot: int) -> Mapping[str, Any]:
    with OAuth2Session(default_timeout=PATIENCE) as session:
        answer = session.get(f"{issuer}/.well-known/openid-configuration", withhold_token=True)
        answer.raise_for_status()
        said: dict[str, Any] = answer.json()
    if str(said["issuer"]).rstrip("/") != issuer:
        raise ValueError("another issuer")
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not is_safe(said[name]):
            raise ValueError(f"{name} is not https")
    if not is_safe(said.get("userinfo_endpoint", issuer)):
        raise ValueError("userinfo_endpoint is not https")
    return said


def _gone(one: Provider, error: Exception, at: datetime) -> ProviderAway:
    """No answer at all costs a worker seconds: for a moment nobody asks again."""
    _log.warning("identity provider: %s", type(error).__name__)
    if isinstance(error, ConnectionError | Timeout):
        _silent_since[one.issuer] = at
    return _away(one)


def _away(one: Provider) -> ProviderAway:
    sentence = _("%(name)s hiện không trả lời. Hãy thử lại sau ít phút, hoặc đăng nhập bằng cách khác.")
    return ProviderAway(sentence % {"name": one.name})


def _proven(one: Provider, question: Question, token: Mapping[str, Any], keys: Any, at: datetime) -> dict[str, Any]:
    """The claims of the ID token: signed by a key of the provider, for us, for this sign-in, not over."""
    read = jwt.decode(
        token["id_token"],
        KeySet.import_key_set(keys),
        registry=JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False),
    )
    claims = CodeIDToken(
        read.claims,
        read.header,
        {
            "iss": {"essential": True, "values": [one.issuer, f"{one.issuer}/"]},
            "aud": {"essential": True, "value": one.client_id},
        },
        {"nonce": question.nonce, "client_id": one.client_id, "access_token": token.get("access_token")},
    )
    claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    return dict(claims)


def _told(session: OAuth2Session, address: str, subject: str) -> dict[str, Any]:
    """What the provider adds about the same person, when asked with the token just given."""
    answer = session.get(address)
    answer.raise_for_status()
    said: dict[str, Any] = answer.json()
    if said["sub"] != subject:
        raise ValueError("another subject")
    return said


def _level(claims: Mapping[str, Any]) -> int:
    """The level of identification, 1 or 2 (a program may name it otherwise: its first digit); 0 where nothing is said."""
    said = next((str(claims[name]) for name in ("loAs", "LoA", "IAL") if claims.get(name)), "")
    digit = re.search(r"\d", said)
    return int(digit.group()) if digit else 0


def _day(text: str) -> date | None:
    for form in DAYS:
        if found := form.fullmatch(text.strip()):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None

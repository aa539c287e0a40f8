"""The only place that leaves the house: one message by SMTP, or by the HTTP gateway of SMS, Zalo or petitions.

A gateway gets `POST` with JSON {to, text, sender}, the province's system what happened to a petition (`forwarding.payload_of`),
and the header Idempotency-Key: the same key twice is one message.
2xx: taken, with an `id`; 409: taken before; 429 and 5xx: later (Retry-After counts); any other answer: refused.
"""

from __future__ import annotations

import json
import os
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from motcua.base.posting import NoAnswer, post
from motcua.notices.kinds import Way
from motcua.notices.models import WaySetting

SECONDS = 10
LONGEST_ANSWER = 64 * 1024
LONGEST_WAIT = 24 * 3600
TAKEN_BEFORE = 409


@dataclass(frozen=True, slots=True)
class Message:
    """What one person gets on one way. `key`: the same for every attempt at the same message."""

    key: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message. Neither taken nor refused: later, at the earliest after `wait_seconds`.

    is_down: the other side did not answer as it should, so the next message would fare no better.
    """

    taken: bool = False
    refused: bool = False
    ref: str = ""
    error: str = ""
    wait_seconds: int = 0
    is_down: bool = False


Send = Callable[[Message], Answer]


@contextmanager
def opened(setting: WaySetting) -> Iterator[Send]:
    """A way ready to send several messages one after the other."""
    if setting.way == Way.EMAIL:
        connection = get_connection(timeout=SECONDS)
        try:
            yield lambda message: by_mail(connection, setting.sender, message)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()
    else:
        yield lambda message: by_gateway(setting, message)


def by_mail(connection: Any, sender: str, message: Message) -> Answer:
    """One e-mail. Its Message-ID is made of the key, so a mail program can tell a second copy; SMTP itself can't."""
    host = settings.DEFAULT_FROM_EMAIL.partition("@")[2] or "localhost"
    mail = EmailMessage(
        message.subject,
        message.body,
        sender or settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": f"<{message.key}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        connection.open()
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()), (450, b""))
        return _said_by_mail(code, words)
    except smtplib.SMTPResponseException as error:
        return _said_by_mail(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        connection.close()
        return Answer(error=_short(type(error).__name__, str(error)), is_down=True)
    except ValueError as error:  # an address or subject that no message can have
        return Answer(refused=True, error=_short("địa chỉ", str(error)))
    return Answer(taken=True)


def _said_by_mail(code: int, words: bytes | str) -> Answer:
    told = words.decode(errors="replace") if isinstance(words, bytes) else words
    return Answer(refused=code >= 500, error=_short(f"SMTP {code}", told))


def by_gateway(setting: WaySetting, message: Message) -> Answer:
    """One message by HTTP. Redirects are not followed, and the answer has `SECONDS` in all."""
    body = message.body
    if setting.way != Way.PAKN:
        body = json.dumps({"to": message.address, "text": message.body, "sender": setting.sender}, ensure_ascii=False)
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.key}
    if token := os.environ.get(f"MOTCUA_{setting.way.upper()}_TOKEN", ""):
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = post(setting.gateway, body.encode(), headers, seconds=SECONDS, longest=LONGEST_ANSWER)
    except NoAnswer as error:
        return Answer(error=_short(error.kind, str(error)), is_down=True)
    return _said(answer.status, answer.retry_after, answer.body)


def _said(status: int, retry_after: str, body: bytes) -> Answer:
    told = body.decode("utf-8", "replace")
    if 200 <= status < 300 or status == TAKEN_BEFORE:
        return Answer(taken=True, ref=_ref(told))
    error = _short(f"HTTP {status}", told)
    if status in {408, 429} or status >= 500:
        return Answer(error=error, wait_seconds=_seconds(retry_after), is_down=True)
    return Answer(refused=True, error=error)


def _ref(told: str) -> str:
    try:
        found = json.loads(told)
    except ValueError:
        return ""
    return str(found.get("id", ""))[:100] if isinstance(found, dict) else ""


def _seconds(retry_after: str) -> int:
    """Seconds to wait, from a number or an HTTP date; nonsense is no wish."""
    text = retry_after.strip()
    if text.isdecimal() and len(text) < 9:
        return min(int(text), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return 0
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0, min(int((until - datetime.now(UTC)).total_seconds()), LONGEST_WAIT))


def _short(what: str, told: str) -> str:
    """An error as the list shows it: one line, and no number or address of a person in it."""
    words = " ".join(told.split())
    words = " ".join("…" if "@" in word or sum(sign.isdigit() for sign in word) > 6 else word for word in words.split())
    return f"{what}: {words}"[:300].rstrip(": ")

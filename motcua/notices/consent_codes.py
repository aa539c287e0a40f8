"""A code to somebody's telephone, now: it rings at any hour, for the person waits for it, and its words are kept nowhere."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.notices.choosing import setting_of
from motcua.notices.gateways import Message, opened
from motcua.notices.kinds import Way
from motcua.notices.telling import mobile

# Without marks, as every message to a telephone is.
CONSENT = (
    "Ma dong y nho nop ho so: {code}, co hieu luc 10 phut. Chi doc ma nay cho nguoi dang giup ban, neu ban dong y."
)


def can_send(at: datetime) -> bool:
    """Whether codes go out at all: the way to telephones is open."""
    return setting_of(Way.SMS, at) is not None


def send_consent_code(phone: str, code: str, *, key: str, at: datetime) -> None:
    """Send the code; key: the same is one message. Raises Refused where it can't have reached the telephone."""
    setting, to = setting_of(Way.SMS, at), mobile(phone)
    if setting is None:
        raise Refused(_("Hiện chưa gửi được tin nhắn: hãy dùng cách đồng ý khác."), code="way_shut")
    if to is None:
        raise Refused(_("Số này không nhận tin nhắn: cần số điện thoại di động."), code="no_mobile")
    with opened(setting) as send:
        answer = send(Message(key, to, "", CONSENT.format(code=code)))
    if not answer.taken:
        raise Refused(
            _("Tin nhắn chưa gửi được: hãy đợi một phút rồi thử lại, hoặc dùng cách đồng ý khác."), code="not_sent"
        )

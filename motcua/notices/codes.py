"""Sending one-time codes: by e-mail or SMS, at once, also in quiet hours, for the person waits before the screen.

Taken before it is sent, so at most once by each worker; what was not taken by the other side is tried again while it lives.
"""

from __future__ import annotations

from datetime import datetime

from motcua.notices.choosing import setting_of
from motcua.notices.gateways import Message, opened
from motcua.notices.kinds import Way
from motcua.notices.models import WaySetting
from motcua.people.code_rows import OneTimeCode
from motcua.people.codes import LIFE, digits_of
from motcua.people.contacts import way_of
from motcua.people.models import PHONE

MINUTES = int(LIFE.total_seconds() // 60)
SUBJECT = {"vi": "Mã xác nhận của bạn", "en": "Your code"}
# Without marks for the telephone: what is longer costs a second message.
BODY = {
    (
        Way.EMAIL,
        "vi",
    ): "Mã của bạn: {code}\n\nMã có hiệu lực trong {minutes} phút, dùng một lần. Không đưa mã này cho bất kỳ ai, "
    "kể cả người tự xưng là cán bộ. Nếu bạn không xin mã, hãy bỏ qua thư này.",
    (
        Way.EMAIL,
        "en",
    ): "Your code: {code}\n\nIt is good once, for {minutes} minutes. Give it to nobody, not even to somebody who "
    "says to be an officer. If you did not ask for it, ignore this mail.",
    (Way.SMS, "vi"): "Ma xac nhan: {code}. Hieu luc {minutes} phut. Khong dua ma nay cho bat ky ai.",
    (Way.SMS, "en"): "Your code: {code}. Good for {minutes} minutes. Give it to nobody.",
}


def send_codes(at: datetime) -> int:
    """Send every code that waits, on the ways that are open; how many went."""
    waiting = list(
        OneTimeCode.objects.filter(sent_at=None, given_by=None, expires_at__gt=at)
        .select_related("account")
        .order_by("id")
    )
    sent = 0
    for way in (Way.EMAIL, Way.SMS):
        mine = [code for code in waiting if way_of(code.address) == way.value]
        if mine and (setting := setting_of(way, at)) is not None:
            sent += _send(setting, mine, at)
    return sent


def _send(setting: WaySetting, waiting: list[OneTimeCode], at: datetime) -> int:
    sent = 0
    with opened(setting) as send:
        for code in waiting:
            if not OneTimeCode.objects.filter(pk=code.pk, sent_at=None).update(sent_at=at):
                continue  # another worker took it
            answer = send(message_of(Way(setting.way), code))
            if answer.taken:
                sent += 1
            elif not answer.refused:
                OneTimeCode.objects.filter(pk=code.pk).update(sent_at=None)
            if answer.is_down:
                break
    return sent


def message_of(way: Way, code: OneTimeCode) -> Message:
    """The words, with the digits."""
    language = code.account.language if code.account.language in SUBJECT else "vi"
    number = PHONE.fullmatch(code.address)
    address = f"84{number[1]}" if number else code.address
    words = BODY[way, language].format(code=digits_of(code), minutes=MINUTES)
    return Message(f"code-{code.pk}", address, SUBJECT[language], words)

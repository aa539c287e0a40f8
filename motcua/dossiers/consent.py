"""Consent by telephone: a code goes to the person's own number, they read it out, and whoever helps them types it.

The code shows that whoever answers that telephone agrees, no more; so the helper still reads everything aloud, and the
dossier says on which number it was. Law: LBVDLCN-2025
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.dossiers.assistance import HELPING_AT, Confirmed
from motcua.dossiers.kinds import ConsentWay
from motcua.dossiers.models import ConsentCode, Draft
from motcua.people.models import PHONE

LASTS = timedelta(minutes=10)
BETWEEN = timedelta(minutes=1)
MOST_TRIES = 5
MOST_A_DAY = 5
SALT = "motcua.dossiers.consent"


def by_code(draft: Draft) -> bool:
    """Whether this draft is written for somebody who agrees by a code."""
    return HELPING_AT in draft.data and draft.data.get("owner", {}).get("help_way") == ConsentWay.CODE


def phone_of(draft: Draft) -> str:
    """The person's number in the national form (0912345678); empty where none that can be is typed."""
    return national(str(draft.data.get("owner", {}).get("owner_phone", "")))


def national(phone: str) -> str:
    """A number in the national form; empty for what is none."""
    found = PHONE.fullmatch("".join(sign for sign in phone if sign.isdigit() or sign == "+"))
    return f"0{found[1]}" if found else ""


def issue(written: Draft, *, at: datetime) -> tuple[ConsentCode, str]:
    """(row, code): a new code of six digits for the person's number; the one before counts no more. Not sent yet.

    At most one a minute and five a day to one number, however many drafts. Raises Invalid without a number, Refused.
    """
    with transaction.atomic():
        draft = _locked(written)
        phone = phone_of(draft)
        if not by_code(draft) or not phone:
            sentence = _("Cần số điện thoại di động của người được giúp để gửi mã.")
            raise Invalid(sentence, fields={"owner_phone": sentence}, code="phone_needed")
        of_phone = ConsentCode.objects.filter(phone_digest=_digest("phone", phone))
        if of_phone.filter(sent_at__gt=at - BETWEEN).exists():
            raise Refused(_("Vừa gửi một mã tới số này: hãy đợi một phút rồi gửi lại."), code="too_soon")
        if of_phone.filter(sent_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
            raise Refused(_("Hôm nay đã gửi đủ số mã tới số này: hãy dùng cách đồng ý khác."), code="too_many")
        code = f"{secrets.randbelow(10**6):06d}"
        row = ConsentCode.objects.create(
            draft=draft,
            phone_digest=_digest("phone", phone),
            code_digest=_digest(f"code {draft.pk} {phone}", code),
            sent_at=at,
        )
    return row, code


def confirm(written: Draft, code: str, *, at: datetime) -> None:
    """The person read this code out. Raises Invalid (`code`) for a wrong one, which counts as a try whatever follows."""
    with transaction.atomic():
        draft = _locked(written)
        row = _latest(draft)
        fault = _fault(row, at)
        if row is not None and not fault:
            said = _digest(f"code {draft.pk} {phone_of(draft)}", "".join(code.split()))
            if constant_time_compare(row.code_digest, said):
                row.confirmed_at = at
            else:
                row.tries += 1
                left = MOST_TRIES - row.tries
                fault = _("Mã không đúng. Còn thử được %(left)s lần.") % {"left": left} if left else _used_up()
            row.save(update_fields=["confirmed_at", "tries"])
    if fault:
        raise Invalid(fault, fields={"code": fault}, code="code_wrong")


def confirmed(draft_id: int | None, phone: str, at: datetime) -> Confirmed | None:
    """What shows that the person at this number agreed to this draft just now; None: nothing does."""
    draft = Draft.objects.filter(pk=draft_id or 0).first()
    row = _latest(draft) if draft is not None and national(phone) == phone_of(draft) else None
    if row is None or row.confirmed_at is None or _is_over(row, at):
        return None
    return Confirmed(row.pk, national(phone), row.sent_at, row.confirmed_at)


def _locked(draft: Draft) -> Draft:
    return Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)


def _latest(draft: Draft) -> ConsentCode | None:
    """The last code of a draft, if it went to the number that the draft has now."""
    row = draft.consent_codes.order_by("-id").first()
    return row if row is not None and row.phone_digest == _digest("phone", phone_of(draft)) else None


def _is_over(row: ConsentCode, at: datetime) -> bool:
    return at >= row.sent_at + LASTS


def _fault(row: ConsentCode | None, at: datetime) -> str:
    if row is None:
        return _("Chưa gửi mã tới số điện thoại này.")
    if _is_over(row, at):
        return _("Mã đã hết hạn: hãy gửi mã mới.")
    return _used_up() if row.tries >= MOST_TRIES else ""


def _used_up() -> str:
    return _("Mã đã sai quá số lần cho phép: hãy gửi mã mới.")


def _digest(what: str, value: str) -> str:
    return salted_hmac(f"{SALT} {what}", value, algorithm="sha256").hexdigest()

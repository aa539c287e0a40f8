"""Asking to have the own name or number corrected, where one may not change it alone. Law: LBVDLCN-2025"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.base.text import tidy
from motcua.people.models import PERSONAL_ID, Account, CorrectionRequest, bare_number
from motcua.people.own_details import not_one_s_own


def ask_correction(
    account: Account, *, full_name: str = "", personal_id: str = "", why: str, at: datetime
) -> CorrectionRequest:
    """Ask for another name or number, with the reason. Raises Invalid, Refused (nothing to ask for, one waits already)."""
    fixed = not_one_s_own(account)
    if not fixed:
        raise Refused(_("Bạn tự sửa được tên và số định danh của mình ở trang Thông tin của tôi."), code="own")
    name, number, reason = tidy(full_name), bare_number(personal_id), tidy(why)
    name = "" if name == account.full_name or "full_name" not in fixed else name
    number = "" if number == account.personal_id or "personal_id" not in fixed else number
    wrong = {}
    if number and not PERSONAL_ID.fullmatch(number):
        wrong["personal_id"] = _("Số định danh có 12 chữ số (CMND cũ 9 chữ số; mã số doanh nghiệp 10 chữ số).")
    if name and (len(name) > 200 or not any(sign.isalpha() for sign in name)):
        wrong["full_name"] = _("Họ và tên cần có chữ.")
    if not name and not number:
        wrong["full_name"] = _("Hãy ghi tên hoặc số đúng, khác với hiện nay.")
    if not 5 <= len(reason) <= 500:
        wrong["why"] = _("Hãy nêu lý do, từ 5 đến 500 ký tự.")
    if wrong:
        raise Invalid(_("Chưa gửi được đề nghị."), fields=wrong)
    try:
        with transaction.atomic():
            return CorrectionRequest.objects.create(
                account=account, full_name=name, personal_id=number, why=reason, asked_at=at
            )
    except IntegrityError:
        raise Refused(_("Bạn đã có một đề nghị đang chờ."), code="waits") from None

"""An officer declares their relatives, and so has no hand in their dossiers. Nothing is struck out: it ends, dated.

What was declared counts at once, and until the end of the day on which it was ended. Law: ND61-2018 5
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.people.models import PERSONAL_ID, Account, Relative, bare_number


def declare(account: Account, *, full_name: str, relation: str, id_no: str, at: datetime) -> Relative:
    """Declare one relative, or the own enterprise of one. Raises Forbidden, Invalid with a sentence per field."""
    if not account.is_officer:
        raise Forbidden(_("Chỉ cán bộ kê khai người thân."))
    name, words, number = tidy(full_name), tidy(relation), bare_number(id_no)
    wrong = {field: _("Cần điền.") for field, text in (("full_name", name), ("relation", words)) if not text}
    for field, text, most in (("full_name", name, 200), ("relation", words, 100)):
        if len(text) > most:
            wrong[field] = _("Không được dài quá %(most)s ký tự.") % {"most": most}
    if not PERSONAL_ID.fullmatch(number):
        wrong["id_no"] = _("Số định danh có 12 chữ số (CMND cũ 9 chữ số; mã số doanh nghiệp 10 chữ số).")
    elif number == account.personal_id:
        wrong["id_no"] = _("Đây là số của chính bạn: hồ sơ của bạn không cần kê khai.")
    if wrong:
        raise Invalid(_("Chưa thể kê khai."), fields=wrong)
    try:
        with transaction.atomic():
            return Relative.objects.create(
                account=account, full_name=name, relation=words, id_no=number, declared_at=at
            )
    except IntegrityError:
        sentence = _("Người này đã được kê khai.")
        raise Invalid(sentence, fields={"id_no": sentence}, code="declared") from None


def end(account: Account, relative_id: int, *, why: str, at: datetime) -> Relative:
    """Say that a declaration of one's own no longer holds. Raises NotThere, Refused where it has ended, Invalid."""
    reason = tidy(why)
    with transaction.atomic():
        relative = own(account, relative_id, lock=True)
        if relative.ended_at is not None:
            raise Refused(_("Kê khai này đã kết thúc."), code="ended")
        if not reason or len(reason) > 300:
            sentence = _("Cần nêu lý do, không quá 300 ký tự.")
            raise Invalid(sentence, fields={"why": sentence}, code="reason_needed")
        relative.ended_at, relative.ended_why = at, reason
        relative.save(update_fields=["ended_at", "ended_why"])
    return relative


def own(account: Account, relative_id: int, *, lock: bool = False) -> Relative:
    """A declaration of this person's; anybody else's does not exist for them. Raises NotThere."""
    rows = Relative.objects.select_for_update() if lock else Relative.objects.all()
    found = rows.filter(pk=relative_id, account=account).first()
    if found is None:
        raise NotThere(_("Không có kê khai này."))
    return found

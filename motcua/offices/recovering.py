"""A code for a new password over the counter: an administrator looks at the person's paper, and it is kept who, which, when.

For whoever lost the telephone or mailbox they log in with, or where no message leaves the house. The administrator never
learns the password. Law: ND61-2018 5
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.text import tidy
from motcua.offices.actors import Actor
from motcua.offices.models import Role
from motcua.people import codes
from motcua.people.code_rows import AccountEvent, Purpose
from motcua.people.models import Account, bare_number, login_of


def give_code(login: str, *, number: str, paper: str, actor: Actor, at: datetime) -> str:
    """The digits to hand over, once; the person sets the password with them within ten minutes.

    number: as on the paper that was shown, which must be the account's. paper: what kind, by whom issued.
    Raises NotThere for who is no administrator; Invalid beside login, number, paper; Forbidden for one's own or a relative's.
    """
    if not actor.offices(Role.ADMINISTRATOR):
        raise NotThere(_("Không có trang này."))
    account = Account.objects.filter(login=login_of(login), is_active=True, is_officer=False).first()
    wrong: dict[str, str] = {}
    if account is None or not account.has_usable_password():
        wrong["login"] = _("Không có tài khoản người dân đăng nhập bằng mật khẩu với thông tin này.")
    elif not account.personal_id or account.personal_id != bare_number(number):
        wrong["number"] = _(
            "Số trên giấy tờ không khớp với số trong tài khoản; tài khoản chưa có số thì không cấp mã được."
        )
    if not 5 <= len(tidy(paper)) <= 200:
        wrong["paper"] = _("Hãy ghi loại giấy tờ đã xem và nơi cấp.")
    if account is None or wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    if account.pk in actor.persons or account.personal_id in actor.kin:
        raise Forbidden(_("Đề nghị của bạn hoặc người thân do người khác giải quyết."), code="own_interest")
    with transaction.atomic():
        code = codes.ask(account, Purpose.PASSWORD, "", at, given_by=actor.account_id)
        AccountEvent.objects.create(
            account=account, what=AccountEvent.What.COUNTER, paper=tidy(paper), by_id=actor.account_id, at=at
        )
    if code is None:
        raise NotThere(_("Không có trang này."))
    return codes.digits_of(code)

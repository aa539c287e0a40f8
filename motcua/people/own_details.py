"""What people may change of their own account, and what they may not."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.people.models import Account


def change_own_details(account: Account, given: Mapping[str, str]) -> None:
    """Keep what somebody says of themselves: full_name, phone, email, personal_id.

    An officer's name is the administrator's. So is the identity number once it is known, because it is what keeps an
    officer away from the own dossier: another one is refused. Raises Invalid. Law: ND61-2018 5
    """
    number = given["personal_id"]
    if account.is_officer and account.personal_id and number != account.personal_id:
        sentence = _("Số định danh của cán bộ do quản trị sửa: số này giữ cho bạn không xử lý hồ sơ của chính mình.")
        raise Invalid(sentence, fields={"personal_id": sentence}, code="officer_number")
    fields = ["phone", "email", "personal_id", *([] if account.is_officer else ["full_name"])]
    for name in fields:
        setattr(account, name, given[name])
    account.save(update_fields=fields)

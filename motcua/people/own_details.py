"""What people may change of their own account, and what they may not."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.people.models import Account


def not_one_s_own(account: Account) -> frozenset[str]:
    """What of full_name and personal_id this person may not change alone.

    An officer's name is the administrator's. So is the identity number once it is known, because it is what keeps an
    officer away from the own dossier. What an identity provider vouches for is the provider's. Law: ND61-2018 5
    """
    is_verified = account.number_verified_at is not None
    name = {"full_name"} if account.is_officer or is_verified else set()
    number = {"personal_id"} if is_verified or (account.is_officer and account.personal_id) else set()
    return frozenset(name | number)


def change_own_details(account: Account, given: Mapping[str, str]) -> None:
    """Keep what somebody says of themselves: full_name, phone, email, personal_id.

    Another number than one that is not their own to change is refused; such a name stays as it is. Raises Invalid.
    """
    with transaction.atomic():
        now = Account.objects.select_for_update().get(pk=account.pk)
        fixed = not_one_s_own(now)
        if "personal_id" in fixed and given["personal_id"] != now.personal_id:
            sentence = _("Số định danh này đã được nhà cung cấp định danh xác minh, bạn không tự sửa được.")
            if now.number_verified_at is None:
                sentence = _(
                    "Số định danh của cán bộ do quản trị sửa: số này giữ cho bạn không xử lý hồ sơ của chính mình."
                )
            code = "verified_number" if now.number_verified_at else "officer_number"
            raise Invalid(sentence, fields={"personal_id": sentence}, code=code)
        fields = ["phone", "email", *({"personal_id", "full_name"} - fixed)]
        for name in fields:
            setattr(account, name, given[name])
        account.save(update_fields=fields)

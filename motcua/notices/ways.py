"""Opening and shutting a way out of the house: dated rows, never changed, each with a reason and who decided."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.notices.kinds import Way
from motcua.notices.models import WaySetting

# The past is not set anew: a command that was typed a moment ago is still now.
PATIENCE = timedelta(minutes=5)


def set_way(
    way: str, *, is_on: bool, gateway: str, sender: str, valid_from: datetime, reason: str, by: str, at: datetime
) -> WaySetting:
    """How a way works from an instant on. Raises Invalid for the past, for a gateway that is no HTTP address, without grounds."""
    wrong = {}
    where = urlsplit(gateway)
    if is_on and way != Way.EMAIL and (where.scheme not in ("http", "https") or not where.hostname):
        wrong["gateway"] = _("Cổng gửi tin phải là một địa chỉ http hoặc https.")
    if valid_from < at - PATIENCE:
        wrong["valid_from"] = _("Không đổi được quá khứ.")
    if len(tidy(reason)) < 5 or len(tidy(by)) < 2:
        wrong["reason"] = _("Hãy ghi lý do và người quyết định.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    return WaySetting.objects.create(
        way=way,
        is_on=is_on,
        gateway=gateway if way != Way.EMAIL else "",
        sender=tidy(sender)[:100],
        valid_from=valid_from,
        reason=tidy(reason)[:300],
        set_by_name=tidy(by)[:200],
        set_at=at,
    )

"""Everything that notices keep of one person, for that person. Law: LBVDLCN-2025"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from motcua.notices.inbox import shown
from motcua.notices.models import Delivery, Notice, WayChoice


def notices_data(account_id: int, at: datetime) -> dict[str, Any]:
    """What they were told, in the reader's words; what went out to which address of theirs; which ways they chose."""
    mine = Notice.objects.of(account_id).order_by("id")
    notices = [
        {"subject": one.subject, "body": one.body, "made_at": one.made_at, "is_read": one.is_read}
        for one in shown(mine, at)
    ]
    mine_or_member = Q(notice__account_id=account_id) | Q(notice__member_id=account_id)
    sent = Delivery.objects.filter(mine_or_member).order_by("id")
    chosen = WayChoice.objects.filter(account_id=account_id).order_by("id")
    return {
        "notices": notices,
        "messages": list(sent.values("way", "address", "state", "sent_at", "said")),
        "ways_chosen": list(chosen.values("way", "is_on", "consent", "chosen_at")),
    }

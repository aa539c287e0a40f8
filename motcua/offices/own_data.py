"""What offices keep of one person, for that person. Law: LBVDLCN-2025"""

from __future__ import annotations

from typing import Any

from motcua.offices.models import Posting


def postings_data(account_id: int) -> list[dict[str, Any]]:
    """Where they work or worked, as what; the oldest first."""
    rows = Posting.objects.filter(account_id=account_id).order_by("id")
    return [dict(row) for row in rows.values("office__name", "role", "valid_from", "valid_to")]

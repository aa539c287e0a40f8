"""What petitions keep of whoever sent them signed in, for that person. Law: LBVDLCN-2025"""

from __future__ import annotations

from typing import Any

from motcua.petitions.models import Petition


def petitions_data(account_id: int) -> list[dict[str, Any]]:
    """What they said, and how it stands; not who deals with it inside the offices."""
    rows = Petition.objects.filter(account_id=account_id).order_by("id")
    fields = (
        "code",
        "received_at",
        "person_name",
        "person_phone",
        "person_email",
        "person_address",
        "content",
        "state",
    )
    return list(rows.values(*fields, "about_office__name", "closed_at"))

"""Everything that this room keeps of one person, for that person. Law: LBVDLCN-2025"""

from __future__ import annotations

from typing import Any

from motcua.people.mandates import held_by
from motcua.people.models import Account

MANDATE = (
    "kind", "may_file", "may_answer", "may_pay", "dossiers", "paper", "paper_on", "valid_from", "valid_to", "named_at",
    "ended_at", "ended_why",
)  # fmt: skip


def account_data(account: Account) -> dict[str, Any]:
    """The account, ways to sign in, declared relatives, what was asked to be corrected; no secret, no key.

    Whom they act or acted for, whom they named, which organisations they asked to register. Eleven statements, whatever
    there is.
    """
    fields = ("login", "full_name", "email", "phone", "personal_id", "number_verified_at", "is_officer", "language")
    return {
        "account": {
            **{name: getattr(account, name) for name in fields},
            "created_at": account.created_at,
            "last_login": account.last_login,
            "has_password": account.has_usable_password(),
        },
        "identities": list(
            account.identities.order_by("id").values(
                "issuer", "subject", "personal_id", "full_name", "born_on", "level", "organisation_number",
                "organisation_name", "linked_at", "last_used_at", "ended_at",
            )
        ),
        "passkeys": list(account.passkeys.order_by("id").values("name", "made_at", "last_used_at", "removed_at")),
        "programs": list(
            account.tokens.order_by("id").values("name", "scopes", "created_at", "expires_at", "revoked_at")
        ),
        "relatives": list(
            account.relatives.order_by("id").values(
                "full_name", "relation", "id_no", "declared_at", "ended_at", "ended_why"
            )
        ),
        "corrections": list(
            account.correction_requests.order_by("id").values(
                "full_name", "personal_id", "why", "asked_at", "former_name", "former_number", "is_granted", "answer",
                "decided_at",
            )
        ),
        "events": list(account.events_told.order_by("id").values("what", "address", "paper", "by__full_name", "at")),
        "memberships": list(held_by(account).order_by("id").values("principal__full_name", *MANDATE)),
        "authorised": list(account.mandates_given.order_by("id").values("agent_name", "agent_number", *MANDATE)),
        "organisations_asked": list(
            account.organisation_requests.order_by("id").values(
                "kind", "number", "name", "position", "paper", "paper_on", "asked_at", "is_granted", "answer",
                "decided_at",
            )
        ),
    }  # fmt: skip

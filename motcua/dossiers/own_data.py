"""Everything that dossiers keep of the person whose account handed them in, for that person. Law: LBVDLCN-2025"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from motcua.dossiers.assistance import HELPING_AT
from motcua.dossiers.models import Dossier, Draft, GivenPaper, Result
from motcua.dossiers.states import WITH_RESULT

OWN = (
    "submission_no", "code", "state", "channel", "owner_name", "owner_id_no", "owner_phone", "owner_email",
    "owner_address", "submitter_role", "submitter_name", "submitter_id_no", "submitter_phone", "content", "answers",
    "return_way", "fee_vnd", "submitted_at", "accepted_at", "due_at", "finished_at", "returned_at",
)  # fmt: skip


def dossiers_data(account_id: int) -> dict[str, Any]:
    """Dossiers with the list of their papers and their result, drafts, and what they handed in for others, of which only
    that it was they is theirs; the oldest first. Five statements.

    A result is among them once it may be collected. What the offices write among themselves about a dossier is not the
    person's; the story of each is on its page.
    """
    mine = Dossier.objects.filter(owner_account_id=account_id)
    papers: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = GivenPaper.objects.filter(dossier__owner_account_id=account_id).order_by("id")
    for row in rows.values(
        "dossier_id", "name", "text", "filled", "given_at", "file__name", "file__size_bytes", "file__sha256"
    ):
        papers[row["dossier_id"]].append({key: value for key, value in row.items() if key != "dossier_id"})
    granted = Result.objects.filter(dossier__owner_account_id=account_id, dossier__state__in=WITH_RESULT)
    results = {
        row["dossier_id"]: {key: value for key, value in row.items() if key != "dossier_id"}
        for row in granted.values("dossier_id", "kind", "number", "file__name", "file__sha256")
    }
    made = []
    fields = (*OWN, "procedure__code", "version__name", "competent_office__name")
    for one, *told in mine.order_by("id").values_list("id", *fields):
        made.append({**dict(zip(fields, told, strict=True)), "papers": papers[one], "result": results.get(one)})
    own = Draft.objects.filter(account_id=account_id).exclude(data__has_key=HELPING_AT).order_by("id")
    drafts = own.values("version__name", "owner_account__full_name", "data", "saved_at")
    helped = Dossier.objects.filter(helper_id=account_id).order_by("id")
    return {
        "dossiers": made,
        "drafts": [dict(row) for row in drafts],
        "helped": list(helped.values("submission_no", "submitted_at", "helper_office__name")),
    }

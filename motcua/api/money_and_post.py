"""What goes out of a dossier's bill and parcels; nothing is asked where it has none."""

from __future__ import annotations

from typing import Any

from motcua.dossiers.models import Dossier
from motcua.fees.ledger import fold
from motcua.post.models import Parcel


def bill(dossier: Dossier) -> dict[str, Any] | None:
    """The bill with its lines and receipts."""
    made = dossier.bill
    if made is None:
        return None
    balance = fold(made.entries.values_list("line_id", "kind", "amount_vnd"))
    receipts = made.receipts.select_related("book", "cancellation").order_by("id")
    return {
        "reference": made.reference,
        "state": made.state,
        "due_when": made.due_when,
        "holds_back": made.holds_back,
        "outstanding_vnd": balance.total.outstanding,
        "lines": [
            {
                "kind": line.kind,
                "name": line.name,
                "charged_vnd": balance.lines[line.pk].charged,
                "let_off_vnd": balance.lines[line.pk].let_off,
                "paid_vnd": balance.lines[line.pk].paid,
                "refunded_vnd": balance.lines[line.pk].refunded,
            }
            for line in made.lines.all()
        ],
        "receipts": [
            {
                "id": receipt.pk,
                "template_no": receipt.book.template_no,
                "serial": receipt.book.serial,
                "number": str(receipt),
                "amount_vnd": receipt.amount_vnd,
                "at": receipt.at,
                "cancelled": hasattr(receipt, "cancellation"),
            }
            for receipt in receipts
        ],
    }


def parcels(dossier: Dossier) -> list[dict[str, Any]]:
    """The parcels, the one that came first, with their custody."""
    ids = [one for one in (dossier.parcel_in_id, dossier.parcel_out_id) if one is not None]
    if not ids:
        return []
    return [
        {
            "direction": parcel.direction,
            "item_no": parcel.item_no,
            "state": parcel.state,
            "handed_at": parcel.handed_at,
            "due_on": parcel.due_on,
            "custody": [
                {name: getattr(link, name) for name in ("step", "from_name", "to_name", "signed_by", "at")}
                for link in parcel.custody.all()
            ],
        }
        for parcel in Parcel.objects.filter(pk__in=ids).order_by("handed_at", "id").prefetch_related("custody")
    ]

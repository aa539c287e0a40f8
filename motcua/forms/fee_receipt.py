"""The receipt for phí and lệ phí on paper. Its number comes from a book of `fees`, not from a register of forms.

Law: ND123-2020 30, 32
"""

from __future__ import annotations

from typing import Any

from django.utils import translation

from motcua.base.numbers import show_count
from motcua.base.times import day_of
from motcua.base.typesetting import typeset
from motcua.fees.kinds import LineKind
from motcua.fees.models import Receipt
from motcua.fees.receipts import facts_of
from motcua.fees.spoken import vnd_in_words
from motcua.forms.catalogue import FEE_RECEIPT
from motcua.forms.words import day_words, moment_words


def fee_receipt_pdf(receipt: Receipt, code: str) -> bytes:
    """The receipt as it was written, A5 across; a cancelled one says so across. code: of its dossier.

    Papers are Vietnamese whoever reads them. The receipt comes with its book's office and its bill's agency.
    """
    with translation.override("vi"):
        return typeset(FEE_RECEIPT, facts_printed(receipt, code), made_at=receipt.at)


def facts_printed(receipt: Receipt, code: str) -> dict[str, Any]:
    """What the receipt says, as text."""
    facts = facts_of(receipt)
    office = receipt.book.office
    return {
        **facts.as_json(),
        "code": code,
        "address": office.address,
        "phone": office.phone,
        "day": _capital(day_words(day_of(receipt.at))),
        "at": moment_words(receipt.at),
        "lines": [
            {"name": name, "kind": str(LineKind(kind).label), "amount": show_count(amount)}
            for kind, name, amount in facts.lines
        ],
        "amount": show_count(facts.amount_vnd),
        "in_words": vnd_in_words(facts.amount_vnd),
        "draft": False,
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

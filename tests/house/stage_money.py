"""Lan's dossier that costs something, at any point of its money's life, and what fills the addresses of payments."""

from __future__ import annotations

from typing import Any

from motcua.dossiers.acts import ending, reception, submission
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.purse import book, paid_procedure, pay, rule
from motcua.fees.models import Entry, ReceiptBook
from motcua.files.store import store
from motcua.payments.confirming import take
from motcua.payments.kinds import Through
from motcua.payments.links import pay_key
from motcua.payments.models import Order, Outcome
from tests.papers import A_PDF
from tests.world import World, moment

MONEY_GOALS = ("unpaid", "unsaid", "paid", "refund_due", "paid_twice", "unreceipted")


def money(world: World, goal: str) -> Dossier:
    """Lan's accepted dossier that costs something: unpaid, unsaid (nobody knows how much), paid, refund_due, paid_twice
    (in cash, and then through a gateway), unreceipted (online, while no book was open; there is one again).
    """
    at = moment("2021-11-01 08:00")
    # Several goals may stand in one world: each has its own procedure and rule, all one book of receipts.
    code = f"9.00001{MONEY_GOALS.index(goal)}"
    rule("after", code, refund_withdrawn=True)
    if not ReceiptBook.objects.exists():
        book(world)
    case = paid_procedure(code, fees_of=(("PHI", None, "theo biểu"),)) if goal == "unsaid" else paid_procedure(code)
    file = store("to-khai.pdf", [A_PDF], at, world.cast.lan.pk)
    intake = world.online(case_id=case.pk, papers=[Paper(None, name="Tờ khai", file_id=file.pk)])
    dossier = submission.submit(intake, actor=world.actor("lan"), at=at)
    reception.accept(dossier.pk, actor=world.actor("minh"), at=moment("2021-11-01 09:00"))
    if goal in ("paid", "refund_due", "paid_twice"):
        pay(world, dossier, at="2021-11-01 09:05")
    if goal == "refund_due":
        ending.withdraw(dossier.pk, reason="Đổi ý", actor=world.actor("minh"), at=moment("2021-11-01 09:30"))
    if goal == "unreceipted":
        ReceiptBook.objects.update(closed_on=at.date())
    if goal in ("paid_twice", "unreceipted"):
        told(dossier)
    if goal == "unreceipted":
        book(world, serial="BB-21T")
    return dossier


def told(dossier: Dossier) -> None:
    """The gateway says that it took the money too."""
    at, ends = moment("2021-11-01 09:04"), moment("2021-11-01 09:19")
    facts: dict[str, Any] = {"dossier": dossier, "bill_id": dossier.bill_id, "amount_vnd": 150_000}
    made = Order.objects.create(number=f"TT-{dossier.pk}", made_at=at, expires_at=ends, **facts)
    words = {
        "MaThamChieu": made.number, "TrangThai": "DA_THANH_TOAN", "MaGiaoDich": f"GD{made.pk}", "SoTien": "150000",
        "LoaiTien": "VND",
    }  # fmt: skip
    take(words, through=Through.NOTICE, at=moment("2021-11-01 09:06"))


def payment_values(dossier: Dossier) -> dict[str, Any]:
    """Parts of addresses that speak of payments."""
    outcome = Outcome.objects.filter(money__order__dossier=dossier).first()
    entry = Entry.objects.filter(bill_id=dossier.bill_id, kind="paid").first() if dossier.bill_id else None
    return {
        "pay_key": pay_key(dossier.submission_no, dossier.secret),
        "outcome_id": outcome.pk if outcome else 0,
        "entry_id": entry.pk if entry else 0,
    }

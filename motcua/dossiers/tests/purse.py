"""Short ways to money in tests: a procedure that costs something, a book of receipts, who takes what."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.calendar.limits import Limit
from motcua.catalogue.models import FeeRow, LimitRow, ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.acts import fees, reception
from motcua.dossiers.models import Dossier
from motcua.fees.books import open_book
from motcua.fees.models import Bill, ReceiptBook
from motcua.fees.rules import set_rule
from motcua.offices.actors import SYSTEM
from tests.world import World, make_procedure, make_process, moment

MORNING = "2021-11-01 08:00"
FEES = (("PHI", 100_000, "Phí thẩm định"), ("LE_PHI", 50_000, "Lệ phí cấp giấy"))


def paid_procedure(code: str = "9.000010", fees_of: Any = FEES) -> ProcedureCase:
    """A procedure of the Department of Justice with a phí of 100.000 and a lệ phí of 50.000 đồng."""
    case = make_procedure(code, "Cấp phép có thu phí", "so-tu-phap", "TINH", None, make_process())
    draft = ProcedureVersion.objects.create(
        procedure_id=case.version.procedure_id,
        number=2,
        name=case.version.name,
        field="Hộ tịch",
        levels=["TINH"],
        digest=bytes(32),
        imported_at=moment("2021-01-04 08:00"),
    )
    made = ProcedureCase.objects.create(version=draft, seq=1)
    row = LimitRow.objects.create(
        version=draft, seq=1, channels=[1, 2, 3], limit=Limit.parse("5wd").to_json(), source_text="5wd", certain=True
    )
    for seq, (kind, amount, note) in enumerate(fees_of, 1):
        FeeRow.objects.create(
            limit_row=row,
            seq=seq,
            kind=kind,
            amount_vnd=amount,
            note=note,
            certain=amount is not None,
            doubt="" if amount is not None else "no_amount",
        )
    ProcedureVersion.objects.filter(pk=case.version_id).update(status="retired")
    ProcedureVersion.objects.filter(pk=draft.pk).update(status="published", published_at=moment("2021-01-04 08:00"))
    forget_offers()
    return made


def book(world: World, serial: str = "AA-21T", last_no: int = 1000) -> ReceiptBook:
    """A book of the centre, in use since the first day of the year."""
    return open_book(
        office_id=world.cast.center.pk,
        template_no="01BLP0-001",
        serial=serial,
        first_no=1,
        last_no=last_no,
        valid_from=date(2021, 1, 1),
        actor=SYSTEM,
    )


def rule(due_when: str, code: str = "", **kwargs: Any) -> None:
    """A rule of the province that holds unpaid dossiers back."""
    words = {"basis": "Quyết định 1/QĐ-UBND", "set_by": "Quang", "at": moment("2021-01-01 08:00")}
    set_rule(code, due_when=due_when, valid_from=date(2021, 1, 1), **{"holds_back": True, **words, **kwargs})


def taken_in(world: World, case: ProcedureCase, at: str = MORNING, **kwargs: Any) -> Dossier:
    """Minh takes it in over the counter."""
    return reception.take_in(world.intake(case), actor=world.actor("minh"), at=moment(at), **kwargs)


def pay(world: World, dossier: Dossier, at: str = "2021-11-01 08:05", who: str = "minh", **kwargs: Any) -> Dossier:
    """Minh takes the money in cash."""
    words = {"way": "cash", "reference": f"R-{dossier.pk}", **kwargs}
    return fees.take_fee(dossier.pk, actor=world.actor(who), at=moment(at), **words)


def bill_of(dossier: Dossier) -> Bill:
    """The dossier's bill as the database has it now."""
    return Bill.objects.get(dossiers=dossier.pk)

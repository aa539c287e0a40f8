"""What persons of the province decide before a rehearsal: rules and a limit for single procedures, a broken system."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from motcua.base.times import at_time
from motcua.calendar.limits import Limit
from motcua.catalogue.models import LimitConfirmation, LimitRow, ProcedureCase
from motcua.catalogue.offers import forget_offers
from motcua.catalogue.pending import confirm_limit
from motcua.dossiers import outages
from motcua.dossiers.models import Outage
from motcua.law.checking import Sessions
from motcua.law.models import RegimeParameter, Scope
from motcua.law.proposals import Change, Person, approve, propose
from motcua.people.models import Account

REGIME = "r1_2018"
FIRST = date(2021, 11, 1)
RULES: dict[str, Any] = {"supplement_wait_days": 10, "supplement_override": "leader"}
OUTAGE_ON = date(2021, 11, 4)
DOCUMENT = "Tập dượt, không có thật"
PROPOSER = Person(0, "Người đề nghị (tập dượt)", frozenset({"administrator"}))
DECIDER = Person(-1, "Người phê duyệt (tập dượt)", frozenset({"procedure_control"}))


def set_rules(procedure_code: str, sessions: Sessions) -> None:
    """The rules for this procedure alone, where they are not set yet. sessions: the office hours."""
    before = at_time(FIRST - timedelta(days=30), time(9, 0))
    for key, value in RULES.items():
        if RegimeParameter.objects.filter(key=key, scope=Scope.PROCEDURE, target=procedure_code).exists():
            continue
        change = Change(REGIME, key, FIRST, value, scope=Scope.PROCEDURE, target=procedure_code)
        wish = propose(change, reason=DOCUMENT, document=DOCUMENT, by=PROPOSER, at=before, sessions=sessions)
        approve(wish.pk, by=DECIDER, at=before, sessions=sessions)


def say_immediate(case_id: int, by: int) -> None:
    """An officer's word that the result of this case is given at once, where the catalogue leaves its limit open."""
    case, officer = ProcedureCase.objects.get(pk=case_id), Account.objects.get(pk=by)
    at = at_time(FIRST - timedelta(days=30), time(9, 0))
    for row in LimitRow.objects.filter(version_id=case.version_id, certain=False):
        if not LimitConfirmation.objects.filter(limit_row=row).exists():
            confirm_limit(row, Limit.parse("immediate"), officer, at, DOCUMENT, case)
    forget_offers()


def outage() -> Outage:
    """Two working days on which the system was out of order, entered by one and approved by the other."""
    known = Outage.objects.filter(document=DOCUMENT, approved=True).first()
    if known is not None:
        return known
    began, ended = at_time(OUTAGE_ON, time(7)), at_time(OUTAGE_ON + timedelta(days=1), time(17))
    entered = ended + timedelta(hours=1)
    made = outages.record(began_at=began, ended_at=ended, what="Tập dượt", document=DOCUMENT, by=PROPOSER, at=entered)
    return outages.decide(made.pk, approved=True, by=DECIDER, at=entered)

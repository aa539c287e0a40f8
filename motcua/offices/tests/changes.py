"""People and plans for tests of changed offices, in the demo province."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.law.proposals import Person
from motcua.offices.changing import Plan, Successor, propose_change
from motcua.offices.models import OfficeChange
from motcua.people.models import Account
from tests.cast import office
from tests.world import moment

DAY = date(2022, 1, 1)
PROPOSED = "2021-11-02 09:00"


def person(login: str = "yen", *roles: str) -> Person:
    """Somebody at the province's committee, an administrator unless said otherwise."""
    account = Account.objects.get(login=login)
    return Person(account.pk, account.full_name, frozenset(roles or ("administrator",)))


def controller() -> Person:
    """Who decides."""
    return person("quang", "procedure_control")


def merging(**changes: Any) -> Plan:
    """Two communes become one."""
    one, other = office("xa-dong-cac-12757"), office("xa-dong-hop-12751")
    new = Successor("000.98.34.H54", "Ủy ban nhân dân xã Đông Các Hợp, huyện Đông Hưng", "Xã Đông Các Hợp")
    kept = {"kind": "merge", "on": DAY, "sources": (one.code, other.code), "successors": (new,), "heir": new.code}
    return Plan(**{**kept, **changes})


def dividing(**changes: Any) -> Plan:
    """One commune becomes two; Hạnh goes to the second."""
    new = [
        Successor(f"000.9{n}.34.H54", f"Ủy ban nhân dân xã Đông Các {n}, huyện Đông Hưng", f"Xã Đông Các {n}")
        for n in (6, 7)
    ]
    kept = {
        "kind": "split", "on": DAY, "sources": (office("xa-dong-cac-12757").code,), "successors": tuple(new),
        "heir": new[0].code, "people": {"hanh": new[1].code},
    }  # fmt: skip
    return Plan(**{**kept, **changes})


def proposed(plan: Plan, at: str = PROPOSED) -> OfficeChange:
    """The plan as Yến proposes it."""
    return propose_change(plan, document="NQ 12/NQ-HĐND", reason="Sắp xếp xã", by=person(), at=moment(at))


def office_change() -> OfficeChange:
    """One that waits, made once."""
    return OfficeChange.objects.first() or proposed(merging())

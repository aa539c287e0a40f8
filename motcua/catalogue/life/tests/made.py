"""Procedures, documents and a person for the tests of a catalogue's life."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from motcua.base.text import fold
from motcua.calendar.limits import Limit
from motcua.catalogue.life import onsite_processes
from motcua.catalogue.life.legal_acts import Document, legal_act
from motcua.catalogue.life.onsite import approve_list
from motcua.catalogue.life.rows import LegalAct, OnsiteProcess
from motcua.catalogue.models import LimitRow, Procedure, ProcedureCase, ProcedureVersion, Process
from motcua.catalogue.offers import forget_offers
from motcua.law.proposals import Person
from motcua.offices.models import Office, Posting
from motcua.people.models import Account

AT = datetime(2021, 11, 1, 2, 0, tzinfo=UTC)
CHAIRMAN = "Chủ tịch UBND tỉnh"


@pytest.fixture
def officer() -> Account:
    return Account.objects.create_account("kiem.soat", None, "Lê Thị Kiểm")


@pytest.fixture
def calendar(empty: None) -> None:
    call_command("load_calendar", verbosity=0)


def act(officer: Account, number: str = "2022/QĐ-UBND", signed_on: date = date(2021, 11, 1), **more: Any) -> LegalAct:
    facts: dict[str, Any] = {"issuer": "chairman", "issued_by": CHAIRMAN} | more
    return legal_act(Document(number, signed_on, **facts), by=officer, at=AT)


def procedures(count: int, limits: str = "10wd", start: int = 0, levels: str = "TINH") -> list[str]:
    """So many published procedures with one case and one limit; their codes. limits: of their rows, by comma."""
    codes = [f"1.{number:06}" for number in range(start + 1, start + count + 1)]
    made = Procedure.objects.bulk_create(
        Procedure(code=code, name=f"Thủ tục {code}", search_text=fold(code)) for code in codes
    )
    versions = ProcedureVersion.objects.bulk_create(
        ProcedureVersion(
            procedure=one, number=1, name=one.name, field="Hộ tịch", levels=[levels], digest=bytes(32), imported_at=AT
        )
        for one in made
    )
    ProcedureCase.objects.bulk_create(ProcedureCase(version=version, seq=1) for version in versions)
    LimitRow.objects.bulk_create(
        LimitRow(version=version, seq=seq, channels=[seq], limit=Limit.parse(limit).to_json(), certain=True)
        for version in versions
        for seq, limit in enumerate(limits.split(","), 1)
    )
    ProcedureVersion.objects.filter(pk__in=[one.pk for one in versions]).update(status="published", published_at=AT)
    for one, version in zip(made, versions, strict=True):
        one.current = version
    Procedure.objects.bulk_update(made, ["current"], batch_size=500)
    return codes


def person(account: Account, *roles: str) -> Person:
    """Who speaks for the province, with these roles."""
    return Person(account.pk, account.full_name, frozenset(roles))


def onsite(
    cast: Any,
    mode: str,
    places: tuple[str, ...],
    code: str = "9.000001",
    since: date = date(2021, 11, 1),
    *,
    approved: bool = True,
) -> OnsiteProcess:
    """A list with one procedure, and its process at the centre: proposed by Yến, approved by Quang."""
    at = AT - timedelta(days=20)
    approve_list([(code, mode)], act=act(cast.quang), valid_from=since, by=cast.quang, at=at)
    proposal = onsite_processes.propose(
        [code],
        base_id=Process.objects.get(is_default=True).pk,
        mode=mode,
        places=places,
        valid_from=since,
        document="5/QĐ-UBND",
        reason="Đưa về Trung tâm",
        by=person(cast.yen, "administrator"),
        at=at,
    )
    if approved:
        onsite_processes.approve(proposal.pk, by=person(cast.quang, "procedure_control"), at=at)
        forget_offers()
    return proposal


def post_at(office: Office, *postings: tuple[Account, str]) -> None:
    """Post people at an office for good."""
    for account, role in postings:
        Posting.objects.create(account=account, office=office, role=role, valid_from=date(2021, 1, 1))

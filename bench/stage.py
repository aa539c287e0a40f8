"""A scratch database made from nothing, with the demo province and its real catalogue, and who acts in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from motcua.catalogue.offers import Offer
    from motcua.offices.models import Office
    from motcua.people.models import Account

FORWARDS = 3


@dataclass(frozen=True)
class Stage:
    """What the load needs: one real case, its papers, its offices, and tokens of the people on its way."""

    procedure: str
    case_id: int
    components: tuple[int, ...]
    receiving_office: str
    applicant: str
    receiver: str
    forwarders: tuple[str, ...]
    approver: str
    clerk: str
    session: str


@contextmanager
def scratch_database(url: str, *, keep: bool, suffix: str = "bench") -> Iterator[tuple[str, bool]]:
    """A fresh database `…_bench` beside the given one, dropped at the end unless kept; its URL, and whether it is new."""
    name = f"{urlsplit(url).path.lstrip('/')}_{suffix}"
    quoted = sql.Identifier(name)
    with psycopg.connect(url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        is_new = not (keep and known)
        if is_new:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(quoted))
    scratch = os.environ["DATABASE_URL"] = url.replace(urlsplit(url).path, f"/{name}", 1)
    try:
        yield scratch, is_new
    finally:
        if not keep:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))


def fill(is_new: bool) -> None:
    """Schema and demo province, as a first start makes them."""
    import django
    from django.core.management import call_command

    django.setup()
    if not is_new:
        return
    from django.conf import settings

    # Read when the launcher was imported, so before the bench had its own place: the demo's accounts stay as they are.
    settings.STATE_DIR = Path(os.environ["MOTCUA_STATE_DIR"])
    call_command("migrate", verbosity=0, interactive=False)
    with open(os.devnull, "w") as quiet:
        call_command("load_demo", stdout=quiet, stderr=quiet)


def set_stage() -> Stage:
    """Choose the case and give the people tokens."""
    from motcua.base.times import day_of, now
    from motcua.offices.models import Office
    from motcua.people.models import Account

    at = now()
    center = Office.objects.on(day_of(at)).filter(kind="center_province").first()
    if center is None:
        raise SystemExit("the demo province has no centre")
    terms, office = _case(center)
    receiver = _posted(center, "receiver")
    return Stage(
        procedure=f"{terms.procedure_code} {terms.procedure_name}",
        case_id=terms.case_id,
        components=tuple(component.id for component in terms.components),
        receiving_office=center.code,
        applicant=_token(Account.objects.filter(is_officer=False, is_active=True)[0]),
        receiver=_token(receiver),
        forwarders=tuple(
            _token(_posted(center if step.place == "receiving" else office, step.role))
            for step in terms.steps[:FORWARDS]
        ),
        approver=_token(_posted(office, "approver")),
        clerk=_token(_posted(office, "clerk")),
        session=session_of(receiver),
    )


def _case(center: Office) -> tuple[Offer, Office]:
    """The first settled case whose way to the approver has three forwards, and the office that decides it."""
    from motcua.base.times import day_of, now
    from motcua.catalogue.models import ProcedureCase
    from motcua.catalogue.offers import offer
    from motcua.dossiers.routing import competent_office

    today = day_of(now())
    cases = ProcedureCase.objects.filter(
        version__status="published", version__levels__contains=["TINH"], version__procedure__competent_key__isnull=False
    ).select_related("version__procedure")
    for case in cases.order_by("version__procedure__code", "seq"):
        both = [offer(case.pk, channel) for channel in (1, 2)]
        approvals = [index for index, step in enumerate(both[0].steps) if step.role == "approver"]
        fits = approvals and approvals[-1] == FORWARDS and 2 <= len(both[0].components) <= 6
        if fits and all(terms.is_settled and terms.accepts_channel for terms in both):
            office = competent_office(both[0].competent_key, both[0].field, center, today)
            if office.postings.filter(role="approver").exists():
                return both[0], office
    raise SystemExit("no procedure of the catalogue fits")


def _posted(office: Office, role: str) -> Account:
    from motcua.offices.models import Posting

    return Posting.objects.filter(office=office, role=role, valid_to=None).select_related("account")[0].account


def _token(account: Account) -> str:
    from motcua.base.times import now
    from motcua.people.tokens import SCOPES, issue

    return issue(account, "bench", SCOPES, now())


def session_of(account: Account) -> str:
    """The cookie of somebody who is logged in on the pages."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)

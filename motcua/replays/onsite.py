"""What a replay needs for dossiers that are done wholly at the centre: a list, its processes, and people there.

The list is synthetic and says so. It is approved, its processes proposed and approved, and power delegated through the
same functions as on pages, by made-up people who have the rights for it; after the period the list before it holds again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction

from motcua.base.times import at_time
from motcua.catalogue.life import onsite_processes
from motcua.catalogue.life.legal_acts import Document, legal_act
from motcua.catalogue.life.onsite import approve_list, list_on
from motcua.catalogue.life.rows import OnsiteList
from motcua.catalogue.models import Procedure, Process, ProcessStep
from motcua.catalogue.offers import forget_offers
from motcua.catalogue.processes import processes_for
from motcua.law.proposals import Person
from motcua.offices import granting
from motcua.offices.actors import Actor, actor_of
from motcua.offices.models import Office, Posting
from motcua.offices.standing import roles_at_province
from motcua.people.models import Account
from motcua.replays.plans import Plan
from motcua.replays.scripts import Ware
from motcua.replays.stage import Stage, StageNotSet

WORD = "diễn lại, không có thật"
DAYS_BEFORE = 20
ROLES = {"four": ("handler", "approver"), "five": ("handler", "approver", "clerk")}
TITLES = {"handler": "Cán bộ thẩm định", "approver": "Người phê duyệt", "clerk": "Văn thư"}


def is_set_up(plan: Plan) -> bool:
    """Whether the list of this replay is there."""
    return OnsiteList.objects.filter(act__number=_number(plan, "")).exists()


@transaction.atomic
def set_up(plan: Plan, listed: Iterable[Ware], ordinary: Iterable[Ware]) -> None:
    """List, processes and people of a plan, once. listed: what is played at the centre; ordinary: what is not."""
    if plan.onsite is None or is_set_up(plan):
        return
    at = at_time(plan.first - timedelta(days=DAYS_BEFORE), time(8, 0))
    stage = Stage(plan)
    yes, no = ({ware.code for ware in wares} for wares in (listed, ordinary))
    codes = list_codes(plan, yes, no)
    proposer, approver = (_of_control(plan, stage.unit, name) for name in ("de-nghi", "phe-duyet"))
    _approve_lists(plan, codes, approver, at)
    for base, named in _by_process(codes).items():
        proposal = onsite_processes.propose(
            named,
            base_id=base.pk,
            mode=plan.onsite.mode,
            places=places_of(base, plan.onsite.mode),
            valid_from=plan.first,
            document=_number(plan, ""),
            reason=f"Bản {WORD}",
            by=_person(proposer, plan.first),
            at=at,
        )
        onsite_processes.approve(proposal.pk, by=_person(approver, plan.first), at=at)
    departments = Office.objects.on(plan.first).filter(kind=Office.Kind.DEPARTMENT, province=plan.province)
    for office in {*stage.offices.values(), *departments}:
        _post_people(plan, stage.unit, office, at)
    forget_offers()


def list_codes(plan: Plan, listed: Collection[str], ordinary: Collection[str]) -> list[str]:
    """The procedures of the list: what is played, filled up to the published number with others of the province."""
    assert plan.onsite is not None
    rows = Procedure.objects.filter(current__isnull=False, current__levels__contains=["TINH"]).order_by("code")
    if plan.onsite.procedures is None:
        rows = rows.filter(competent_key__in=department_keys())
    others = [code for code in rows.values_list("code", flat=True) if code not in listed and code not in ordinary]
    fit = {code for base, codes in _by_process(others).items() if _can(base, plan.onsite.mode) for code in codes}
    codes = [*sorted(listed), *(code for code in others if code in fit)]
    return codes[: plan.onsite.procedures]


def department_keys() -> set[str]:
    """Keys of the catalogue that mean a department of the province's committee."""
    known = set(Procedure.objects.exclude(competent_key=None).values_list("competent_key", flat=True).distinct())
    return {str(key) for key in known if str(key).startswith("so-")}


def places_of(base: Process, mode: str) -> list[str]:
    """Four or five steps: received, appraised, approved (sealed) and returned; other steps are left out."""
    kept = {ProcessStep.Role.RECEIVER: ProcessStep.Place.RECEIVING}
    kept |= {ProcessStep.Role(role): ProcessStep.Place.ONSITE for role in ROLES[mode]}
    return [str(kept.get(ProcessStep.Role(role), "")) for role in _roles(base)]


def _can(base: Process, mode: str) -> bool:
    return set(ROLES[mode]) <= set(_roles(base))


def _roles(base: Process) -> list[str]:
    return list(base.steps.order_by("seq").values_list("role", flat=True))


def _by_process(codes: Iterable[str]) -> dict[Process, list[str]]:
    found: dict[Process, list[str]] = defaultdict(list)
    for code, process in sorted(processes_for(codes).items()):
        found[process].append(code)
    return found


def _approve_lists(plan: Plan, codes: list[str], by: Account, at: datetime) -> None:
    """The list of the period, and after it again the one that held before."""
    assert plan.onsite is not None
    before = list_on(plan.first - timedelta(days=1))
    again = list(before.entries.values_list("procedure__code", "mode")) if before else []
    lists = (
        ("", plan.first, [(code, plan.onsite.mode) for code in codes]),
        ("/HET", plan.last + timedelta(days=1), again),
    )
    for suffix, day, lines in lists:
        document = Document(_number(plan, suffix), plan.first - timedelta(days=DAYS_BEFORE), "other", f"Bản {WORD}")
        approve_list(lines, act=legal_act(document, by=by, at=at), valid_from=day, by=by, at=at)


def _number(plan: Plan, suffix: str) -> str:
    return f"DIEN-LAI {plan.name}{suffix}"


def _of_control(plan: Plan, unit: Office, name: str) -> Account:
    """A made-up person of procedure control at the province's committee."""
    committee = Office.objects.on(plan.first).filter(kind=Office.Kind.PROVINCE, province=unit.province).first()
    if committee is None:
        raise StageNotSet("Không có Ủy ban nhân dân tỉnh trong dữ liệu cơ quan.")
    account = _account(f"{plan.name}.{name}", f"Kiểm soát thủ tục ({WORD})", plan.first)
    _post(account, committee, "procedure_control", plan.first)
    return account


def _person(account: Account, on: date) -> Person:
    return Person(account.pk, account.full_name, roles_at_province(actor_of(account, on)))


def _post_people(plan: Plan, unit: Office, office: Office, at: datetime) -> None:
    """People of an authority at the centre; who approves does it by a delegation of its leader."""
    assert plan.onsite is not None
    for role in ROLES[plan.onsite.mode]:
        login = f"{plan.name}.{role}.{office.code}".lower()
        account = _account(login, f"{TITLES[role]} tại Trung tâm ({WORD}) – {office.short_name}", plan.first)
        _post(account, unit, role, plan.first, sent_by=office)
        if role != "approver":
            _post(account, office, role, plan.first)
            continue
        leader = _leader(office, plan.first)
        granting.delegate(
            from_account_id=leader.account_id or 0,
            to_account_id=account.pk,
            office_id=office.pk,
            valid_from=plan.first,
            valid_to=plan.first + timedelta(days=365),
            document=f"{_number(plan, '')}/UQ",
            actor=leader,
            at=at,
        )


def _leader(office: Office, on: date) -> Actor:
    postings = Posting.objects.on(on).filter(office=office, role="approver", reserve_for=None).order_by("id")
    posting = postings.select_related("account").first()
    if posting is None:
        raise StageNotSet(f"{office.name}: không có ai phê duyệt vào ngày {on:%d/%m/%Y}.")
    return actor_of(posting.account, on)


def _account(login: str, name: str, on: date) -> Account:
    created = at_time(on - timedelta(days=DAYS_BEFORE), time(7, 0))
    facts = {"full_name": name[:200], "password": "!", "is_officer": True, "is_demo": True, "created_at": created}
    return Account.objects.get_or_create(login=f"dl.{login}"[:100], defaults=facts)[0]


def _post(account: Account, office: Office, role: str, on: date, sent_by: Office | None = None) -> None:
    first = on - timedelta(days=DAYS_BEFORE)
    until = first + timedelta(days=400) if sent_by else None
    if sent_by == office:
        sent_by = until = None
    Posting.objects.get_or_create(
        account=account,
        office=office,
        role=role,
        valid_from=first,
        defaults={"sent_by": sent_by, "sent_until": until, "valid_to": until, "basis": f"Bản {WORD}"},
    )

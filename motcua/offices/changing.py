"""Offices merged, divided or renamed from a day on: one person proposes under a document, another decides.

What is open at an office that ends stays where it is and is finished by its heir, whose officers answer for it (see
`actors`); officers serve on at the heir, but for those who are named to another successor. Nothing is moved silently,
and never backwards: the day must still be to come, also when it is approved. Law: ND118-2025
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.text import fold, tidy
from motcua.base.times import day_of
from motcua.law.four_eyes import Person, check_second, check_still_to_come, grounds, reason_for_no
from motcua.offices.models import Office, OfficeChange, Posting, Succession
from motcua.offices.province import code_qd20, one_at_a_time
from motcua.offices.reorganise import CLOSE_OFFICES, DROP_POSTINGS, END_POSTINGS, POST_ON

Kind = Succession.Kind
KINDS = (Kind.MERGE, Kind.SPLIT, Kind.RENAME)
CODE = re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}")
# An officer of an office that ends who is named to another successor than the heir.
_MOVE = """
WITH moved AS (
    UPDATE offices_posting p SET valid_to = %(day)s FROM people_account a
    WHERE a.id = p.account_id AND a.login = %(login)s AND p.office_id = ANY(%(from)s)
        AND p.valid_from < %(day)s AND (p.valid_to IS NULL OR p.valid_to > %(day)s)
    RETURNING p.account_id, p.role, p.reserve_for_id, p.procedures, p.fields, (
        SELECT q.valid_to FROM offices_posting q WHERE q.id = p.id) AS until
)
INSERT INTO offices_posting (account_id, office_id, role, valid_from, valid_to, reserve_for_id, basis, procedures, fields)
SELECT account_id, %(to)s, role, %(day)s, until, reserve_for_id, %(basis)s, procedures, fields FROM moved
"""


@dataclass(frozen=True, slots=True)
class Successor:
    """An office to be opened; one that is there already is named by its code alone."""

    code: str
    name: str = ""
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What shall be: these offices end on `on`, those follow; `heir` (a code) takes over what is open and who serves.

    people: {login: code of a successor} for officers who go elsewhere than to the heir.
    """

    kind: str
    on: date
    sources: tuple[str, ...]
    successors: tuple[Successor, ...]
    heir: str
    people: dict[str, str] = field(default_factory=dict)


def propose_change(plan: Plan, *, document: str, reason: str, by: Person, at: datetime) -> OfficeChange:
    """Propose. Raises Forbidden, Invalid with the sentence beside its field."""
    if not by.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sắp xếp cơ quan."))
    reason, document = grounds(reason, document)
    _check(plan, at)
    return OfficeChange.objects.create(
        kind=plan.kind,
        on=plan.on,
        content={
            "from": list(plan.sources),
            "to": [{"code": one.code, "name": one.name, "short_name": one.short_name} for one in plan.successors],
            "heir": plan.heir,
            "people": plan.people,
        },
        document=document,
        reason=reason,
        proposed_by=by.account_id,
        proposer_name=by.name,
        proposed_at=at,
    )


@transaction.atomic
def decide_change(change_id: int, *, approved: bool, by: Person, at: datetime, note: str = "") -> OfficeChange:
    """Say yes or no, as a second person. A yes opens and closes the offices as of the day, whole or not at all.

    Raises NotThere, Forbidden (also for the proposer's own), Refused when it is decided or the day has come, Invalid
    when it contradicts what was changed meanwhile.
    """
    note = reason_for_no(note, approved=approved)
    change = OfficeChange.objects.select_for_update().filter(pk=change_id).first()
    if change is None:
        raise NotThere(_("Không có đề nghị này."))
    check_second(by, change.proposed_by, is_decided=change.approved is not None)
    if approved:
        one_at_a_time()
        check_still_to_come(change.on, at)
        plan = plan_of(change)
        _check(plan, at)
        _perform(plan, change.document)
    change.approved, change.note = approved, note
    change.decided_by, change.decider_name, change.decided_at = by.account_id, by.name, at
    change.save()
    return change


def plan_of(change: OfficeChange) -> Plan:
    """The plan that a row keeps."""
    kept: dict[str, Any] = change.content
    return Plan(
        change.kind,
        change.on,
        tuple(kept["from"]),
        tuple(Successor(**one) for one in kept["to"]),
        kept["heir"],
        dict(kept["people"]),
    )


def _check(plan: Plan, at: datetime) -> None:
    if plan.kind not in KINDS:
        raise _wrong("kind", _("Chỉ có sáp nhập, chia tách hoặc đổi tên."))
    if plan.on <= day_of(at):
        raise _wrong("on", _("Ngày áp dụng phải sau hôm nay."))
    sources = _sources(plan)
    _check_numbers(plan)
    _check_successors(plan, sources)
    if plan.kind == Kind.SPLIT and (part := Office.objects.on(plan.on).filter(parent=sources[0]).first()):
        raise _wrong("sources", _("Hãy sắp xếp các đơn vị trực thuộc trước: %(office)s.") % {"office": part.name})
    codes = {one.code for one in plan.successors}
    posted = Posting.objects.filter(Q(valid_to=None) | Q(valid_to__gt=plan.on), office__in=sources)
    logins = set(posted.values_list("account__login", flat=True))
    for login, code in plan.people.items():
        if login not in logins:
            raise _wrong("people", _("“%(login)s” không được phân công tại cơ quan này.") % {"login": login})
        if code not in codes:
            raise _wrong("people", _("“%(code)s” không phải đơn vị tiếp nối.") % {"code": code})


def _sources(plan: Plan) -> list[Office]:
    """The offices that end, in the order given; all of them there on the day, of one province and level."""
    found = {one.code: one for one in Office.objects.on(plan.on).filter(code__in=plan.sources)}
    for code in plan.sources:
        if code not in found:
            raise _wrong("sources", _("Không có cơ quan mang mã “%(code)s” vào ngày đó.") % {"code": code})
        if found[code].valid_to is not None:
            sentence = _("%(office)s đã được quyết định kết thúc ngày %(day)s.")
            raise _wrong("sources", sentence % {"office": found[code].name, "day": f"{found[code].valid_to:%d/%m/%Y}"})
        if found[code].valid_from >= plan.on:
            raise _wrong("sources", _("Ngày áp dụng phải sau ngày lập cơ quan."))
    if len({(one.province, one.level) for one in found.values()}) > 1:
        raise _wrong("sources", _("Chỉ sắp xếp các cơ quan cùng tỉnh, cùng cấp trong một lần."))
    return [found[code] for code in dict.fromkeys(plan.sources)]


def _check_numbers(plan: Plan) -> None:
    many_in, many_out = len(set(plan.sources)), len({one.code for one in plan.successors})
    if many_out != len(plan.successors):
        raise _wrong("successors", _("Mỗi đơn vị tiếp nối chỉ ghi một lần."))
    if plan.kind == Kind.SPLIT and (many_in != 1 or many_out < 2):
        raise _wrong("successors", _("Chia tách: một cơ quan thành ít nhất hai."))
    if plan.kind == Kind.RENAME and (many_in != 1 or many_out != 1):
        raise _wrong("successors", _("Đổi tên: một cơ quan thành một."))
    if plan.kind == Kind.MERGE and (many_in < 1 or many_out != 1):
        raise _wrong("successors", _("Sáp nhập: các cơ quan thành một."))
    if plan.heir not in {one.code for one in plan.successors}:
        raise _wrong("heir", _("Cần một đơn vị nhận bàn giao hồ sơ đang mở và cán bộ."))


def _check_successors(plan: Plan, sources: list[Office]) -> None:
    known = Office.objects.in_bulk([one.code for one in plan.successors], field_name="code")
    is_joining = False
    for one in plan.successors:
        there = known.get(one.code)
        if there is not None:
            if there in sources or plan.kind == Kind.RENAME or there.valid_from > plan.on or there.valid_to is not None:
                raise _wrong(
                    "successors", _("Mã %(code)s đã dùng cho %(office)s.") % {"code": one.code, "office": there}
                )
            is_joining = True
        elif not CODE.fullmatch(one.code):
            raise _wrong("successors", _("Mã “%(code)s” phải có dạng 000.05.31.H54.") % {"code": one.code})
        elif not tidy(one.name):
            raise _wrong("successors", _("Đơn vị mới %(code)s cần có tên.") % {"code": one.code})
    if plan.kind == Kind.MERGE and len(sources) < 2 and not is_joining:
        raise _wrong("sources", _("Sáp nhập: ít nhất hai cơ quan, hoặc một cơ quan vào một cơ quan đang có."))


def _perform(plan: Plan, document: str) -> None:
    sources = _sources(plan)
    opened = {one.code: _open(one, plan, sources[0]) for one in plan.successors}
    Succession.objects.bulk_create(
        Succession(
            from_office=source,
            to_office=opened[one.code],
            kind=plan.kind,
            on=plan.on,
            basis=document,
            is_default=one.code == plan.heir,
        )
        for source in sources
        for one in plan.successors
    )
    ids = [one.pk for one in sources]
    with connection.cursor() as cursor:
        for login, code in plan.people.items():
            values: dict[str, Any] = {
                "login": login,
                "to": opened[code].pk,
                "basis": document,
                "day": plan.on,
                "from": ids,
            }
            cursor.execute(_MOVE, values)
        for statement in (CLOSE_OFFICES, POST_ON, END_POSTINGS, DROP_POSTINGS):
            cursor.execute(statement, {"day": plan.on})


def _open(one: Successor, plan: Plan, like: Office) -> Office:
    """The successor, made after the first office that ends; the heir keeps its key, by which procedures name it."""
    there = Office.objects.filter(code=one.code).first()
    if there is not None:
        return there
    key = like.key if one.code == plan.heir else re.sub(r"[^a-z0-9]+", "-", fold(one.name)).strip("-")[:80]
    return Office.objects.create(
        code=one.code,
        code_qd20=code_qd20(one.code),
        province=like.province,
        key=key,
        name=tidy(one.name),
        short_name=tidy(one.short_name or one.name)[:100],
        kind=like.kind,
        level=like.level,
        parent_id=like.parent_id,
        valid_from=plan.on,
        schedule=like.schedule,
        unit_code=like.unit_code if plan.kind == Kind.RENAME else "",
    )


def _wrong(name: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={name: sentence}, code="office_change")

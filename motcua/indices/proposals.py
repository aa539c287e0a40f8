"""Another table of indicators: one person proposes it whole, another decides, and it holds from a day that is still to come.

The same persons as for the parameters of the law (`law.proposals`). Everything said is kept for ever. Law: QD766-2022
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.indices.models import IndicatorTable, TableDecision, TableProposal
from motcua.indices.tables import Table, keep, read_table
from motcua.law.four_eyes import Person, check_second, check_still_to_come, grounds, reason_for_no
from motcua.law.presets import lock_revisions


@dataclass(frozen=True, slots=True)
class Difference:
    """What a proposed table changes in one row or parameter, in figures."""

    what: str
    old: str
    new: str


def as_said(table: Table) -> dict[str, Any]:
    """A table as plain data, which `tables.read_table` reads again."""
    return {
        "scheme": table.scheme,
        "code": table.code,
        "name": table.name,
        "valid_from": table.valid_from.isoformat(),
        "valid_to": table.valid_to.isoformat() if table.valid_to else None,
        "basis": table.basis,
        "source": table.source,
        "groups": [[group.code, group.name, str(group.points)] for group in table.groups],
        "parameters": dict(table.parameters),
        "indicators": [
            [
                row.code,
                row.name,
                row.formula,
                row.group,
                str(row.rule.max_points),
                None if row.rule.target is None else str(row.rule.target),
                "threshold" if row.rule.is_threshold else "linear",
            ]
            for row in table.rows
        ],
    }


def propose(
    said: Mapping[str, Any], *, valid_from: date, reason: str, document: str, by: Person, at: datetime
) -> TableProposal:
    """Propose a whole table from a day on. Raises Forbidden without the right; Invalid where it does not add up, grounds
    are missing, the day has begun, or another table begins on it."""
    if not by.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa bảng chỉ số."))
    reason, document = grounds(reason, document)
    if valid_from <= day_of(at):
        sentence = _("Ngày áp dụng phải sau hôm nay: kỳ đã qua giữ bảng của nó.")
        raise Invalid(sentence, fields={"valid_from": sentence}, code="day_invalid")
    code = f"{said.get('scheme')}-{valid_from:%Y%m%d}"
    content = {**said, "code": code, "valid_from": valid_from.isoformat(), "valid_to": None, "basis": document}
    table = read_table(content)
    _check_free(table)
    return TableProposal.objects.create(
        scheme=table.scheme,
        content=as_said(table),
        valid_from=valid_from,
        reason=reason,
        document=document[:300],
        proposed_by=by.account_id,
        proposer_name=by.name,
        proposed_at=at,
    )


@transaction.atomic
def approve(proposal_id: int, *, by: Person, at: datetime, note: str = "") -> IndicatorTable:
    """Let a proposed table hold from its day on. Raises NotThere, Forbidden (also for the proposer's own), Refused when it
    is decided or too late, Invalid where another table begins on that day meanwhile."""
    lock_revisions()
    proposal = _to_decide(proposal_id, by)
    check_still_to_come(proposal.valid_from, at)
    table = read_table(proposal.content)
    _check_free(table)
    _decide(proposal, by, at, approved=True, note=note)
    return keep(table, proposal=proposal, approved_by=by.name, approved_at=at)


@transaction.atomic
def reject(proposal_id: int, *, by: Person, at: datetime, note: str) -> TableDecision:
    """Say no, with the reason. Raises as `approve`."""
    note = reason_for_no(note)
    lock_revisions()
    return _decide(_to_decide(proposal_id, by), by, at, approved=False, note=note)


def differences(old: Table | None, new: Table) -> list[Difference]:
    """What the new table changes: points, targets, ways of scoring, parameters; every row where there was no table."""
    before = {row.code: row for row in old.rows} if old else {}
    found = []
    for row in new.rows:
        was, now_ = before.get(row.code), _words(row.rule.max_points, row.rule.target, row.rule.is_threshold)
        old_words = _words(was.rule.max_points, was.rule.target, was.rule.is_threshold) if was else "–"
        if old_words != now_ or (was is not None and was.formula != row.formula):
            found.append(Difference(f"{row.code} {row.name}", old_words, now_))
    kept = {row.code for row in new.rows}
    found += [Difference(f"{row.code} {row.name}", "", "–") for code, row in before.items() if code not in kept]
    known = dict(old.parameters) if old else {}
    found += [
        Difference(key, str(known.get(key, "–")), str(value))
        for key, value in new.parameters.items()
        if known.get(key) != value
    ]
    return found


def _words(most: Any, target: Any, is_threshold: bool) -> str:
    plain = f"{most.normalize():f}".replace(".", ",")
    reach = "" if target is None else f", {_('mục tiêu')} {target.normalize():f}".replace(".", ",") + " %"
    return f"{plain} {_('điểm')}{reach}" + (f", {_('theo ngưỡng')}" if is_threshold else "")


def _check_free(table: Table) -> None:
    if IndicatorTable.objects.filter(scheme=table.scheme, valid_from=table.valid_from).exists():
        sentence = _("Đã có bảng chỉ số bắt đầu từ ngày này.")
        raise Invalid(sentence, fields={"valid_from": sentence}, code="day_taken")


def _to_decide(proposal_id: int, by: Person) -> TableProposal:
    proposal = TableProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None:
        raise NotThere(_("Không có đề nghị này."))
    decided = TableDecision.objects.filter(proposal=proposal).exists()
    check_second(by, proposal.proposed_by, is_decided=decided)
    return proposal


def _decide(proposal: TableProposal, by: Person, at: datetime, *, approved: bool, note: str) -> TableDecision:
    return TableDecision.objects.create(
        proposal=proposal,
        approved=approved,
        decided_by=by.account_id,
        decider_name=by.name,
        decided_at=at,
        note=note.strip(),
    )

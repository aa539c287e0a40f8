"""For tests of every room: a value of the province's own, proposed by one person and approved by another."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from motcua.law.models import Proposal, RegimeParameter, Scope
from motcua.law.proposals import Change, Person, approve, propose
from motcua.law.store import current_revision

YEN = Person(1, "Ngô Hải Yến", frozenset({"administrator"}))
QUANG = Person(2, "Trần Đức Quang", frozenset({"overseer", "procedure_control"}))
HOURS = ((time(7), time(11, 30)), (time(13, 30), time(17)))
GROUNDS = {"reason": "Thống nhất cách tính", "document": "QĐ 12/QĐ-UBND"}


def proposed(
    code: str, key: str, value: Any = None, *, on: date, at: datetime | None = None, by: Person = YEN, **place: Any
) -> Proposal:
    """A proposal of Yến's, made a month before its day unless said otherwise."""
    return propose(Change(code, key, on, value, **place), **GROUNDS, by=by, at=at or before(on), sessions=HOURS)


def settle_value(
    code: str,
    key: str,
    value: Any = None,
    *,
    on: date,
    scope: str = Scope.PROVINCE,
    target: str = "",
    ends: bool = False,
) -> RegimeParameter:
    """A value in force from a day on, seen by this process."""
    wish = proposed(code, key, value, on=on, scope=scope, target=target, ends=ends)
    row = approve(wish.pk, by=QUANG, at=before(on), sessions=HOURS)
    current_revision()
    return row


def before(day: date) -> datetime:
    """A month earlier, at nine in the morning in Vietnam."""
    return datetime.combine(day - timedelta(days=30), time(2), UTC)

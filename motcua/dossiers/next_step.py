"""What the owner of a dossier must do next, in one sentence: the one rule for lists, pages and the API.

The first that is true counts: come to a visit, supplement, pay, collect, take money back; then rating, which nobody
must; else an office has it, and until when. Names are those of offices, never of officers.
Law: ND61-2018 16; ND61-2018 19; ND61-2018 20; ND61-2018 22
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.numbers import show_vnd
from motcua.base.postgresql import prepared
from motcua.base.times import VIETNAM, day_of
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.states import (
    IN_HAND,
    PAYABLE,
    RESOLVED,
    WAITING_FOR_ACCEPTANCE,
    WAITS_FOR_OWNER,
    State,
)
from motcua.fees.kinds import OWED_LESS, OWED_MORE, OWING, BillState, DueWhen, EntryKind


class Need(StrEnum):
    """What is next, the most pressing first; stored nowhere, but programs read the codes."""

    COME = "come"
    SUPPLEMENT = "supplement"
    DUTY = "duty"
    FEE = "fee"
    COLLECT = "collect"
    REFUND = "refund"
    RATE = "rate"
    WAIT = "wait"
    OVER = "over"


OF_THE_OWNER = (Need.COME, Need.SUPPLEMENT, Need.DUTY, Need.FEE, Need.COLLECT, Need.REFUND)
# Ends after which the service can be rated; while a result waits to be collected, that comes first.
RATED_AFTER = (State.RETURNED, State.STOPPED, State.WITHDRAWN, State.REFUSED)
ASKING = (State.PRE_SUPPLEMENT, State.SUPPLEMENT)
BILLS_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class NextStep:
    """`day`: until when, of the owner or else of the office; None where nothing says so."""

    need: Need
    sentence: str
    day: date | None = None

    @property
    def is_owners(self) -> bool:
        """Whether it goes no further without the owner."""
        return self.need in OF_THE_OWNER


class Facts(NamedTuple):
    """What the rule judges by, as `COLUMNS` reads it; each text is a JSON list, None where there is nothing of it.

    asked: last day, answered. duty: payee, last day. bill: state, when due, đồng to pay (negative: to give back).
    visit: begins at, place.
    """

    pk: int
    submission_no: str
    secret: str
    state: str
    return_way: str
    is_accepted: bool
    answer_due_at: datetime | None
    due_at: datetime | None
    stands_still: bool
    receiving_office: str
    at_office: str
    asked: str | None
    duty: str | None
    bill: str | None
    visit: str | None

    @property
    def is_ratable(self) -> bool:
        """Whether the house has given its answer, and nothing of it waits to be collected."""
        return self.state in RATED_AFTER and (self.is_accepted or self.state == State.REFUSED)


def next_step(facts: Facts, at: datetime, *, is_rated: bool) -> NextStep:
    """The next step as of an instant. is_rated: the service was rated already (asked only where it can be)."""
    for rule in _RULES:
        if (found := rule(facts, at)) is not None:
            return found
    if facts.is_ratable and not is_rated:
        return NextStep(Need.RATE, _("Bạn có thể đánh giá việc giải quyết hồ sơ này."))
    return _nothing(facts, at)


def facts_of(dossier_ids: Iterable[int]) -> list[Facts]:
    """The facts of these dossiers, in one statement, in no order."""
    return [Facts(*row) for row in prepared(_OF_IDS, [list(dossier_ids)])]


def pressing(account_id: int, most: int) -> list[Facts]:
    """The owner's dossiers of which something may be theirs to do, at most so many, those asked for something first.

    However many they have: unpaid fees and money to take back are looked for among their newest `BILLS_LOOKED_AT`.
    """
    owing = [*map(str, OWING), str(BillState.REFUND_DUE)]
    return [Facts(*row) for row in prepared(_PRESSING, {"account": account_id, "owing": owing, "most": most})]


def _come(facts: Facts, at: datetime) -> NextStep | None:
    if facts.visit is None:
        return None
    begins, place = json.loads(facts.visit)
    begins_at = datetime.fromisoformat(begins)
    if begins_at < at:
        return None
    words = {"at": f"{begins_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}", "place": place}
    return NextStep(Need.COME, _("Có mặt lúc %(at)s tại %(place)s để thẩm tra, xác minh.") % words, day_of(begins_at))


def _supplement(facts: Facts, at: datetime) -> NextStep | None:
    if facts.asked is None:
        return None
    spelled, is_answered = json.loads(facts.asked)
    if is_answered:
        said = _("Bạn đã gửi phần bổ sung: %(office)s đang kiểm tra, bạn không phải làm gì.")
        return NextStep(Need.WAIT, said % {"office": facts.receiving_office})
    day = _day(spelled)
    if day is None:
        return NextStep(Need.SUPPLEMENT, _("Bổ sung hồ sơ theo yêu cầu."))
    said = _("Bổ sung hồ sơ chậm nhất ngày %(day)s.")
    if day < day_of(at):
        said = _("Bổ sung hồ sơ ngay: ngày cuối là %(day)s, đã qua.")
    return NextStep(Need.SUPPLEMENT, said % {"day": _words(day)}, day)


def _duty(facts: Facts, _at: datetime) -> NextStep | None:
    if facts.duty is None:
        return None
    payee, spelled = json.loads(facts.duty)
    day = _day(spelled)
    said = _("Thực hiện nghĩa vụ tài chính tại %(payee)s, rồi mang chứng từ đến %(office)s.")
    if day is not None:
        said = _("Thực hiện nghĩa vụ tài chính tại %(payee)s chậm nhất ngày %(day)s, rồi mang chứng từ đến %(office)s.")
    words = {"payee": payee, "office": facts.receiving_office, "day": _words(day) if day else ""}
    return NextStep(Need.DUTY, said % words, day)


def _fee(facts: Facts, _at: datetime) -> NextStep | None:
    if facts.bill is None or facts.state not in PAYABLE:
        return None
    state, due_when, outstanding = json.loads(facts.bill)
    if state not in OWING or (due_when == DueWhen.AFTER and facts.state in (*WAITING_FOR_ACCEPTANCE, *IN_HAND)):
        return None
    said = _("Nộp %(amount)s phí, lệ phí tại %(office)s.")
    if not facts.is_accepted:
        said = _("Nộp %(amount)s phí, lệ phí tại %(office)s để hồ sơ được tiếp nhận.")
    elif facts.state == State.FINISHED:
        said = _("Nộp %(amount)s phí, lệ phí tại %(office)s rồi nhận kết quả.")
    return NextStep(Need.FEE, said % {"amount": show_vnd(outstanding), "office": facts.receiving_office})


def _collect(facts: Facts, _at: datetime) -> NextStep | None:
    if facts.state != State.FINISHED or facts.return_way == ReturnWay.POST:
        return None
    if facts.return_way == ReturnWay.ONLINE:
        return NextStep(Need.COLLECT, _("Kết quả đã có: tải về từ trang của hồ sơ."))
    return NextStep(Need.COLLECT, _("Kết quả đã có: đến %(office)s để nhận.") % {"office": facts.receiving_office})


def _refund(facts: Facts, _at: datetime) -> NextStep | None:
    if facts.bill is None:
        return None
    state, _due_when, outstanding = json.loads(facts.bill)
    if state != BillState.REFUND_DUE:
        return None
    words = {"amount": show_vnd(-outstanding), "office": facts.receiving_office}
    return NextStep(Need.REFUND, _("Đến %(office)s nhận lại %(amount)s.") % words)


_RULES: tuple[Callable[[Facts, datetime], NextStep | None], ...] = (
    _come, _supplement, _duty, _fee, _collect, _refund,
)  # fmt: skip


def _nothing(facts: Facts, at: datetime) -> NextStep:
    """Nothing is the owner's to do: who has it, and until when."""
    if facts.state == State.REFUSED:
        return NextStep(Need.OVER, _("Hồ sơ không được tiếp nhận: xem lý do; muốn làm tiếp thì nộp hồ sơ mới."))
    if facts.state == State.FINISHED:
        said = _("Bạn không phải làm gì: %(office)s gửi kết quả qua bưu chính.")
        return NextStep(Need.WAIT, said % {"office": facts.receiving_office})
    if facts.state in RESOLVED:
        return NextStep(Need.OVER, _("Bạn không còn phải làm gì."))
    if facts.state in WAITING_FOR_ACCEPTANCE:
        return _until(facts.at_office, facts.answer_due_at, at, _ANSWERS)
    if facts.stands_still:
        said = _("Bạn không phải làm gì: %(office)s đang giữ hồ sơ, thời hạn đang tạm dừng.")
        return NextStep(Need.WAIT, said % {"office": facts.at_office})
    return _until(facts.at_office, facts.due_at, at, _RESOLVES)


# Within the day, past it, without a day.
_ANSWERS = (
    lazy("Bạn không phải làm gì: %(office)s phải trả lời bạn chậm nhất ngày %(day)s."),
    lazy("Bạn không phải làm gì: %(office)s phải trả lời bạn từ ngày %(day)s, nay đã chậm."),
    lazy("Bạn không phải làm gì: %(office)s đang xem hồ sơ."),
)
_RESOLVES = (
    lazy("Bạn không phải làm gì: %(office)s đang giữ hồ sơ, hẹn trả ngày %(day)s."),
    lazy("Bạn không phải làm gì: %(office)s đang giữ hồ sơ, đã quá ngày hẹn %(day)s."),
    lazy("Bạn không phải làm gì: %(office)s đang giữ hồ sơ; thủ tục này không quy định thời hạn."),
)


def _until(office: str, until: datetime | None, at: datetime, sayings: Sequence[Any]) -> NextStep:
    within, past, without = sayings
    if until is None:
        return NextStep(Need.WAIT, str(without) % {"office": office})
    day = day_of(until)
    return NextStep(Need.WAIT, str(past if day < day_of(at) else within) % {"office": office, "day": _words(day)}, day)


def _day(spelled: str | None) -> date | None:
    return date.fromisoformat(spelled) if spelled else None


def _words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _quoted(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


# Of a dossier `d`; each thing is looked for only in the states that know it.
COLUMNS = f"""
    d.id, d.submission_no, d.secret, d.state, d.return_way, d.accepted_at is not null, d.answer_due_at, d.due_at,
    d.stands_still,
    (select name from offices_office where id = d.receiving_office_id),
    (select name from offices_office where id = d.at_office_id),
    case when d.state in ({_quoted(ASKING)}) then (
        select json_build_array(asked.last_day, asked.answered_at is not null)::text
        from dossiers_supplementrequest asked
        where asked.dossier_id = d.id and asked.completed_at is null order by asked.id desc limit 1) end,
    case when d.state = '{State.PAYMENT}' then (
        select json_build_array(duty.payee, duty.pay_by)::text from dossiers_financialduty duty
        where duty.dossier_id = d.id and duty.recorded_at is null order by duty.id desc limit 1) end,
    case when d.bill_id is not null then (
        select json_build_array(bill.state, bill.due_when, (
            select coalesce(sum(case when entry.kind in ({_quoted((*OWED_MORE, EntryKind.REFUNDED))})
                then entry.amount_vnd when entry.kind in ({_quoted((*OWED_LESS, EntryKind.PAID))})
                then -entry.amount_vnd end), 0)::bigint
            from fees_entry entry where entry.bill_id = bill.id))::text
        from fees_bill bill where bill.id = d.bill_id) end,
    case when d.being_verified then (
        select json_build_array(visit.begins_at, visit.place)::text from dossiers_verification visit
        where visit.dossier_id = d.id and visit.outcome = '' and visit.needs_applicant
        order by visit.begins_at limit 1) end
"""  # noqa: S608 - put together from our own words
_OF_IDS = f"select {COLUMNS} from dossiers_dossier d where d.id = any(%s::bigint[])"  # noqa: S608 - our own words
# Each answered by an index of its own (`dossier_waits`, `dossier_visited`, `dossier_owned`), the newest first.
_OF_OWNER = "select id from dossiers_dossier where owner_account_id = %(account)s"
_NEWEST = "order by submitted_at desc limit %(most)s"
_OWING = f"""
select id from (
    select id, bill_id, submitted_at from dossiers_dossier where owner_account_id = %(account)s
    order by submitted_at desc limit {BILLS_LOOKED_AT}) newest
where exists (select from fees_bill where id = newest.bill_id and state = any(%(owing)s::text[])) {_NEWEST}
"""  # noqa: S608 - put together from our own words
_BRANCHES = [
    f"{_OF_OWNER} and being_verified {_NEWEST}",
    *(f"{_OF_OWNER} and state = '{state}' {_NEWEST}" for state in WAITS_FOR_OWNER),
    _OWING,
]
_WAITING = " union ".join(f"({branch})" for branch in _BRANCHES)
_PRESSING = f"""
select {COLUMNS} from dossiers_dossier d where d.id in ({_WAITING})
order by (d.state in ({_quoted(ASKING)}) or d.being_verified) desc, d.state = '{State.PAYMENT}' desc, d.submitted_at desc
limit %(most)s
"""  # noqa: S608 - put together from our own words

"""Reserves, secondments, delegations and absences: whose powers somebody has on a day, and what the rows must hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Forbidden, Invalid, MotcuaError, NotThere
from motcua.base.times import parse_local
from motcua.offices import granting
from motcua.offices.actors import Limits, Power
from motcua.offices.models import Absence, Delegation, Posting
from tests.cast import Cast

AT = parse_local("2021-11-01 08:00")
DAY, NEXT, LATER = date(2021, 11, 1), date(2021, 11, 2), date(2021, 11, 8)


def delegate(cast: Cast, giver: str = "tuan", taker: str = "thanh", by: str = "", **changes: Any) -> Delegation:
    given: dict[str, Any] = {
        "from_account_id": getattr(cast, giver).pk,
        "to_account_id": getattr(cast, taker).pk,
        "office_id": cast.justice.pk,
        "valid_from": DAY,
        "valid_to": LATER,
        "document": "Giấy ủy quyền 01/GUQ-STP",
        "actor": cast.actor(by or giver),
        "at": AT,
    }
    return granting.delegate(**{**given, **changes})


def away(cast: Cast, who: str = "hoa", stand_in: str | None = "thanh", by: str = "", **changes: Any) -> Absence:
    given: dict[str, Any] = {
        "account_id": getattr(cast, who).pk,
        "stand_in_id": getattr(cast, stand_in).pk if stand_in else None,
        "valid_from": DAY,
        "valid_to": LATER,
        "reason": "Nghỉ phép",
        "actor": cast.actor(by or who),
        "at": AT,
    }
    return granting.note_absence(**{**given, **changes})


def test_a_delegate_has_the_deciding_role_while_the_delegation_is_in_force(cast: Cast) -> None:
    delegate(cast)
    thanh = cast.actor("thanh", DAY)
    assert thanh.powers == (
        Power("approver", cast.justice.pk, (), cast.tuan.pk, "Hoàng Anh Tuấn", "Giấy ủy quyền 01/GUQ-STP"),
    )
    assert thanh.has("approver", cast.justice.pk)
    assert not cast.actor("thanh", DAY - timedelta(days=1)).has("approver", cast.justice.pk)
    assert not cast.actor("thanh", LATER).has("approver", cast.justice.pk)


def test_everything_about_an_officer_is_still_one_statement(cast: Cast) -> None:
    delegate(cast)
    away(cast)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        thanh = cast.actor("thanh")
    assert len(queries) == 1
    assert {power.role for power in thanh.powers} == {"approver", "handler"}


def test_a_delegation_may_be_for_some_procedures_or_fields(cast: Cast) -> None:
    delegate(cast, procedures=["9.000001"], fields=["Công chứng"])
    (power,) = cast.actor("thanh").powers
    assert power.limits == (Limits(frozenset({"9.000001"}), frozenset({"Công chứng"})),)
    assert [
        power.covers(*one) for one in (("9.000001", "Hộ tịch"), ("9.000002", "Công chứng"), ("9.000002", "Hộ tịch"))
    ] == [
        True,
        True,
        False,
    ]


def test_a_posting_may_be_for_some_procedures(cast: Cast) -> None:
    Posting.objects.filter(account=cast.hoa).update(procedures=["9.000001"])
    hoa = cast.actor("hoa")
    assert hoa.postings == frozenset()
    assert hoa.has("handler", cast.justice.pk)
    assert not hoa.powers[0].covers("9.000002", "Hộ tịch")


def test_a_delegate_holds_no_more_than_whoever_delegated(cast: Cast) -> None:
    Posting.objects.filter(account=cast.tuan).update(fields=["Hộ tịch"])
    delegate(cast, procedures=["9.000001"])
    (power,) = cast.actor("thanh").powers
    assert power.covers("9.000001", "Hộ tịch")
    assert not power.covers("9.000001", "Công chứng")


def test_who_stands_in_has_every_working_role_of_the_absent_person(cast: Cast) -> None:
    away(cast, "tuan", "thanh")
    assert cast.actor("thanh").has("approver", cast.justice.pk)
    assert not cast.actor("thanh", LATER).has("approver", cast.justice.pk)


def test_a_reserve_counts_only_while_the_main_person_is_away(cast: Cast) -> None:
    reserve = Posting(
        account=cast.hoa, office=cast.center, role="receiver", valid_from=DAY, reserve_for=cast.minh, basis="QĐ 5"
    )
    granting.post(reserve, actor=cast.actor("yen"))
    assert not cast.actor("hoa").has("receiver", cast.center.pk)
    away(cast, "minh", None)
    assert cast.actor("hoa").has("receiver", cast.center.pk)
    assert cast.actor("hoa").powers == ()


def test_what_one_has_by_delegation_is_not_handed_on_by_an_absence(cast: Cast) -> None:
    delegate(cast)
    away(cast, "thanh", "hoa")
    assert cast.actor("hoa").has("head", cast.justice.pk)
    assert not cast.actor("hoa").has("approver", cast.justice.pk)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda cast: delegate(cast, taker="tuan"), "cho chính mình"),
        (lambda cast: delegate(cast, valid_to=DAY), "Ngày kết thúc phải sau"),
        (lambda cast: delegate(cast, document=" "), "Cần văn bản ủy quyền"),
        (lambda cast: delegate(cast, valid_from=DAY - timedelta(days=1)), "lùi ngày"),
        (lambda cast: delegate(cast, giver="hoa"), "không có thẩm quyền"),
        (lambda cast: delegate(cast, taker="lan"), "không được phân công"),
        (lambda cast: away(cast, stand_in="hoa"), "phải là người khác"),
        (lambda cast: away(cast, valid_to=DAY), "Ngày kết thúc phải sau"),
        (lambda cast: away(cast, stand_in="khang"), "cùng cơ quan"),
    ],
)
def test_an_impossible_row_is_refused_in_words(cast: Cast, wrong: Callable[[Cast], object], sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        wrong(cast)


def test_the_same_thing_is_delegated_once_at_a_time(cast: Cast) -> None:
    delegate(cast, procedures=["9.000001"])
    delegate(cast, taker="hoa", procedures=["9.000002"])
    with pytest.raises(Invalid, match="đã được ủy quyền cho người khác"):
        delegate(cast, taker="nga", procedures=["9.000002", "9.000003"])
    with pytest.raises(Invalid, match="đã được ủy quyền cho người khác"):
        delegate(cast, taker="nga")
    delegate(cast, taker="nga", valid_from=LATER, valid_to=None)


def test_a_delegate_does_not_delegate_again(cast: Cast) -> None:
    delegate(cast)
    with pytest.raises(Invalid, match="không được ủy quyền lại"):
        delegate(cast, giver="thanh", taker="hoa")
    with pytest.raises(Invalid, match="không được ủy quyền lại"):
        delegate(cast, giver="thanh", taker="tuan")
    delegate(cast, giver="thanh", taker="hoa", valid_from=LATER, valid_to=None)


def test_nobody_is_noted_as_away_twice(cast: Cast) -> None:
    away(cast)
    with pytest.raises(Invalid, match="đã được ghi vắng mặt"):
        away(cast, stand_in=None, valid_from=NEXT)
    away(cast, stand_in=None, valid_from=LATER, valid_to=LATER + timedelta(days=1))


@pytest.mark.parametrize(
    ("until", "sentence"),
    [(date(2022, 4, 30), "từ 06 đến 24 tháng"), (date(2023, 11, 2), "từ 06 đến 24 tháng"), (date(2022, 5, 1), None)],
)
def test_who_is_sent_to_the_centre_is_sent_for_6_to_24_months(cast: Cast, until: date, sentence: str | None) -> None:
    """Law: ND61-2018 11"""
    sent = Posting(
        account=cast.hoa, office=cast.center, role="receiver", valid_from=DAY, valid_to=until, sent_until=until,
        sent_by=cast.justice, basis="Quyết định 12/QĐ-UBND",
    )  # fmt: skip
    if sentence:
        with pytest.raises(Invalid, match=sentence):
            granting.post(sent, actor=cast.actor("yen"))
    else:
        granting.post(sent, actor=cast.actor("yen"))
        # Called back early, at the unit's request.
        assert granting.end_posting(sent.pk, on=NEXT, actor=cast.actor("yen")).valid_to == NEXT


def test_the_database_itself_refuses_what_the_sentences_refuse(cast: Cast) -> None:
    mine = {"office": cast.justice, "valid_from": DAY, "document": "QĐ 01", "noted_by": cast.tuan, "noted_at": AT}
    first = Delegation.objects.create(from_account=cast.tuan, to_account=cast.thanh, **mine)
    for giver, taker, name in (
        (cast.nga, cast.nga, "delegation_to_another_person"),
        (cast.tuan, cast.hoa, "delegation_once_at_a_time"),
        (cast.thanh, cast.hoa, "delegation_no_chain"),
        (cast.hoa, cast.tuan, "delegation_no_chain"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Delegation.objects.create(from_account=giver, to_account=taker, **mine)
    assert list(Delegation.objects.all()) == [first]


def test_who_may_note_what(cast: Cast) -> None:
    refused: list[tuple[Callable[[], object], type[MotcuaError]]] = [
        (lambda: delegate(cast, by="hoa"), Forbidden),
        (lambda: delegate(cast, by="yen"), Forbidden),
        (lambda: delegate(cast, by="dung"), Forbidden),
        (lambda: away(cast, by="khang"), Forbidden),
        (lambda: granting.post(Posting(account=cast.hoa, office=cast.center, role="receiver", valid_from=DAY),
                               actor=cast.actor("dung")), Forbidden),
    ]  # fmt: skip
    for act, error in refused:
        with pytest.raises(error):
            act()
    given, absent = delegate(cast, by="thanh"), away(cast, by="tuan")
    for name in ("hoa", "khang", "dung"):
        with pytest.raises(NotThere):
            granting.end_delegation(given.pk, on=NEXT, actor=cast.actor(name))
    with pytest.raises(NotThere):
        granting.end_absence(absent.pk, on=NEXT, actor=cast.actor("khang"), at=AT)


def test_what_came_into_force_ends_and_what_never_did_is_struck_out(cast: Cast) -> None:
    given = delegate(cast)
    granting.end_delegation(given.pk, on=NEXT, actor=cast.actor("tuan"))
    assert Delegation.objects.get().valid_to == NEXT
    assert not cast.actor("thanh", NEXT).powers
    coming = delegate(cast, valid_from=LATER, valid_to=None)
    granting.end_delegation(coming.pk, on=NEXT, actor=cast.actor("tuan"))
    assert list(Delegation.objects.all()) == [given]

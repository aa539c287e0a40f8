"""One person proposes, another decides; nothing goes backwards, nothing is forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import Error, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.law.checking import RegimeError
from motcua.law.models import Decision, Proposal, Regime, RegimeParameter, Revision, Scope
from motcua.law.presets import load_presets
from motcua.law.proposals import Change, approve, propose, reject
from motcua.law.store import current_revision, regime_on
from motcua.law.tests.settling import GROUNDS, HOURS, QUANG, YEN, proposed, settle_value
from motcua.law.tests.test_presets import AT, DATA

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 1)
NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def presets(db: None) -> None:
    load_presets(DATA, at=AT)
    current_revision()


def refused(act: Callable[[], Any], kind: type[Exception], sentence: str) -> Any:
    with pytest.raises(kind, match=sentence) as error:
        act()
    return error.value


def test_a_proposal_changes_nothing_until_another_person_approves() -> None:
    wish = proposed("r6_2026", "max_extensions", 2, on=DAY)
    current_revision()
    assert (wish.old_value, wish.value, regime_on(DAY).max_extensions) == (1, 2, 1)
    row = approve(wish.pk, by=QUANG, at=NOON, sessions=HOURS, note="Đồng ý")
    current_revision()
    assert regime_on(DAY).max_extensions == 2
    assert regime_on(date(2026, 11, 30)).max_extensions == 1
    assert (row.basis, row.confidence, row.approved_by, row.approved_at) == (
        "QĐ 12/QĐ-UBND", "high", "Trần Đức Quang", NOON,
    )  # fmt: skip
    assert f"đề nghị {wish.pk}" in Revision.objects.latest("id").note


def test_the_proposer_never_decides_even_with_the_right() -> None:
    wish = proposed("r6_2026", "max_extensions", 2, on=DAY, by=QUANG)
    refused(lambda: approve(wish.pk, by=QUANG, at=NOON, sessions=HOURS), Forbidden, "không tự phê duyệt")
    refused(lambda: reject(wish.pk, by=QUANG, at=NOON, note="Thôi"), Forbidden, "không tự phê duyệt")
    assert not Decision.objects.exists()


def test_rights_are_those_of_the_province_s_own_committee() -> None:
    nobody = replace(YEN, roles=frozenset({"overseer", "receiver"}))
    refused(lambda: proposed("r6_2026", "max_extensions", 2, on=DAY, by=nobody), Forbidden, "Chỉ quản trị")
    wish = proposed("r6_2026", "max_extensions", 2, on=DAY)
    other_administrator = replace(YEN, account_id=3)
    refused(
        lambda: approve(wish.pk, by=other_administrator, at=NOON, sessions=HOURS), Forbidden, "Chỉ kiểm soát thủ tục"
    )


def test_a_proposal_is_decided_once() -> None:
    wish = proposed("r6_2026", "max_extensions", 2, on=DAY)
    refused(lambda: reject(wish.pk, by=QUANG, at=NOON, note=" "), Invalid, "nêu lý do")
    decision = reject(wish.pk, by=QUANG, at=NOON, note="Chưa có văn bản của Bộ")
    assert (decision.approved, decision.decider_name) == (False, "Trần Đức Quang")
    refused(lambda: approve(wish.pk, by=QUANG, at=NOON, sessions=HOURS), Refused, "đã được quyết định")
    refused(lambda: approve(999_999, by=QUANG, at=NOON, sessions=HOURS), NotThere, "Không có")
    assert not RegimeParameter.objects.exclude(scope="preset").exists()


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2026, 11, 22)])
def test_a_value_never_reaches_back_over_accepted_dossiers(day: date) -> None:
    error = refused(lambda: proposed("r6_2026", "max_extensions", 2, on=day, at=NOON), Invalid, "phải sau hôm nay")
    assert "valid_from" in error.fields


def test_a_day_that_has_come_meanwhile_cannot_be_approved() -> None:
    wish = proposed("r6_2026", "max_extensions", 2, on=date(2026, 11, 22))
    refused(lambda: approve(wish.pk, by=QUANG, at=NOON, sessions=HOURS), Refused, "không còn ở phía trước")


def test_the_day_lies_in_the_time_of_the_regime() -> None:
    sentence = "từ 01/07/2025 đến trước 01/07/2026"
    refused(lambda: proposed("r3_2025", "max_extensions", 2, on=date(2026, 7, 1)), Invalid, sentence)
    refused(lambda: proposed("r3_2025", "max_extensions", 2, on=date(2025, 6, 30)), Invalid, sentence)


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("max_extensions", "hai", "số nguyên"),
        ("transfer_cutoff", "12:00", "ngoài giờ làm việc"),
        ("cross_boundary", "none", "phi địa giới"),
    ],
)
def test_nonsense_is_refused_beside_the_value(key: str, value: Any, sentence: str) -> None:
    error = refused(lambda: proposed("r6_2026", key, value, on=DAY), RegimeError, sentence)
    assert set(error.fields) == {"value"}
    assert not Proposal.objects.exists()


def test_a_contradiction_that_only_one_procedure_would_see_is_refused_too() -> None:
    settle_value("r6_2026", "max_extension_days", 5, on=DAY, scope=Scope.PROCEDURE, target="9.000001")
    refused(lambda: proposed("r6_2026", "max_extensions", 0, on=DAY), RegimeError, "đang là 5")


def test_what_was_approved_meanwhile_is_asked_again_at_approval() -> None:
    none_at_all = proposed("r6_2026", "max_extensions", 0, on=DAY)
    settle_value("r6_2026", "max_extension_days", 5, on=DAY)
    refused(lambda: approve(none_at_all.pk, by=QUANG, at=NOON, sessions=HOURS), RegimeError, "đang là 5")


def test_a_proposal_needs_a_reason_and_a_document() -> None:
    change = Change("r6_2026", "max_extensions", DAY, 2)
    error = refused(
        lambda: propose(change, reason=" ", document="", by=YEN, at=NOON, sessions=HOURS), Invalid, "lý do và văn bản"
    )
    assert set(error.fields) == {"reason", "document"}
    unknown = replace(change, code="r9")
    refused(lambda: propose(unknown, **GROUNDS, by=YEN, at=NOON, sessions=HOURS), NotThere, "Không có tham số")


def test_the_law_s_own_value_can_be_confirmed_under_a_document_and_then_is_no_news() -> None:
    settle_value("r6_2026", "max_extensions", 1, on=DAY)
    refused(lambda: proposed("r6_2026", "max_extensions", 1, on=date(2026, 12, 5)), Invalid, "đã được phê duyệt")


@pytest.mark.parametrize(
    ("place", "field", "sentence"),
    [
        ({"scope": Scope.PROCEDURE}, "target", "thủ tục nào"),
        ({"scope": Scope.PROVINCE, "target": "9.000001"}, "target", "thủ tục nào"),
        ({"ends": True}, "value", "không có quy định riêng"),
    ],
)
def test_places_are_named(place: dict[str, Any], field: str, sentence: str) -> None:
    error = refused(lambda: proposed("r6_2026", "max_extensions", 2, on=DAY, **place), Invalid, sentence)
    assert set(error.fields) == {field}


def test_some_parameters_hold_for_the_whole_province_only() -> None:
    place: dict[str, Any] = {"scope": Scope.PROCEDURE, "target": "9.000001"}
    refused(lambda: proposed("r6_2026", "portal_mode", "own", on=DAY, **place), Invalid, "toàn tỉnh")
    refused(lambda: proposed("r6_2026", "portal_mode", "own", on=DAY, scope="preset"), Invalid, "không sửa được")


@pytest.mark.parametrize(
    "statement",
    [
        "update law_regimeparameter set value = '9'",
        "delete from law_regimeparameter",
        "update law_proposal set value = '9'",
        "delete from law_decision",
        "update law_decision set approved = false",
        "update law_revision set note = ''",
        "update law_regime set valid_to = '2030-01-01' where valid_to is not null",
        "update law_regime set name = 'x'",
        "delete from law_regime",
    ],
)
def test_the_database_forgets_nothing(statement: str) -> None:
    settle_value("r6_2026", "max_extensions", 2, on=DAY)
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_itself_wants_a_second_person_and_a_day_to_come() -> None:
    wish = proposed("r6_2026", "max_extensions", 2, on=DAY)
    words = {"proposal": wish, "approved": True, "decided_at": NOON}
    with pytest.raises(Error, match="không tự phê duyệt"), transaction.atomic():
        Decision.objects.create(decided_by=wish.proposed_by, decider_name="Yến", **words)
    row = {
        "regime": Regime.objects.get(code="r6_2026"), "scope": "province", "key": "max_extensions", "value": 2,
        "valid_from": DAY, "basis": "QĐ", "confidence": "high", "proposal": wish,
    }  # fmt: skip
    with pytest.raises(Error, match="phê duyệt"), transaction.atomic():
        RegimeParameter.objects.create(**row)
    Decision.objects.create(
        decided_by=2, decider_name="Quang", **{**words, "decided_at": datetime(2026, 12, 1, tzinfo=UTC)}
    )
    with pytest.raises(Error, match="trước ngày áp dụng"), transaction.atomic():
        RegimeParameter.objects.create(**row)

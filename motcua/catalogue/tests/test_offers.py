"""An offer says everything intake needs, and no limit while a person has to speak."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid, NotThere
from motcua.calendar.limits import Limit
from motcua.catalogue.models import ComponentReplacement, FeeRow, LimitRow, Procedure, ProcedureCase
from motcua.catalogue.offers import forget_offers, offer
from motcua.catalogue.pending import (
    confirm_fee,
    confirm_limit,
    count_pending_limits,
    count_unsure,
    decide_competent,
    pending_limits,
)
from motcua.catalogue.tests.source_rows import channel, core, dossier, write
from motcua.people.models import Account

pytestmark = pytest.mark.usefixtures("empty")
AT = datetime(2026, 7, 20, 8, 0, tzinfo=UTC)
BASIS = "Quyết định 12/QĐ-UBND ngày 20/7/2026"


@pytest.fixture
def officer() -> Account:
    return Account.objects.create_account("minh", None, "Phạm Văn Minh")


def case_of(tmp_path: Path, *channels: dict[str, Any], **more: Any) -> ProcedureCase:
    forget_offers()
    files = [
        write(tmp_path / "a.jsonl", [core(channels=list(channels), **more)]),
        write(tmp_path / "d.jsonl", [dossier()]),
    ]
    call_command("load_procedures", *map(str, files), as_json=True)
    return ProcedureCase.objects.get(version=Procedure.objects.get().current)


def test_a_plain_procedure_is_offered_in_three_statements_and_then_in_none(tmp_path: Path) -> None:
    case = case_of(tmp_path, channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC"))
    with CaptureQueriesContext(connection) as asked:
        terms = offer(case.pk, 1)
    assert len(asked) == 3
    assert (terms.limit, terms.doubt, terms.is_settled) == (Limit.working_days(5), "", True)
    assert [paper.name for paper in terms.components] == ["Tờ khai", "Giấy xác nhận (nếu có)"]
    assert [fee.amount_vnd for fee in terms.fees] == [0]
    assert [step.role for step in terms.steps] == ["receiver", "head", "handler", "approver", "clerk", "receiver"]
    assert all(step.hours is None for step in terms.steps)
    with CaptureQueriesContext(connection) as asked:
        assert offer(case.pk, 1) is terms
    assert len(asked) == 0


def test_an_unsure_limit_is_not_offered_until_a_person_confirms_it(tmp_path: Path, officer: Account) -> None:
    case = case_of(tmp_path, channel("1", 1))
    terms = offer(case.pk, 1)
    assert (terms.limit, terms.doubt, terms.limit_text) == (None, "no_unit", "1")
    assert [row.procedure_code for row in pending_limits()] == ["1.000001"]
    assert count_unsure(["1.000001"]) == 1
    row = LimitRow.objects.get()
    confirm_limit(row, Limit.parse("same-day@15:00"), officer, AT, BASIS)
    assert offer(case.pk, 1).limit == Limit.parse("same-day@15:00")
    assert count_pending_limits() == count_unsure(["1.000001"]) == 0
    row.refresh_from_db()
    assert not row.certain  # the published row stays as it was printed


def test_the_newest_word_counts(tmp_path: Path, officer: Account) -> None:
    case = case_of(tmp_path, channel("1", 1))
    confirm_limit(LimitRow.objects.get(), Limit.parse("1wd"), officer, AT, BASIS)
    confirm_limit(LimitRow.objects.get(), Limit.parse("2wd"), officer, AT, BASIS)
    forget_offers()
    assert offer(case.pk, 1).limit == Limit.parse("2wd")


def test_of_several_limits_a_person_says_which_case_has_which(tmp_path: Path, officer: Account) -> None:
    case = case_of(
        tmp_path, channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC"), channel("8 Ngày làm việc", 8, "NGAY_LAM_VIEC")
    )
    assert offer(case.pk, 1).doubt == "several_limits"
    five, eight = LimitRow.objects.all()
    confirm_limit(five, Limit.parse("5wd"), officer, AT, BASIS)
    confirm_limit(eight, Limit.parse("8wd"), officer, AT, BASIS, case=case)
    assert offer(case.pk, 1).limit_row_id == eight.pk


def test_rows_with_one_limit_and_several_fees_are_a_tariff(tmp_path: Path) -> None:
    cards = [
        channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC", fees=[{"amount": n, "currency": "VND"}], note=f"thẻ {n}")
        for n in (145_000, 155_000)
    ]
    terms = offer(case_of(tmp_path, *cards).pk, 2)
    assert terms.limit == Limit.working_days(5)
    assert [(fee.amount_vnd, fee.doubt) for fee in terms.fees] == [
        (145_000, "choose_tariff"),
        (155_000, "choose_tariff"),
    ]


def test_limits_belong_to_channels(tmp_path: Path) -> None:
    case = case_of(
        tmp_path,
        channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC", channels=["TRUC_TIEP"]),
        channel("3 Ngày làm việc", 3, "NGAY_LAM_VIEC", channels=["TRUC_TUYEN"]),
    )
    assert [offer(case.pk, way).limit for way in (1, 2)] == [Limit.working_days(5), Limit.working_days(3)]
    post = offer(case.pk, 3)
    assert (post.accepts_channel, post.limit, post.doubt) == (False, None, "no_limit_row")


@pytest.mark.parametrize(("limit", "basis"), [("unknown", BASIS), ("fixed-date", BASIS), ("5wd", "  ")])
def test_a_confirmation_needs_a_real_limit_and_a_ground(
    tmp_path: Path, officer: Account, limit: str, basis: str
) -> None:
    case_of(tmp_path, channel("1", 1))
    with pytest.raises(Invalid):
        confirm_limit(LimitRow.objects.get(), Limit.parse(limit), officer, AT, basis)


def test_a_confirmed_fee_is_asked(tmp_path: Path, officer: Account) -> None:
    doubtful = {"amount": 0, "currency": "VND", "note": "Theo quy định của HĐND cấp tỉnh", "amount_doubtful": True}
    case = case_of(tmp_path, channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC", fees=[doubtful]))
    assert [(fee.amount_vnd, fee.doubt) for fee in offer(case.pk, 1).fees] == [(None, "doubtful_zero")]
    confirm_fee(FeeRow.objects.get(), 8000, officer, AT, BASIS)
    assert [(fee.amount_vnd, fee.doubt) for fee in offer(case.pk, 1).fees] == [(8000, "")]


def test_a_paper_that_a_database_replaces_says_so(tmp_path: Path) -> None:
    ComponentReplacement.objects.create(
        procedure_code="1.000001", component_text="Giấy xác nhận (nếu có)", database="CSDL quốc gia về dân cư"
    )
    case = case_of(tmp_path, channel("5 Ngày làm việc", 5, "NGAY_LAM_VIEC"))
    assert [paper.replaced_by_database for paper in offer(case.pk, 1).components] == ["", "CSDL quốc gia về dân cư"]


def test_a_person_decides_who_is_competent_and_a_load_leaves_it_so(tmp_path: Path, officer: Account) -> None:
    case_of(tmp_path, channel("1", 1), executing=["Cơ quan nào đó"])
    assert Procedure.objects.get().competent_key is None
    decide_competent("1.000001", "so-tu-phap", officer)
    case = case_of(tmp_path, channel("2", 2))
    assert offer(case.pk, 1).competent_key == "so-tu-phap"


def test_an_unknown_case_is_not_there() -> None:
    with pytest.raises(NotThere):
        offer(999_999, 1)


def test_step_hours_are_working_hours() -> None:
    from decimal import Decimal

    from motcua.catalogue.processes import hours_of

    assert Fraction(hours_of(Decimal("0.5"), "NGAY_LAM_VIEC") or 0) == 4
    assert hours_of(Decimal(4), "GIO_LAM_VIEC") == 4
    assert hours_of(None, "") is None

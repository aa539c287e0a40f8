"""Tables of indicators: bundled once, checked always, never bent. Law: QD766-2022; TT01-2018 13"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from motcua.base.errors import Invalid
from motcua.indices.models import Indicator, IndicatorTable
from motcua.indices.tables import load_tables, read_table, table_on
from motcua.indices.tests.made import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(db: None) -> None:
    load_tables(settings.DATA_DIR)


def changed(code: str, place: int, value: Any) -> dict[str, Any]:
    data = said()
    next(row for row in data["indicators"] if row[0] == code)[place] = value
    return data


def test_the_bundled_tables_come_once(loaded: None) -> None:
    assert load_tables(settings.DATA_DIR) == 0
    call_command("load_indicators", verbosity=0)
    assert IndicatorTable.objects.count() == 2
    table = table_on("qd766", date(2026, 10, 31))
    assert table is not None
    sums = {group.name: group.points for group in table.groups}
    assert list(sums.values()) == [18, 20, 12, 10, 22, 18]
    assert sum(row.rule.max_points for row in table.rows) == 100
    assert next(row for row in table.rows if row.code == "3.3").rule.target == Decimal(50)


def test_before_its_day_there_is_none_and_the_later_one_follows(loaded: None) -> None:
    assert table_on("qd766", date(2022, 7, 31)) is None
    assert table_on("qd766", date(2022, 8, 1)) is not None
    from motcua.indices.tables import keep

    keep(read_table(said(code="other", valid_from="2027-01-01", valid_to="2028-01-01")))
    assert [getattr(table_on("qd766", date(year, 6, 1)), "code", None) for year in (2026, 2027, 2028)] == [
        "qd766-2022", "other", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (changed("4.1", 4, "5"), "Nhóm “Số hóa hồ sơ”: các thành phần cộng lại được 21 điểm, nhóm có 22 điểm."),
        (changed("4.1", 2, "guessed"), "không có công thức “guessed”"),
        (changed("4.1", 0, "4.2"), "cùng mã hoặc công thức: 4.2"),
        (changed("4.1", 3, "9"), "không có nhóm “9”"),
        (changed("4.1", 5, "0"), "mục tiêu phải lớn hơn 0"),
        (changed("2.1", 6, "threshold"), "tính theo ngưỡng thì phải có mục tiêu"),
        (changed("4.1", 4, "sáu"), "Không đọc được bảng chỉ số"),
        (said(parameters={"empty": "full"}), "Tham số “empty” của bảng phải là một trong: zero, left_out."),
        (said(parameters={"classes": [["good", "50"], ["fair", "70"]]}), "Các mức xếp loại phải giảm dần đến 0."),
        (said("nine", parameters={"petitions_percent": None}), "tham số không đọc được"),
    ],
)
def test_what_does_not_add_up_is_refused_with_a_sentence(data: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(data)
    assert sentence in str(refused.value)


def test_groups_add_up_to_100() -> None:
    data = changed("4.1", 4, "5")
    data["groups"][4][2] = "21"
    with pytest.raises(Invalid, match="Tổng điểm của bảng là 99, phải là 100"):
        read_table(data)


def test_the_database_refuses_to_bend_a_table(loaded: None) -> None:
    for statement in ("UPDATE indices_indicator SET max_points = 9", "DELETE FROM indices_indicatortable"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_row_added_behind_our_back_is_noticed(loaded: None) -> None:
    table = IndicatorTable.objects.get(code="qd766-2022")
    Indicator.objects.create(
        table=table, seq=99, code="9.9", name="x", formula="guessed", group="1", max_points=3, scoring="linear"
    )
    with pytest.raises(Invalid):
        table_on("qd766", date(2026, 10, 31))


def test_the_file_names_the_source_of_every_table() -> None:
    tables = json.loads((settings.DATA_DIR / "indices" / "tables.json").read_text(encoding="utf-8"))["tables"]
    assert all(table["source"] and table["basis"] for table in tables)

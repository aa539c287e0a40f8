"""Process tables of decisions: every one is kept, a wrong sum is told, only a whole one can run."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command

from motcua.catalogue.models import Process, ProcessStep
from motcua.catalogue.processes import ensure_default, is_usable, load_processes, other_unit, role_of

AT = datetime(2026, 7, 20, 8, 0, tzinfo=UTC)
STEPS = [
    ("Bộ phận TN&TKQ Sở Y tế tại TTPVHCC", "0,5 ngày làm việc", "0.5"),
    ("Lãnh đạo Phòng BTXH và Trẻ em", "0,5", "0.5"),
    ("Chuyên viên", "07", "7"),
    ("Lãnh đạo Phòng", "0,5", "0.5"),
    ("Lãnh đạo Sở", "01", "1"),
    ("Văn thư", "0,5", "0.5"),
    ("Bộ phận TN&TKQ", "Không tính thời gian", ""),
]


def table(**more: str) -> dict[str, Any]:
    return {
        "process_id": "1", "decision": "2022/QĐ-UBND", "province": "Tỉnh Cao Bằng", "date": "20/11/2025", "title": "Quy trình 1",
        "tthc_codes": "1.001806", "nearest_code_before": "", "total_raw": "10 ngày làm việc", "total_value": "10",
        "total_unit": "NGAY_LAM_VIEC", "source_file": "a.md",
    } | more  # fmt: skip


def steps() -> list[dict[str, Any]]:
    return [
        {"process_id": "1", "seq": str(n), "role": role, "content": "", "time_raw": raw, "time_value": value,
         "time_unit": "NGAY_LAM_VIEC" if value else ""}
        for n, (role, raw, value) in enumerate(STEPS, 1)
    ]  # fmt: skip


@pytest.mark.usefixtures("empty")
def test_a_printed_table_is_kept_with_roles_places_and_hours() -> None:
    assert load_processes([table()], steps(), AT) == (1, [])
    process = Process.objects.get()
    assert (process.sum_matches, process.usable, process.stated_hours) == (True, True, 80)
    rows = process.steps.values_list("role", "place", "counted")
    assert [role for role, _place, _counted in rows] == [
        "receiver", "head", "handler", "head", "approver", "clerk", "receiver",
    ]  # fmt: skip
    assert [place for _role, place, _counted in rows] == ["receiving", *["competent"] * 5, "receiving"]
    assert rows[6][2] is False


@pytest.mark.usefixtures("empty")
def test_a_sum_that_is_not_the_total_is_told_and_kept() -> None:
    _new, warnings = load_processes([table(total_raw="10,5 ngày làm việc", total_value="10.5")], steps(), AT)
    assert len(warnings) == 1
    assert "2022/QĐ-UBND" in warnings[0]
    assert Process.objects.get().sum_matches is False


@pytest.mark.usefixtures("empty")
def test_the_same_number_in_another_unit_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    other = table(process_id="2", title="Quy trình 2", total_raw="10 ngày", total_unit="NGAY")
    load_processes([table(), other], [*steps(), *({**step, "process_id": "2"} for step in steps())], AT)
    assert [process.title for process in other_unit()] == ["Quy trình 2"]
    call_command("catalogue_processes")
    assert "2 bảng: 0 bảng khác tổng, 1 bảng cùng số nhưng khác đơn vị" in capsys.readouterr().out


@pytest.mark.usefixtures("empty")
def test_the_same_table_again_changes_nothing_and_a_changed_one_retires_the_old() -> None:
    load_processes([table()], steps(), AT)
    assert load_processes([table()], steps(), AT)[0] == 0
    assert load_processes([table(title="Quy trình 1 (sửa đổi)")], steps(), AT)[0] == 1
    assert list(Process.objects.order_by("id").values_list("retired_at", flat=True)) == [AT, None]
    assert ProcessStep.objects.count() == 14


@pytest.mark.usefixtures("empty")
def test_the_default_process_is_made_once_and_can_run() -> None:
    assert ensure_default() == ensure_default()
    assert is_usable([{"role": step.role} for step in ensure_default().steps.all()])


@pytest.mark.parametrize(
    ("roles", "usable"),
    [
        ("r h a r", True),
        ("r r h a r r", True),
        ("h a r", False),
        ("r h r", False),
        ("r a h r a r", False),
        ("r a", False),
    ],
)
def test_only_a_table_that_receives_decides_and_returns_can_run(roles: str, usable: bool) -> None:
    names = {"r": "receiver", "h": "handler", "a": "approver"}
    assert is_usable([{"role": names[role]} for role in roles.split()]) is usable


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Cán bộ TN&TKQ; Cá nhân/Tổ chức nộp hồ sơ", "receiver"),
        ("CCMC của Sở tại TTPVHCC/NVBĐ", "receiver"),
        ("Lãnh đạo UBND cấp xã phụ trách lĩnh vực", "approver"),
        ("Chủ tịch Ủy ban nhân dân cấp xã", "approver"),
        ("Trưởng Phòng ĐTTĐ&GSĐT", "head"),
        ("Chuyên viên Phòng Khoa giáo - Văn xã", "handler"),
        ("Bộ phận Văn thư Sở Y tế", "clerk"),
        ("", "handler"),
    ],
)
def test_roles_as_printed(text: str, role: str) -> None:
    assert role_of(text, "") == role

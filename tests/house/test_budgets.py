"""Files and functions stay small enough to be read."""

from pathlib import Path

from motcua.launcher import budgets


def test_no_file_and_no_function_is_over_its_budget() -> None:
    assert budgets.violations() == []


def test_a_file_or_function_that_is_too_long_is_named(tmp_path: Path) -> None:
    room = tmp_path / "motcua/base"
    room.mkdir(parents=True)
    (room / "long.py").write_text("def walk() -> None:\n" + "    pass\n" * 1000)
    assert budgets.violations(tmp_path) == [
        "motcua/base/long.py: 1001 lines, allowed 400",
        "motcua/base/long.py:1 walk: 1001 lines, allowed 50",
        "motcua/base: 1001 lines in all, allowed 1000",
    ]

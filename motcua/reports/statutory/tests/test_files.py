"""Workbook and PDF of a form: the formulas give the printed figures, and the paper says all of them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core.management import call_command
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from motcua.reports.scope import Scope
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.printing import as_pdf
from motcua.reports.statutory.sheetbook import sheetbook
from motcua.reports.statutory.tests.test_filling import NOVEMBER, TODAY, ledger
from motcua.reports.tests.ledger import clock
from tests.cast import Cast

__all__ = ["ledger"]
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"[^>]*?(?:/>|>(?:<f>(.*?)</f>)?<v>(.*?)</v></c>)')


def cells(file: bytes) -> dict[str, tuple[str, str]]:
    """cell → (formula, value) of the first sheet."""
    sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    return {f"{found[1]}{found[2]}": (found[3] or "", found[4] or "") for found in CELL.finditer(sheet)}


def recomputed(name: str, known: dict[str, tuple[str, str]]) -> int:
    """A cell's value from the figures that were counted, through all its formulas."""
    formula, value = known[name]
    if not formula:
        return int(value)
    total = 0
    for term in formula.removeprefix("SUM(").removesuffix(")").split("+"):
        first, _colon, last = term.partition(":")
        column, begin = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()  # type: ignore[union-attr]
        end = re.sub("[A-Z]", "", last) or begin
        total += sum(recomputed(f"{column}{row}", known) for row in range(int(begin), int(end) + 1))
    return total


@pytest.mark.parametrize("code", list(FORMS))
def test_formulas_recomputed_are_the_figures(ledger: Cast, code: str) -> None:
    for by in FORMS[code].bys:
        made = fill(FORMS[code], NOVEMBER, Scope(), TODAY, by)
        file = sheetbook(made)
        known = cells(file)
        formulas = [name for name, (formula, _value) in known.items() if formula]
        assert all(recomputed(name, known) == int(known[name][1]) for name in formulas)
        rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Biểu").to_python()
        total = next(row for row in rows if row[1] == "Tổng số" and row[0] == "")
        assert total[2 : 2 + len(made.columns)] == [made.total[column.no] for column in made.columns]
        parts = [column for column in made.columns if column.parts]
        assert len(formulas) >= (len(parts) * len(made.lines) if code != "II.06b" else 1)
        checks = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Kiểm tra").to_python()
        assert [row[3] for row in checks[1:]] == ["đúng"] * len(made.identities)


@pytest.mark.parametrize("code", list(FORMS))
def test_the_paper_says_form_unit_period_and_figures(ledger: Cast, code: str) -> None:
    made = fill(FORMS[code], NOVEMBER, Scope(), TODAY)
    pdf = as_pdf(made, clock("2021-12-01 08:00"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    said = re.sub(r"\s+", " ", text)
    for words in (made.form.number, "Tháng 11 năm 2021", made.receiving, "Tổng số"):
        assert words in said, words
    width, height = PdfReader(io.BytesIO(pdf)).pages[0].mediabox[2:]
    assert width > height


def test_the_command_writes_every_kind_of_file(
    ledger: Cast, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("form", "II.06a", "2021-11", xlsx=tmp_path / "a.xlsx", pdf=tmp_path / "a.pdf", json=True)  # type: ignore[operator]
    said = capsys.readouterr().out
    assert '"number": "II.06a/VPCP/KSTT"' in said
    assert (tmp_path / "a.xlsx").exists() and (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")  # type: ignore[operator]
    call_command("form", "II.06a", "2021-11", office=ledger.justice.code)
    assert "3 = 4 + 5 + 6" in capsys.readouterr().out
    for wrong in (("II.09", "2021-11"), ("II.06a", "2021-13"), ("II.06a", "")):
        with pytest.raises(SystemExit):
            call_command("form", *wrong)

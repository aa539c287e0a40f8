"""`motcua index`: text and JSON say the same as the rules. Law: QD766-2022"""

from __future__ import annotations

import json
import re
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from motcua.dossiers.tests import lives
from motcua.indices.nine import agencies
from motcua.indices.quality import quality
from motcua.indices.tests.made import resolved, table
from motcua.indices.workbooks import quality_workbook, sheets_workbook
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope
from tests.world import World

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command("index", *words, stdout=out)
    return out.getvalue()


def test_the_index_of_a_month_and_an_office(world: World) -> None:
    words = said("766", "2026-10")
    assert "Tiến độ giải quyết: 0,00 / 20" in words and "Chưa kết nối" in words
    made = json.loads(said("766", "2026-10", "--office", world.cast.justice.code, "--json"))
    assert made["office"]["code"] == world.cast.justice.code and len(made["groups"]) == 6
    assert made["points"] == made["result"] and made["class"] == "weak"


def test_the_nine_indices_of_a_quarter(world: World) -> None:
    lives.finished(world)
    assert "Sở Tư pháp" in said("agencies", "2021-Q4")
    rows = json.loads(said("officers", "2021-Q4", "--json"))["rows"]
    assert len(rows) == 5 and rows[0]["total"] == "9.0"
    assert json.loads(said("officers", "2020-Q1", "--json"))["rows"] == []


def test_a_bad_question_ends_with_a_sentence(world: World) -> None:
    for words in (("766", "2021-10"), ("766", "2026-13"), ("766", "2026-10", "--office", "KHONG-CO")):
        err = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("index", *words, stderr=err)
        assert ended.value.code == 2 and err.getvalue().strip()


def formulas(content: bytes) -> list[tuple[str, str]]:
    with ZipFile(BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return re.findall(r"<f>(.*?)</f><v>(.*?)</v>", sheet)


def test_workbooks_have_live_formulas_with_the_same_values(world: World) -> None:
    resolved(world, "2021-11-03 10:00", channel=2)
    resolved(world, "2021-11-10 10:00")
    made = quality(parse_period("2021-11"), Scope(), table())
    found = formulas(quality_workbook(made))
    assert any("ROUND(" in text and "MIN(1," in text for text, _value in found)
    assert float(found[-1][1]) == float(made.points)
    sheets = agencies(parse_period("2021-Q4"), Scope(), table("nine"))
    found = formulas(sheets_workbook("Chín chỉ số", parse_period("2021-Q4"), table("nine"), sheets))
    assert float(found[-1][1]) == float(sheets[0].total or 0)

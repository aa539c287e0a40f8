"""The workbook can be read back: names, numbers, formulas with the values they give."""

import io
import zipfile

from python_calamine import CalamineWorkbook

from motcua.dossiers.states import State
from motcua.reports.behind import everyone_behind
from motcua.reports.month import report
from motcua.reports.scope import Scope
from motcua.reports.tests.ledger import History, procedure, write
from motcua.reports.tests.test_month import ACCEPTED, DUE, NOVEMBER, clock
from motcua.reports.workbook import members_workbook, workbook
from tests.cast import Cast


def test_the_workbook_says_what_the_report_says(cast: Cast) -> None:
    finished = (clock("2021-11-16 10:00"), State.FINISHED)
    for moments in ([ACCEPTED], [ACCEPTED, finished], [ACCEPTED, finished]):
        write(History(moments, DUE, 2, competent=cast.justice, receiving=cast.center), procedure())
    file = workbook(report(NOVEMBER, Scope()))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Báo cáo").to_python()
    heads = rows[4]
    for line in rows[5:7]:
        said = dict(zip(heads, line, strict=True))
        assert (
            said["Tiếp nhận mới"],
            said["Nhận trực tuyến"],
            said["Đã giải quyết"],
            said["Giải quyết trước hạn"],
        ) == (
            3,
            3,
            2,
            2,
        )
        assert said["Tỷ lệ trước và đúng hạn (%)"] == 100
        assert said["Tỷ lệ đã giải quyết trên tổng số (%)"] == 66.67
    assert rows[5][1] == cast.justice.name
    sheet = zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(C6:C6)</f>" in sheet
    assert sheet.count("<f>") > 30


def test_a_share_of_nothing_is_a_dash(cast: Cast) -> None:
    file = workbook(report(NOVEMBER, Scope()))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_name("Báo cáo").to_python()
    assert rows[5][-1] == "–"


def test_words_that_look_like_formulas_stay_words(cast: Cast) -> None:
    case = procedure("1.000001")
    case.version.procedure.name = "=1+1"
    case.version.procedure.save()
    write(History([ACCEPTED], DUE, competent=cast.justice, receiving=cast.center), case)
    file = members_workbook("Hồ sơ", everyone_behind(NOVEMBER, Scope(), "open_late"))
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(file)).read("xl/worksheets/sheet1.xml").decode()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert rows[3][1] == "=1+1"
    assert rows[3][8] == 13

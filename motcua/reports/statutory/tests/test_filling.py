"""Forms from a ledger written by hand: every figure known, every figure with the dossiers behind it."""

from __future__ import annotations

import json
from datetime import date, datetime

import pytest
from django.db import connection

from motcua.base.errors import Invalid, NotThere
from motcua.catalogue.life.rows import ServiceLevel
from motcua.dossiers.models import Dossier, Extension
from motcua.dossiers.states import State
from motcua.law.tests.settling import settle_value
from motcua.offices.models import Office
from motcua.reports.behind import everyone_counted
from motcua.reports.measures import Unbalanced
from motcua.reports.periods import parse_period
from motcua.reports.scope import Scope, scope_for
from motcua.reports.statutory.as_json import as_json
from motcua.reports.statutory.dossiers import scope_of, sources_of
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS, form_named
from motcua.reports.statutory.heading import period_words
from motcua.reports.statutory.shapes import Sheet
from motcua.reports.tests.ledger import History, clock, procedure, write
from tests.cast import Cast

S = State
NOVEMBER = parse_period("2021-11")
TODAY = date(2021, 12, 31)
OCTOBER = (clock("2021-10-20 09:00"), S.ACCEPTED)
ACCEPTED = (clock("2021-11-10 09:00"), S.ACCEPTED)
DUE = clock("2021-11-17 17:00")
MARRIAGE, COPIES = ("1.001193", "Hộ tịch"), ("2.000815", "Chứng thực")


def done(day: str, state: State = S.FINISHED) -> tuple[datetime, State]:
    return clock(f"2021-11-{day} 10:00"), state


@pytest.fixture
def ledger(cast: Cast) -> Cast:
    """Ten dossiers in two fields, decided by the Department of Justice and by a commune."""
    lives = [
        (MARRIAGE, "justice", History([ACCEPTED, done("16")], DUE, 2)),  # early
        (MARRIAGE, "justice", History([ACCEPTED, done("17")], DUE, 1)),  # on its day
        (MARRIAGE, "justice", History([ACCEPTED, done("19")], DUE, 3)),  # late
        (MARRIAGE, "commune", History([OCTOBER], DUE, 1)),  # open, late
        (MARRIAGE, "commune", History([ACCEPTED], clock("2021-12-20 17:00"), 2)),  # open, within
        (COPIES, "commune", History([ACCEPTED, done("12", S.WITHDRAWN)], DUE, 2)),
        (COPIES, "commune", History([OCTOBER, done("12", S.STOPPED)], DUE, 1)),
        (COPIES, "commune", History([ACCEPTED, done("12", S.SUPPLEMENT)], DUE, 1)),
        (COPIES, "justice", History([(clock("2021-11-29 09:00"), S.SUBMITTED)], None, 2)),
        (COPIES, "justice", History([(clock("2021-10-02 09:00"), S.ACCEPTED), (clock("2021-10-05 09:00"), S.FINISHED)])),
    ]  # fmt: skip
    for facts, office, life in lives:
        life.competent, life.receiving = getattr(cast, office), cast.center
        write(life, procedure(*facts))
    return cast


def row_of(sheet: Sheet, name: str) -> dict[str, int]:
    return next(line.values for line in sheet.lines if line.name == name)


def test_06a_by_field(ledger: Cast) -> None:
    made = fill(FORMS["II.06a"], NOVEMBER, Scope(), TODAY)
    assert [line.name for line in made.lines] == ["Chứng thực", "Hộ tịch"]
    assert row_of(made, "Hộ tịch") == {
        "3": 5, "4": 2, "5": 2, "6": 1, "7": 3, "8": 1, "9": 1, "10": 1, "11": 2, "12": 1, "13": 1,
    }  # fmt: skip
    assert row_of(made, "Chứng thực") == {
        "3": 3, "4": 1, "5": 1, "6": 1, "7": 2, "8": 0, "9": 2, "10": 0, "11": 1, "12": 1, "13": 0,
    }  # fmt: skip
    assert made.total["3"] == 8 == made.total["7"] + made.total["11"]
    assert (made.checks[0].here, made.checks[0].there, made.checks[0].holds) == (2, 2, True)


def test_06b_06c_06d_add_up_the_same_dossiers(ledger: Cast) -> None:
    whole = fill(FORMS["II.06a"], NOVEMBER, Scope(), TODAY).total
    levels = fill(FORMS["II.06b"], NOVEMBER, Scope(), TODAY)
    assert [(line.name, line.is_heading, line.values["3"]) for line in levels.lines] == [
        ("Cấp tỉnh", True, 3),
        (ledger.justice.name, False, 3),
        ("Cấp xã", True, 5),
        (ledger.commune.name, False, 5),
    ]
    province = scope_for(ledger.actor("quang"), TODAY, office_code=ledger.district.code)
    district = fill(FORMS["II.06c"], NOVEMBER, province, TODAY)
    assert {line.values["3"] for line in district.lines} == {5}
    assert district.reporting == ledger.district.name
    assert levels.total == whole == fill(FORMS["II.06c"], NOVEMBER, Scope(), TODAY).total
    assert fill(FORMS["II.06d"], NOVEMBER, Scope(), TODAY).total["3"] == 0, "no central agency decides any"


@pytest.mark.parametrize("code", ["II.06a", "II.06b", "II.06c", "II.06d", "07a"])
def test_every_figure_opens_as_many_dossiers(ledger: Cast, code: str) -> None:
    form = FORMS[code]
    for by in form.bys:
        made = fill(form, NOVEMBER, Scope(), TODAY, by)
        places = [*((line.values, line.by, line.row) for line in made.lines), (made.total, by, "")]
        for values, row_by, row in places:
            for column in made.columns:
                found = list(
                    everyone_counted(
                        NOVEMBER, scope_of(form, Scope()), column.leaves, by=row_by, row=row, sources=sources_of(form)
                    )
                )
                assert len(found) == len({one.dossier_id for one in found}) == values[column.no], (by, row, column.no)


def test_07a_tells_online_levels_letters_and_waiting_apart(ledger: Cast) -> None:
    case = procedure(*MARRIAGE)
    ServiceLevel.objects.create(
        procedure_id=case.version.procedure_id, scheme="four_levels", level="3", valid_from=date(2021, 11, 1),
        recorded_by=ledger.yen, recorded_at=clock("2021-11-01 08:00"),
    )  # fmt: skip
    late = Dossier.objects.get(channel=3)
    Extension.objects.create(
        dossier=late, number=1, reason="Chờ xác minh", old_due_at=clock("2021-11-15 17:00"), new_due_at=DUE,
        signed_by=ledger.tuan, signed_at=clock("2021-11-14 09:00"),
    )  # fmt: skip
    Dossier.objects.filter(state=S.SUBMITTED).update(answer_due_at=clock("2021-11-30 09:00"))
    total = fill(FORMS["07a"], NOVEMBER, Scope(), TODAY).total
    assert [total[no] for no in ("3", "4", "5", "6", "7", "8", "9", "11")] == [8, 2, 3, 0, 2, 1, 1, 2]
    assert [total[no] for no in ("12", "13", "14", "15")] == [1, 0, 1, 0]
    assert [total[no] for no in ("16", "17", "18", "19", "20", "21")] == [3, 1, 1, 1, 1, 0]
    assert [total[no] for no in ("22", "23", "24", "25", "26", "27")] == [3, 2, 1, 1, 1, 0]
    assert total["10"] == 3, "a commune's dossiers that the centre took"


def test_what_a_hand_bends_in_the_database_is_not_printed(ledger: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET channel = 9 WHERE channel = 3")
    for code in ("II.06a", "07a"):
        with pytest.raises(Unbalanced):
            fill(FORMS[code], NOVEMBER, Scope(), TODAY)


def test_a_dossier_without_its_stay_is_not_printed(ledger: Cast) -> None:
    """Whoever owns the tables can do even this; the form then says nothing rather than something wrong."""
    lost = Dossier.objects.filter(state=S.SUPPLEMENT).values_list("pk", flat=True)[0]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dossiers_stay DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM dossiers_stay WHERE dossier_id = %s AND left_at IS NULL", [lost])
        cursor.execute("ALTER TABLE dossiers_stay ENABLE TRIGGER USER")
    with pytest.raises(Unbalanced, match="3 = 7"):
        fill(FORMS["II.06a"], NOVEMBER, Scope(), TODAY)


def test_a_running_period_is_told_until_today(ledger: Cast) -> None:
    made = fill(FORMS["II.06a"], NOVEMBER, Scope(), date(2021, 11, 16))
    assert made.period.last == date(2021, 11, 16) and "hết ngày 16/11/2021" in made.notes[0]
    assert (made.total["8"], made.total["13"]) == (1, 0)


def test_a_province_prints_apart_what_it_decided_to_from_that_day_on(ledger: Cast) -> None:
    settle_value("r1_2018", "supplement_bucket", "own", on=date(2021, 11, 15))
    settle_value("r1_2018", "returned_withdrawn_bucket", "resolved_excluded", on=date(2021, 11, 15))
    settle_value("r1_2018", "stopped_bucket", "own", on=date(2021, 11, 15))
    made = fill(FORMS["II.06a"], NOVEMBER, Scope(), TODAY)
    assert [made.total[no] for no in ("3", "7", "11", "12", "14", "15", "16")] == [8, 3, 3, 1, 1, 1, 1]
    assert "3 = 7 + 11 + 15 + 16" in map(str, made.identities)
    assert fill(FORMS["07a"], NOVEMBER, Scope(), TODAY).total["30"] == 1
    before = fill(FORMS["II.06a"], parse_period("2021-10"), Scope(), TODAY)
    assert "14" not in before.total and "3 = 7 + 11" in map(str, before.identities)


def test_06d_is_of_central_agencies(ledger: Cast) -> None:
    central = Office.objects.filter(kind=Office.Kind.VERTICAL_AGENCY).order_by("pk")[0]
    write(History([ACCEPTED], DUE, 2, competent=central, receiving=ledger.center), procedure(*COPIES))
    made = fill(FORMS["II.06d"], NOVEMBER, Scope(), TODAY)
    assert [(line.name, line.values["13"]) for line in made.lines] == [(central.name, 1)]
    elsewhere = scope_for(ledger.actor("quang"), TODAY, office_code=ledger.justice.code)
    assert fill(FORMS["II.06d"], NOVEMBER, elsewhere, TODAY).total["3"] == 0


def test_an_empty_period_is_zeros(cast: Cast) -> None:
    for form in FORMS.values():
        made = fill(form, NOVEMBER, Scope(), TODAY)
        assert set(made.total.values()) <= {0} or form.code == "07b"
        json.dumps(as_json(made))


def test_nobody_sees_more_than_their_own(ledger: Cast) -> None:
    scope = scope_for(ledger.actor("dung"), TODAY)
    made = fill(FORMS["II.06a"], NOVEMBER, scope, TODAY)
    assert made.total["3"] == 8 and any("được xem" in note for note in made.notes)
    with pytest.raises(NotThere):
        scope_for(ledger.actor("hoa"), TODAY)


def test_a_form_has_the_rows_that_it_has(cast: Cast) -> None:
    with pytest.raises(Invalid):
        fill(FORMS["II.06a"], NOVEMBER, Scope(), TODAY, "level")
    assert form_named("ii.06Đ") is FORMS["II.06dd"] and form_named("II.06a/VPCP/KSTT") is FORMS["II.06a"]
    with pytest.raises(NotThere, match=r"II\.06đ"):
        form_named("II.07")


@pytest.mark.parametrize(
    ("text", "closing", "words"),
    [
        ("2021-Q2", "nd09", "Quý II năm 2021 (từ ngày 15/03/2021 đến ngày 14/06/2021)"),
        ("2021-H1", "nd09", "6 tháng đầu năm 2021 (từ ngày 15/12/2020 đến ngày 14/06/2021)"),
        ("2021-9M", "nd09", "9 tháng đầu năm 2021 (từ ngày 15/12/2020 đến ngày 14/09/2021)"),
        ("2021", "nd09", "Năm 2021 (từ ngày 15/12/2020 đến ngày 14/12/2021)"),
        ("2021-11", "calendar", "Tháng 11 năm 2021 (từ ngày 01/11/2021 đến ngày 30/11/2021)"),
    ],
)
def test_the_period_is_said_in_words(text: str, closing: str, words: str) -> None:
    assert period_words(parse_period(text, closing)) == words  # type: ignore[arg-type]

"""What was handed in online with help is counted apart, everywhere, and raises no online rate. Our own definition (0047)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from motcua.dossiers.acts import reception
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State as S
from motcua.dossiers.tests.helping import helped as handed_in_for
from motcua.law.tests.settling import settle_value
from motcua.reports.audit.findings import Kind
from motcua.reports.audit.run import audit
from motcua.reports.behind import everyone_behind
from motcua.reports.bulletin import writing
from motcua.reports.closing import frozen_counts, frozen_report
from motcua.reports.comparing import differences, frozen_dossiers, moved
from motcua.reports.keeping import keep
from motcua.reports.kept import kept_figures
from motcua.reports.measures import MEASURES, rates
from motcua.reports.models import FrozenFigure, KeptCount, PeriodClose
from motcua.reports.month import count_anew, count_figures, report
from motcua.reports.open_data import MEASURES_PUBLISHED
from motcua.reports.periods import parse_period
from motcua.reports.public_statistics import Figure, forget_statistics, months, online_of
from motcua.reports.scope import Scope
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.shapes import Sheet
from motcua.reports.tests.ledger import History, clock, procedure, write
from motcua.reports.tests.opening import published
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
AT = moment("2022-01-05 09:00")
TODAY = date(2021, 12, 31)


def some(world: World, many: int, channel: int = 2, *, with_help: bool = False, day: str = "2021-11-10") -> list[int]:
    """Dossiers of the Department of Justice that were accepted and are in hand."""
    at = clock(f"{day} 09:00")
    helper = world.cast.minh if with_help else None
    offices = {"competent": world.cast.justice, "receiving": world.cast.center, "helper": helper}
    made = [write(History([(at, S.ACCEPTED)], None, channel, **offices), procedure()) for _ in range(many)]  # type: ignore[arg-type]
    return [one.pk for one in made if one is not None]


@pytest.fixture
def autumn(world: World) -> World:
    """Ten at the counter, six online alone, eight online with help, six by post."""
    some(world, 10, 1)
    some(world, 6)
    some(world, 8, with_help=True)
    some(world, 6, 3)
    return world


def test_online_is_the_sum_of_both_and_they_do_not_overlap(autumn: World) -> None:
    for by in ("office", "agency", "branch", "field", "procedure"):
        total = report(NOVEMBER, Scope(), by).total
        assert (total["new"], total["new_online"]) == (30, 14)
        assert (total["new_online_self"], total["new_online_helped"]) == (6, 8)
    found = {key: {one.dossier_id for one in everyone_behind(NOVEMBER, Scope(), key)} for key in MEASURES}
    assert found["new_online_self"] | found["new_online_helped"] == found["new_online"]
    assert not found["new_online_self"] & found["new_online_helped"]


def test_help_raises_no_online_rate(autumn: World) -> None:
    shares = rates(report(NOVEMBER, Scope()).total)
    assert (shares["online_rate"], shares["online_helped_rate"]) == (Decimal("20.00"), Decimal("26.67"))
    some(autumn, 30, with_help=True)
    assert rates(report(NOVEMBER, Scope()).total)["online_rate"] == Decimal("10.00")


def test_what_a_helper_hands_in_is_counted_as_helped(world: World) -> None:
    dossier = handed_in_for(world)
    reception.accept(dossier.pk, actor=world.actor("dung"), at=moment("2021-11-01 09:00"))
    total = report(NOVEMBER, Scope()).total
    assert (total["new_online_self"], total["new_online_helped"]) == (0, 1)
    assert audit().ok, audit().findings


def test_a_help_that_the_event_does_not_know_is_found(world: World) -> None:
    dossier = handed_in_for(world)
    none = {"helper": None, "helper_office": None}
    Dossier.objects.filter(pk=dossier.pk).update(**none)
    assert Kind.HELP.value in audit().counts


@pytest.mark.parametrize("place", ["competent", "receiving"])
def test_what_is_kept_tells_them_apart_and_an_older_count_is_not_used(autumn: World, place: str) -> None:
    keep(NOVEMBER, place)  # type: ignore[arg-type]
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    scope = Scope(place=place)  # type: ignore[arg-type]
    assert count_figures(NOVEMBER, scope, "office") == count_anew(NOVEMBER, scope, "office")
    assert {measure: many for _office, measure, many in kept_figures(NOVEMBER, place) or []}["new_online_helped"] == 8
    KeptCount.objects.update(meaning=1)
    assert kept_figures(NOVEMBER, place) is None


def test_a_close_from_before_is_read_as_handed_in_alone(autumn: World) -> None:
    close = published(autumn).close
    helped = FrozenFigure.objects.get(close=close, measure="new_online_helped")
    alone = FrozenFigure.objects.get(close=close, measure="new_online_self")
    as_it_was(close, sorted([*alone.dossiers, *helped.dossiers]))
    total = frozen_report(close).total
    assert (total["new_online"], total["new_online_self"], total["new_online_helped"]) == (14, 14, 0)
    assert frozen_counts(close)[autumn.cast.justice.pk, "new_online_self"] == 14
    found = {one.measure: (one.before, one.after) for one in differences(close)}
    assert found == {"new_online_self": (14, 6), "new_online_helped": (0, 8)}
    assert len(moved(close, None, "new_online_helped")[0]) == 8
    assert len(frozen_dossiers(close, "new_online")[0]) == len(frozen_dossiers(close, "new_online_self")[0]) == 14


def as_it_was(close: PeriodClose, dossiers: list[int]) -> None:
    """The figures of a close as they were frozen before help was told apart."""
    office = (
        FrozenFigure.objects.filter(close=close, measure="new_online_self").values_list("office_id", flat=True).get()
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reports_frozenfigure DISABLE TRIGGER USER")
        cursor.execute(
            "DELETE FROM reports_frozenfigure WHERE close_id = %s AND measure LIKE 'new_online%%'", [close.pk]
        )
        cursor.execute("ALTER TABLE reports_frozenfigure ENABLE TRIGGER USER")
    FrozenFigure.objects.create(close=close, office_id=office, measure="new_online", dossiers=dossiers)


def filled(code: str) -> Sheet:
    return fill(FORMS[code], NOVEMBER, Scope(), TODAY)


@pytest.mark.parametrize(("code", "online", "direct"), [("II.06a", "4", "5"), ("07a", "5", "4")])
def test_the_forms_of_the_law_count_the_channel_and_say_both_beneath(
    autumn: World, code: str, online: str, direct: str
) -> None:
    by_post = 6 if code == "II.06a" else 0
    sheet = filled(code)
    assert (sheet.total[online], sheet.total[direct]) == (14, 10 + by_post)
    (note,) = [one for one in sheet.notes if "có người giúp" in one]
    assert re.findall(r"\d+(?:,\d+)?", note) == ["8", "6", "20,00"]
    settle_value("r1_2018", "helped_online_bucket", "counter", on=date(2021, 11, 1))
    sheet = filled(code)
    assert (sheet.total[online], sheet.total[direct]) == (6, 18 + by_post)
    assert any("tính là trực tiếp" in one for one in sheet.notes)


def test_the_levels_of_07a_hold_both(autumn: World) -> None:
    sheet = filled("07a")
    assert sheet.total["6"] + sheet.total["7"] + sheet.total["8"] == sheet.total["5"] == 14


def test_without_help_the_forms_say_nothing_of_it(world: World) -> None:
    some(world, 6)
    assert not any("có người giúp" in note for note in filled("II.06a").notes)


def test_the_bulletin_tells_help_apart(autumn: World) -> None:
    made = writing.write(report(NOVEMBER, Scope(), "agency"))
    assert "tự nộp trực tuyến 6 hồ sơ (chiếm 20,00 %)" in made.text
    assert "nộp trực tuyến có người giúp 8 hồ sơ (chiếm 26,67 %)" in made.text
    assert "nhận trực tuyến" not in made.text
    assert [bar.measure for bar in made.charts[0].bars][1:3] == ["new_online_self", "new_online_helped"]


def test_a_bulletin_without_help_speaks_of_online_alone(world: World) -> None:
    some(world, 6)
    made = writing.write(report(NOVEMBER, Scope(), "agency"))
    assert "có người giúp" not in made.text and "nhận trực tuyến 6 hồ sơ" in made.text


def test_open_data_keep_one_number_for_online(autumn: World) -> None:
    made = published(autumn)
    assert "new_online" in MEASURES_PUBLISHED and "helped" not in made.csv and "new_online_self" not in made.csv
    assert "2021-11,*,*,*,new_online,14," in made.csv


@pytest.mark.parametrize("is_closed", [True, False])
def test_everybody_reads_both_shares(autumn: World, is_closed: bool) -> None:
    if is_closed:
        published(autumn)
    else:
        keep(NOVEMBER, "competent")
        KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    forget_statistics()
    (month,) = [one for one in months(AT) if one.period.key == "2021-11"]
    assert {key: one.words for key, one in month.online.items()} == {
        "online_rate": "20,00 %", "online_helped_rate": "26,67 %",
    }  # fmt: skip
    assert [name for name, _words in month.cells][-2:] == [
        "Tỷ lệ tự nộp trực tuyến trên tiếp nhận mới", "Tỷ lệ nộp trực tuyến có người giúp trên tiếp nhận mới",
    ]  # fmt: skip


def test_a_small_number_of_helped_ones_hides_both_shares(world: World) -> None:
    some(world, 10, 1)
    some(world, 20)
    some(world, 2, with_help=True)
    published(world)
    forget_statistics()
    (month,) = [one for one in months(AT) if one.period.key == "2021-11"]
    assert all(one.is_hidden for one in month.online.values())
    assert month.figures["new"].value == 32


def test_no_help_at_all_is_no_secret() -> None:
    figures = {"new": Figure(20)}
    shares = online_of({"new_online_self": 5, "new_online_helped": 0}, figures, 5)
    assert (shares["online_rate"].words, shares["online_helped_rate"].words) == ("25,00 %", "0,00 %")

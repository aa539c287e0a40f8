"""Public statistics: closed months as they were published, nothing small, nothing of a person, no counting for readers."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid
from motcua.dossiers.tests import lives
from motcua.reports import public_statistics as statistics
from motcua.reports.keeping import keep
from motcua.reports.measures import MEASURES
from motcua.reports.models import KeptCount, OpenMonth
from motcua.reports.periods import parse_period
from motcua.reports.public_statistics import Figure, Missing, Standing, month_told, months, voices_of
from motcua.reports.suppression import ALL
from motcua.reports.tests.opening import published
from motcua.reports.tests.test_open_data import many, november
from motcua.reports.votes import complete
from tests.world import World, moment

__all__ = ["november"]
pytestmark = pytest.mark.django_db
AT = moment("2022-01-05 09:00")


def values_of(made: OpenMonth) -> dict[tuple[str, str], int | None]:
    """(office code, measure) → what the file says over all fields."""
    rows = csv.DictReader(io.StringIO(made.csv))
    return {
        (row["office_code"], row["measure"]): int(row["value"]) if row["value"] else None
        for row in rows
        if row["field"] == ALL
    }


def test_a_closed_month_says_what_was_published_and_no_more(november: OpenMonth) -> None:
    told = month_told("2021-11", AT)
    assert told is not None and told.month.standing == Standing.CLOSED and told.month.number == 1
    said, hidden = values_of(november), 0
    lines = {row.code: row.figures for row in told.agencies} | {ALL: told.month.figures}
    assert set(lines) == {code for code, _measure in said} and len(lines) == 4
    for code, figures in lines.items():
        for key in ("new", "resolved", "resolved_late"):
            parts = [said.get((code, part), 0) for part in MEASURES[key].parts or (key,)]
            whole = None if None in parts else sum(part or 0 for part in parts)
            assert (figures[key].value, figures[key].is_hidden) == (whole, whole is None), (code, key)
            hidden += whole is None
    assert hidden, "one dossier that came in online alone is told nowhere"
    assert told.month.figures["new"].words == "che"


def test_months_are_told_apart_and_only_those_since_the_first_dossier(november: OpenMonth) -> None:
    listed = months(AT)
    assert [(one.period.key, one.standing) for one in listed] == [
        ("2022-01", Standing.RUNNING), ("2021-12", Standing.UNCOUNTED), ("2021-11", Standing.CLOSED),
    ]  # fmt: skip
    for one in listed[:2]:
        assert {figure.words for figure in one.figures.values()} == {"chưa đếm xong"}
        assert all(figure.is_uncounted and figure.value is None for figure in one.figures.values())
    told = month_told("", AT)
    assert told is not None and told.month.period.key == "2021-11", "the latest closed one stands first"
    assert len(months(moment("2026-11-28 09:00"))) == statistics.MONTHS + 1, "bounded"


def test_what_is_over_and_not_closed_is_read_from_what_is_kept_and_never_counted(world: World) -> None:
    many(12, world.cast.justice, "8.000001", "Hộ tịch")
    with CaptureQueriesContext(connection) as seen:
        (_running, over) = months(moment("2021-12-05 09:00"))
    assert over.standing == Standing.UNCOUNTED and over.is_uncounted
    assert {one.words for one in over.figures.values()} == {"chưa đếm xong"}
    assert not any("EXCEPT" in one["sql"] or "accepted_at" in one["sql"] for one in seen.captured_queries)
    keep(parse_period("2021-11"), "competent")
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    statistics.forget_statistics()
    told = month_told("2021-11", moment("2021-12-05 09:00"))
    assert told is not None and told.agencies == () and told.month.figures["new"].value == 12
    assert told.month.standing == Standing.OVER and not told.month.is_uncounted
    assert told.month.figures["resolved"].value == 0 and told.month.figures["in_time"].words == "–"
    assert not any(one.is_uncounted for one in told.month.figures.values()), "counted and empty is not uncounted"


def test_voices_are_told_apart_too(world: World, november: OpenMonth) -> None:
    """Not counted, kept before votes were, counted and empty, counted."""
    told = month_told("2021-11", AT)
    assert told is not None and told.voices == statistics.UNCOUNTED_VOICES
    assert {row.voices for row in told.agencies} == {statistics.UNCOUNTED_VOICES}
    keep(parse_period("2021-11"), "competent")
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    statistics.forget_statistics()
    told = month_told("2021-11", AT)
    assert told is not None and (told.voices.votes.words, told.voices.satisfied.words) == ("0", "–")
    assert not any(row.voices.votes.is_uncounted for row in told.agencies)
    KeptCount.objects.update(votes=None)
    statistics.forget_statistics()
    told = month_told("2021-11", AT)
    assert told is not None and told.voices.votes.words == "chưa đếm xong" and told.month.is_closed


def test_a_count_that_is_no_longer_right_is_uncounted_again(world: World) -> None:
    lives.finished(world)
    keep(parse_period("2021-11"), "competent")
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    assert months(moment("2021-12-05 09:00"))[1].standing == Standing.OVER
    KeptCount.objects.update(made_at=moment("2021-12-02 00:10"))  # what was dated back since is not in it
    statistics.forget_statistics()
    over = months(moment("2021-12-05 09:00"))[1]
    assert over.standing == Standing.UNCOUNTED and over.figures["new"].words == "chưa đếm xong"


def test_without_a_word_a_counted_month_stands_before_one_that_is_not(world: World) -> None:
    many(12, world.cast.justice, "8.000001", "Hộ tịch")
    keep(parse_period("2021-11"), "competent")
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    told = month_told("", moment("2022-01-05 09:00"))
    assert told is not None and (told.month.period.key, told.month.standing) == ("2021-11", Standing.OVER)
    asked = month_told("2021-12", moment("2022-01-05 09:00"))
    assert asked is not None and asked.month.is_uncounted, "it may be asked for by name, and says so"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(0), "0"),
        (Figure(12), "12"),
        (Figure(Decimal("77.78")), "77,78 %"),
        (Figure(), "–"),
        (Figure(missing=Missing.EMPTY), "–"),
        (Figure(missing=Missing.HIDDEN), "che"),
        (Figure(missing=Missing.UNCOUNTED), "chưa đếm xong"),
    ],
)
def test_why_a_figure_is_missing_is_told_apart(figure: Figure, words: str) -> None:
    assert figure.words == words


def test_small_sums_of_a_month_that_is_not_closed_are_hidden(world: World) -> None:
    many(12, world.cast.justice, "8.000001", "Hộ tịch")
    many(2, world.cast.justice, "8.000001", "Hộ tịch", channel=2)
    keep(parse_period("2021-11"), "competent")
    KeptCount.objects.update(made_at=moment("2100-01-01 00:00"))
    figures = months(moment("2021-12-05 09:00"))[1].figures
    assert figures["new"].is_hidden, "14 less the 12 that a later publication tells would be 2"


def test_a_month_closed_again_is_told_as_the_last_time(world: World, november: OpenMonth) -> None:
    many(30, world.cast.commune, "8.000001", "Hộ tịch")
    published(world, at="2021-12-05 08:00", reason="Bổ sung")
    told = month_told("2021-11", AT)
    assert told is not None and told.month.number == 2
    assert {row.code for row in told.agencies} == {code for code, _m in values_of(november)} - {ALL}


@pytest.mark.parametrize("wrong", ["2022-01", "2021-10", "2021-Q4", "2031-01", "1066", "2021-13", "Tết", "*"])
def test_another_period_is_answered_with_a_sentence(november: OpenMonth, wrong: str) -> None:
    with pytest.raises(Invalid):
        month_told(wrong, AT)


def test_the_ledger_is_asked_once_an_hour(november: OpenMonth, monkeypatch: pytest.MonkeyPatch) -> None:
    first = month_told("", AT)
    with CaptureQueriesContext(connection) as seen:
        again = month_told("2021-11", moment("2022-01-05 09:40"))
    assert len(seen) == 0 and again is first and first is not None and first.at == AT
    monkeypatch.setattr(statistics, "KEPT_SECONDS", -1.0)
    with CaptureQueriesContext(connection) as seen:
        month_told("2021-11", AT)
    assert len(seen) <= 12


def test_without_any_dossier_there_is_no_month(world: World) -> None:
    assert months(AT) == () and month_told("", AT) is None
    with pytest.raises(Invalid):
        month_told("2021-11", AT)


@pytest.mark.parametrize(
    ("cast", "bad", "answered", "ratable", "words"),
    [
        (0, 0, 0, 0, ("0", "–", "–")),
        (0, 0, 0, 9, ("0", "–", "0,00 %")),
        (3, 1, 3, 9, ("che", "che", "che")),
        (3, 1, 3, 4, ("che", "che", "che")),
        (8, 2, 8, 16, ("8", "75,00 %", "50,00 %")),
        (5, 0, 6, 7, ("5", "100,00 %", "85,71 %")),
    ],
)
def test_satisfaction_stands_with_its_response_rate_or_not_at_all(
    cast: int, bad: int, answered: int, ratable: int, words: tuple[str, str, str]
) -> None:
    figures = complete({
        "home_not_satisfied": bad, "home_satisfied": cast - bad, "answered": answered, "unanswered": ratable - answered,
    })  # fmt: skip
    told = voices_of(figures, 5)
    assert (told.votes.words, told.satisfied.words, told.response.words) == words
    assert {one.words for one in (voices_of(None, 5).satisfied, voices_of(None, 5).response)} == {"–"}


def test_a_rate_is_half_up_and_hidden_where_a_part_is(november: OpenMonth) -> None:
    figures = statistics.figures_of({"resolved_early": 1, "resolved_on_time": 6, "resolved_late": 2})
    assert figures["in_time"].value == Decimal("77.78") and figures["resolved"].value == 9
    for part in ("resolved_early", "resolved_on_time", "resolved_late"):
        bent = statistics.figures_of({"resolved_early": 7, "resolved_on_time": 6, "resolved_late": 8, part: None})
        assert bent["in_time"].is_hidden and bent["resolved"].is_hidden

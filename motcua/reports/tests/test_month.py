"""The report of a period: each dossier in its bucket, as of the period's end, and it balances."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.base.times import start_of
from motcua.dossiers.states import State
from motcua.reports.measures import COUNTED, MEASURES, Unbalanced, complete, form_06a, rates
from motcua.reports.month import BYS, report
from motcua.reports.periods import Period, parse_period
from motcua.reports.scope import Scope, scope_for, subtree
from motcua.reports.tests.ledger import History, clock, procedure, slowly, write
from tests.cast import Cast

S = State
NOVEMBER = parse_period("2021-11")
ACCEPTED = (clock("2021-11-10 09:00"), S.ACCEPTED)
DUE = clock("2021-11-17 17:00")


def one(cast: Cast, *moments: tuple[datetime, State], due: datetime | None = DUE, **facts: object) -> dict[str, int]:
    """The counted figures of November 2021 that are not zero, with one dossier."""
    history = History(list(moments), due, competent=cast.justice, receiving=cast.center, **facts)  # type: ignore[arg-type]
    write(history, procedure())
    figures = report(NOVEMBER, Scope()).total
    return {key: count for key, count in figures.items() if count and not MEASURES[key].parts}


def test_accepted_and_open_before_its_day(cast: Cast) -> None:
    assert one(cast, ACCEPTED, due=clock("2021-11-30 17:00")) == {"new_counter": 1, "open_within": 1}


def test_open_after_its_day_is_late(cast: Cast) -> None:
    assert one(cast, ACCEPTED, due=clock("2021-11-29 17:00")) == {"new_counter": 1, "open_late": 1}


def test_waiting_for_a_supplement_is_neither_within_nor_late(cast: Cast) -> None:
    asked = (clock("2021-11-12 09:00"), S.SUPPLEMENT)
    assert one(cast, ACCEPTED, asked, channel=2) == {"new_online_self": 1, "waiting_supplement": 1}


@pytest.mark.parametrize(("due", "measure"), [("2021-11-12 17:00", "open_within"), ("2021-11-11 17:00", "open_late")])
def test_waiting_for_a_financial_duty_is_late_only_if_it_was_before(cast: Cast, due: str, measure: str) -> None:
    owing = (clock("2021-11-12 09:00"), S.PAYMENT)
    assert one(cast, ACCEPTED, owing, due=clock(due)) == {"new_counter": 1, measure: 1}


@pytest.mark.parametrize(
    ("finished", "measure"),
    [
        ("2021-11-16 23:59", "resolved_early"),
        ("2021-11-17 00:00", "resolved_on_time"),
        ("2021-11-17 18:30", "resolved_on_time"),
        ("2021-11-18 00:00", "resolved_late"),
    ],
)
def test_early_on_time_and_late_are_told_by_the_day(cast: Cast, finished: str, measure: str) -> None:
    assert one(cast, ACCEPTED, (clock(finished), S.FINISHED)) == {"new_counter": 1, measure: 1}


def test_without_a_promised_day_nothing_is_late(cast: Cast) -> None:
    assert one(cast, ACCEPTED, (clock("2021-11-29 10:00"), S.FINISHED), due=None) == {
        "new_counter": 1,
        "resolved_on_time": 1,
    }


def test_what_ends_on_the_first_day_of_the_next_month_is_still_open(cast: Cast) -> None:
    finished = (clock("2021-12-01 00:00"), S.FINISHED)
    assert one(cast, ACCEPTED, finished) == {"new_counter": 1, "open_late": 1}


def test_accepted_at_midnight_belongs_to_the_new_month(cast: Cast) -> None:
    assert one(cast, (clock("2021-11-01 00:00"), S.ACCEPTED)) == {"new_counter": 1, "open_late": 1}


def test_accepted_a_second_before_midnight_is_carried_over(cast: Cast) -> None:
    assert one(cast, (clock("2021-10-31 23:59"), S.ACCEPTED)) == {"carried_over": 1, "open_late": 1}


def test_withdrawn_and_stopped_are_buckets_of_their_own(cast: Cast) -> None:
    withdrawn = (clock("2021-11-20 09:00"), S.WITHDRAWN)
    assert one(cast, ACCEPTED, withdrawn, channel=3) == {"new_post": 1, "withdrawn": 1}
    form = form_06a(report(NOVEMBER, Scope()).total)
    assert (form["3"], form["7"], form["9"], form["11"]) == (1, 1, 1, 0)


def test_what_was_never_accepted_is_outside_the_balance(cast: Cast) -> None:
    submitted = (clock("2021-11-10 09:00"), S.SUBMITTED)
    assert one(cast, submitted) == {"waiting_acceptance": 1}
    assert one(cast, submitted, (clock("2021-11-11 09:00"), S.REFUSED)) == {"waiting_acceptance": 1, "refused": 1}
    assert one(cast, submitted, (clock("2021-11-11 09:00"), S.WITHDRAWN))["withdrawn_before"] == 1


def test_a_result_returned_by_post(cast: Cast) -> None:
    moments = (ACCEPTED, (clock("2021-11-16 09:00"), S.FINISHED), (clock("2021-11-17 09:00"), S.RETURNED))
    assert one(cast, *moments, way="post") == {"new_counter": 1, "resolved_early": 1, "returned_post": 1}
    assert str(rates(report(NOVEMBER, Scope()).total)["returned_post_rate"]) == "100.00"


def test_an_empty_report_has_no_rates(cast: Cast) -> None:
    total = report(NOVEMBER, Scope()).total
    assert set(total.values()) == {0}
    assert set(rates(total).values()) == {None}


def test_the_figures_of_the_publication_round_half_up() -> None:
    figures = complete({"carried_over": 3109, "new_counter": 9908, "new_online_self": 5920, "new_post": 105,
                        "resolved_early": 2288, "resolved_on_time": 11616, "open_within": 5138})  # fmt: skip
    assert figures["total"] == 19042
    assert {key: str(value) for key, value in rates(figures).items()}["early_rate"] == "16.46"
    assert str(rates(figures)["post_rate"]) == "0.66"
    assert form_06a(figures)["11"] == 5138


def test_a_report_that_does_not_add_up_is_not_printed(cast: Cast) -> None:
    history = History([ACCEPTED], DUE, competent=cast.justice, receiving=cast.center)
    dossier = write(history, procedure())
    assert dossier
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET accepted_at = %s WHERE id = %s", [clock("2021-10-02 08:00"), dossier.pk]
        )
    with pytest.raises(Unbalanced):
        report(NOVEMBER, Scope())


def test_the_report_takes_one_statement_one_for_the_names_and_a_look_at_what_is_kept(
    cast: Cast, django_assert_num_queries
) -> None:
    one(cast, ACCEPTED)
    with django_assert_num_queries(3):
        report(NOVEMBER, Scope(), "office")


def test_offices_by_authority_by_receiver_and_summed_up_the_tree(cast: Cast) -> None:
    case = procedure()
    for competent, receiving in (
        (cast.justice, cast.center),
        (cast.justice, cast.center),
        (cast.commune, cast.commune),
    ):
        write(History([ACCEPTED], DUE, competent=competent, receiving=receiving), case)

    def rows(scope: Scope, by: str = "office") -> dict[str, int]:
        return {row.name: row.figures["new"] for row in report(NOVEMBER, scope, by).rows}

    assert rows(Scope()) == {cast.justice.name: 2, cast.commune.name: 1}
    assert rows(Scope(place="receiving")) == {cast.center.name: 2, cast.commune.name: 1}
    province = cast.justice.parent
    assert province
    within = Scope(office=province, offices=subtree([province.pk], NOVEMBER.last))
    assert rows(within) == {cast.justice.name: 2, cast.commune.name: 1}
    assert rows(within, "branch") == {cast.justice.name: 2, cast.district.name: 1}
    below = Scope(office=cast.district, offices=subtree([cast.district.pk], NOVEMBER.last))
    assert rows(below, "branch") == {cast.commune.name: 1}


def test_a_head_of_unit_sees_what_was_received_there_only(cast: Cast) -> None:
    case = procedure()
    for receiving in (cast.center, cast.commune):
        write(History([ACCEPTED], DUE, competent=cast.justice, receiving=receiving), case)
    on = date(2021, 12, 1)
    assert report(NOVEMBER, scope_for(cast.actor("dung", on), on)).total["new"] == 1
    assert report(NOVEMBER, scope_for(cast.actor("quang", on), on)).total["new"] == 2


def test_fields_and_procedures_have_rows_of_their_own(cast: Cast) -> None:
    for code, field in (("1.001193", "Hộ tịch"), ("1.000894", "Hộ tịch"), ("2.000815", "Chứng thực")):
        write(History([ACCEPTED], DUE, competent=cast.justice, receiving=cast.center), procedure(code, field))
    by_field = report(NOVEMBER, Scope(), "field")
    assert [(row.name, row.figures["new"]) for row in by_field.rows] == [("Chứng thực", 1), ("Hộ tịch", 2)]
    assert [row.figures["new"] for row in report(NOVEMBER, Scope(), "procedure").rows] == [1, 1, 1]


# What may follow what, as the table of transitions says; times are hours from the first of October.
WAYS: dict[State, list[State]] = {
    S.SUBMITTED: [S.ACCEPTED, S.PRE_SUPPLEMENT, S.REFUSED, S.WITHDRAWN, S.SUBMITTED],
    S.PRE_SUPPLEMENT: [S.SUBMITTED, S.REFUSED, S.WITHDRAWN],
    S.ACCEPTED: [S.PROCESSING, S.FINISHED, S.WITHDRAWN],
    S.PROCESSING: [S.PROCESSING, S.SUPPLEMENT, S.PAYMENT, S.DECIDED, S.FINISHED, S.WITHDRAWN, S.STOPPED],
    S.SUPPLEMENT: [S.PROCESSING, S.WITHDRAWN, S.STOPPED],
    S.PAYMENT: [S.PROCESSING, S.WITHDRAWN, S.STOPPED],
    S.DECIDED: [S.FINISHED],
    # Errors found later: another version is handed over, or it is handled again.
    S.FINISHED: [S.RETURNED, S.PROCESSING],
    S.RETURNED: [S.FINISHED, S.PROCESSING],
}


@st.composite
def lives(draw: st.DrawFn) -> History:
    """A life that the acts allow, of any length."""
    at = start_of(date(2021, 10, 1)) + timedelta(hours=draw(st.integers(0, 1500)))
    state = draw(st.sampled_from([S.SUBMITTED, S.ACCEPTED]))
    moments = [(at, state)]
    while state in WAYS and draw(st.integers(0, 7)):
        at += timedelta(hours=draw(st.sampled_from([0, 1, 24, 100, 400])))
        before, state = state, draw(st.sampled_from(WAYS[state]))
        again = before in (S.FINISHED, S.RETURNED) and state != S.RETURNED
        if any(known in (S.FINISHED, S.RETURNED) for _at, known in moments) and state in (S.WITHDRAWN, S.STOPPED):
            state = S.PROCESSING
        # The act of correcting is later than what it corrects.
        at += timedelta(hours=1 if again else 0)
        moments.append((at, state))
    due = draw(st.none() | st.integers(0, 90).map(lambda day: clock("2021-10-01 17:00") + timedelta(days=day)))
    return History(moments, due, draw(st.sampled_from([1, 2, 3])), way=draw(st.sampled_from(["counter", "post"])))


@given(
    histories=st.lists(lives(), min_size=1, max_size=12),
    first=st.integers(0, 80),
    length=st.integers(0, 40),
    later=st.integers(1, 60),
)
@settings(max_examples=settings().max_examples // 16)  # each writes five ledgers
def check_against_the_slow_count(cast: Cast, histories: list[History], first: int, length: int, later: int) -> None:
    begin = date(2021, 10, 1) + timedelta(days=first)
    period = Period(begin, begin + timedelta(days=length))
    offices = (cast.justice, cast.industry, cast.commune)
    for index, history in enumerate(histories):
        history.competent, history.receiving = offices[index % 3], cast.center
        history.helper = cast.minh if history.channel == 2 and index % 2 else None
    expected = slowly(histories, period)
    known_then = [history.until(period.end + timedelta(days=later)) for history in histories]
    for by, ledger in zip(
        BYS, (histories, known_then, [h.until(period.end) for h in histories], histories, known_then), strict=True
    ):
        with transaction.atomic():
            for history in ledger:
                write(history, procedure())
            total = report(period, Scope(), by).total
            assert {key: total[key] for key in COUNTED} == {key: expected[key] for key in COUNTED}
            transaction.set_rollback(True)


@pytest.mark.hypothesis
def test_any_period_of_any_lives_is_counted_right_whatever_happened_later(cast: Cast) -> None:
    """The same figures from the whole ledger, from what was known a while later, and from what was known at the end."""
    check_against_the_slow_count(cast)

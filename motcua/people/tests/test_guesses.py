"""Secrets cannot be guessed at leisure: not of one thing, not of many, whichever process is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.people.guesses import ADDRESS_WINDOW, MOST_PER_ADDRESS, MOST_PER_SUBJECT, SUBJECT_WINDOW, Guesser
from motcua.people.models import WrongGuess

pytestmark = pytest.mark.django_db
AT = datetime(2021, 11, 2, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CODE, HERE, ELSEWHERE = "000.00.18.H54-211102-0001", "203.0.113.7", "203.0.113.8"


def test_after_five_wrong_secrets_for_one_code_an_address_waits_a_quarter_of_an_hour_from_the_first() -> None:
    guesser = Guesser(CODE, HERE)
    for number in range(MOST_PER_SUBJECT):
        assert guesser.closed_until(AT + number * SECOND) is None
        guesser.was_wrong(AT + number * SECOND)
    later = AT + MOST_PER_SUBJECT * SECOND
    assert guesser.closed_until(later) == AT + SUBJECT_WINDOW
    assert guesser.closed_until(AT + SUBJECT_WINDOW - SECOND) == AT + SUBJECT_WINDOW
    assert guesser.closed_until(AT + SUBJECT_WINDOW) is None
    guesser.was_wrong(AT + SUBJECT_WINDOW)
    assert guesser.closed_until(AT + SUBJECT_WINDOW) == AT + SUBJECT_WINDOW + SECOND, "one more for each that is past"


def test_another_code_and_another_address_are_not_held_back() -> None:
    for _try in range(MOST_PER_SUBJECT):
        Guesser(CODE, HERE).was_wrong(AT)
    assert Guesser(CODE, HERE).closed_until(AT) is not None
    assert Guesser("000.00.18.H54-211102-0002", HERE).closed_until(AT) is None
    assert Guesser(CODE, ELSEWHERE).closed_until(AT) is None


def test_case_and_spaces_make_no_other_code() -> None:
    for spelled in (CODE, CODE.lower(), f" {CODE} ", CODE, CODE):
        Guesser(spelled, HERE).was_wrong(AT)
    assert Guesser(CODE.lower(), HERE).closed_until(AT) == AT + SUBJECT_WINDOW


def test_an_address_that_tries_many_codes_waits_as_well() -> None:
    for number in range(MOST_PER_ADDRESS):
        guesser = Guesser(f"TN-{number:010}", HERE)
        assert guesser.closed_until(AT) is None
        guesser.was_wrong(AT)
    assert Guesser("TN-ANOTHER000", HERE).closed_until(AT) == AT + ADDRESS_WINDOW
    assert Guesser("TN-ANOTHER000", ELSEWHERE).closed_until(AT) is None
    assert Guesser("TN-ANOTHER000", HERE).closed_until(AT + ADDRESS_WINDOW) is None


def test_petitions_and_secrets_are_counted_apart() -> None:
    for _petition in range(MOST_PER_SUBJECT):
        Guesser.sending_petitions(HERE).was_wrong(AT)
    assert Guesser.sending_petitions(HERE).closed_until(AT) == AT + SUBJECT_WINDOW
    assert Guesser.sending_petitions(ELSEWHERE).closed_until(AT) is None
    for number in range(MOST_PER_ADDRESS - 1):
        Guesser(f"TN-{number:010}", HERE).was_wrong(AT)
    assert Guesser(CODE, HERE).closed_until(AT) is None, "five petitions are no wrong guesses"
    for number in range(MOST_PER_ADDRESS):
        Guesser(f"TN-{number:010}", ELSEWHERE).was_wrong(AT)
    assert Guesser(CODE, ELSEWHERE).closed_until(AT) is not None
    assert Guesser.sending_petitions(ELSEWHERE).closed_until(AT) is None, "who guessed may still say what is wrong"


def test_what_no_window_counts_any_more_is_forgotten() -> None:
    Guesser(CODE, HERE).was_wrong(AT)
    Guesser(CODE, ELSEWHERE).was_wrong(AT + SUBJECT_WINDOW - SECOND)
    Guesser(CODE, ELSEWHERE).was_wrong(AT + SUBJECT_WINDOW)
    assert list(WrongGuess.objects.order_by("at").values_list("address", "at")) == [
        (ELSEWHERE, AT + SUBJECT_WINDOW - SECOND),
        (ELSEWHERE, AT + SUBJECT_WINDOW),
    ]


def test_asking_and_counting_are_one_statement_each() -> None:
    with CaptureQueriesContext(connection) as asked:
        Guesser(CODE, HERE).closed_until(AT)
        Guesser(CODE, HERE).was_wrong(AT)
    assert len(asked) == 2

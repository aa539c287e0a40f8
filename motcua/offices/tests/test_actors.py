"""Who somebody is on a day: postings in force, and the offices they oversee."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from motcua.offices.actors import ANONYMOUS, actor_of
from motcua.offices.models import Office, Posting
from motcua.offices.reorganise import reorganise
from tests.cast import Cast, office

DAY = date(2021, 11, 1)


def test_an_actor_is_known_in_one_statement(cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actor = actor_of(cast.quang, DAY)
    assert len(queries) == 1
    assert actor.is_officer
    assert len(actor.overseen) == 292


def test_a_receiver_receives_at_their_office_and_nowhere_else(cast: Cast) -> None:
    minh = cast.actor("minh")
    assert minh.has("receiver", cast.center.pk)
    assert not minh.has("receiver", cast.justice.pk)
    assert not minh.has("approver", cast.center.pk)
    assert minh.offices("receiver", "handler") == minh.offices() == {cast.center.pk}
    assert minh.overseen == frozenset()


def test_a_citizen_has_no_posts_and_costs_no_statement(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as queries:
        lan = actor_of(cast.lan, DAY)
    assert len(queries) == 0
    assert (lan.kind, lan.is_officer, lan.offices()) == ("citizen", False, frozenset())


def test_a_closed_account_is_nobody(cast: Cast) -> None:
    cast.minh.is_active = False
    assert actor_of(cast.minh, DAY) == ANONYMOUS


def test_a_posting_counts_from_its_first_day_and_not_on_its_last(cast: Cast) -> None:
    Posting.objects.create(
        account=cast.khang, office=cast.justice, role="head", valid_from=date(2022, 1, 3), valid_to=date(2022, 4, 1)
    )
    days = [date(2022, 1, 2), date(2022, 1, 3), date(2022, 3, 31), date(2022, 4, 1)]
    assert [cast.actor("khang", day).has("head", cast.justice.pk) for day in days] == [False, True, True, False]


def test_equal_postings_may_follow_each_other_but_not_overlap(cast: Cast) -> None:
    first = Posting.objects.get(account=cast.hoa, role="handler")
    first.valid_to = date(2022, 1, 1)
    first.save()
    Posting.objects.create(account=cast.hoa, office=cast.justice, role="handler", valid_from=date(2022, 1, 1))
    Posting.objects.create(account=cast.hoa, office=cast.justice, role="clerk", valid_from=DAY)
    Posting.objects.create(account=cast.hoa, office=cast.industry, role="handler", valid_from=DAY)
    with pytest.raises(IntegrityError, match="posting_once_at_a_time"):
        Posting.objects.create(
            account=cast.hoa,
            office=cast.justice,
            role="handler",
            valid_from=date(2021, 12, 31),
            valid_to=date(2022, 1, 2),
        )


def test_the_one_in_charge_of_a_district_oversees_its_communes_only(cast: Cast) -> None:
    Posting.objects.create(account=cast.hien, office=cast.district, role="unit_head", valid_from=DAY)
    overseen = cast.actor("hien").overseen
    assert len(overseen) == 1 + 38
    assert cast.commune.pk in overseen
    assert cast.center.pk not in overseen


def test_after_a_merger_the_successor_oversees_what_it_took_over(cast: Cast) -> None:
    day = date(2025, 7, 1)
    reorganise(day)
    assert office("xa-do-luong-12691").pk in cast.actor("quang", day).overseen
    assert cast.actor("quang", day - timedelta(days=1)).overseen >= set(
        Office.objects.filter(province="H54").values_list("pk", flat=True)
    )

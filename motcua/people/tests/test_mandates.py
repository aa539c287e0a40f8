"""Who may act for whom, from which day to which; nothing is struck out, and nothing lasts beyond its end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.db.utils import DatabaseError

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.people.capacities import open_to, over
from motcua.people.mandate_rows import Mandate, Organisation
from motcua.people.mandates import Naming, a_year_from, authorise, end_mandate, manages, name_member, trace
from motcua.people.models import Account
from motcua.people.tests.made import member, organisation
from tests.cast import Cast
from tests.world import moment

pytestmark = pytest.mark.django_db
NOW = "2021-11-01 08:00"


@pytest.fixture
def pottery(cast: Cast) -> Organisation:
    return organisation(cast, NOW)


def whom(account: Account, at: str) -> list[str]:
    return [one.name for one in open_to(account.pk, moment(at))]


def wrong_of(pottery: Organisation, by: Account, **changes: Any) -> set[str]:
    """The fields that a naming of Lan's is refused for."""
    facts: dict[str, Any] = {"whom": "0900000001", "name": "Trần Thị Lan", "valid_from": date(2021, 11, 1)}
    with pytest.raises(Invalid) as caught, transaction.atomic():
        name_member(pottery.account_id, Naming(**{**facts, **changes}), by=by, at=moment(NOW))
    return set(caught.value.fields)


def test_from_the_first_day_to_the_end_of_the_last_and_not_a_moment_longer(cast: Cast, pottery: Organisation) -> None:
    days = {"valid_from": date(2021, 11, 3), "valid_to": date(2021, 11, 5)}
    member(pottery, cast.lan, cast.bay, NOW, **days)
    when = ["2021-11-02 23:59", "2021-11-03 00:00", "2021-11-05 23:59", "2021-11-06 00:00"]
    assert [len(whom(cast.lan, at)) for at in when] == [0, 1, 1, 0]
    gone = over(cast.lan.pk, pottery.account_id, moment("2021-11-09 08:00"))
    assert (gone.name, gone.until, gone.is_over) == (pottery.name, date(2021, 11, 5), True)


def test_taken_away_it_is_over_at_once_and_stays_on_record(cast: Cast, pottery: Organisation) -> None:
    one = member(pottery, cast.lan, cast.bay, NOW, may_file=True)
    end_mandate(one.pk, why="Nghỉ việc", by=cast.bay, at=moment("2021-11-02 09:00"))
    assert whom(cast.lan, "2021-11-02 09:00") == []
    kept = trace(pottery.account_id).get(pk=one.pk)
    assert kept.named_by == cast.bay
    assert (kept.ended_by, kept.ended_why) == (cast.bay, "Nghỉ việc")
    with pytest.raises(Refused):
        end_mandate(one.pk, why="Lần nữa", by=cast.bay, at=moment("2021-11-02 10:00"))


@pytest.mark.parametrize("change", ["update people_mandate set may_file = true", "delete from people_mandate"])
def test_no_row_is_changed_or_struck_out(cast: Cast, pottery: Organisation, change: str) -> None:
    from django.db import connection

    member(pottery, cast.lan, cast.bay, NOW)
    with pytest.raises((InternalError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{change} where kind = 'member'")


def test_without_a_last_day_it_holds_for_a_year(cast: Cast, pottery: Organisation) -> None:
    assert member(pottery, cast.lan, cast.bay, NOW).valid_to == date(2022, 10, 31)
    assert a_year_from(date(2024, 2, 29)) == date(2025, 2, 28)


def test_only_who_represents_it_names_and_what_was_given_is_not_handed_on(cast: Cast, pottery: Organisation) -> None:
    one = member(pottery, cast.lan, cast.bay, NOW, may_file=True, may_pay=True)
    assert manages(cast.bay, pottery.account_id, moment(NOW))
    for stranger in (cast.lan, cast.company, cast.yen):
        naming = Naming(cast.minh.login, cast.minh.full_name, valid_from=date(2021, 11, 1))
        with pytest.raises(NotThere):
            name_member(pottery.account_id, naming, by=stranger, at=moment(NOW))
    with pytest.raises(NotThere):
        end_mandate(one.pk, why="Tò mò", by=cast.company, at=moment(NOW))


def test_a_member_lays_it_down_alone(cast: Cast, pottery: Organisation) -> None:
    one = member(pottery, cast.lan, cast.bay, NOW)
    assert end_mandate(one.pk, why="Tôi không nhận", by=cast.lan, at=moment(NOW)).ended_by == cast.lan


def test_one_representative_does_not_take_the_other_away(cast: Cast, pottery: Organisation) -> None:
    second = Mandate.objects.create(
        principal_id=pottery.account_id,
        agent=cast.lan,
        agent_name=cast.lan.full_name,
        kind="representative",
        may_file=True,
        may_answer=True,
        may_pay=True,
        valid_from=date(2021, 11, 1),
        named_by=cast.yen,
        named_at=moment(NOW),
    )
    with pytest.raises(Forbidden):
        end_mandate(second.pk, why="Tranh chấp", by=cast.bay, at=moment(NOW))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"whom": ""}, "whom"),
        ({"whom": "0999999999"}, "whom"),
        ({"name": "Trần Thị Lành"}, "whom"),
        ({"whom": "0900000007", "name": "Nguyễn Văn Bảy"}, "whom"),
        ({"valid_from": date(2021, 10, 31)}, "valid_from"),
        ({"valid_to": date(2021, 10, 31)}, "valid_to"),
        ({"valid_to": date(2041, 1, 1)}, "valid_to"),
        ({"paper_on": date(2021, 11, 2)}, "paper_on"),
        ({"paper": "x" * 101}, "paper"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    cast: Cast, pottery: Organisation, changes: dict[str, Any], field: str
) -> None:
    assert field in wrong_of(pottery, cast.bay, **changes)


def test_a_login_with_another_name_says_the_same_as_no_login(cast: Cast, pottery: Organisation) -> None:
    said = set()
    for changes in ({"whom": "0999999999"}, {"name": "Người Khác"}):
        facts: dict[str, Any] = {
            "whom": "0900000001",
            "name": "Trần Thị Lan",
            "valid_from": date(2021, 11, 1),
            **changes,
        }
        with pytest.raises(Invalid) as caught, transaction.atomic():
            name_member(pottery.account_id, Naming(**facts), by=cast.bay, at=moment(NOW))
        said.add(str(caught.value.fields["whom"]))
    assert len(said) == 1


def test_twice_on_the_same_days_is_refused_and_one_after_the_other_is_not(cast: Cast, pottery: Organisation) -> None:
    naming = Naming("0900000001", "Trần Thị Lan", date(2021, 11, 1), date(2021, 11, 30))
    name_member(pottery.account_id, naming, by=cast.bay, at=moment(NOW))
    assert wrong_of(pottery, cast.bay, valid_from=date(2021, 11, 30)) == {"whom"}
    later = Naming("0900000001", "Trần Thị Lan", date(2021, 12, 1))
    assert name_member(pottery.account_id, later, by=cast.bay, at=moment(NOW)).valid_from == date(2021, 12, 1)


def test_a_number_waits_for_whoever_is_verified_to_have_it(cast: Cast, pottery: Organisation) -> None:
    """Lan merely wrote the number: that proves nothing."""
    naming = Naming(cast.lan.personal_id, "Trần Thị Lan", date(2021, 11, 1))
    assert name_member(pottery.account_id, naming, by=cast.bay, at=moment(NOW)).agent is None
    assert whom(cast.lan, NOW) == []
    Account.objects.filter(pk=cast.lan.pk).update(number_verified_at=moment(NOW))
    assert whom(cast.lan, NOW) == [pottery.name]


def test_a_person_authorises_with_a_paper_to_follow_and_never_to_file(cast: Cast) -> None:
    facts: dict[str, Any] = {"whom": "0900000007", "name": "nguyễn văn bảy", "valid_from": date(2021, 11, 1)}
    with pytest.raises(Invalid) as caught:
        authorise(Naming(**facts), by=cast.lan, at=moment(NOW))
    assert set(caught.value.fields) == {"paper", "paper_on"}
    paper: dict[str, Any] = {"paper": "UQ 5/2021", "paper_on": date(2021, 10, 30)}
    one = authorise(Naming(**facts, **paper, may_file=True), by=cast.lan, at=moment(NOW))
    assert (one.may_file, one.may_answer, one.kind) == (False, True, "agent")
    (open_now,) = open_to(cast.bay.pk, moment(NOW))
    assert (open_now.principal_id, open_now.name, open_now.paper) == (cast.lan.pk, "Trần Thị Lan", "UQ 5/2021")


def test_two_limited_mandates_are_never_added_up(cast: Cast) -> None:
    paper: dict[str, Any] = {"paper": "UQ", "paper_on": date(2021, 10, 30), "valid_from": date(2021, 11, 1)}
    authorise(
        Naming("0900000007", "Nguyễn Văn Bảy", dossiers=("TN-A",), may_answer=True, **paper),
        by=cast.lan,
        at=moment(NOW),
    )
    Account.objects.filter(pk=cast.bay.pk).update(number_verified_at=moment(NOW))
    Mandate.objects.create(
        principal=cast.lan,
        agent_number=cast.bay.personal_id,
        agent_name="Nguyễn Văn Bảy",
        kind="agent",
        paper="UQ 2",
        valid_from=date(2021, 11, 1),
        valid_to=date(2021, 12, 1),
        named_by=cast.lan,
        named_at=moment(NOW),
    )
    (one,) = open_to(cast.bay.pk, moment(NOW))
    assert (one.may_answer, one.dossiers) == (True, frozenset({"TN-A"}))

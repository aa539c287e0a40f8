"""Which offices were active; and each kind of bad row is found, listed, and led to the act that mends it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.dossiers.acts import correction, reception
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.tests import lives, wrongs
from motcua.offices.models import Office, Posting, Succession
from motcua.operations.activity import ACTIVITY, behind, by_level, offices_active
from motcua.operations.quality import CHECKS, bad_rows, quality
from motcua.people.models import Account
from motcua.petitions.tests.saying import from_outside
from motcua.reports.periods import parse_period
from tests.world import World, make_procedure, make_process, moment

pytestmark = pytest.mark.django_db
NOVEMBER = parse_period("2021-11")
AT = moment("2021-11-10 09:00")


def test_an_office_is_active_when_it_took_in_or_resolved_or_somebody_came(world: World) -> None:
    lives.finished(world)
    Account.objects.filter(pk=world.cast.hien.pk).update(last_login=moment("2021-11-02 08:00"))
    Account.objects.filter(pk=world.cast.son.pk).update(last_login=moment("2021-12-02 08:00"))
    found = offices_active(NOVEMBER, None)
    kinds = {one.name: {key for key in ACTIVITY if one.counts_as(key)} for one in found}
    assert kinds[world.cast.center.name] == {"offices", "connected", "active", "took_in"}
    assert kinds[world.cast.justice.name] == {"offices", "connected", "active", "resolved"}
    assert kinds[world.cast.district.name] == {"offices", "connected", "active", "only_logged_in"}
    assert kinds[world.cast.commune.name] == {"offices", "connected", "inactive"}
    for level in by_level(found):
        figures = level.figures
        assert figures["offices"] == figures["connected"] + figures["not_connected"]
        for key in ACTIVITY:
            assert len(behind(found, key, level.key)) == figures[key]
    (district,) = [level for level in by_level(found) if level.key == "district"]
    assert district.figures["active"] == 1 and district.figures["offices"] == 8
    assert not any(one.counts_as("active") for one in offices_active(parse_period("2021-10"), None))
    seen = offices_active(NOVEMBER, frozenset({world.cast.commune.pk}))
    assert [one.key for one in seen] == [world.cast.commune.pk]
    with pytest.raises(NotThere):
        behind(found, "x", "district")


def _bend(dossier: Dossier, **columns: Any) -> None:
    """By SQL, past every act."""
    Dossier.objects.filter(pk=dossier.pk).update(**columns)


GROUNDS = replace(wrongs.GROUNDS, document_on=date(2021, 11, 1))


def no_due(world: World) -> int:
    dossier = lives.handled(world)
    _bend(dossier, due_at=None, original_due_at=None)
    return dossier.pk


def not_returned(world: World) -> int:
    dossier = lives.finished(world)
    _bend(dossier, accepted_at=moment("2021-09-01 08:00"), submitted_at=moment("2021-09-01 08:00"),
          finished_at=moment("2021-10-09 08:00"))  # fmt: skip
    return dossier.pk


def holder_gone(world: World) -> int:
    dossier = lives.handled(world)
    Posting.objects.filter(account=world.cast.hoa).update(valid_to=date(2021, 11, 9))
    return dossier.pk


def closed_office(world: World) -> int:
    dossier = lives.assigned(world)
    Office.objects.filter(pk=world.cast.justice.pk).update(valid_to=date(2021, 11, 9))
    return dossier.pk


def nobody_there(world: World) -> int:
    dossier = lives.assigned(world)
    Posting.objects.filter(office=world.cast.justice).update(valid_to=date(2021, 11, 9))
    return dossier.pk


def no_number(world: World) -> int:
    dossier = lives.finished(world)
    Result.objects.filter(dossier=dossier).update(number="")
    return dossier.pk


def petition_alone(world: World) -> int:
    petition = from_outside(world)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE petitions_petition DISABLE TRIGGER petition_keeps_what_came_in")
        cursor.execute("UPDATE petitions_petition SET way = 'link' WHERE id = %s", [petition.pk])
        cursor.execute("ALTER TABLE petitions_petition ENABLE TRIGGER petition_keeps_what_came_in")
    return petition.pk


SPOILT: dict[str, Callable[[World], int]] = {
    one.__name__: one
    for one in (no_due, not_returned, holder_gone, closed_office, nobody_there, no_number, petition_alone)
}


@pytest.mark.parametrize("key", CHECKS)
def test_each_check_finds_the_row_that_is_bad_and_no_good_one(key: str, world: World) -> None:
    for good in (lives.submitted, lives.accepted, lives.assigned, lives.handled, lives.decided, lives.finished):
        good(world)
    assert quality(AT, None) == dict.fromkeys(CHECKS, 0)
    before = quality(AT, None)[key]
    bad = SPOILT[key](world)
    found = bad_rows(AT, None, key).rows
    assert bad in [row.key for row in found] and len(found) == quality(AT, None)[key] > before
    assert bad_rows(AT, frozenset({world.cast.commune.pk}), key).rows == ()
    assert quality(AT, frozenset({world.cast.commune.pk}))[key] == 0


def test_what_lies_at_an_office_that_another_took_over_is_in_order(world: World) -> None:
    """The centre followed the industry, which followed justice; Hoa went along, and somebody is there for the rest."""
    justice, industry, center = world.cast.justice, world.cast.industry, world.cast.center
    lives.handled(world)
    lives.assigned(world)
    for old, new in ((justice, industry), (industry, center)):
        Succession.objects.create(from_office=old, to_office=new, kind="merge", on=date(2021, 11, 9), basis="QĐ 1")
    Office.objects.filter(pk__in=[justice.pk, industry.pk]).update(valid_to=date(2021, 11, 9))
    Posting.objects.filter(office__in=[justice, industry]).update(valid_to=date(2021, 11, 9))
    assert quality(AT, None)["holder_gone"] == 1
    Posting.objects.create(account=world.cast.hoa, office=center, role="handler", valid_from=date(2021, 11, 9))
    found = quality(AT, None)
    assert [found[key] for key in ("holder_gone", "closed_office", "nobody_there")] == [0, 0, 0]


def test_all_checks_are_one_statement_and_nonsense_is_refused(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        quality(AT, None)
    assert len(asked) == 1
    with pytest.raises(NotThere):
        bad_rows(AT, None, "x")
    with pytest.raises(Invalid):
        bad_rows(AT, None, "no_due", after="x")


def test_a_day_that_nobody_wrote_is_set_by_the_act_that_the_check_names(world: World) -> None:
    bad = no_due(world)
    assert quality(AT, None)["no_due"] == 1 and CHECKS["no_due"].route == "desk:propose_date"
    day, at = date(2021, 11, 8), moment("2021-11-02 09:00")
    correction.propose_date(bad, grounds=GROUNDS, new_day=day, actor=world.actor("thanh"), at=at)
    correction.correct_date(bad, actor=world.actor("tuan"), at=moment("2021-11-03 09:00"))
    dossier = Dossier.objects.get(pk=bad)
    assert dossier.due_at is not None and day_of(dossier.due_at) == day
    assert quality(AT, None)["no_due"] == 0


def test_a_day_that_no_limit_promises_is_not_made_up(world: World) -> None:
    case = make_procedure(
        "9.000009", "Không quy định thời hạn", "so-tu-phap", "TINH", Limit.parse("none"), make_process()
    )
    dossier = reception.take_in(world.intake(case), actor=world.actor("minh"), at=moment("2021-11-01 08:00"))
    assert dossier.due_at is None
    with pytest.raises(Refused, match="không có ngày hẹn trả"):
        correction.propose_date(
            dossier.pk, grounds=GROUNDS, new_day=date(2021, 11, 8), actor=world.actor("dung"), at=AT
        )

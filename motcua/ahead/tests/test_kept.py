"""What is kept of past cases says the same as counted anew, is read in one statement, and is never made for a reader."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.ahead.keeping import keep, keep_past
from motcua.ahead.kept import OLDEST, kept_experience, kept_for
from motcua.ahead.likelihood import Count, Experience, Standing, groups_of
from motcua.ahead.likely import experience_of
from motcua.ahead.models import KeptGroup, KeptPace, KeptPast
from motcua.ahead.pace import ALL_OFFICES, Place, paces
from motcua.ahead.past import numbered, open_on, past_cases, past_courses
from motcua.ahead.promise import promise_of
from motcua.base.times import day_of, start_of
from motcua.dossiers.models import Dossier, Stay
from motcua.dossiers.telling import followed
from motcua.offices.demo import make_synthetic_officers
from motcua.reports.scope import Scope
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOW = moment("2026-11-21 08:00")


@pytest.fixture
def year(world: World) -> None:
    make_synthetic_officers(moment("2026-11-22 08:00"))
    call_command("year", "--dossiers", "700", "--last", "2026-11-20", "--workers", "1", "--json", stdout=StringIO())


@pytest.mark.usefixtures("year")
def test_it_says_what_counting_anew_says() -> None:
    made = keep_past(NOW)
    assert made is not None and made.day == date(2026, 11, 21)
    anew, whole = experience_of(NOW), kept_experience(NOW)
    assert whole is not None and whole.groups == anew.groups and anew.cases > 500
    days, cut = numbered(made.day), start_of(made.day)
    cases = [Standing(row.procedure, row.field, row.step, row.role, row.left) for row in past_cases(cut, days)]
    cases += [row.case for row in open_on(cut, days, Scope())]
    one = Dossier.objects.all()[0].pk
    assert len(cases) > 30
    for case in [*cases[:200], Standing(-1, "không có", 9, "clerk", 3), Standing(-1, "", 1, "", 60)]:
        kept = kept_for(one, groups_of(case), NOW)
        assert kept is not None and kept.experience.likelihood(case) == anew.likelihood(case)
    found = paces(past_courses(cut, days))
    assert {Place(row.procedure, row.step, row.office): row.spans for row in KeptPace.objects.all()} == {
        place: [list(span) for span in spans] for place, spans in found.items()
    }


@pytest.mark.usefixtures("year")
def test_a_course_against_a_slow_reading() -> None:
    """Dossiers that never stood still and were not given up: for each step, by hand."""
    cut, days = start_of(date(2026, 11, 21)), numbered(date(2026, 11, 21))

    def number(instant: datetime) -> int:
        return days.counts[(day_of(instant) - days.first).days]

    out = set(Stay.objects.filter(stands_still=True).values_list("dossier_id", flat=True))
    out |= set(Stay.objects.filter(state__in=("withdrawn", "stopped")).values_list("dossier_id", flat=True))
    still = [row for row in past_courses(cut, days)]
    wanted: Counter[tuple[int, int, int, int, int | None]] = Counter()
    runs = Stay.objects.filter(state__in=("accepted", "processing", "decided"), step__isnull=False)
    by_step: dict[tuple[int, int], list[Stay]] = {}
    for stay in (
        runs.exclude(dossier__in=out).filter(dossier__accepted_at__lt=cut).select_related("dossier").order_by("seq")
    ):
        assert stay.step is not None
        by_step.setdefault((stay.dossier_id, stay.step), []).append(stay)
    for (_dossier, step), stays in by_step.items():
        first, last, dossier = stays[0], stays[-1], stays[0].dossier
        if min(one.due_at or one.entered_at + timedelta(days=90) for one in stays) >= cut:
            continue
        came = number(first.entered_at)
        took = None if dossier.finished_at is None else number(dossier.finished_at) - came
        key = (dossier.procedure_id, dossier.competent_office_id, step, number(last.left_at or cut) - came, took)
        wanted[key] += 1
    assert sum(wanted.values()) > 500
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM dossiers_stay WHERE dossier_id = ANY(%s)", [list(out)])
        cursor.execute("SET session_replication_role = origin")
    left = {tuple(row[:5]): row.cases for row in past_courses(cut, days)}
    assert left == wanted and sum(row.cases for row in still) > sum(wanted.values()), "those that stood still count too"


@pytest.mark.usefixtures("year")
def test_a_reader_costs_one_statement_and_counts_nothing() -> None:
    keep_past(NOW)
    row = open_on(start_of(day_of(NOW)), numbered(day_of(NOW)), Scope())[0]
    found = followed(Dossier.objects.get(pk=row.dossier).submission_no)
    assert found is not None
    promise_of(found, NOW)
    with CaptureQueriesContext(connection) as asked:
        made = promise_of(found, NOW)
    assert made is not None and made.expected is not None and made.expected.counted == day_of(NOW)
    assert len(asked) == 1 and "accepted_at" not in asked.captured_queries[0]["sql"]
    KeptPast.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        made = promise_of(found, NOW)
    assert made is not None and made.kept is None and "Chưa đếm xong" in made.why and len(asked) == 1
    assert made.expected is not None and made.expected.half is None and "Chưa đếm xong" in made.expected.why


@pytest.mark.usefixtures("year")
def test_it_is_counted_once_a_day_and_again_when_a_past_was_loaded() -> None:
    assert keep_past(NOW) is not None
    with CaptureQueriesContext(connection) as asked:
        assert keep_past(NOW + timedelta(hours=9)) is None
    assert len(asked) == 2
    newest = Dossier.objects.filter(accepted_at__isnull=False).order_by("-accepted_at")[0]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE dossiers_dossier SET accepted_at = accepted_at - interval '2 years' WHERE id = %s", [newest.pk]
        )
        cursor.execute("SET session_replication_role = origin")
    assert keep_past(NOW) is not None, "another dossier is the newest now"
    KeptPast.objects.update(meaning=-1)
    assert kept_experience(NOW) is None and keep_past(NOW) is not None
    assert keep_past(NOW + timedelta(days=1)) is not None
    assert [row.day for row in KeptPast.objects.all()] == [date(2026, 11, 22)]
    assert kept_experience(NOW) is None, "what a later day knew is not read"


def test_an_old_count_is_not_used_and_an_empty_past_is_kept_too(world: World) -> None:
    assert keep_past(NOW) is not None
    empty = kept_experience(NOW)
    assert empty is not None and empty.cases == 0 and empty.base is None
    assert kept_experience(NOW + OLDEST) is not None
    assert kept_experience(NOW + OLDEST + timedelta(days=1)) is None
    assert KeptGroup.objects.count() == KeptPace.objects.count() == 0


def test_the_database_refuses_sums_that_cannot_be(world: World) -> None:
    past = keep(day_of(NOW), Experience.of_groups({"whole": Count(3, 2)}), {Place(1, 2, ALL_OFFICES): []}, at=NOW)
    for wrong in ({"cases": 1, "late": 2}, {"cases": 1, "late": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            KeptGroup.objects.create(past=past, name="all/handler/1", **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        KeptGroup.objects.create(past=past, name="whole", cases=1, late=1)


def test_the_command_counts_for_the_day(world: World) -> None:
    out = StringIO()
    call_command("keep_past", stdout=out)
    assert KeptPast.objects.get().day == day_of(KeptPast.objects.get().made_at)
    call_command("keep_past", stdout=out)
    assert len(out.getvalue().splitlines()) == 1

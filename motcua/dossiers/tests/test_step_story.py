"""The steps of a running dossier, each against its own part; a table that takes more than the whole is named."""

from __future__ import annotations

import pytest
from django.utils import translation

from motcua.calendar.limits import Limit
from motcua.catalogue.models import Process, ProcessStep
from motcua.dossiers.models import Dossier
from motcua.dossiers.rulebook import clock_events_of
from motcua.dossiers.step_story import StepTold, steps_told, sum_warning
from motcua.dossiers.tests.lives import at_approval
from tests.world import World, moment, reread

pytestmark = pytest.mark.django_db


def timed(dossier: Dossier, hours: list[int]) -> Dossier:
    """The same steps under a table that gives each its hours."""
    process = Process.objects.create(source_key="test/steps", digest=b"1", title="Quy trình có thời gian", usable=True)
    old = ProcessStep.objects.filter(process=dossier.process).order_by("seq")
    for step, own in zip(old, hours, strict=False):
        step.pk, step.process, step.value, step.unit, step.counted = None, process, own, "GIO_LAM_VIEC", bool(own)
        step.save()
    Dossier.objects.filter(pk=dossier.pk).update(process=process)
    return reread(dossier)


def test_who_is_late_at_a_step_is_judged_on_the_own_part(world: World) -> None:
    # Taken in at 8 on Monday 1 November, at the department at 9, in Hoa's hand at 10, with Tuấn at 10 on Tuesday.
    dossier = timed(at_approval(world), [2, 2, 4, 8, 0, 0])
    told: list[StepTold] = steps_told(dossier, clock_events_of(dossier), moment("2021-11-02 11:00"))
    late = [one.step.seq for one in told if one.time and one.time.is_late]
    assert late == [3]  # Hoa had four hours and took eight
    here = next(one for one in told if one.is_here)
    assert here.time is not None
    assert here.time.due_at == moment("2021-11-03 10:00")  # eight hours from 10 on Tuesday, whatever Hoa lost
    assert here.hours == "8 giờ làm việc"


def test_a_table_that_takes_more_than_the_whole_names_both_numbers(world: World) -> None:
    dossier = timed(at_approval(world), [2, 2, 56, 8, 0, 0])
    assert sum_warning(dossier.process_id, Limit.parse("10wd")) == ""
    assert sum_warning(dossier.process_id, Limit.parse("30d")) == ""
    assert "68 giờ làm việc, thời hạn là 40 giờ" in sum_warning(dossier.process_id, Limit.parse("5wd"))
    with translation.override("en"):
        assert "68 working hours, the limit is 40 hours" in sum_warning(dossier.process_id, Limit.parse("5wd"))

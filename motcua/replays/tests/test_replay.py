"""A small replay through the real acts: its report equals the plan, misprints are named, an interruption loses nothing."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from motcua.catalogue.life.onsite import modes_on
from motcua.dossiers.models import Dossier, Event
from motcua.offices.demo import make_synthetic_officers
from motcua.replays.company import ensure_applicant, prepare
from motcua.replays.lines import Verdict
from tests.world import World, moment

pytestmark = pytest.mark.django_db


def replay(*arguments: str) -> dict[str, Any]:
    out = StringIO()
    call_command("replay", *arguments, "--workers", "1", "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("name", ["thai-binh-2021-11", "thanh-hoa-2021-09"])
def test_the_report_of_a_replayed_month_is_the_plan_s(world: World, name: str) -> None:
    told = replay(name, "--scale", "400")
    verdicts = {line["measure"]: line["verdict"] for line in told["lines"]}
    assert Verdict.DIFFERENT not in verdicts.values()
    assert verdicts["recv.new"] == verdicts["recv.carry_over"] == Verdict.EQUAL
    assert Dossier.objects.filter(origin="replay").count() == told["synthetic"]
    assert not Dossier.objects.in_hand().exists()


def test_misprints_are_named_with_their_arithmetic(world: World) -> None:
    lines = {line["measure"]: line for line in replay("thai-binh-2021-11", "--scale", "1000")["lines"]}
    assert lines["rate.satisfied_rate"]["verdict"] == Verdict.MISPRINT
    assert "20 : 429 = 4,66 %, in 4,47 %" in lines["rate.satisfied_rate"]["why"]
    assert "1.601 : 3.267 = 49,01 %, in 32,5 %" in lines["recv.onsite4.departments_rate"]["why"]
    assert lines["recv.online_rate"]["verdict"] == Verdict.EQUAL


def test_what_was_printed_as_four_at_the_place_is_done_there(world: World) -> None:
    lines = {line["measure"]: line for line in replay("thai-binh-2021-11", "--scale", "400")["lines"]}
    assert lines["recv.onsite4.total"]["verdict"] == lines["recv.onsite4.departments"]["verdict"] == Verdict.EQUAL
    assert lines["recv.onsite4.total"]["ours"] == "4"
    assert "0 ở nơi khác ngoài Trung tâm" in lines["recv.onsite4.total"]["why"]
    assert "396 : 1.219 = 32,49 %" in lines["tthc.onsite4_rate"]["why"]
    # The test world has too few procedures for the list; its rate of dossiers is another one.
    assert lines["tthc.onsite4"]["verdict"] == Verdict.OUTSIDE
    there = Dossier.objects.filter(process__mode="four")
    assert {one.receiving_office_id for one in there} == {world.cast.center.pk}
    delegated = Event.objects.filter(dossier__in=there, act="approve", data__has_key="on_behalf_of")
    assert delegated.count() == there.count() == 4


def test_what_was_printed_as_five_at_the_place_is_sealed_there_too(world: World) -> None:
    lines = {line["measure"]: line for line in replay("thai-binh-2020", "--scale", "3000")["lines"]}
    for measure in ("total", "early", "on_time", "late", "early_rate", "on_time_rate"):
        assert lines[f"res.onsite5.{measure}"]["verdict"] == Verdict.EQUAL
    assert lines["check.res.not_onsite5"]["verdict"] == lines["tthc.onsite5_rate"]["verdict"] == Verdict.EQUAL
    sealed = Event.objects.filter(dossier__process__mode="five", act="finish")
    assert sealed.count() == Dossier.objects.filter(process__mode="five").count() > 0
    assert set(sealed.values_list("office_id", flat=True)) == {world.cast.center.pk}


def test_after_the_period_the_list_before_it_holds_again(world: World) -> None:
    replay("thai-binh-2021-11", "--scale", "2000")
    assert modes_on(date(2021, 10, 31)) == modes_on(date(2021, 12, 1)) == {}
    assert set(modes_on(date(2021, 11, 30)).values()) == {"four"}


def test_a_total_that_its_parts_do_not_make_up_is_a_misprint_at_every_scale(world: World) -> None:
    lines = {line["measure"]: line for line in replay("quang-nam-2019", "--scale", "4000")["lines"]}
    assert lines["res.total"]["verdict"] == Verdict.MISPRINT
    assert lines["res.total"]["why"] == "43.231 + 577 = 43.808, in 43.809"
    assert lines["res.late"]["verdict"] == Verdict.EQUAL


def test_a_replay_that_was_cut_off_goes_on_where_it_was(world: World) -> None:
    make_synthetic_officers(moment("2021-10-01 08:00"))
    ensure_applicant(moment("2021-10-01 08:00"))
    _, scripts, player = prepare("thai-binh-2021-11", 1000)

    class CutOff(Exception):
        pass

    seen = 0

    def tick() -> None:
        nonlocal seen
        seen += 1
        if seen == 40:
            raise CutOff

    with pytest.raises(CutOff):
        player.play(scripts, tick)
    assert Event.objects.count() == 40
    told = replay("thai-binh-2021-11", "--scale", "1000")
    assert Event.objects.count() == told["acts"]
    events = Event.objects.count()
    replay("thai-binh-2021-11", "--scale", "1000")
    assert Event.objects.count() == events


def test_a_larger_run_plays_the_rest_and_a_smaller_one_is_refused(world: World) -> None:
    small = replay("thanh-hoa-2021-09", "--scale", "900")
    large = replay("thanh-hoa-2021-09", "--scale", "300")
    assert small["synthetic"] < large["synthetic"] == Dossier.objects.count()
    assert all(line["verdict"] != Verdict.DIFFERENT for line in large["lines"])
    with pytest.raises(CommandError, match="nhiều hồ sơ hơn"):
        replay("thanh-hoa-2021-09", "--scale", "900")


def test_an_unknown_replay_names_those_that_exist(world: World) -> None:
    with pytest.raises(CommandError, match="quang-nam-2019"):
        call_command("replay", "nowhere")

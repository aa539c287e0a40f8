"""The company that plays a replay: several processes, each with its own share of the lives."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import datetime
from itertools import chain
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from django.db import connections

from motcua.base.progress import Progress
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.models import Dossier
from motcua.people.models import Account
from motcua.replays.onsite import set_up
from motcua.replays.plans import PLANS, Plan
from motcua.replays.play import Player
from motcua.replays.scripts import Script, every_nth, write_scripts
from motcua.replays.share import play_share
from motcua.replays.stage import Stage, StageNotSet, split_wares

APPLICANT = "dien-lai"


def prepare(name: str, scale: int) -> tuple[Plan, list[Script], Player]:
    """The plan, one life in `scale` of it, and somebody to play them; the same every time for the same database.

    What the plan needs at the centre is set up where it is not there yet.

    A run at a larger scale is a part of one at scale 1, which then plays the rest. Raises StageNotSet when more of
    this month was played before than this scale has: a journal forgets nothing.
    """
    plan = PLANS[name]
    calendar = calendar_for(current_edition())
    usual, listed = split_wares(plan)
    set_up(plan, chain.from_iterable(listed.values()), chain.from_iterable(usual.values()))
    scripts = every_nth(write_scripts(plan, name, calendar, usual, listed), scale, plan.first)
    played = Dossier.objects.filter(origin_ref__startswith=f"{name}:").values_list("origin_ref", flat=True)
    if set(played) - {script.ref for script in scripts}:
        raise StageNotSet(
            f"{name} đã được diễn lại ở đây với nhiều hồ sơ hơn (tỷ lệ khác). Hãy chạy lại không có --scale, hoặc trên một cơ sở dữ liệu mới."
        )
    applicant = Account.objects.get(login=APPLICANT)
    return plan, scripts, Player(plan, Stage(plan), calendar, applicant)


def ensure_applicant(at: datetime) -> None:
    """The synthetic applicant of all online dossiers of replays; nobody can log in with it."""
    Account.objects.get_or_create(
        login=APPLICANT,
        defaults={
            "full_name": "Người nộp (diễn lại)",
            "password": "!",
            "is_officer": False,
            "is_demo": True,
            "created_at": at,
        },
    )


def play_all(name: str, scale: int, workers: int) -> int:
    """Play every life and return the number of acts; one process plays in this one."""
    _, scripts, player = prepare(name, scale)
    total = sum(len(list(player.acts_of(script))) for script in scripts)
    progress = Progress(f"{name}", total)
    if workers == 1:
        player.play(scripts, progress.step)
        progress.show(total, last=True)
        return total
    connections.close_all()
    context = multiprocessing.get_context("spawn")
    counter: Synchronized[int] = context.Value("q", 0)
    processes = [
        context.Process(target=play_share, args=(name, scale, number, workers, counter)) for number in range(workers)
    ]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        for process in processes:
            process.join(timeout=0.5)
        progress.show(counter.value)
    progress.show(counter.value, last=True)
    if any(process.exitcode for process in processes):
        raise RuntimeError("một tiến trình diễn lại đã dừng giữa chừng; chạy lại lệnh để tiếp tục từ chỗ dừng")
    return total


def play_one_share(name: str, scale: int, number: int, of: int, counter: Any) -> None:
    """The share of one process; `counter` counts the acts of all."""
    _, scripts, player = prepare(name, scale)
    player.play(scripts[number::of], _shared_tick(counter))
    connections.close_all()


def _shared_tick(counter: Any) -> Callable[[], None]:
    waiting = 0

    def tick() -> None:
        # The shared counter has a lock: it is touched once in 20 acts.
        nonlocal waiting
        waiting += 1
        if waiting == 20:
            with counter.get_lock():
                counter.value += waiting
            waiting = 0

    return tick

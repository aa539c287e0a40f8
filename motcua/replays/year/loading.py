"""A plan is loaded day by day by several processes, each day in one transaction; then counted on, sealed, and looked at."""

from __future__ import annotations

import gc
import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing.sharedctypes import Synchronized
from typing import Any

from django.db import connection, connections, transaction
from django.db.utils import OperationalError

from motcua.base.progress import Progress
from motcua.base.times import day_of, start_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.dossiers.kinds import Origin
from motcua.dossiers.models import Dossier, NumberCounter, Seal
from motcua.dossiers.seals import seal_past_days
from motcua.people.models import Account
from motcua.replays.company import APPLICANT, ensure_applicant
from motcua.replays.stage import StageNotSet
from motcua.replays.year.day import Day
from motcua.replays.year.indexes import without_indexes
from motcua.replays.year.plan import Plan, number_in, plan_of
from motcua.replays.year.province import Province, read_province
from motcua.replays.year.rows import DOSSIERS, TABLES
from motcua.replays.year.settling import settle
from motcua.replays.year.share import load_share

_COUNT_ON = """
INSERT INTO dossiers_numbercounter AS counter (office_id, day, last)
SELECT office, %s, last FROM unnest(%s::bigint[], %s::int[]) AS given (office, last)
ON CONFLICT (office_id, day) DO UPDATE SET last = excluded.last
"""
_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"


@dataclass(frozen=True)
class Job:
    """What every process needs to know. `first_id`: the id of dossier number 0. `days`: those still to be loaded."""

    dossiers: int
    years: int
    last: date
    first_id: int
    days: tuple[date, ...]
    province: Province

    @property
    def plan(self) -> Plan:
        """The plan, with this process's own calendar."""
        return Plan(self.dossiers, self.years, self.last, calendar_for(self.province.edition))

    @property
    def new(self) -> int:
        """How many dossiers are still to come."""
        return _many(self.plan, self.days)


@dataclass(frozen=True)
class Loaded:
    """What is there now: dossiers of the plan, how many of them are new, how many days were sealed."""

    plan: Plan
    dossiers: int
    new: int
    seals: int


def load_year(dossiers: int, years: int, at: datetime, workers: int, last: date | None = None) -> Loaded:
    """Load the plan, or what an interrupted load left to do. Raises StageNotSet where other dossiers than the demo's are.

    last: the last day of the plan, by default the day before `at`; a load that goes on keeps its own.
    """
    ensure_applicant(at)
    asked = (dossiers, years, last or day_of(at) - timedelta(days=1))
    # Before any transaction of ours: an index is dropped when nobody reads its table.
    with without_indexes(_many(*_left(*asked))), _alone():
        job = job_of(*asked)
        if job.days:
            _refuse_sealed(job.plan)
            _load_all(job, workers, Progress(job.plan.name, job.new))
    if job.days or not Seal.objects.exists():
        settle()
    with _alone():
        return Loaded(job.plan, sum(map(len, job.plan.days.values())), job.new, len(seal_past_days(at)))


def job_of(dossiers: int, years: int, last: date) -> Job:
    """What is left to do of a plan. Raises StageNotSet where it must not be done here."""
    plan, days = _left(dossiers, years, last)
    applicant = Account.objects.get(login=APPLICANT)
    # Nothing is asked of the province, nor ids taken, when all is there.
    province = read_province(plan.last, plan.calendar.edition, (applicant.pk, applicant.full_name), empty=not days)
    first_id = _first_id(sum(map(len, plan.days.values())))
    return Job(dossiers, years, plan.last, first_id, days, province)


def _left(dossiers: int, years: int, last: date) -> tuple[Plan, tuple[date, ...]]:
    """The plan, and its days that are still to be loaded."""
    plan = _plan_here(Plan(dossiers, years, last, calendar_for(current_edition())))
    there = _days_there(plan)
    return plan, tuple(day for day, numbers in plan.days.items() if numbers and day not in there)


def _many(plan: Plan, days: tuple[date, ...]) -> int:
    return sum(len(plan.days[day]) for day in days)


def loaded_plan() -> Plan:
    """The plan that was loaded here. Raises StageNotSet where none was."""
    ref = Dossier.objects.filter(origin=Origin.SYNTHETIC).values_list("origin_ref", flat=True).first()
    return plan_of(ref or "", calendar_for(current_edition()))


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody seals and nobody else loads meanwhile: the lock ends with this process, however it ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute("LOCK TABLE dossiers_seal IN SHARE ROW EXCLUSIVE MODE NOWAIT")
        except OperationalError as error:
            raise StageNotSet("Đang có một lượt nạp hoặc niêm phong khác.") from error
        yield


def _plan_here(plan: Plan) -> Plan:
    """The plan, or the same one as an interrupted load began it. Raises StageNotSet where it must not be loaded."""
    if Dossier.objects.filter(origin=Origin.LIVE).exists():
        raise StageNotSet(
            "Cơ sở dữ liệu có hồ sơ thật: không nạp dữ liệu tổng hợp vào đây. Hãy dùng một cơ sở dữ liệu khác."
        )
    ref = Dossier.objects.filter(origin=Origin.SYNTHETIC).values_list("origin_ref", flat=True).first()
    if ref is None:
        return plan
    begun = plan_of(ref, plan.calendar)
    if (begun.dossiers, begun.years) != (plan.dossiers, plan.years):
        raise StageNotSet(
            f"Ở đây đã nạp --dossiers {begun.dossiers} --years {begun.years}: "
            "hãy chạy tiếp với đúng các số đó, hoặc dùng một cơ sở dữ liệu khác."
        )
    return begun


def _days_there(plan: Plan) -> set[date]:
    """The days that are loaded; a day is there whole or not at all."""
    firsts = {plan.ref(numbers[0]): day for day, numbers in plan.days.items() if numbers}
    found = Dossier.objects.filter(origin_ref__in=list(firsts)).values_list("origin_ref", flat=True)
    return {firsts[ref] for ref in found if ref is not None}


def _refuse_sealed(plan: Plan) -> None:
    """What is sealed can't be added to."""
    sealed = Seal.objects.order_by("-number").values_list("covers_to", flat=True).first()
    if sealed is not None and sealed >= start_of(plan.first):
        raise StageNotSet(
            f"Sổ sự kiện đã được niêm phong đến {day_of(sealed):%d/%m/%Y}: hãy dùng một cơ sở dữ liệu mới."
        )


def _first_id(total: int) -> int:
    """The id of dossier number 0; all ids of the plan are taken from the sequence once, so that nobody else gets one."""
    known = Dossier.objects.filter(origin=Origin.SYNTHETIC).values_list("pk", "origin_ref").first()
    if known is not None:
        return known[0] - number_in(known[1] or "")
    with connection.cursor() as cursor:
        sequence = "pg_get_serial_sequence('dossiers_dossier', 'id')"
        cursor.execute(f"SELECT nextval({sequence})")
        (first,) = cursor.fetchone()
        cursor.execute(f"SELECT setval({sequence}, %s)", [first + total])
    return int(first)


def _load_all(job: Job, workers: int, progress: Progress) -> None:
    if workers == 1 or len(job.days) <= 1:
        load_days(job, 0, 1, lambda many: progress.show(progress.more(many)))
        return
    context = multiprocessing.get_context("spawn")
    counter: Synchronized[int] = context.Value("q", 0)
    processes = [
        context.Process(target=load_share, args=(pickle.dumps(job), number, workers, counter), daemon=True)
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    while any(process.is_alive() for process in processes):
        processes[0].join(timeout=0.5)
        progress.show(counter.value)
        if any(process.exitcode for process in processes):
            for process in processes:
                process.terminate()
            raise RuntimeError("Một tiến trình nạp đã dừng giữa chừng; chạy lại lệnh để tiếp tục từ chỗ dừng.")
    progress.show(counter.value, last=True)


def load_days(job: Job, number: int, of: int, tick: Callable[[int], Any]) -> None:
    """Every `of`-th day from `number` on; `tick` is told how many dossiers came with each."""
    plan = job.plan
    for day in job.days[number::of]:
        with transaction.atomic():
            tick(_load_day(Day(plan, job.province, day, job.first_id, _numbers_given(day))))


def load_share_of(job: Job, number: int, of: int, counter: Any) -> None:
    """The share of one process; `counter` counts the dossiers of all."""

    parent = multiprocessing.parent_process()

    def tick(many: int) -> None:
        with counter.get_lock():
            counter.value += many
        # Whoever started us holds the lock of the load: alone we would work against the next one.
        if parent is not None and not parent.is_alive():
            raise SystemExit(1)

    # A day makes a hundred thousand small things and no rings: looking for some took an eighth of the time.
    gc.disable()
    load_days(job, number, of, tick)
    connections.close_all()


def _numbers_given(day: date) -> dict[int, int]:
    """What the demo gave on this day before us."""
    return dict(NumberCounter.objects.filter(day=day).values_list("office_id", "last"))


def _load_day(day: Day) -> int:
    rows = day.rows()
    with connection.cursor() as cursor:
        with _keys_looked_up_later(cursor):
            for table in TABLES:
                if rows[table]:
                    table.copy_in(rows[table])
        cursor.execute(_COUNT_ON, [day.day, list(day.last), list(day.last.values())])
    return len(rows[DOSSIERS])


@contextmanager
def _keys_looked_up_later(cursor: Any) -> Iterator[None]:
    """Row by row the server would look 60 million keys up; `settle` looks at all at once. A superuser's right."""
    cursor.execute(_SUPERUSER)
    may = cursor.fetchone() == (True,)
    if may:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield
    if may:
        cursor.execute("SET LOCAL session_replication_role = origin")

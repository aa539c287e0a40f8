"""Does it slow the counters down that somebody reads reports? Intake alone and beside a reader, in turn."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench import jobs
from bench.load import Speaker, measure
from bench.stage import Stage

PAIRS = 4
SECONDS = 6
CLIENTS = 8
# A reader opens the next page so long after the one before was asked for: a room full of leaders on a Monday morning.
EVERY_SECONDS = 2


def intake_beside_reports(port: int, stage: Stage, paths: Sequence[str], cookie: dict[str, str]) -> None:
    """Print intake a second of `CLIENTS` counters, with and without the reader, and how long the reader waited."""
    alone: list[float] = []
    beside: list[float] = []
    waited: list[float] = []
    for _ in range(PAIRS):
        alone.append(measure("", CLIENTS, SECONDS, jobs.intake(stage, port)).rate)
        with _reading(port, paths, cookie) as times:
            beside.append(measure("", CLIENTS, SECONDS, jobs.intake(stage, port)).rate)
        waited += times
    change = 100 * (statistics.mean(beside) / statistics.mean(alone) - 1)
    print(
        f"\nintake with {CLIENTS} clients, {PAIRS} pairs of {SECONDS} s in turn, beside a reader of {len(paths)} report pages"
    )
    print(
        f"who opens one every {EVERY_SECONDS} s: alone {_list(alone)}, beside {_list(beside)} a second: {change:+.1f} %;"
    )
    print(
        f"the reader waited {1000 * statistics.median(waited):.0f} ms at the median, {1000 * max(waited):.0f} ms at worst"
    )


def _list(rates: list[float]) -> str:
    return ", ".join(f"{rate:.0f}" for rate in rates)


@contextmanager
def _reading(port: int, paths: Sequence[str], cookie: dict[str, str]) -> Iterator[list[float]]:
    """Somebody reads page after page meanwhile; the seconds that each took."""
    done = threading.Event()
    times: list[float] = []

    def read() -> None:
        speaker, number = Speaker(port), 0
        while not done.is_set():
            began = time.perf_counter()
            speaker.raw("GET", paths[number % len(paths)], cookie)
            times.append(time.perf_counter() - began)
            number += 1
            done.wait(max(0.0, EVERY_SECONDS - times[-1]))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        yield times
    finally:
        done.set()
        reader.join()

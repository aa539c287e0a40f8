"""python -m bench: a scratch database, the product, the load, a table. About two minutes."""

from __future__ import annotations

import argparse
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import bare, jobs
from bench.load import Measured, Speaker, measure
from bench.serving import memory_of_workers, served
from bench.stage import Stage, fill, scratch_database, set_stage
from motcua.launcher import postgres

REPLAY = ["thai-binh-2021-11", "--scale", "40", "--workers", "2"]


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    os.environ["MOTCUA_SECRET_KEY"] = secrets.token_hex(32)
    # The scratch province keeps its accounts and files away from the real ones.
    with postgres.database(), tempfile.TemporaryDirectory(prefix="motcua-bench-") as state:
        os.environ["MOTCUA_STATE_DIR"] = state
        with scratch_database(os.environ["DATABASE_URL"], keep=options.keep) as (url, is_new):
            began = time.monotonic()
            fill(is_new)
            stage = set_stage()
            from django.db import connections

            connections.close_all()
            print(f"scratch database ready in {time.monotonic() - began:.0f} s; {stage.procedure[:90]}", flush=True)
            _measure_all(options, stage, url)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="length of each measurement, at most 20")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="keep the scratch database, and use the one that was kept")
    parser.add_argument("--no-replay", action="store_true")
    options = parser.parse_args()
    options.seconds = min(options.seconds, 20)
    return options


def _measure_all(options: argparse.Namespace, stage: Stage, url: str) -> None:
    seconds = options.seconds
    print(f"this machine: {_loop_seconds():.2f} s for a loop of three million additions; {_hiccups()}")
    with served(options.workers):
        pass  # the first start prepares what the second one finds
    print(f"\n| {'what':46} | clients | per second | median ms | p99 ms | share of bare SQL |")
    print(f"|{'-' * 48}|--------:|-----------:|----------:|-------:|------------------:|")
    with served(options.workers) as server:
        port = server.port
        founded = Speaker(port).json("POST", jobs.DOSSIERS, stage.receiver, jobs.body(stage, "take_in"), 201)
        for clients in (1, 8):
            rows = bare.Rows(url, founded["code"])
            floor = measure("intake, bare SQL", clients, seconds / 2, bare.intake(url, rows))
            _print(measure("intake at the counter, all rules", clients, seconds, jobs.intake(stage, port)), floor)
            _print(floor)
        rows = bare.Rows(url, _lived(stage, port))
        floor = measure("whole life, bare SQL", 8, seconds / 2, bare.life(url, rows))
        _print(measure("whole life, nine requests", 8, seconds, jobs.life(stage, port)), floor)
        _print(floor)
        _print(measure("track by code and secret, API", 8, seconds, jobs.track(stage, port)))
        _pages(stage, port, seconds, founded["code"])
        for number, (resident, proportional) in enumerate(memory_of_workers(server.pid), 1):
            print(f"memory of worker {number}: {resident} MB resident, {proportional} MB proportional")
        print(f"second start: {server.seconds:.1f} s from `motcua serve` to the first answer")
    if not options.no_replay:
        _replay()


def _loop_seconds() -> float:
    """Processor time of a plain loop, so that tables of different machines and hours can be compared."""
    began, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number
    return time.process_time() - began


def _hiccups() -> str:
    """How evenly the machine runs when nobody asks anything of it: the same small work a thousand times over.

    What is far above the median here is the machine's (a virtual one may be held up by its host), and in every p99 below.
    """
    times = []
    for _ in range(1000):
        began = time.perf_counter()
        "".join(sorted(str(number * 7919 % 6007) for number in range(6000)))
        times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return (
        f"a small work takes {times[500]:.1f} ms at the median, {times[990]:.1f} ms at p99, {times[-1]:.1f} ms at worst"
    )


def _pages(stage: Stage, port: int, seconds: float, code: str) -> None:
    _print(measure("track page, code and secret", 8, seconds, jobs.track_page(stage, port)))
    _print(measure("track page, code alone", 8, seconds, jobs.page(port, "/ho-so/tra-cuu/", ma=code)))
    _print(measure("inbox page of a receiver", 8, seconds, jobs.page(port, "/ban-lam-viec/", stage.session)))


def _lived(stage: Stage, port: int) -> str:
    """The code of a dossier that went its whole way."""
    jobs.life(stage, port)(0)()
    rows = Speaker(port).json("GET", f"{jobs.DOSSIERS}?state=returned&limit=1", stage.receiver)["rows"]
    return str(rows[0]["code"])


def _print(measured: Measured, floor: Measured | None = None) -> None:
    share = f"{100 * measured.rate / floor.rate:.1f} %" if floor and floor.rate else "–"
    print(
        f"| {measured.name:46} | {measured.clients:7} | {measured.rate:10.1f} | {measured.percentile(0.5):9.1f}"
        f" | {measured.percentile(0.99):6.1f} | {share:>17} |",
        flush=True,
    )


def _replay() -> None:
    """Acts per second of a published month that happens again, scaled; its counts differ then, its speed does not."""
    began = time.monotonic()
    words = [sys.executable, "-m", "motcua", "replay", *REPLAY]
    told = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)  # noqa: S603  our own program
    seconds = time.monotonic() - began
    acts = re.search(r"(\d+) lượt", told.stdout)
    if acts is None:
        raise SystemExit(f"the replay failed: {told.stderr[-2000:]}")
    count = int(acts.group(1))
    print(f"replay of {REPLAY[0]}, scaled: {count} acts in {seconds:.1f} s, {count / seconds:.0f} per second")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    raise SystemExit(main())

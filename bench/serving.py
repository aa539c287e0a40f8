"""The product as it is served to people: its own process, granian, two workers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

SECONDS_TO_START = 240  # on however busy a machine


@dataclass(frozen=True)
class Served:
    """A running product: its port, its process, and the seconds from its start to its first answer."""

    port: int
    pid: int
    seconds: float


@contextmanager
def served(workers: int) -> Iterator[Served]:
    """A running product; ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [sys.executable, "-m", "motcua", "serve", "--port", str(port), "--workers", str(workers)]
    environment = {**os.environ, "MOTCUA_DEMO": "no"}
    began = time.monotonic()
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603  our own program
    try:
        _wait(port, server)
        yield Served(port, server.pid, time.monotonic() - began)
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < limit and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("the product did not start")


def memory_of_workers(pid: int) -> list[tuple[int, int]]:
    """(resident, proportional) megabytes of each worker: shared pages are counted whole in the first, divided in the second."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [(_sum(child, "Rss:"), _sum(child, "Pss:")) for child in children]


def _sum(pid: str, name: str) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return round(sum(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024)

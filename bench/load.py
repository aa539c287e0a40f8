"""A lean load generator: threads, keep-alive connections, bounded in time; and what it measured."""

from __future__ import annotations

import contextlib
import json
import math
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)


class Wrong(Exception):
    """The product answered something else than was expected; no number is worth anything then."""


@dataclass
class Measured:
    """Seconds of each thing done by all clients together, and how long it took."""

    name: str
    clients: int
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of all stayed within."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


class Speaker:
    """One client's kept-alive connection, with as little of its own as possible: it shares the cores it loads."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def json(self, method: str, path: str, token: str = "", body: Any = None, expected: int = 200) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body)
        return json.loads(self.raw(method, path, headers, content, expected))

    def raw(
        self, method: str, path: str, headers: dict[str, str], content: str | None = None, expected: int = 200
    ) -> bytes:
        payload = (content or "").encode()
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        length = f"Content-Length: {len(payload)}\r\n" if payload or method != "GET" else ""
        self.socket.sendall(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}{length}\r\n".encode() + payload)
        status, text = self._answer()
        if status != expected:
            raise Wrong(f"{method} {path}: {status} {text[:300].decode(errors='replace')}")
        return text

    def _answer(self) -> tuple[int, bytes]:
        """Status and body; a small answer comes whole with one call."""
        received = self._more()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        length = LENGTH.search(received, 0, end)
        whole = end + 4 + (int(length[1]) if length else 0)
        while len(received) < whole:
            received += self._more()
        return int(received[9:12]), received[end + 4 : whole]

    def _more(self) -> bytes:
        if not (some := self.socket.recv(1 << 18)):
            raise Wrong("the server closed the connection")
        return some


def measure(name: str, clients: int, seconds: float, make: Callable[[int], Callable[[], object]]) -> Measured:
    """Let `clients` threads repeat their own job for some seconds; `make(number)` prepares the job of one client."""
    measured = Measured(name, clients)
    jobs = [make(number) for number in range(clients)]
    begin = threading.Barrier(clients + 1)
    failures: list[BaseException] = []
    lists: list[list[float]] = [[] for _ in jobs]

    def repeat(number: int) -> None:
        job, times = jobs[number], lists[number]
        job()  # the first one warms caches and connections
        begin.wait()
        end = time.perf_counter() + seconds
        while (start := time.perf_counter()) < end and not failures:
            job()
            times.append(time.perf_counter() - start)

    def guarded(number: int) -> None:
        try:
            repeat(number)
        except BaseException as failure:
            failures.append(failure)
            begin.abort()

    threads = [threading.Thread(target=guarded, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    with contextlib.suppress(threading.BrokenBarrierError):
        begin.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    measured.seconds = time.perf_counter() - started
    if failures:
        raise next((one for one in failures if not isinstance(one, threading.BrokenBarrierError)), failures[0])
    measured.times = [one for times in lists for one in times]
    return measured

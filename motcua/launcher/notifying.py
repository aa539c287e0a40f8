"""The worker that tells people what happened, kept alive beside the pages in a process of its own."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from motcua.launcher import places

SECONDS_BEFORE_ANOTHER = 5
SECONDS_TO_END = 5


@contextmanager
def beside() -> Iterator[None]:
    """As long as this lasts, a worker runs; one that ended, however that came, is followed by another."""
    over = threading.Event()
    thread = threading.Thread(target=_keep_one, args=(over,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(SECONDS_TO_END + 1)


def _keep_one(over: threading.Event) -> None:
    # If this process is killed, the kernel ends the worker with it; otherwise this thread does.
    environment = {**os.environ, "MOTCUA_NOTIFYING_FOR": str(os.getpid())}
    environment.pop("MOTCUA_SERVING", None)
    while not over.is_set():
        worker = subprocess.Popen([sys.executable, "-m", "motcua", "notify"], cwd=places.CHECKOUT, env=environment)
        while worker.poll() is None and not over.wait(1):
            pass
        if over.is_set():
            _end(worker)
            return
        print(f"motcua notify ended with {worker.returncode}; another one follows", file=sys.stderr, flush=True)
        over.wait(SECONDS_BEFORE_ANOTHER)


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()

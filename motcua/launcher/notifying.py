"""The worker that tells people what happened, kept alive beside the pages in a process of its own."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from motcua.launcher import places

COMMAND = [sys.executable, "-m", "motcua", "notify"]
SECONDS_BEFORE_ANOTHER = 5.0
SECONDS_TO_END = 5
Worker = subprocess.Popen[bytes]


@contextmanager
def beside() -> Iterator[None]:
    """As long as this lasts, a worker runs; one that ended, however that came, is followed by another."""
    over = threading.Event()
    # The first one before the pages' workers are forked: a fork in the middle of a start would keep its pipe open.
    thread = threading.Thread(target=_keep_one, args=(_start(), over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(SECONDS_TO_END + 2)


def _start() -> Worker:
    """If this process is killed, the kernel ends the worker with it (see `motcua notify`)."""
    environment = {**os.environ, "MOTCUA_NOTIFYING_FOR": str(os.getpid())}
    environment.pop("MOTCUA_SERVING", None)
    return subprocess.Popen(COMMAND, cwd=places.CHECKOUT, env=environment)


def _keep_one(worker: Worker, over: threading.Event) -> None:
    while not over.wait(0.5):
        if worker.poll() is None:
            continue
        print(f"motcua notify: {worker.returncode}, bắt đầu lại / starts again", file=sys.stderr, flush=True)
        if over.wait(SECONDS_BEFORE_ANOTHER):
            return
        worker = _start()
    worker.terminate()
    try:
        worker.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()

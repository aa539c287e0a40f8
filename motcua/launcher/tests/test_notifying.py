"""The worker beside the pages is there again after it was killed, and gone when the pages are."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from motcua.launcher import notifying, processes

PATIENCE = 60


def wait_for_pids(path: Path, count: int) -> list[int]:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        if path.exists() and len(pids := [int(word) for word in path.read_text().split()]) >= count:
            return pids
        time.sleep(0.02)
    raise AssertionError("it never started")


def test_a_killed_worker_is_followed_by_another_and_none_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "pids"
    says = f"import os, time; open({str(path)!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(600)"
    monkeypatch.setattr(notifying, "COMMAND", [sys.executable, "-c", says])
    monkeypatch.setattr(notifying, "SECONDS_BEFORE_ANOTHER", 0.1)
    with notifying.beside():
        (first,) = wait_for_pids(path, 1)
        os.kill(first, signal.SIGKILL)
        _first, second = wait_for_pids(path, 2)
        assert processes.is_alive(second)
    assert not processes.is_alive(second)

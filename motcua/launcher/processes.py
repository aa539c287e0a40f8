"""What the kernel knows about processes: who lives, who is who, who holds a port."""

import ctypes
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1
LISTENING = "0A"


def _state_and_parent(pid: int) -> tuple[str, int]:
    """The kernel's letter for what a process does (Z: dead, not yet collected), and its parent; X and 0 if it is gone."""
    try:
        after_name = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "X", 0
    return after_name[0], int(after_name[1])


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead but not yet collected by its parent does not."""
    try:
        if os.waitpid(pid, os.WNOHANG)[0] == pid:
            return False
    except ChildProcessError:
        pass
    return _state_and_parent(pid)[0] not in {"Z", "X"}


def eldest(pid: int) -> int:
    """The first of a line of processes with the same command: the one to stop, where its children are only workers."""
    parent = _state_and_parent(pid)[1]
    return eldest(parent) if parent > 1 and command_line(parent) == command_line(pid) else pid


def command_line(pid: int) -> list[str]:
    """The words a process was started with (or the title it gave itself); empty if it is gone."""
    try:
        raw = (PROC / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return []
    return [word for word in raw.decode(errors="replace").split("\0") if word]


def processes() -> Iterator[int]:
    """The ids of all processes."""
    for entry in os.scandir(PROC):
        if entry.name.isdigit():
            yield int(entry.name)


def titled(title: str) -> list[int]:
    """The living processes whose title begins with these words."""
    return [pid for pid in processes() if " ".join(command_line(pid)).startswith(title) and is_alive(pid)]


def wait_until_gone(pids: list[int], seconds: float) -> list[int]:
    """Wait for processes to end; returns those that still live when the time is over."""
    limit = time.monotonic() + seconds
    while (pids := [pid for pid in pids if is_alive(pid)]) and time.monotonic() < limit:
        time.sleep(0.02)
    return pids


def end(pids: list[int], *steps: tuple[signal.Signals, float]) -> list[int]:
    """Send each signal in turn, waiting its seconds; returns those that live through all of them."""
    for number, seconds in steps:
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
        pids = wait_until_gone(pids, seconds)
    return pids


def die_with_parent(parent: int) -> None:
    """Ask the kernel to end this process when its parent ends, however that happens."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def listeners(port: int) -> list[int]:
    """The processes that listen on this TCP port, as far as we may look into them."""
    inodes = set()
    for table in ("tcp", "tcp6"):
        try:
            rows = (PROC / "net" / table).read_text().splitlines()[1:]
        except FileNotFoundError:
            continue
        for columns in (row.split() for row in rows):
            if columns[3] == LISTENING and int(columns[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{columns[9]}]")
    return [pid for pid in processes() if inodes and inodes & set(_open_files(pid))]


def _open_files(pid: int) -> Iterator[str]:
    folder = PROC / str(pid) / "fd"
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return
    for name in names:
        try:
            yield os.readlink(folder / name)
        except OSError:
            continue

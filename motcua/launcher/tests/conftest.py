"""A place of its own for each test that starts or kills databases and products."""

import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.launcher import places, processes
from motcua.launcher.postgres import Cluster


class Scratch:
    """A state folder that is thrown away, the environment that points at it, and what was started in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[str]] = []
        self.environment = {
            "MOTCUA_STATE_DIR": str(folder / "state"),
            "MOTCUA_PG_HOME": str(folder / "pg"),
            "PG_BINDIR": str(places.binaries()),
            "MOTCUA_DEMO": "no",
        }
        for name, value in self.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(places, "STATE", folder / "state")
        monkeypatch.delenv("DATABASE_URL", raising=False)

    def cluster(self) -> Cluster:
        return Cluster("main")

    def python(self, *words: str) -> "subprocess.Popen[str]":
        """Another Python process of this checkout, ended with the test whatever happens in it."""
        process = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=places.CHECKOUT,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def end_everything(self) -> None:
        """First those who would start the server again, then every server, also one that has no pid file yet."""
        for process in self.started:
            process.kill()
            process.communicate()  # its workers hold the pipe: when this returns, they are gone too
        cluster = self.cluster()
        servers = [pid for pid in processes.processes() if str(cluster.data) in processes.command_line(pid)]
        processes.end(servers, (signal.SIGQUIT, 60), (signal.SIGKILL, 60))
        processes.end(processes.titled(f"postgres: {cluster.title}: "), (signal.SIGKILL, 60))


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scratch]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)  # as root, the server's own account must be able to walk in
    place = Scratch(folder, monkeypatch)
    try:
        yield place
    finally:
        place.end_everything()
        shutil.rmtree(folder)

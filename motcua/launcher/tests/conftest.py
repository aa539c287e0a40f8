"""A place of its own for each test that starts or kills databases."""

import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.launcher import places, processes
from motcua.launcher.postgres import Cluster


class Scratch:
    """A state folder that is thrown away, the environment that points at it, and the clusters made in it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scratch]:
    folder = Path(tempfile.mkdtemp(prefix="motcua-test-"))
    folder.chmod(0o755)  # as root, the server's own account must be able to walk in
    place = Scratch(folder, monkeypatch)
    yield place
    server = place.cluster().postmaster()
    if server is not None:
        processes.end([server], (signal.SIGQUIT, 10), (signal.SIGKILL, 10))
    shutil.rmtree(folder)

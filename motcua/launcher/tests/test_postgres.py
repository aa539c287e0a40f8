"""The database is there whenever somebody needs it, whatever was killed before."""

import os
import signal
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from motcua.launcher import places, processes
from motcua.launcher.places import LaunchError
from motcua.launcher.postgres import Cluster
from motcua.launcher.tests.conftest import Scratch

USE_IT = """
import sys
from motcua.launcher import postgres
with postgres.database() as cluster:
    print(cluster.postmaster(), flush=True)
    sys.stdin.read()
"""


def another_user(scratch: Scratch) -> "subprocess.Popen[str]":
    """Another process that uses the database until its input ends."""
    return scratch.python("-c", USE_IT)


def server_seen_by(user: "subprocess.Popen[str]") -> int:
    assert user.stdout is not None
    return int(user.stdout.readline())


def kill(pid: int | None) -> None:
    assert pid is not None
    os.kill(pid, signal.SIGKILL)


def rows(cluster: Cluster) -> list[int]:
    with psycopg.connect(cluster.url()) as connection:
        return [number for (number,) in connection.execute("SELECT number FROM kept ORDER BY number")]


def write_rows(cluster: Cluster, first: int, last: int) -> None:
    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number integer)")
        for number in range(first, last):
            connection.execute("INSERT INTO kept VALUES (%s)", [number])


def test_the_last_one_out_stops_the_server(scratch: Scratch) -> None:
    cluster = scratch.cluster()
    cluster.enter()
    other = another_user(scratch)
    server = server_seen_by(other)
    assert server == cluster.postmaster()

    cluster.leave()
    assert cluster.postmaster() == server, "somebody still uses it"

    other.communicate("")
    assert cluster.postmaster() is None


def test_users_that_come_at_once_share_one_server(scratch: Scratch) -> None:
    users = [another_user(scratch) for _ in range(4)]
    servers = {server_seen_by(user) for user in users}
    for user in users:
        user.communicate("")
    assert len(servers) == 1
    assert scratch.cluster().postmaster() is None


def test_a_note_that_two_write_at_once_says_what_the_first_one_wrote(tmp_path: Path) -> None:
    note = tmp_path / "pg_key"

    def slowly() -> str:
        places.written_once(note, lambda: "the first")  # another process is faster between our look and our writing
        return "the second"

    assert places.written_once(note, slowly) == "the first"
    assert list(tmp_path.iterdir()) == [note]
    assert note.stat().st_mode & 0o077 == 0


def test_a_server_left_by_a_killed_user_is_used_again_and_then_stopped(scratch: Scratch) -> None:
    user = another_user(scratch)
    server = server_seen_by(user)
    user.kill()
    user.wait()
    cluster = scratch.cluster()
    assert cluster.postmaster() == server

    cluster.enter()
    assert cluster.postmaster() == server
    cluster.leave()
    assert cluster.postmaster() is None


def test_a_server_killed_while_it_writes_loses_nothing_that_it_acknowledged(scratch: Scratch) -> None:
    cluster = scratch.cluster()
    cluster.enter()
    write_rows(cluster, 0, 1)
    acknowledged = [0]
    enough = threading.Event()

    def write_until_it_dies() -> None:
        with suppress(psycopg.OperationalError), psycopg.connect(cluster.url(), autocommit=True) as connection:
            while True:
                connection.execute("INSERT INTO kept VALUES (%s)", [acknowledged[-1] + 1])
                acknowledged.append(acknowledged[-1] + 1)
                if len(acknowledged) == 200:
                    enough.set()

    writer = threading.Thread(target=write_until_it_dies)
    writer.start()
    assert enough.wait(300), "it never wrote that much"
    kill(cluster.postmaster())
    writer.join()
    cluster.revive()

    kept = rows(cluster)
    assert kept[: len(acknowledged)] == acknowledged
    assert len(kept) - len(acknowledged) in {0, 1}, "at most the one row that was on its way"
    cluster.leave()
    cluster.enter()
    assert rows(cluster) == kept
    cluster.leave()


def test_a_pid_file_that_names_a_living_stranger_does_not_stop_the_start(scratch: Scratch) -> None:
    cluster = scratch.cluster()
    cluster.enter()
    write_rows(cluster, 0, 1)
    pid_file = cluster.data / "postmaster.pid"
    stale = pid_file.read_text().splitlines()
    kill(cluster.postmaster())
    processes.wait_until_gone(processes.titled(f"postgres: {cluster.title}: "), 300)

    stranger = str(os.getpid())
    pid_file.write_text("\n".join([stranger, *stale[1:]]) + "\n")
    (cluster.socket / ".s.PGSQL.5432.lock").write_text("\n".join([stranger, *stale[1:]]) + "\n")
    assert cluster.postmaster() is None

    cluster.revive()
    assert rows(cluster) == [0]
    cluster.leave()


def test_an_interrupted_creation_leaves_nothing_in_the_way(scratch: Scratch) -> None:
    cluster = scratch.cluster()
    half = cluster.home / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster.enter()
    assert cluster.postmaster() is not None
    cluster.leave()


def test_data_of_another_major_version_is_refused_and_left_as_it_is(scratch: Scratch) -> None:
    cluster = scratch.cluster()
    cluster.enter()
    cluster.leave()
    stamp = cluster.data / "PG_VERSION"
    stamp.write_text("14\n")
    with pytest.raises(LaunchError, match="belong to PostgreSQL 14, the programs are PostgreSQL"):
        cluster.enter()
    assert not (cluster.data / "postmaster.pid").exists()
    assert stamp.read_text() == "14\n"


def test_only_the_owner_and_root_are_let_in(scratch: Scratch) -> None:
    cluster = scratch.cluster()
    assert cluster.socket.stat().st_mode & 0o077 == 0
    cluster.enter()
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        assert methods == [("peer",)]
    cluster.leave()


def test_a_url_of_the_user_wins(scratch: Scratch, monkeypatch: pytest.MonkeyPatch) -> None:
    from motcua.launcher import postgres

    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/province")
    with postgres.database() as cluster:
        assert cluster is None
        assert os.environ["DATABASE_URL"] == "postgresql://elsewhere/province"
    assert not (places.STATE / "pg_key").exists()


def test_programs_that_are_missing_or_unknown_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(LaunchError, match=f"{tmp_path}/postgres"):
        places.binaries()
    monkeypatch.delenv("PG_BINDIR")
    monkeypatch.setenv("MOTCUA_PG", "newest")
    with pytest.raises(LaunchError, match="wheel or system, not 'newest'"):
        places.binaries()


def test_a_path_too_long_for_a_socket_gets_a_short_private_folder(tmp_path: Path) -> None:
    home = tmp_path / ("a" * 90)
    home.mkdir()
    owner = places.owner_of(home)
    folder = places.socket_folder(home, owner)
    try:
        assert len(str(folder)) < 60
        assert folder == places.socket_folder(home, owner), "the same at every start"
        folder.chmod(0o755)
        with pytest.raises(LaunchError, match="private folder"):
            places.socket_folder(home, owner)
    finally:
        folder.rmdir()

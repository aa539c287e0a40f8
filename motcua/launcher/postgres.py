"""Our own launcher of PostgreSQL: found or started by whoever needs it, stopped by the last one who leaves.

Every user of a cluster holds a shared lock on `users.lock`; starting and stopping happen under `start.lock`. The kernel
drops the locks of a killed process, so nothing has to be cleaned up after kill -9: a server left alone is found and
used again by the next start. See docs/decisions/0001-postgresql.md.
"""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from motcua.launcher import places, processes
from motcua.launcher.places import LaunchError

DATABASE = ROLE = "motcua"
PORT = 5432  # only part of the socket's name: no TCP port is opened
STARTS_TRIED = 5
SECONDS_BEFORE_WE_SAY_SO = 5
SECONDS_FOR_RECOVERY = 900


class Cluster:
    """One database cluster of this checkout: `main` for work, `test` for tests (fast, and nothing of it is kept safe)."""

    def __init__(self, name: str = "main") -> None:
        self.name = name
        self.home = places.cluster_home(name)
        self.data = self.home / "data"
        self.owner = places.owner_of(self.data)
        self.socket = places.socket_folder(self.home, self.owner)
        self.title = "motcua-" + hashlib.sha256(os.fsencode(self.home)).hexdigest()[:10]
        self._users: IO[str] | None = None
        self._programs: Path | None = None

    @property
    def programs(self) -> Path:
        if self._programs is None:
            self._programs = places.binaries()
        return self._programs

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql:///{database}?host={quote(str(self.socket))}&user={ROLE}"

    # --- who uses it -------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Become a user of the server, starting it if it does not run."""
        with self._starting():
            users = self._lock_file("users.lock")
            fcntl.flock(users, fcntl.LOCK_SH)
            self.ensure()
            self._users = users

    def leave(self) -> None:
        """Stop being a user; the last one stops the server."""
        if self._users is None:
            return
        with self._starting():
            self._users.close()
            self._users = None
            with self._lock_file("users.lock") as users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return
                self.stop()

    def revive(self) -> None:
        """For a user who sees that the server is gone."""
        if self.postmaster() is None:
            with self._starting():
                self.ensure()

    @contextmanager
    def _starting(self) -> Iterator[None]:
        with self._lock_file("start.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _lock_file(self, name: str) -> IO[str]:
        handle = open(self.home / name, "a")  # noqa: SIM115  the caller holds it as long as the lock
        if not self.owner.is_us and self.home.stat().st_uid == self.owner.uid:
            os.chown(handle.fileno(), self.owner.uid, self.owner.gid)
        return handle

    # --- is it there -------------------------------------------------------------------------------------------

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def postmaster(self) -> int | None:
        """The id of the running server; a pid file that names anything else than our living server counts for nothing."""
        lines = self._pid_file()
        if not lines or not lines[0].lstrip("-").isdigit():
            return None
        pid = int(lines[0])
        if pid > 0 and processes.is_alive(pid):
            words = processes.command_line(pid)
            if words and Path(words[0]).name == "postgres" and str(self.data) in words:
                return pid
        return None

    def _is_ready(self) -> bool:
        lines = self._pid_file()
        return len(lines) >= 8 and lines[7].strip() == "ready"

    # --- start and stop ----------------------------------------------------------------------------------------

    def ensure(self) -> None:
        """Have a server that answers, whatever a crash has left behind. Call it under the start lock."""
        if not (self.data / "PG_VERSION").exists():
            self._create()
        began, said, tries, child = time.monotonic(), False, 0, None
        while not (self.postmaster() and self._is_ready()):
            if self.postmaster() is None and (child is None or child.poll() is not None):
                if tries == STARTS_TRIED:
                    raise LaunchError(self._why_it_failed())
                time.sleep(0.3 * tries)
                tries += 1
                child = self._launch()
            waited = time.monotonic() - began
            if waited > SECONDS_BEFORE_WE_SAY_SO and not said:
                said = True
                print("Cơ sở dữ liệu đang phục hồi / the database is recovering …", file=sys.stderr, flush=True)
            if waited > SECONDS_FOR_RECOVERY:
                raise LaunchError(self._why_it_failed())
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server in good order: fast, then at once (recovery will follow), never halfway."""
        pid = self.postmaster()
        if pid is not None:
            processes.end([pid], (signal.SIGINT, 60), (signal.SIGQUIT, 10))

    def _launch(self) -> subprocess.Popen[bytes]:
        self._check_version()
        self._clear_leftovers()
        self._write_settings()
        with open(self.home / "start.log", "wb") as log:
            return subprocess.Popen(
                [self.programs / "postgres", "-D", str(self.data), "-k", str(self.socket), "-p", str(PORT)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # so that Ctrl-C in the terminal reaches us, not the server
                cwd="/",
                **self._as_owner(),
            )

    def _as_owner(self) -> dict[str, Any]:
        """How to run a program as the server's account, with nothing of our environment."""
        options: dict[str, Any] = {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "umask": 0o077}
        if not self.owner.is_us:
            options |= {"user": self.owner.uid, "group": self.owner.gid, "extra_groups": []}
        return options

    def _clear_leftovers(self) -> None:
        """Remove what a killed server left: backends that still run, then the files that name its process.

        The files may go only after the last backend: PostgreSQL's own guard against two servers on one folder is in them.
        """
        orphans = processes.titled(f"postgres: {self.title}: ")
        orphans = processes.wait_until_gone(orphans, 5)
        left = processes.end(orphans, (signal.SIGQUIT, 5), (signal.SIGKILL, 5))
        if left:
            raise LaunchError(f"Tiến trình cũ không dừng / old database processes do not end: {left}")
        for leftover in (self.data / "postmaster.pid", self.socket / f".s.PGSQL.{PORT}.lock"):
            leftover.unlink(missing_ok=True)

    def _check_version(self) -> None:
        has = int((self.data / "PG_VERSION").read_text())
        runs = places.major_version(self.programs)
        if has != runs:
            raise LaunchError(
                f"Dữ liệu ở {self.data} thuộc PostgreSQL {has}, chương trình là PostgreSQL {runs}; không mở.\n"
                f"The data there belong to PostgreSQL {has}, the programs are PostgreSQL {runs}. Nothing was touched. "
                f"Use programs of version {has} (PG_BINDIR) to dump, and load the dump into a new folder."
            )

    def _why_it_failed(self) -> str:
        tail = (self.home / "start.log").read_text(errors="replace").strip().splitlines()[-5:]
        return "PostgreSQL không chạy được / does not start:\n  " + "\n  ".join([*tail, f"({self.home}/log)"])

    # --- a new cluster -----------------------------------------------------------------------------------------

    def _create(self) -> None:
        """Make the cluster aside and move it into place whole, so that a killed start leaves no half of one."""
        draft = self.home / "data.new"
        subprocess.run(["/bin/rm", "-rf", str(draft)], check=True)
        for folder in (draft, self.home / "log"):
            folder.mkdir(mode=0o700, exist_ok=True)
            os.chown(folder, self.owner.uid, self.owner.gid)
        locale = ["--locale=C.UTF-8"]
        if places.major_version(self.programs) >= 17:
            locale = ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        self._run([self.programs / "initdb", "-D", draft, "-U", ROLE, "-E", "UTF8", "-A", "peer", "-N", *locale])
        self._run(
            [self.programs / "postgres", "--single", "-D", draft, "postgres"], feed=f"CREATE DATABASE {DATABASE}\n"
        )
        with (draft / "postgresql.conf").open("a") as conf:
            conf.write("\ninclude_if_exists = 'motcua.conf'  # rewritten at every start\n")
            conf.write("include_if_exists = 'local.conf'  # yours\n")
        subprocess.run(["/bin/sync", "-f", str(draft)], check=False)
        draft.rename(self.data)

    def _run(self, words: list[object], feed: str = "") -> None:
        done = subprocess.run(
            [str(word) for word in words],
            check=False,
            input=feed.encode(),
            capture_output=True,
            cwd="/",
            **self._as_owner(),
        )
        if done.returncode:
            said = (done.stderr or done.stdout).decode(errors="replace").strip()
            raise LaunchError(f"Không tạo được cơ sở dữ liệu / cannot create the database:\n{said}")

    def _write_settings(self) -> None:
        """Settings and rights of the server, the same at every start; a person's own go into local.conf."""
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
        settings = {
            "listen_addresses": "",
            "unix_socket_permissions": "0700",
            "cluster_name": self.title,
            "max_connections": "100",
            "shared_buffers": f"{max(32, min(512, memory // 8))}MB",
            "effective_cache_size": f"{max(64, memory // 2)}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "128MB",
            "max_wal_size": "2GB",
            "checkpoint_timeout": "15min",
            "wal_compression": "on",
            "random_page_cost": "1.1",
            "jit": "off",
            "fsync": "on",
            "synchronous_commit": "on",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "logging_collector": "on",
            "log_directory": str(self.home / "log"),
            "log_filename": "postgres-%a.log",
            "log_truncate_on_rotation": "on",
            "log_rotation_age": "1d",
            "log_line_prefix": "%m [%p] ",
        }
        if self.name == "test":
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        self._write("motcua.conf", "".join(f"{key} = '{value}'\n" for key, value in settings.items()))
        self._write("pg_hba.conf", "local all all peer map=motcua\n")
        self._write("pg_ident.conf", f"motcua root {ROLE}\nmotcua {self.owner.name} {ROLE}\n")

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        path.write_text(text)
        path.chmod(0o600)
        os.chown(path, self.owner.uid, self.owner.gid)


@contextmanager
def named_database(name: str = "main") -> Iterator[Cluster | None]:
    """Have DATABASE_URL name this checkout's database, started or not; one given by the user is left alone."""
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    cluster = Cluster(name)
    os.environ["DATABASE_URL"] = cluster.url()
    try:
        yield cluster
    finally:
        os.environ.pop("DATABASE_URL", None)
        cluster.leave()


@contextmanager
def database(name: str = "main") -> Iterator[Cluster | None]:
    """Have DATABASE_URL name a database that answers, as long as this lasts."""
    with named_database(name) as cluster:
        if cluster is not None:
            cluster.enter()
        yield cluster

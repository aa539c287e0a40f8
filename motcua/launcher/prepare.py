"""What must be true before a page is served: schema current, static files collected, the demo province there."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from motcua.launcher import daily, places
from motcua.launcher.places import LaunchError
from motcua.launcher.postgres import Cluster

DEMO_TABLE = "offices_office"


def once(cluster: Cluster) -> None:
    """For a command on our own database: prepare it if that was not done since a migration changed."""
    note = cluster.home / "prepared.sha256"
    digest = hashlib.sha256()
    for path in sorted(places.CHECKOUT.glob("motcua/*/migrations/*.py")):
        digest.update(str(path.relative_to(places.CHECKOUT)).encode() + path.read_bytes())
    if not note.exists() or note.read_text() != digest.hexdigest():
        everything()
        note.write_text(digest.hexdigest())


def everything() -> bool:
    """Bring database and static files up to date; does nothing that is done already. Whether the day's work is done, too."""
    import django
    from django.core.management.base import CommandError
    from django.db import DatabaseError

    django.setup()
    try:
        with open(places.state() / "prepare.lock", "w") as one_at_a_time:
            fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
            collect_static()
            migrate()
            load_what_comes_along("load_regimes")
            load_demo()
            load_what_comes_along("load_groups", "load_indicators")
            return do_daily_work()
    except CommandError as error:
        raise LaunchError(str(error)) from error
    except DatabaseError as error:
        raise LaunchError(f"Cơ sở dữ liệu từ chối / the database refuses: {error}") from error


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    began = time.monotonic()
    print(f"· {what} …", end=" ", file=sys.stderr, flush=True)
    yield
    print(f"{time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def migrate() -> None:
    """Apply the migrations that the database lacks."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        with telling("schema"):
            call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Gather static files under names that carry their hash, if any of them changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    if not settings.STATIC_IS_COLLECTED:
        return
    digest = hashlib.sha256((places.CHECKOUT / "requirements/run.txt").read_bytes())
    for finder in get_finders():
        for path, storage in finder.list([]):
            seen = os.stat(storage.path(path))
            digest.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / "collected.sha256"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    with telling("static files"):
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())


def load_demo() -> None:
    """Load the demo province into a database without offices; a province that starts for real says MOTCUA_DEMO=no."""
    from django.core.management import get_commands
    from django.db import connection

    if os.environ.get("MOTCUA_DEMO", "yes") == "no":
        return
    if "load_demo" not in get_commands() or DEMO_TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM {DEMO_TABLE})")  # noqa: S608  a constant of ours
        if cursor.fetchone() == (True,):
            return
    # Its accounts are printed when all is ready; doubts about single procedures are for whoever looks for them.
    # In a process of its own: its papers are typeset, and workers forked from a process that typeset once wait for ever
    # for threads that only their parent has.
    path = places.STATE / "demo.log"
    with telling("demo province"), open(path, "w") as log:
        command = [sys.executable, "-m", "motcua", "load_demo"]
        code = subprocess.run(command, cwd=places.CHECKOUT, check=False, stdout=log, stderr=log).returncode
    if code:
        raise LaunchError(f"Không nạp được tỉnh mẫu / the demo province can't be loaded:\n{path.read_text()[-2000:]}")


def load_what_comes_along(*names: str) -> None:
    """Bring what comes with the product into a database from before it, or from before a change; what stands is left alone.

    Parameters of the law, or nothing that asks for them starts after an update; interlinked groups, which only propose;
    tables of indicators.
    """
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:
        for name in names:
            call_command(name, stdout=nowhere)


def do_daily_work() -> bool:
    """Seal the journal's days that are over, and the like; while the product runs, `daily.py` does it every day.

    What fails is told, and tried again by whoever serves: it keeps nobody from the pages.
    """
    from django.core.management import call_command
    from django.core.management.base import CommandError

    done = True
    with open(os.devnull, "w") as nowhere:
        for name in daily.COMMANDS:
            try:
                call_command(name, stdout=nowhere)
            except (CommandError, SystemExit) as error:
                print(f"motcua {name}: {error}", file=sys.stderr, flush=True)
                done = False
    return done


def demo_accounts() -> str:
    """Who may log in to the demo, as loading it wrote down; nothing where there is no demo."""
    path = places.STATE / "accounts.txt"
    return "\n" + path.read_text().rstrip() + "\n" if path.exists() else ""

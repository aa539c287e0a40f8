"""`motcua serve`: the product on this machine, its database kept alive beside it."""

import argparse
import gc
import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

from motcua.launcher import daily, notifying, postgres, prepare, processes
from motcua.launcher.places import LaunchError

SECONDS_BETWEEN_LOOKS = 0.5
SECONDS_FOR_THE_KILLED_TO_GO = 1.5
ADDRESSES = [
    ("Cổng dịch vụ công / portal", "/"),
    ("Một cửa / counter", "/quay/"),
    ("Bàn làm việc / desk", "/ban-lam-viec/"),
    ("Giám sát / oversight", "/dieu-hanh/"),
    ("API", "/api/v1/docs"),
]


def main(words: list[str]) -> int:
    """Serve until told to stop; says where, and who may log in to the demo."""
    options = _options(words)
    _insist_on_port(options.host, options.port)
    os.environ["MOTCUA_COLLECTED"] = "1"
    with postgres.database() as cluster:
        began = datetime.now(UTC)
        is_done = prepare.everything()
        from django.db import connections

        connections.close_all()  # workers are forked: a connection must not be shared
        print(welcome(options.host, options.port), flush=True)
        if cluster is not None:
            threading.Thread(target=_keep_alive, args=(cluster,), daemon=True).start()
        daily.keep_doing(done_at=began if is_done else began - timedelta(days=1))
        with notifying.beside():
            _serve(options)
    return 0


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="motcua serve")
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    return parser.parse_args(words)


def _serve(options: argparse.Namespace) -> None:
    from django.urls import get_resolver
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ["MOTCUA_SERVING"] = str(os.getpid())
    get_resolver().url_patterns  # noqa: B018  every page is loaded once, here
    gc.collect()
    gc.freeze()  # before the fork: workers share what is loaded, and collections never walk it
    Granian(
        "motcua.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=1,  # two threads cost 30-660 ms at the tail, see docs/decisions/0002-server.md
        backpressure=1024,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    ).serve()


def _keep_alive(cluster: postgres.Cluster) -> None:
    """Start the database again if it was killed under us."""
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        try:
            cluster.revive()
        except LaunchError as error:
            print(f"motcua: {error}", file=sys.stderr, flush=True)


def _insist_on_port(host: str, port: int) -> None:
    """Refuse to start on a port in use, naming who has it."""
    limit = time.monotonic() + SECONDS_FOR_THE_KILLED_TO_GO
    while not processes.port_is_free(host, port):
        if time.monotonic() > limit:
            break
        time.sleep(0.1)
    else:
        return
    holders = {processes.eldest(pid) for pid in processes.listeners(port)}
    who = "; ".join(f"{pid} ({' '.join(processes.command_line(pid))})" for pid in sorted(holders)) or "?"
    raise LaunchError(
        f"Cổng {port} đang được dùng bởi tiến trình {who}. Dừng nó, hoặc chọn cổng khác: make run PORT={port + 1}\n"
        f"Port {port} is in use by process {who}. Stop it, or choose another: make run PORT={port + 1}"
    )


def welcome(host: str, port: int) -> str:
    """What is printed when the product is up."""
    width = max(len(name) for name, _ in ADDRESSES)
    lines = ["", "Một Cửa đang chạy / is running (Ctrl-C: dừng / stop)"]
    lines += [f"  {name:<{width}}  http://{host}:{port}{path}" for name, path in ADDRESSES]
    return "\n".join(lines) + "\n" + prepare.demo_accounts()

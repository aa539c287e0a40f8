"""The product answers again after anything is killed, and the next start finds nothing in its way."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import psycopg
import pytest

from motcua.launcher import places, processes, serve
from motcua.launcher.cli import join_words, unknown
from motcua.launcher.places import LaunchError
from motcua.launcher.tests.conftest import Scratch


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(port: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "motcua", "serve", "--port", str(port)],
        cwd=places.CHECKOUT,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def status(port: int) -> int | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def seconds_until_it_answers(product: "subprocess.Popen[bytes]", port: int, patience: float = 60) -> float:
    began = time.monotonic()
    while status(port) != 200:
        assert product.poll() is None, "it ended"
        assert time.monotonic() - began < patience, "it never answered"
        time.sleep(0.05)
    return time.monotonic() - began


def workers_of(main: int) -> list[int]:
    return [pid for pid in processes.processes() if processes.eldest(pid) == main and pid != main]


def test_killed_and_answering_again(scratch: Scratch) -> None:
    port = free_port()
    product = start(port)
    seconds_until_it_answers(product, port)
    cluster = scratch.cluster()

    # one backend: PostgreSQL starts itself again, and the request after that is served
    with psycopg.connect(cluster.url()) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        connection.close()
    seconds_until_it_answers(product, port)

    # the whole server: the product starts it again by itself
    server = cluster.postmaster()
    assert server is not None
    os.kill(server, signal.SIGKILL)
    processes.wait_until_gone([server], 10)
    seconds_until_it_answers(product, port)
    assert cluster.postmaster() not in {None, server}

    # the program itself: no worker stays on the port, the database is found and used again, and the start is quick
    server = cluster.postmaster()
    workers = workers_of(product.pid)
    assert len(workers) >= 1
    product.kill()
    product.wait()
    assert processes.wait_until_gone(workers, 5) == []
    product = start(port)
    assert seconds_until_it_answers(product, port) < 5 * slowness()
    assert cluster.postmaster() == server

    # told to stop, it leaves nothing running
    product.terminate()
    product.wait(20)
    assert cluster.postmaster() is None


def slowness() -> float:
    """Other work on this machine makes a start slower without making it wrong."""
    return max(1.0, os.getloadavg()[0] / len(os.sched_getaffinity(0)))


def test_a_port_in_use_names_the_process_to_stop() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LaunchError, match=f"Port {port} is in use by process {processes.eldest(os.getpid())} "):
            serve._insist_on_port("127.0.0.1", port)


def test_words_are_joined_only_where_such_a_command_exists() -> None:
    known = {"load_procedures", "report", "replay"}
    assert join_words(["load", "procedures", "a.jsonl"], known) == ["load_procedures", "a.jsonl"]
    assert join_words(["report", "2021-11"], known) == ["report", "2021-11"]
    assert join_words(["load"], known) == ["load"]


def test_an_unknown_command_gets_the_nearest_ones() -> None:
    known = {"load_procedures", "load_province", "report"}
    assert "Có phải / did you mean: report?" in unknown("raport", known)
    assert "load procedures, load province" in unknown("load", known)
    assert "there is no command 'x'" in unknown("x", known)
    assert "motcua help" in unknown("x", known)

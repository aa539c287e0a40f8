"""The product answers again after anything is killed, and the next start finds nothing in its way."""

import os
import random
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from urllib.parse import urlencode

import psycopg
import pytest

from motcua.launcher import processes, serve
from motcua.launcher.cli import join_words, unknown
from motcua.launcher.places import LaunchError
from motcua.launcher.tests.conftest import Scratch

PATIENCE = 300  # seconds after which a wait is given up; how long anything takes is measured elsewhere, never here


def free_port() -> int:
    """A port outside the range that the kernel lends to clients, so that nobody gets it between two starts."""
    return next(port for port in random.sample(range(20_000, 32_000), 100) if processes.port_is_free("127.0.0.1", port))


def start(scratch: Scratch, port: int) -> "subprocess.Popen[str]":
    return scratch.python("-m", "motcua", "serve", "--port", str(port))


def status(port: int) -> int | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, HTTPException):
        return None


def wait_until_it_answers(product: "subprocess.Popen[str]", port: int) -> None:
    began = time.monotonic()
    while status(port) != 200:
        assert product.poll() is None, "it ended"
        assert time.monotonic() - began < PATIENCE, "it never answered"
        time.sleep(0.05)


def workers_of(main: int) -> list[int]:
    return [pid for pid in processes.processes() if processes.eldest(pid) == main and pid != main]


def test_killed_and_answering_again(scratch: Scratch) -> None:
    port = free_port()
    product = start(scratch, port)
    wait_until_it_answers(product, port)
    cluster = scratch.cluster()

    # one backend: PostgreSQL starts itself again, and the request after that is served
    with psycopg.connect(cluster.url()) as connection:
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
        connection.close()
    wait_until_it_answers(product, port)

    # the whole server: the product starts it again by itself
    server = cluster.postmaster()
    assert server is not None
    os.kill(server, signal.SIGKILL)
    processes.wait_until_gone([server], PATIENCE)
    wait_until_it_answers(product, port)
    assert cluster.postmaster() not in {None, server}

    # the program itself: no worker stays on the port, and the next start finds its database and uses it
    server = cluster.postmaster()
    workers = workers_of(product.pid)
    assert len(workers) >= 1
    product.kill()
    product.wait()
    assert processes.wait_until_gone(workers, PATIENCE) == []
    product = start(scratch, port)
    wait_until_it_answers(product, port)
    assert cluster.postmaster() == server

    # told to stop, it leaves nothing running
    product.terminate()
    product.wait(PATIENCE)
    assert cluster.postmaster() is None


def test_after_the_very_first_start_with_the_demo_every_worker_makes_a_pdf(
    scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_DEMO", "yes")
    monkeypatch.setenv("MOTCUA_DEMO_PASSWORD", "mot-cua-2021")
    port = free_port()
    product = start(scratch, port)
    wait_until_it_answers(product, port)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(f"http://127.0.0.1:{port}/dang-nhap/", timeout=PATIENCE) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    assert token is not None
    said = {"login": "quang", "password": "mot-cua-2021", "csrfmiddlewaretoken": token[1]}
    browser.open(f"http://127.0.0.1:{port}/dang-nhap/", urlencode(said).encode(), timeout=PATIENCE).close()
    # Each is a connection of its own, so that both workers are met; a worker that hangs never answers.
    for _number in range(8):
        with browser.open(f"http://127.0.0.1:{port}/dieu-hanh/ban-tin/tai-ve.pdf?ky=2021-11", timeout=60) as answer:
            assert answer.read().startswith(b"%PDF-")


def test_a_database_from_before_a_parameter_of_the_law_starts_again(scratch: Scratch) -> None:
    port = free_port()
    product = start(scratch, port)
    wait_until_it_answers(product, port)
    with psycopg.connect(scratch.cluster().url()) as connection:
        connection.execute("SET session_replication_role = replica")
        gone = connection.execute("DELETE FROM law_regimeparameter WHERE key = 'silent_days'").rowcount
    assert gone > 0
    product.terminate()
    product.wait(PATIENCE)
    product = start(scratch, port)
    wait_until_it_answers(product, port)
    with psycopg.connect(scratch.cluster().url()) as connection:
        row = connection.execute("SELECT count(*) FROM law_regimeparameter WHERE key = 'silent_days'").fetchone()
    assert row == (gone,)
    product.terminate()
    product.wait(PATIENCE)


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

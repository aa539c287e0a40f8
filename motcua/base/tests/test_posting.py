"""A POST ends: with an answer, with a word on why there is none, and never later than it was given."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from motcua.base.posting import NoAnswer, post

SEEN: list[tuple[str, bytes]] = []


class Server(BaseHTTPRequestHandler):
    """`/slow` sends a byte now and then, `/there` sends elsewhere, everything else answers at once."""

    def log_message(self, *args: Any) -> None:
        """Tests print nothing."""

    def do_POST(self) -> None:
        SEEN.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(302 if self.path == "/there" else 429)
        self.send_header("Retry-After", "7")
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        with suppress(OSError):
            for _piece in range(40 if self.path == "/slow" else 1):
                self.wfile.write(b"later")
                self.wfile.flush()
                time.sleep(0.1 if self.path == "/slow" else 0)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_status_body_and_when_to_come_again(address: str) -> None:
    SEEN.clear()
    answer = post(f"{address}/gui?a=1", b"chao", {"X-Key": "k"}, seconds=5, longest=100)
    assert (answer.status, answer.body, answer.retry_after) == (429, b"later", "7")
    assert SEEN == [("/gui?a=1", b"chao")]


def test_nobody_is_followed_elsewhere(address: str) -> None:
    SEEN.clear()
    assert post(f"{address}/there", b"", {}, seconds=5, longest=100).status == 302
    assert [path for path, _body in SEEN] == ["/there"]


def test_a_body_that_drips_is_cut_off_in_time(address: str) -> None:
    began = time.monotonic()
    answer = post(f"{address}/slow", b"", {}, seconds=1, longest=100_000)
    assert time.monotonic() - began < 3
    assert answer.body.startswith(b"later")


def test_a_server_that_is_not_there_is_named_by_one_word(address: str) -> None:
    server = HTTPServer(("127.0.0.1", 0), Server)
    closed = f"http://127.0.0.1:{server.server_address[1]}/"
    server.server_close()
    with pytest.raises(NoAnswer) as caught:
        post(closed, b"", {}, seconds=1, longest=100)
    assert caught.value.kind == "ConnectionRefusedError"

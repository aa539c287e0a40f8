"""A scanner is asked over clamd's own protocol, by a real server over TCP and over a socket file."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.base.errors import Invalid
from motcua.files import scanning
from motcua.files.receiving import examine
from tests.papers import A_PDF

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Start = Callable[[str], list[bytes]]


class Clamd(socketserver.BaseRequestHandler):
    """Answers INSTREAM and PING as clamd does; `mood` says how it behaves."""

    mood = "well"
    seen: list[bytes] = []

    def handle(self) -> None:
        command = self._until_nul()
        if self.mood == "silent":
            return
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        content = b""
        while (size := struct.unpack(">I", self._exactly(4))[0]) > 0:
            content += self._exactly(size)
        self.seen.append(content)
        if self.mood == "broken":
            self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            self.request.sendall(b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0")

    def _until_nul(self) -> bytes:
        read = b""
        while not read.endswith(b"\0"):
            read += self._exactly(1)
        return read[:-1]

    def _exactly(self, size: int) -> bytes:
        read = b""
        while len(read) < size and (more := self.request.recv(size - len(read))):
            read += more
        return read


@pytest.fixture(params=["tcp", "unix"])
def start(request: Any, settings: Any, tmp_path: Path) -> Iterator[Start]:
    """start("well"): a scanner runs, and the settings name it. Returns what it is given to read."""
    servers: list[socketserver.BaseServer] = []

    def begin(mood: str) -> list[bytes]:
        handler: type[Clamd] = type("Handler", (Clamd,), {"mood": mood, "seen": []})
        server: socketserver.BaseServer
        if request.param == "tcp":
            server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
            settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{server.server_address[1]}"
        else:
            server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd"), handler)
            settings.VIRUS_SCANNER = f"unix://{tmp_path / 'clamd'}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return handler.seen

    yield begin
    for server in servers:
        server.shutdown()
        server.server_close()


def test_what_is_clean_is_called_clean(start: Start) -> None:
    seen = start("well")
    large = A_PDF.replace(b"%%EOF", b"%" + bytes(scanning.PIECE * 2) + b"\n%%EOF")
    assert examine("a.pdf", [large]).scanned
    assert seen == [large]
    assert scanning.answers()


def test_what_is_found_is_refused_by_its_name(start: Start) -> None:
    start("well")
    with pytest.raises(Invalid) as refusal:
        examine("a.pdf", [A_PDF.replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF")])
    assert refusal.value.code == "virus_found" and "Eicar-Signature" in str(refusal.value)


@pytest.mark.parametrize("mood", ["broken", "silent"])
def test_a_scanner_that_fails_never_means_clean(start: Start, mood: str) -> None:
    start(mood)
    with pytest.raises(Invalid) as refusal:
        examine("a.pdf", [A_PDF])
    assert refusal.value.code == "scanner_away" and "thử lại" in str(refusal.value)


def test_a_scanner_that_is_away_never_means_clean(settings: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.VIRUS_SCANNER = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    assert not scanning.answers()
    with pytest.raises(Invalid) as refusal:
        examine("a.pdf", [A_PDF])
    assert refusal.value.code == "scanner_away"


def test_without_a_scanner_nothing_is_called_clean(settings: Any) -> None:
    settings.VIRUS_SCANNER = ""
    assert not examine("a.pdf", [A_PDF]).scanned

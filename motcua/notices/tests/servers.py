"""Real servers for tests: an HTTP gateway that answers as it is told, and an SMTP server that keeps what it gets."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Gateway:
    """What the gateway got, in order, and what people got of it: each key once. `script`: its next answers, then 202."""

    address: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    delivered: dict[str, dict[str, str]] = field(default_factory=dict)
    script: list[tuple[int, dict[str, str], float]] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    hold: threading.Event | None = None
    got_one: threading.Event = field(default_factory=threading.Event)


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway on a port of its own."""
    state = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            key = self.headers["Idempotency-Key"]
            state.asked.append((key, body))
            state.tokens.append(self.headers.get("Authorization", ""))
            status, headers, delay = state.script.pop(0) if state.script else (202, {}, 0.0)
            known = key in state.delivered
            if 200 <= status < 300:
                state.delivered.setdefault(key, body)
            state.got_one.set()
            if state.hold is not None:
                state.hold.wait(60)
            time.sleep(delay)
            answer = json.dumps({"id": f"gw-{len(state.delivered)}", "error": f"to {body.get('to', '')}"}).encode()
            try:
                self.send_response(409 if known and status == 202 else status)
                for name, value in {**headers, "Content-Length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)
            except OSError:
                pass  # whoever asked did not wait

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_address[1]}/send"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield state
    if state.hold is not None:
        state.hold.set()
    server.shutdown()
    server.server_close()


@dataclass
class Post:
    """What the mail server got. `answers`: what it says to the next recipients, then 250."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content))
        return "250 OK"


@contextmanager
def post() -> Iterator[Post]:
    """A mail server on a port of its own."""
    state = Post()
    with socket.socket() as probe:  # the controller wants to know its port beforehand
        probe.bind(("127.0.0.1", 0))
        state.port = probe.getsockname()[1]
    controller = Controller(state, hostname="127.0.0.1", port=state.port)
    controller.start()
    yield state
    controller.stop()

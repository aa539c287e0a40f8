"""With a timestamp server (a real one over HTTP, on this machine) signatures carry a certified time."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from motcua.base.errors import Refused
from motcua.signing import checking, development, pens
from motcua.signing.checking import Verdict
from motcua.signing.tests.conftest import MADE_AT, SIGNED_AT, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def timestamp_server(desk: Desk, settings: Any) -> Iterator[str]:
    """An RFC 3161 server whose certificate is under the development authority."""
    certificate, key = development.timestamping(MADE_AT)
    der = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    clock = DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(der), fixed_dt=SIGNED_AT)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            said = clock.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.TIMESTAMP_SERVER = f"http://127.0.0.1:{server.server_port}/"
    yield settings.TIMESTAMP_SERVER
    server.shutdown()
    server.server_close()
    thread.join()


def signed(desk: Desk) -> checking.Signature:
    document = pens.sign(desk.paper, pens.take(desk.tuan, SIGNED_AT), at=SIGNED_AT)
    (found,) = checking.check(document, SIGNED_AT)
    return found


def test_the_time_is_certified(desk: Desk, timestamp_server: str) -> None:
    found = signed(desk)
    assert found.verdict is Verdict.GOOD
    assert found.time_is_certified and not found.for_long and found.signed_at == SIGNED_AT


def test_for_long_the_proofs_are_inside(desk: Desk, timestamp_server: str, settings: Any) -> None:
    settings.SIGNATURES_FOR_LONG = True
    found = signed(desk)
    assert found.verdict is Verdict.GOOD and found.time_is_certified and found.for_long


def test_without_an_answer_nothing_is_signed(desk: Desk, settings: Any) -> None:
    settings.TIMESTAMP_SERVER = "http://127.0.0.1:9/"
    with pytest.raises(Refused, match="Máy chủ dấu thời gian không trả lời") as refused:
        signed(desk)
    assert refused.value.code == "timestamp_failed"

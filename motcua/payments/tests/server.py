"""A real gateway for tests: pages with buttons, its own book of transactions, notices that are told again, questions answered.

It keeps its own copy of the protocol's arithmetic, so that ours is checked against another hand's.
"""

from __future__ import annotations

import hashlib
import hmac
import html
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import Request, urlopen

KEY, PARTNER = "khoa-thu-nghiem-dai-hon-ba-muoi-hai-ky-tu", "H54-THU"


def sign(fields: dict[str, str], key: str = KEY) -> dict[str, str]:
    """The fields with their signature, as a gateway makes it."""
    text = urlencode(sorted((name, value) for name, value in fields.items() if name != "MaXacThuc"))
    return {**fields, "MaXacThuc": hmac.new(key.encode(), text.encode(), hashlib.sha512).hexdigest()}


@dataclass
class Bank:
    """What the gateway knows, and how it misbehaves.

    notices: how often each payment is told (0: the notice is lost); dies: it takes the money, tells nobody and drops the
    line; bend: the amount it tells instead; currency; forge: notices are signed with another key; slow: seconds before any
    answer; deaf: questions are not answered.
    """

    address: str = ""
    notify_at: str = ""
    notices: int = 1
    dies: bool = False
    bend: int | None = None
    currency: str = "VND"
    forge: bool = False
    slow: float = 0.0
    deaf: bool = False
    orders: dict[str, dict[str, str]] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    told: list[tuple[str, int, str]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    told_one: threading.Event = field(default_factory=threading.Event)

    def word(self, number: str, kind: str = "XAC_NHAN", state: str = "") -> dict[str, str]:
        """What it says of an order, signed."""
        amount = str(self.bend) if self.bend is not None else self.orders.get(number, {}).get("SoTien", "")
        state = state or (
            "DA_THANH_TOAN" if number in self.taken
            else "DA_HUY" if number in self.cancelled
            else "CHUA_THANH_TOAN" if number in self.orders
            else "KHONG_CO"
        )  # fmt: skip
        fields = {
            "LoaiBanTin": kind, "MaDoiTac": PARTNER, "MaThamChieu": number, "TrangThai": state, "SoTien": amount,
            "LoaiTien": self.currency, "MaGiaoDich": self.taken.get(number, ""), "MaNganHang": "NHTHU",
        }  # fmt: skip
        return sign(fields, "khoa-khac" if self.forge and kind == "XAC_NHAN" else KEY)

    def pay(self, number: str) -> None:
        """Take the money of an order, and tell it."""
        self.taken.setdefault(number, f"GD{len(self.taken) + 1:06d}")
        for _copy in range(0 if self.dies else self.notices):
            threading.Thread(target=self.tell, args=(number,), daemon=True).start()

    def tell(self, number: str, times: int = 5) -> None:
        """Send the notice until it is answered with anything but "again", at most so often."""
        for _attempt in range(times):
            status, code = 0, ""
            with suppress(OSError, ValueError):
                request = Request(self.notify_at, urlencode(self.word(number)).encode(), method="POST")
                with urlopen(request, timeout=30) as answer:
                    status, code = answer.status, json.loads(answer.read())["MaLoi"]
            self.told.append((number, status, code))
            self.told_one.set()
            if status == 200 and code != "99":
                return
            time.sleep(0.2)


class Handler(BaseHTTPRequestHandler):
    """Its pages, and the address that answers questions."""

    bank: Bank

    def do_GET(self) -> None:
        time.sleep(self.bank.slow)
        where = urlsplit(self.path)
        fields = dict(parse_qsl(where.query, keep_blank_values=True))
        if where.path != "/pay" or sign(fields) != fields or fields["LoaiBanTin"] != "THANH_TOAN":
            self.bank.refused.append(self.path)
            return self.say(400, "<h1>Lệnh thanh toán không hợp lệ</h1>")
        number = fields["MaThamChieu"]
        self.bank.orders.setdefault(number, fields)
        words = html.escape(f"{fields['ThongTinGiaoDich']}: {fields['SoTien']} {fields['LoaiTien']}")
        done = "<p>Đã thanh toán</p>" if number in self.bank.taken else ""
        return self.say(
            200,
            f"<!doctype html><html lang=vi><title>Cổng</title><h1>Cổng thanh toán thử</h1><p>{words}</p>{done}"
            f"<form method=post action=/decide><input type=hidden name=number value={html.escape(number)}>"
            "<button name=what value=pay>Thanh toán</button> <button name=what value=cancel>Huỷ</button></form>",
        )

    def do_POST(self) -> None:
        time.sleep(self.bank.slow)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        fields = dict(parse_qsl(body, keep_blank_values=True))
        return self.answer(fields) if self.path == "/query" else self.decide(fields["number"], fields["what"])

    def decide(self, number: str, what: str) -> None:
        if what == "cancel":
            self.bank.cancelled.add(number)
        else:
            self.bank.pay(number)
        if self.bank.dies:
            self.close_connection = True
            return
        back = self.bank.orders[number]["UrlTraVe"]
        self.send_response(302)
        self.send_header("Location", f"{back}?{urlencode(self.bank.word(number, 'TRA_VE'))}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, fields: dict[str, str]) -> None:
        if sign(fields) != fields or fields["LoaiBanTin"] != "TRUY_VAN":
            return self.say(403, "no")
        self.bank.asked.append(fields["MaThamChieu"])
        if self.bank.deaf:
            return self.say(503, "later")
        return self.say(200, json.dumps(self.bank.word(fields["MaThamChieu"], "TRA_LOI")), "application/json")

    def say(self, status: int, text: str, kind: str = "text/html; charset=utf-8") -> None:
        content = text.encode()
        with suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_args: Any) -> None:
        pass


@contextmanager
def bank() -> Iterator[Bank]:
    """A gateway on a port of its own."""
    state = Bank()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("ItsHandler", (Handler,), {"bank": state}))
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()


def set_up(settings: Any, gateway: Bank) -> None:
    """Name this gateway in the settings."""
    settings.PAYMENT_ADDRESS, settings.PAYMENT_QUERY_ADDRESS = f"{gateway.address}/pay", f"{gateway.address}/query"
    settings.PAYMENT_PARTNER, settings.PAYMENT_KEY = PARTNER, KEY

"""A walk-in dossier at the counter, by keyboard alone: `python -m bench.person --counter` runs it twice and prints both tables.

First with a scanner, where the card says who it is; then by hand, somebody without a card. Counted are all keys beyond
the person's own data (name, number, address, telephone); a chord is as many keys as are held. An officer knows the page:
a key takes 0.2 s (a skilled typist, Card, Moran and Newell 1980), 1.35 s go by before each field and to see that the
next page is there; the lines of the receipt are read; ours: 3 s to take a card and hold it under the scanner, 3 s to
look at each paper that is demanded.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Page

from bench.person import Pace, Person, keys_of

OFFICER = Pace(key=0.2, paper=3, page=1.35, line=0)
RECEIVER, PROCEDURE, SAID = "hanh", "1.001193", "khai sinh"
MOST_KEYS, AIM = 12, 60
SCANNER = 8  # ms between two keys


@dataclass(frozen=True)
class Somebody:
    """Who stands at the counter; the address is that of the card."""

    number: str
    name: str
    phone: str
    address: str

    @property
    def card(self) -> str:
        """What the code of the card says."""
        return f"{self.number}||{self.name}|05091990|Nữ|{self.address}|25042021"


PEOPLE = (
    Somebody("034190004711", "Phạm Thị Hương", "0912345671", "Thôn Đồi, xã Đông Các"),
    Somebody("034190004712", "Vũ Thị Mơ", "0912345672", "Thôn Nam, xã Đông Các"),
    Somebody("034190004713", "Đỗ Thị Nhàn", "0912345673", "Thôn Bắc, xã Đông Các"),
)


class Officer(Person):
    """Somebody who sits at a counter all day and takes no mouse."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, OFFICER)
        self.own = 0

    def press(self, key: str) -> None:
        """Decide, press a key or a chord."""
        time.sleep(self.pace.decide)
        self._keys(key.count("+") + 1)
        self.page.keyboard.press(key)

    def say(self, words: str, *, own: bool = True) -> None:
        """Type where the focus is; `own`: the person's own data, which count apart."""
        time.sleep(self.pace.decide)
        for sign in words:
            keys = keys_of(sign)
            time.sleep(self.pace.key * keys)
            self.page.keyboard.insert_text(sign) if keys > 1 else self.page.keyboard.type(sign)
            if own:
                self.own += keys
            else:
                self.steps[-1].keys += keys

    def scan(self, somebody: Somebody) -> None:
        """The card under the scanner, which types it and Enter, wherever the focus is."""
        time.sleep(self.pace.paper)
        self.page.keyboard.type(f"{somebody.card}\n", delay=SCANNER)
        self.page.locator("#person[data-card]").wait_for()

    def wait(self, heading: str) -> None:
        """Until the next page is there; what is waited is the product's."""
        began = time.monotonic()
        self.page.get_by_role("heading", level=1, name=heading).wait_for()
        self.steps[-1].waited += time.monotonic() - began

    def _keys(self, count: int) -> None:
        self.steps[-1].keys += count
        time.sleep(self.pace.key * count)


def walk_in(officer: Officer, address: str, somebody: Somebody, *, said: str, by_card: bool) -> None:
    """One dossier, from the page where one looks for the procedure to the next person."""
    page = officer.page
    page.goto(f"{address}/quay/tiep-nhan/")
    with officer.step("find the procedure"):
        officer.say(said, own=False)
        page.locator("#found a").first.wait_for()
        officer.press("Enter")
        page.wait_for_url("**/quay/tiep-nhan/*/")
    with officer.step("the person"):
        if by_card:
            officer.scan(somebody)
        else:
            for words in (somebody.number, somebody.name):
                officer.say(words)
                officer.press("Enter")
        officer.say(somebody.phone)
        officer.press("Enter")
        if not by_card:
            officer.say(somebody.address)
            officer.press("Enter")
    with officer.step("papers looked at, handed in"):
        time.sleep(officer.pace.paper * page.locator("[data-demanded]").count())
        officer.press("Space")
        officer.press("Control+Enter")
        officer.wait("Đã tiếp nhận")
    with officer.step("the receipt: read, printed"):
        time.sleep(0.2 * page.evaluate("() => document.querySelectorAll('main dt').length"))
        with page.context.expect_page():
            officer.press("Enter")

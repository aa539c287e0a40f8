"""What the QR code of a Vietnamese identity card says, read from the text that a scanner types. Pure; no tables.

`number|old number|name|birth ddmmyyyy|sex|address|issued ddmmyyyy`: on the card with a chip of 2021 on its front, on the
card of 2024 on its back, where parents' names may follow. Of the birth a card may know the year alone.
It is what somebody printed, not a proof: the officer compares the card with the person. Law: TT06-2021
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from motcua.base.text import tidy

MARK = "|"
# The longest that a code was seen to hold is under 300 signs; what is longer is no card.
LONGEST = 600
# A personal number, then the next field: what tells a card from anything else that is typed.
BEGINS = re.compile(r"\s*[0-9]{12}\|")
PERSONAL_NO = re.compile(r"[0-9]{12}")
OLD_NO = re.compile(r"[0-9]{9}|[0-9]{12}|")
SEXES = {"nam": "Nam", "nữ": "Nữ", "nu": "Nữ"}


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """A card as it is printed. `born_on` is None where only the year is known; `issued_on` where the card does not say."""

    number: str
    name: str
    birth_year: int | None = None
    born_on: date | None = None
    sex: str = ""
    address: str = ""
    old_number: str = ""
    issued_on: date | None = None

    @property
    def agrees(self) -> bool:
        """Whether the number says the same century, year and sex as the card: its digits 4 to 6. Law: TT59-2021"""
        century, sex = 20 + int(self.number[3]) // 2, ("Nam", "Nữ")[int(self.number[3]) % 2]
        born = 100 * (century - 1) + int(self.number[4:6])
        return self.birth_year in (None, born) and self.sex in ("", sex)

    @property
    def birth(self) -> str:
        """The day of birth as it is written, the year alone where nothing else is known."""
        return f"{self.born_on:%d/%m/%Y}" if self.born_on else str(self.birth_year or "")


def is_card(text: str) -> bool:
    """Whether a text begins as the code of a card does."""
    return BEGINS.match(text) is not None


def read_card(text: str) -> IdentityCard | None:
    """The card whose code says this; None where it is no card, or a torn one without a name."""
    if len(text) > LONGEST or not is_card(text):
        return None
    fields = [tidy(one) for one in text.split(MARK)]
    number, old, name, birth, sex, address, issued = [*fields, *[""] * 7][:7]
    if not PERSONAL_NO.fullmatch(number) or not OLD_NO.fullmatch(old) or not any(sign.isalpha() for sign in name):
        return None
    born_on = _day(birth)
    return IdentityCard(
        number=number,
        name=name,
        birth_year=born_on.year if born_on else _year(birth),
        born_on=born_on,
        sex=SEXES.get(sex.casefold(), ""),
        address=address,
        old_number=old,
        issued_on=_day(issued),
    )


def _day(text: str) -> date | None:
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def _year(text: str) -> int | None:
    """The year where day and month are missing, or written as zeros."""
    found = re.fullmatch(r"(?:0{4}|)([12][0-9]{3})", text)
    return int(found.group(1)) if found else None

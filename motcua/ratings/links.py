"""The link by which a person rates, or says something about, their own dossier: nobody can guess it.

It says the place, so that a vote at home can't pass for one at the counter, and gives no right but these two.
"""

from __future__ import annotations

from secrets import compare_digest

from django.utils.crypto import salted_hmac

from motcua.base.ids import ALPHABET, tidy_key
from motcua.ratings.kinds import Place

LETTERS = 12


def link_key(submission_no: str, secret: str, place: str) -> str:
    """Twelve letters (about 58 bits), made from the dossier's secret with the installation's own key."""
    mac = int.from_bytes(
        salted_hmac("motcua.ratings", f"{place}|{submission_no}|{secret}", algorithm="sha256").digest()
    )
    letters = []
    for _letter in range(LETTERS):
        mac, letter = divmod(mac, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def opens(key: str, submission_no: str, secret: str, place: str) -> bool:
    """Whether a key is the one of this dossier and place."""
    given, right = tidy_key(key).encode(), link_key(submission_no, secret, place).encode()
    return place in Place.values and compare_digest(given, right)

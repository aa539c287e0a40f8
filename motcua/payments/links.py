"""The link by which whoever has it pays for a dossier and takes its receipts: nobody can guess it, and it shows no more."""

from __future__ import annotations

from secrets import compare_digest

from django.utils.crypto import salted_hmac

from motcua.base.ids import ALPHABET, tidy_key

LETTERS = 12


def pay_key(submission_no: str, secret: str) -> str:
    """Twelve letters (about 58 bits), made from the dossier's secret with the installation's own key."""
    mac = int.from_bytes(salted_hmac("motcua.payments", f"{submission_no}|{secret}", algorithm="sha256").digest())
    letters = []
    for _letter in range(LETTERS):
        mac, letter = divmod(mac, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def opens(key: str, submission_no: str, secret: str) -> bool:
    """Whether a key is this dossier's."""
    return compare_digest(tidy_key(key).encode(), pay_key(submission_no, secret).encode())

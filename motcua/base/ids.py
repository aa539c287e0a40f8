"""Random names that a person can read aloud and nobody can guess."""

import secrets

# No 0/O, 1/I/L, U: read over the telephone without doubt.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_key(length: int) -> str:
    """`length` letters of the alphabet, about 4.9 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def tidy_key(text: str) -> str:
    """What a person typed, as the key is stored: capitals, no spaces or dashes inside."""
    return "".join(text.upper().split()).replace("-", "")

"""Where a process of a load begins: nothing of Django may be imported before it is set up."""

from __future__ import annotations

from typing import Any


def load_share(job: bytes, number: int, of: int, counter: Any) -> None:
    """Load every `of`-th day from `number` on, in a process of its own. job: pickled, because it names our models."""
    import pickle

    import django

    django.setup()
    from motcua.replays.year.loading import load_share_of

    # What is read back was written by the process that started this one.
    load_share_of(pickle.loads(job), number, of, counter)  # noqa: S301  # nosec B301

"""Where a process of a replay begins: nothing of Django may be imported before it is set up."""

from __future__ import annotations

from typing import Any


def play_share(name: str, scale: int, number: int, of: int, counter: Any) -> None:
    """Play every `of`-th life from `number` on, in a process of its own."""
    import django

    django.setup()
    from motcua.replays.company import play_one_share

    play_one_share(name, scale, number, of, counter)

"""The library for signatures brings an event loop of its own; here nothing else does, except in a few callers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> T:
    """Do work that starts an event loop; in a thread of its own where this thread is inside a loop already."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return work()
    with ThreadPoolExecutor(1) as other:
        return other.submit(work).result()

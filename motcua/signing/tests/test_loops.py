"""Work that brings its own event loop is done wherever it is asked for."""

import asyncio

from motcua.signing.loops import aside


async def seven() -> int:
    return 7


def test_outside_and_inside_of_a_loop() -> None:
    assert aside(lambda: asyncio.run(seven())) == 7

    async def inside() -> int:
        return aside(lambda: asyncio.run(seven()))

    assert asyncio.run(inside()) == 7

"""A pytest plugin: tests find a real PostgreSQL by themselves, unless DATABASE_URL names one."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from motcua.launcher import places, postgres

_open = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Before anybody reads the settings: the test cluster of this checkout, fast because nothing in it need be kept."""
    (places.state() / "static").mkdir(exist_ok=True)  # or WhiteNoise warns in every test client
    _open.enter_context(postgres.database("test"))
    yield


def pytest_unconfigure() -> None:
    """Leave the test cluster; the last test run stops it."""
    _open.close()

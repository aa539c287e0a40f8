"""For the whole house: the province and the cast of people, and how hard the property tests look.

`normal` by default, `nightly` with HYPOTHESIS_PROFILE=nightly.
"""

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from hypothesis import settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key

pytest_plugins = ["tests.cast", "tests.world"]

settings.register_profile("normal", max_examples=500, deadline=None)
settings.register_profile("nightly", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "normal"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The world is loaded once, and every test rolls back to it.

    Tests with real transactions empty the tables afterwards, which the journal's own trigger would refuse.
    """
    from tests.world import settle  # its models want Django to be set up

    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS event_no_truncate ON dossiers_event")
        settle()


def _empties(item: pytest.Item) -> bool:
    """Whether a test works with real transactions, and empties the tables afterwards."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """The world is loaded again where a test that emptied it is followed by one that rolls back to it.

    Alone in a process such tests come last; shared out over several, one process may take up what another left.
    """
    yield
    if nextitem is not None and _empties(item) and not _empties(nextitem):
        from tests.world import settle

        with item.config.stash[blocking_manager_key].unblock():
            settle()


@pytest.fixture(autouse=True, scope="session")
def _keys_and_files_of_tests_only(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys and files that tests make are none of this checkout's."""
    from django.conf import settings as django_settings

    django_settings.KEYS_DIR = tmp_path_factory.mktemp("keys")
    django_settings.FILES_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def _nothing_kept_from_other_tests() -> None:
    """A process keeps settled offers and regimes for a while; what another test rolled back is not so here."""
    from motcua.ahead.kept import forget_kept
    from motcua.catalogue.lexicon import forget_lexicon
    from motcua.catalogue.offers import forget_offers
    from motcua.law.store import look_again
    from motcua.operations.public_apologies import forget_months
    from motcua.reports.public_statistics import forget_statistics
    from motcua.tickets.estimate import forget_paces

    forget_kept()
    forget_offers()
    forget_months()
    forget_statistics()
    forget_lexicon()
    forget_paces()
    look_again()

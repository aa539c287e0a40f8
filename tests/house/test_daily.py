"""A product that runs for weeks seals each past day and forgets spent request keys by itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.db import connection

from motcua.base.times import day_of, now
from motcua.dossiers.acts.submission import submit
from motcua.dossiers.models import Seal
from motcua.launcher import daily
from motcua.people.idempotency import KEPT
from motcua.people.models import IdempotencyKey
from tests.world import World, moment


def test_the_day_begins_at_midnight_in_vietnam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily, "COMMANDS", ())
    last_instant = datetime.fromisoformat("2026-11-26T16:59:59.999999+00:00")
    assert daily.catch_up(date(2026, 11, 25), last_instant) == date(2026, 11, 26)
    assert daily.catch_up(date(2026, 11, 26), last_instant + timedelta(microseconds=1)) == date(2026, 11, 27)


def own_url(database: str) -> str:
    """What another process needs to reach this test's server."""
    known = {name: quote(str(value or ""), safe="") for name, value in connection.settings_dict.items()}
    where = f"host={known['HOST']}&port={known['PORT']}"
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@/{quote(database)}?{where}"


def record_a_day_earlier() -> None:
    """As if everything had been recorded yesterday, which the journal itself never lets anybody say."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE dossiers_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE dossiers_event SET recorded_at = recorded_at - interval '1 day'")
        cursor.execute("ALTER TABLE dossiers_event ENABLE TRIGGER USER")


@pytest.mark.django_db(transaction=True)
def test_what_a_silent_database_left_undone_is_done_when_it_answers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(world.online(), actor=world.actor("lan"), at=moment("2021-11-01 08:00"))
    record_a_day_earlier()
    spent, fresh = (
        IdempotencyKey.objects.create(account=world.cast.minh, key=key, digest="", made_at=now() - age)
        for key, age in {"spent": KEPT + timedelta(hours=1), "fresh": timedelta(hours=1)}.items()
    )
    yesterday, at = day_of(now()) - timedelta(days=1), now()

    with monkeypatch.context() as silence:
        silence.setenv("DATABASE_URL", own_url("nowhere"))
        silence.setattr(daily, "COMMANDS", ("seal",))
        assert daily.catch_up(yesterday, at) == yesterday
    assert Seal.objects.count() == 0

    monkeypatch.setenv("DATABASE_URL", own_url(connection.settings_dict["NAME"]))
    assert daily.catch_up(yesterday, at) == day_of(at)
    assert Seal.objects.get().events == 1
    assert list(IdempotencyKey.objects.all()) == [fresh], spent

    assert daily.catch_up(day_of(at), at) == day_of(at), "once a day is enough"

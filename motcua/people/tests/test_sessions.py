"""A session is read as Django wrote it, and is nobody's once its time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from motcua.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_what_was_kept_is_there_and_what_is_over_is_not() -> None:
    kept = SessionStore()
    kept["who"] = "Lan"
    kept.create()
    key = str(kept.session_key)
    assert SessionStore(key)["who"] == "Lan"
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    over = SessionStore(key)
    assert over.load() == {} and over.session_key is None
    assert SessionStore("nobody-has-this-key").load() == {}

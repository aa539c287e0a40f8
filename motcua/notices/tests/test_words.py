"""The words themselves: complete in both languages, plain, short, and without anything personal."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.base.errors import Forbidden, Invalid
from motcua.base.times import VIETNAM
from motcua.notices.kinds import FOR_OFFICERS, SHORT, Kind
from motcua.notices.models import Wording
from motcua.notices.outbox import take_all
from motcua.notices.quiet import quiet_until
from motcua.notices.tests.servers import Gateway
from motcua.notices.wording import (
    LANGUAGES,
    LONG_NAMES,
    LONGEST_SHORT,
    NAME,
    OFFICE_NAMES,
    SHORT_NAMES,
    bundled,
    render,
    set_wording,
    words_on,
)
from tests.world import World, moment

LONGEST = {
    "code": "000.00.18.H54-260801-00012", "due": "2026-11-30T10:00:00+00:00", "last_day": "2026-11-30",
    "begins": "2026-11-30T10:00:00+00:00", "answer_by": "2026-11-30T10:00:00+00:00",
    "link": "https://dichvucong.thaibinh.gov.vn/ho-so/tra-cuu/?ma=TN-AAAAAAAAAA",
    "rate_link": "https://dichvucong.thaibinh.gov.vn/danh-gia/nha/TN-AAAAAAAAAA/AAAAAAAAAAAA/",
}  # fmt: skip


def test_every_kind_has_its_words_in_both_languages() -> None:
    known = bundled()
    for kind in set(Kind) - {Kind.PETITION_OUT}:  # no person reads it
        for language in LANGUAGES:
            subject, body = known[kind, language, "long"]
            allowed = OFFICE_NAMES | {"office"} if kind in FOR_OFFICERS else LONG_NAMES
            assert subject and set(NAME.findall(subject + body)) <= allowed, kind
            assert ((kind, language, "short") in known) == (kind in SHORT), kind


@pytest.mark.parametrize("kind", sorted(SHORT))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_message_is_plain_and_short_with_the_longest_facts(kind: str, language: str) -> None:
    _subject, body = bundled()[kind, language, "short"]
    assert set(NAME.findall(body)) <= SHORT_NAMES
    said = render(body, LONGEST)
    assert said.isascii() and len(said) <= LONGEST_SHORT and "{" not in said and "[[" not in said
    bare = render(body, {"code": "TN-A"})
    assert "–" not in bare and "[[" not in bare, "what is unknown is left out"


def test_days_are_vietnamese() -> None:
    assert render("{due}", {"due": "2021-11-08T17:30:00+00:00"}) == "09/11/2021"
    assert render("{begins}", {"begins": "2021-11-08T01:00:00+00:00"}) == "08:00 08/11/2021"
    assert render("a[[ {due}]]{x}", {"due": None}) == "a–"


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2021-11-01 20:59", None),
        ("2021-11-01 21:00", "2021-11-02 07:00"),
        ("2021-11-02 00:00", "2021-11-02 07:00"),
        ("2021-11-02 06:59", "2021-11-02 07:00"),
        ("2021-11-02 07:00", None),
    ],
)
def test_the_quiet_hours(at: str, until: str | None) -> None:
    assert quiet_until(moment(at), (time(21), time(7))) == (moment(until) if until else None)
    assert quiet_until(moment(at), (time(7), time(7))) is None


@given(st.times(), st.times(), st.integers(0, 3 * 24 * 60))
def test_the_end_of_the_quiet_hours_is_no_quiet_hour(begins: time, ends: time, minutes: int) -> None:
    at = moment("2021-11-01 00:00") + timedelta(minutes=minutes)
    until = quiet_until(at, (begins, ends))
    clock = at.astimezone(VIETNAM).time()
    inside = begins <= clock < ends if begins < ends else begins != ends and (clock >= begins or clock < ends)
    assert (until is not None) == inside
    if until is not None:
        assert at < until <= at + timedelta(days=1) and quiet_until(until, (begins, ends)) is None


@pytest.mark.django_db
def test_the_province_may_say_it_otherwise_from_a_day_on(world: World, sms: Gateway) -> None:
    at = moment("2021-11-01 08:00")
    words = {"subject": "", "body": "Ho so {code} da nhan."}
    set_wording(
        "accepted",
        "vi",
        "short",
        **words,
        valid_from=moment("2021-11-05 00:00").date(),
        actor=world.actor("yen"),
        at=at,
    )
    day = moment("2021-11-04 08:00").date()
    assert words_on(day, ["accepted"])["accepted", "vi", "short"] != ("", "Ho so {code} da nhan.")
    assert words_on(day + timedelta(days=1), ["accepted"])["accepted", "vi", "short"] == ("", "Ho so {code} da nhan.")
    assert take_all(at) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "form", "body"),
    [
        ("accepted", "short", "Hồ sơ có dấu {code}"),
        ("accepted", "short", "{office}"),
        ("accepted", "long", "{owner_name}"),
        ("accepted", "long", "{secret}"),
        ("accepted", "short", "x" * 300),
        ("fee_paid", "short", "{code}"),
        ("nonsense", "long", "x"),
        ("accepted", "long", " "),
    ],
)
def test_words_that_say_too_much_are_refused(kind: str, form: str, body: str, world: World) -> None:
    given: dict[str, Any] = {
        "subject": "",
        "body": body,
        "valid_from": moment("2021-12-01 00:00").date(),
        "at": moment("2021-11-01 08:00"),
    }
    with pytest.raises(Invalid):
        set_wording(kind, "vi", form, **given, actor=world.actor("yen"))
    with pytest.raises(Forbidden):
        set_wording(kind, "vi", form, **given, actor=world.actor("quang"))
    assert not Wording.objects.exists()

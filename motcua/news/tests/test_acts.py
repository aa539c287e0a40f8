"""Writing, changing, publishing, withdrawing: who may, what is kept of it, and what can't be said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.base.times import day_of, start_of
from motcua.news import acts
from motcua.news.acts import FARTHEST, Text
from motcua.news.models import LONGEST_BODY, LONGEST_REASON, LONGEST_TITLE, Article, ArticleEvent
from motcua.news.tests.made import ENGLISH, TEXT, article, draft
from tests.cast import Cast
from tests.world import moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-02 09:00")
EVERYBODY_ELSE = ("nobody", "lan", "company", "minh", "hoa", "thanh", "tuan", "nga", "quang", "khang", "hien", "son")


@pytest.mark.parametrize("name", EVERYBODY_ELSE)
def test_others_write_nothing_and_their_tries_leave_nothing(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        acts.write(cast.center, TEXT, actor=cast.actor(name), at=AT)
    one = draft(cast)
    for act in (
        lambda: acts.change(one.pk, cast.center, TEXT, seen=1, actor=cast.actor(name), at=AT),
        lambda: acts.publish(one.pk, seen=1, actor=cast.actor(name), at=AT),
        lambda: acts.withdraw(one.pk, reason="Sai", seen=1, actor=cast.actor(name), at=AT),
    ):
        with pytest.raises(NotThere):
            act()
    assert Article.objects.get() == one and Article.objects.get().revision == 1


def test_the_head_of_a_unit_writes_for_the_unit_and_an_administrator_for_all(cast: Cast) -> None:
    with pytest.raises(Invalid) as error:
        acts.write(cast.justice, TEXT, actor=cast.actor("dung"), at=AT)
    assert "office" in error.value.fields
    of_justice = acts.write(cast.justice, TEXT, actor=cast.actor("yen"), at=AT)
    with pytest.raises(NotThere):
        acts.publish(of_justice.pk, seen=1, actor=cast.actor("dung"), at=AT)
    of_centre = draft(cast)
    assert acts.publish(of_centre.pk, seen=1, actor=cast.actor("yen"), at=AT).state == "published"
    with pytest.raises(Invalid):
        acts.change(of_centre.pk, cast.justice, TEXT, reason="Nhầm", seen=2, actor=cast.actor("dung"), at=AT)


def test_every_act_is_one_event_with_what_it_said_then(cast: Cast) -> None:
    one = draft(cast)
    dung = cast.actor("dung")
    acts.change(one.pk, cast.center, ENGLISH, seen=1, actor=dung, at=AT)
    acts.publish(one.pk, seen=2, actor=dung, at=AT)
    later = Text("Mở thêm giờ", TEXT.body)
    acts.change(one.pk, cast.center, later, reason="Tên quá dài", seen=3, actor=dung, at=AT + timedelta(hours=1))
    acts.withdraw(one.pk, reason="Đã hết hạn", seen=4, actor=dung, at=AT + timedelta(hours=2))
    events = list(one.events.order_by("revision"))
    assert [event.act for event in events] == ["write", "change", "publish", "change", "withdraw"]
    assert [event.reason for event in events] == ["", "", "", "Tên quá dài", "Đã hết hạn"]
    assert [event.content["title_en"] for event in events] == ["", *["Longer opening hours"] * 2, "", ""]
    assert events[2].content["published_at"] == AT.isoformat() and events[0].content["published_at"] is None
    now = Article.objects.get()
    assert (now.state, now.title, now.revision, now.corrected_why) == ("withdrawn", "Mở thêm giờ", 5, "Tên quá dài")
    assert now.corrected_at == AT + timedelta(hours=1)


def test_the_journal_is_not_changed(cast: Cast) -> None:
    article(cast)
    for change in (ArticleEvent.objects.all().delete, lambda: ArticleEvent.objects.update(reason="x")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_day_ahead_and_days_that_can_not_be(cast: Cast) -> None:
    dung, today = cast.actor("dung"), day_of(AT)
    one = draft(cast)
    for wrong in (today - timedelta(days=1), today + FARTHEST + timedelta(days=1), date(1, 1, 1), date.max):
        with pytest.raises(Invalid) as error:
            acts.publish(one.pk, on=wrong, seen=1, actor=dung, at=AT)
        assert "on" in error.value.fields
    assert acts.publish(one.pk, on=today + FARTHEST, seen=1, actor=dung, at=AT).published_at == start_of(
        today + FARTHEST
    )
    other = draft(cast)
    assert acts.publish(other.pk, on=today, seen=1, actor=dung, at=AT).published_at == AT, "not before it was published"


def test_of_two_editors_the_later_is_told(cast: Cast) -> None:
    one = draft(cast)
    acts.change(one.pk, cast.center, ENGLISH, seen=1, actor=cast.actor("yen"), at=AT)
    for act in (
        lambda: acts.change(one.pk, cast.center, TEXT, seen=1, actor=cast.actor("dung"), at=AT),
        lambda: acts.publish(one.pk, seen=1, actor=cast.actor("dung"), at=AT),
    ):
        with pytest.raises(Stale):
            act()
    assert Article.objects.get().title_en == "Longer opening hours"


def test_the_order_of_acts(cast: Cast) -> None:
    one, dung = draft(cast), cast.actor("dung")
    with pytest.raises(Refused):
        acts.withdraw(one.pk, reason="Sai", seen=1, actor=dung, at=AT)
    acts.publish(one.pk, seen=1, actor=dung, at=AT)
    with pytest.raises(Refused):
        acts.publish(one.pk, seen=2, actor=dung, at=AT)
    for reason in ("", "   ", "x" * (LONGEST_REASON + 1)):
        with pytest.raises(Invalid):
            acts.withdraw(one.pk, reason=reason, seen=2, actor=dung, at=AT)
        with pytest.raises(Invalid):
            acts.change(one.pk, cast.center, ENGLISH, reason=reason, seen=2, actor=dung, at=AT)
    acts.withdraw(one.pk, reason="Sai", seen=2, actor=dung, at=AT)
    with pytest.raises(Refused):
        acts.change(one.pk, cast.center, ENGLISH, reason="Sửa", seen=3, actor=dung, at=AT)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (Text("", ""), {"title", "body"}),
        (Text(" \u200b ", "\x00\n \n"), {"title", "body"}),
        (Text("x" * (LONGEST_TITLE + 1), "y"), {"title"}),
        (Text("x", "y" * (LONGEST_BODY + 1)), {"body"}),
        (Text("x", "y", "z", ""), {"body_en"}),
        (Text("x", "y", "", "z"), {"title_en"}),
        (Text("x", "y", "z" * (LONGEST_TITLE + 1), "z"), {"title_en"}),
    ],
)
def test_what_can_not_be_said(cast: Cast, text: Text, fields: set[str]) -> None:
    with pytest.raises(Invalid) as error:
        draft(cast, text)
    assert set(error.value.fields) == fields
    assert not Article.objects.exists()


def test_what_is_typed_is_tidied_and_its_paragraphs_kept(cast: Cast) -> None:
    one = draft(cast, Text("  Giờ\tmới \n", "\r\n\r\nĐoạn  một\r\ndòng hai\r\n\r\n\r\n\r\nĐoạn hai\x07 "))
    assert one.title == "Giờ mới" and one.body == "Đoạn một\ndòng hai\n\nĐoạn hai"
    assert one.told("vi").paragraphs == ("Đoạn một\ndòng hai", "Đoạn hai")
    assert one.told("en").language == "vi", "nobody wrote it in English"
    assert draft(cast, ENGLISH).told("en").title == "Longer opening hours"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title_en": "Only"},
        {"state": "published"},
        {"published_at": AT},
        {"corrected_at": AT},
        {"corrected_why": "x"},
    ],
)
def test_the_database_refuses_what_can_not_be(cast: Cast, wrong: dict[str, object]) -> None:
    one = draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=one.pk).update(**wrong)

"""What exists for whom, visits without visitors, and one vote for a reader."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.news import acts, reading
from motcua.news.models import Article, ArticleVote, VisitCount
from motcua.news.permissions import is_shown
from motcua.news.reading import LATEST, Tally, article_for, count_visit, edited, latest, shown, tallies
from motcua.news.tests.made import article, draft
from motcua.news.voting import own_stars, vote, voter_of
from tests.cast import Cast
from tests.world import moment

AT = moment("2021-11-02 09:00")
TODAY = date(2021, 11, 2)
READERS = ("nobody", "lan", "minh", "hoa", "quang", "khang", "hien")


@pytest.mark.django_db
@pytest.mark.parametrize("name", READERS)
def test_drafts_days_ahead_and_withdrawn_ones_exist_for_editors_only(cast: Cast, name: str) -> None:
    hidden = [draft(cast), article(cast, on=TODAY + timedelta(days=1), at="2021-11-02 08:00"), article(cast)]
    acts.withdraw(hidden[2].pk, reason="Sai", seen=2, actor=cast.actor("dung"), at=AT)
    open_one = article(cast)
    reader = cast.actor(name)
    for one in hidden:
        with pytest.raises(NotThere):
            article_for(one.pk, reader, AT)
        with pytest.raises(NotThere):
            vote(one.pk, 5, actor=reader, session="s", at=AT)
        for editor in ("dung", "yen"):
            assert article_for(one.pk, cast.actor(editor), AT) == one
    assert list(shown(AT)) == latest(AT) == [open_one] and article_for(open_one.pk, reader, AT) == open_one
    assert list(edited(reader)) == [] and edited(cast.actor("dung")).count() == 4
    assert [is_shown(one, AT) for one in Article.objects.order_by("pk")] == [False, False, False, True]


@pytest.mark.django_db
def test_the_head_of_a_unit_sees_no_draft_of_another_office(cast: Cast) -> None:
    one = draft(cast, by="yen", office=cast.justice)
    with pytest.raises(NotThere):
        article_for(one.pk, cast.actor("dung"), AT)
    assert list(edited(cast.actor("dung"))) == [] and list(edited(cast.actor("yen"))) == [one]


@pytest.mark.django_db
def test_it_appears_with_its_day(cast: Cast) -> None:
    one = article(cast, on=date(2021, 11, 5), at="2021-11-02 08:00")
    assert list(shown(moment("2021-11-04 23:59"))) == []
    assert list(shown(moment("2021-11-05 00:00"))) == [one]


@pytest.mark.django_db
def test_the_latest_are_few_and_the_newest_first(cast: Cast) -> None:
    made = [article(cast, at=f"2021-11-01 1{hour}:00") for hour in range(5)]
    with CaptureQueriesContext(connection) as asked:
        found = latest(AT)
        assert [one.office.name for one in found]
    assert found == made[::-1][:LATEST] and len(asked) == 1


@pytest.mark.django_db
def test_tallies_of_many_are_one_statement(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, unread = article(cast), article(cast), article(cast)
    for day, process, times in ((TODAY, 1, 3), (TODAY, 2, 2), (TODAY + timedelta(days=1), 1, 4)):
        monkeypatch.setattr(reading.os, "getpid", lambda pid=process: pid)
        for _time in range(times):
            count_visit(one.pk, day)
    assert VisitCount.objects.count() == 3, "each worker and day counts in a row of its own"
    for reader, stars in (("a", 5), ("b", 4), ("c", 4)):
        vote(one.pk, stars, actor=cast.actor("nobody"), session=reader, at=AT)
    vote(other.pk, 1, actor=cast.actor("lan"), session="", at=AT)
    with CaptureQueriesContext(connection) as asked:
        found = tallies([one.pk, other.pk, unread.pk])
    assert len(asked) == 1
    assert found == {one.pk: Tally(9, 3, 13), other.pk: Tally(0, 1, 1), unread.pk: Tally()}
    assert (found[one.pk].mean, found[one.pk].mean_words, found[unread.pk].mean_words) == (Decimal("4.3"), "4,3", "–")
    assert tallies([]) == {}


def test_a_mean_is_half_up() -> None:
    assert [Tally(0, votes, stars).mean_words for votes, stars in ((20, 85), (4, 17), (3, 14), (1, 5))] == [
        "4,3", "4,3", "4,7", "5,0",
    ]  # fmt: skip


@pytest.mark.django_db
def test_one_vote_for_a_reader_of_an_article(cast: Cast) -> None:
    one, other, lan, nobody = article(cast), article(cast), cast.actor("lan"), cast.actor("nobody")
    vote(one.pk, 2, actor=lan, session="first", at=AT)
    vote(other.pk, 3, actor=lan, session="first", at=AT)
    vote(one.pk, 4, actor=nobody, session="first", at=AT)
    for actor, session in ((lan, "first"), (lan, "another session"), (nobody, "first")):
        with pytest.raises(Refused) as error:
            vote(one.pk, 5, actor=actor, session=session, at=AT + timedelta(days=9))
        assert error.value.code == "voted"
    assert tallies([one.pk])[one.pk] == Tally(0, 2, 6)
    assert own_stars(one.pk, voter_of(one.pk, lan, "x")) == 2 and own_stars(one.pk, "") is None
    assert own_stars(one.pk, voter_of(one.pk, nobody, "nobody's")) is None


@pytest.mark.django_db
def test_a_vote_names_nobody_and_links_no_two_articles(cast: Cast) -> None:
    one, other = article(cast), article(cast)
    for each in (one, other):
        vote(each.pk, 5, actor=cast.actor("lan"), session="s", at=AT)
    first, second = ArticleVote.objects.order_by("id")
    assert first.voter != second.voter and len(first.voter) == 64
    assert {field.name for field in ArticleVote._meta.fields} == {"id", "article", "voter", "stars", "day"}
    assert {field.name for field in VisitCount._meta.fields} == {"id", "article", "day", "slot", "many"}


@pytest.mark.django_db
@pytest.mark.parametrize("stars", [-1, 0, 6, 10**9])
def test_stars_that_are_none(cast: Cast, stars: int) -> None:
    one = article(cast)
    with pytest.raises(Invalid):
        vote(one.pk, stars, actor=cast.actor("lan"), session="", at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVote.objects.create(article=one, voter="x", stars=min(stars, 100), day=TODAY)


@pytest.mark.django_db
def test_who_can_not_vote(cast: Cast) -> None:
    one, not_yet = article(cast), draft(cast)
    for name in ("dung", "yen"):
        for each in (one, not_yet):
            with pytest.raises(Forbidden):
                vote(each.pk, 5, actor=cast.actor(name), session="", at=AT)
    with pytest.raises(Refused):
        vote(one.pk, 5, actor=cast.actor("nobody"), session="", at=AT)
    assert not ArticleVote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_all_counted_and_the_same_reader_once(cast: Cast) -> None:
    one, nobody = article(cast), cast.actor("nobody")
    together, told = Barrier(4), []

    def read() -> None:
        together.wait()
        try:
            for _time in range(5):
                count_visit(one.pk, TODAY)
            vote(one.pk, 5, actor=nobody, session="same", at=AT)
            told.append("voted")
        except Refused:
            told.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=read) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tallies([one.pk])[one.pk] == Tally(20, 1, 5)
    assert sorted(told) == ["refused"] * 3 + ["voted"]

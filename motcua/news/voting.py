"""One vote for a reader of an article: who they are is a digest that only says that it is the same reader again."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.times import day_of
from motcua.news.models import LEAST_STARS, MOST_STARS, ArticleVote
from motcua.news.permissions import edits_for, is_shown
from motcua.news.reading import article_for
from motcua.offices.actors import Actor

_VOTE = """
INSERT INTO news_articlevote (article_id, voter, stars, day) VALUES (%s, %s, %s, %s)
ON CONFLICT (article_id, voter) DO NOTHING RETURNING id
"""


def voter_of(article_id: int, actor: Actor, session: str) -> str:
    """The same for an account, or for a session of nobody; another one for every article. Empty for nobody at all."""
    who = f"account {actor.account_id}" if actor.account_id is not None else f"session {session}" if session else ""
    return salted_hmac("motcua.news.vote", f"{article_id} {who}", algorithm="sha256").hexdigest() if who else ""


def own_stars(article_id: int, voter: str) -> int | None:
    """What this reader voted; None where they did not. One statement, none for nobody."""
    if not voter:
        return None
    return ArticleVote.objects.filter(article_id=article_id, voter=voter).values_list("stars", flat=True).first()


def vote(article_id: int, stars: int, *, actor: Actor, session: str, at: datetime) -> None:
    """A reader finds an article good: one star to five, once and for good.

    Raises NotThere, Refused where it is not published or they voted before, Forbidden for its own editors, Invalid.
    """
    found = article_for(article_id, actor, at)
    if edits_for(actor, found.office_id):
        raise Forbidden(_("Người biên tập không đánh giá tin của cơ quan mình."))
    if not is_shown(found, at):
        raise Refused(_("Bài này chưa đăng."), code="not_published")
    if not LEAST_STARS <= stars <= MOST_STARS:
        sentence = _("Hãy chọn từ %(least)s đến %(most)s sao.") % {"least": LEAST_STARS, "most": MOST_STARS}
        raise Invalid(sentence, fields={"stars": sentence}, code="stars")
    voter = voter_of(article_id, actor, session)
    if not voter:
        raise Refused(_("Trình duyệt không nhận cookie nên không ghi được đánh giá."), code="no_session")
    with connection.cursor() as cursor:
        cursor.execute(_VOTE, [article_id, voter, stars, day_of(at)])
        if cursor.fetchone() is None:
            raise Refused(_("Bạn đã đánh giá bài này. Mỗi người một lần."), code="voted")

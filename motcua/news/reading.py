"""What readers get: the latest, one article, how often it was opened and what its readers thought of it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.numbers import NOTHING
from motcua.news.models import Article
from motcua.news.permissions import edited_by, shown_at, visible_to
from motcua.offices.actors import Actor

LATEST = 3
# Of so many workers none waits for another's row.
SLOTS = 16
_COUNT = """
INSERT INTO news_visitcount (article_id, day, slot, many) VALUES (%s, %s, %s, 1)
ON CONFLICT (article_id, day, slot) DO UPDATE SET many = news_visitcount.many + 1
"""
_TALLIES = """
SELECT a.id, coalesce((SELECT sum(v.many) FROM news_visitcount v WHERE v.article_id = a.id), 0)::bigint, o.votes, o.stars
FROM unnest(%s::bigint[]) a (id), LATERAL (
    SELECT count(*) AS votes, coalesce(sum(stars), 0)::bigint AS stars FROM news_articlevote WHERE article_id = a.id
) o
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Visits, votes, and the sum of their stars."""

    visits: int = 0
    votes: int = 0
    stars: int = 0

    @property
    def mean(self) -> Decimal | None:
        """Stars for each vote, one decimal, half-up; None without a vote."""
        if not self.votes:
            return None
        return (Decimal(self.stars) / self.votes).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def mean_words(self) -> str:
        """`4,3`; nothing prints the dash."""
        return NOTHING if self.mean is None else f"{self.mean}".replace(".", ",")


def shown(at: datetime) -> QuerySet[Article]:
    """What everybody may read, with its office."""
    return Article.objects.filter(shown_at(at)).select_related("office")


def latest(at: datetime) -> list[Article]:
    """The newest few that everybody may read. One statement."""
    return list(shown(at).order_by("-published_at", "-id")[:LATEST])


def edited(actor: Actor) -> QuerySet[Article]:
    """What this person may edit, in every state, with its office."""
    return Article.objects.filter(edited_by(actor)).select_related("office", "written_by")


def article_for(article_id: int, actor: Actor, at: datetime) -> Article:
    """An article that exists for this person. Raises NotThere, the same for a draft of others and for none."""
    found = Article.objects.filter(visible_to(actor, at), pk=article_id).select_related("office").first()
    if found is None:
        raise NotThere(_("Không có bài này, hoặc bài đã được gỡ."))
    return found


def tallies(article_ids: Iterable[int]) -> dict[int, Tally]:
    """Article → its visits and votes, however many are asked about. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [list(article_ids)])
        return {row[0]: Tally(*row[1:]) for row in cursor.fetchall()}


def count_visit(article_id: int, day: date) -> None:
    """One more visit on a day. Nothing of the visitor is kept; each worker counts in a row of its own."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [article_id, day, os.getpid() % SLOTS])

"""Who edits news for which office, and which articles exist for whom: asked by lists, pages and acts alike."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from motcua.offices.actors import Actor
from motcua.offices.models import Role

if TYPE_CHECKING:
    from motcua.news.models import Article

# In their own right: publishing in the name of an office is nothing that is delegated.
EDITORS = (Role.ADMINISTRATOR, Role.UNIT_HEAD)


def edits_for(actor: Actor, office_id: int) -> bool:
    """Whether they write for this office: an administrator for all, the head of a unit for the unit."""
    return actor.account_id is not None and (_administers(actor) or office_id in _led(actor))


def edited_by(actor: Actor) -> Q:
    """The articles that they may change, publish and withdraw, as a condition."""
    if actor.account_id is None:
        return Q(pk__in=())
    # Not an empty condition: together with another one that would say nothing.
    return Q(pk__isnull=False) if _administers(actor) else Q(office_id__in=_led(actor))


def shown_at(at: datetime) -> Q:
    """What everybody may read at an instant: published, not withdrawn, its day come."""
    from motcua.news.models import Article

    return Q(state=Article.State.PUBLISHED, published_at__lte=at)


def visible_to(actor: Actor, at: datetime) -> Q:
    """What exists for somebody: what everybody may read, and everything of the offices that they edit for."""
    return shown_at(at) | edited_by(actor)


def is_shown(article: Article, at: datetime) -> bool:
    """`shown_at` of one article."""
    return article.state == "published" and article.published_at is not None and article.published_at <= at


def _administers(actor: Actor) -> bool:
    return any(role == Role.ADMINISTRATOR for role, _office in actor.postings)


def _led(actor: Actor) -> frozenset[int]:
    return frozenset(office for role, office in actor.postings if role == Role.UNIT_HEAD)

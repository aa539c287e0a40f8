"""Articles, everything that was done to them, and how often they were opened and found good."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE, LONGEST_BODY, LONGEST_REASON = 200, 20_000, 500
LEAST_STARS, MOST_STARS = 1, 5
_BETWEEN = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Told:
    """An article in one language: its paragraphs are plain text."""

    language: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def opening(self) -> str:
        """The first paragraph."""
        return self.paragraphs[0] if self.paragraphs else ""


class Article(models.Model):
    """One piece of news of an office, in Vietnamese and, where somebody wrote it, in English.

    `published_at`: from when on everybody may read it. `corrected_at`, `corrected_why`: of the last change after that.
    `revision` counts the acts, so that of two who change it at once the later one is told.
    """

    class State(models.TextChoices):
        """Where in its life an article is; stored codes never change."""

        DRAFT = "draft", _("Bản nháp")
        PUBLISHED = "published", _("Đã đăng")
        WITHDRAWN = "withdrawn", _("Đã gỡ")

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.TextField()
    title_en = models.CharField(max_length=LONGEST_TITLE, blank=True)
    body_en = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    published_at = models.DateTimeField(null=True)
    corrected_at = models.DateTimeField(null=True)
    corrected_why = models.CharField(max_length=LONGEST_REASON, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()
    revision = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(body=""), name="article_says_something"),
            models.CheckConstraint(
                condition=Q(title_en="", body_en="") | ~Q(title_en="") & ~Q(body_en=""), name="article_english_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at=None) | ~Q(state="draft") & Q(published_at__isnull=False),
                name="article_is_published_at_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(corrected_at=None, corrected_why="") | Q(corrected_at__isnull=False) & ~Q(corrected_why=""),
                name="article_corrected_for_a_reason",
            ),
        ]
        indexes = [
            models.Index("published_at", "id", name="article_published", condition=Q(state="published")),
            models.Index("changed_at", "id", name="article_changed"),
        ]

    def __str__(self) -> str:
        return self.title

    def told(self, language: str) -> Told:
        """In the reader's language where it was written in it, else in Vietnamese."""
        if language == "en" and self.title_en:
            return Told("en", self.title_en, _paragraphs(self.body_en))
        return Told("vi", self.title, _paragraphs(self.body))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in _BETWEEN.split(text) if one.strip())


class ArticleEvent(models.Model):
    """One act on an article with what it said then; append-only."""

    class Act(models.TextChoices):
        """What can be done to an article; stored codes never change."""

        WRITE = "write", _("Viết")
        CHANGE = "change", _("Sửa")
        PUBLISH = "publish", _("Đăng")
        WITHDRAW = "withdraw", _("Gỡ")

    article = models.ForeignKey(Article, models.PROTECT, related_name="events", db_index=False)
    revision = models.IntegerField()
    act = models.CharField(max_length=10, choices=Act)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    content = models.JSONField(help_text="office, title, body, title_en, body_en, published_at as they were after it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "revision"], name="article_event_once"),
            models.CheckConstraint(condition=~Q(act="withdraw") | ~Q(reason=""), name="article_withdrawn_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.revision} {self.act}"


class VisitCount(models.Model):
    """How often an article was opened on a Vietnamese day, as one of several workers counted it: no two wait for a row."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    slot = models.SmallIntegerField()
    many = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "day", "slot"], name="visit_count_once"),
            models.CheckConstraint(condition=Q(many__gt=0), name="visit_count_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day:%Y-%m-%d}: {self.many}"


class ArticleVote(models.Model):
    """One reader's vote, by a digest that tells the same reader of the same article and nothing else; only its day is kept."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="+", db_index=False)
    voter = models.CharField(max_length=64)
    stars = models.SmallIntegerField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "voter"], name="article_vote_once"),
            models.CheckConstraint(
                condition=Q(stars__gte=LEAST_STARS, stars__lte=MOST_STARS), name="article_vote_is_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.stars}"

"""The parts of an interlinked dossier: one agency's piece of work each. Rules live beside, not here."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.states import PART_OPEN, PART_STARTED, PartState


class Part(models.Model):
    """What one agency does for a dossier of several: its task, limit, due day, result. Law: ND61-2018 19(6), 19(7)

    The events of the dossier tell the same (`part_story.replay`); no row is ever taken away.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parts", db_index=False)
    number = models.SmallIntegerField()
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    name = models.TextField()
    task = models.TextField(blank=True)
    waits_for = ArrayField(models.SmallIntegerField(), default=list)
    limit = models.JSONField(help_text="calendar.limits.Limit.to_json()")
    state = models.CharField(max_length=10, choices=PartState, default=PartState.WAITING)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    clock = models.JSONField(null=True, help_text="its START, as the journal keeps it")
    extensions = models.JSONField(default=list, help_text="its own new days, oldest first: see `parts.Extended`")
    started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=ResultKind, blank=True)
    paper_no = models.CharField(max_length=60, blank=True, help_text="number of the result's document")
    summary = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    last_seq = models.IntegerField(help_text="number of the last event of the dossier that touched it")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="part_number_once"),
            models.CheckConstraint(
                condition=Q(state=PartState.WAITING, started_at=None)
                | Q(state=PartState.DROPPED)
                | (Q(started_at__isnull=False) & ~Q(state=PartState.WAITING)),
                name="part_begins_when_it_need_not_wait",
                violation_error_message=_("Phần việc đã bắt đầu khi và chỉ khi không còn chờ phần nào."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*PART_OPEN], ended_at=None)
                | (~Q(state__in=[*PART_OPEN]) & Q(ended_at__isnull=False)),
                name="part_that_ended_says_when",
                violation_error_message=_("Phần việc đã kết thúc phải có thời điểm kết thúc."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at=None) | Q(ended_at__gte=F("started_at")),
                name="part_ends_after_it_begins",
                violation_error_message=_("Phần việc không thể kết thúc trước khi bắt đầu."),
            ),
            models.CheckConstraint(
                condition=Q(holder=None) | Q(state=PartState.HELD), name="part_is_held_while_it_is_done"
            ),
            models.CheckConstraint(
                condition=~Q(state=PartState.DONE) ^ ~Q(outcome=""), name="part_that_is_done_has_an_outcome"
            ),
        ]
        indexes = [
            models.Index("office", "due_at", "id", name="part_inbox", condition=Q(state__in=[*PART_OPEN])),
            models.Index("dossier", name="part_came_back", condition=Q(state=PartState.RETURNED)),
            models.Index("dossier", name="part_put_off", condition=Q(state__in=[*PART_STARTED]) & ~Q(extensions=[])),
            models.Index("office", "ended_at", name="part_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    @property
    def first_due_at(self) -> datetime | None:
        """What it was promised for before its agency put it off."""
        return datetime.fromisoformat(self.extensions[0]["old_due"]) if self.extensions else self.due_at

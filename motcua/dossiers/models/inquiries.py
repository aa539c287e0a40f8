"""What the lead agency asks of others before it decides: opinions of offices, and what was found on the spot."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from motcua.base.times import VIETNAM, day_of, start_of
from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.visibility import ANSWERING, ANSWERING_IN_CHARGE

if TYPE_CHECKING:
    from motcua.offices.actors import Actor

CLOSED_TOGETHER = Q(closed_at=None, closed_by=None, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome="")


def is_overdue(at: datetime) -> Q:
    """Consultations without an answer whose last day is over at `at` (Vietnamese days)."""
    return Q(closed_at=None, due_at__lt=start_of(day_of(at)))


def is_in_time(at: datetime) -> Q:
    """Consultations without an answer whose last day is not over at `at`."""
    return Q(closed_at=None, due_at__gte=start_of(day_of(at)))


def was_answered_late(since: date) -> Q:
    """Consultations answered on or after a Vietnamese day, on a later day than their last one."""
    is_late = Q(closed_at__date__gt=TruncDate("due_at", tzinfo=VIETNAM))
    return Q(outcome=Consultation.Outcome.ANSWERED, closed_at__gte=start_of(since)) & is_late


class InquiryQuerySet(models.QuerySet[Any]):
    """Filters of both; time is an argument."""

    def open(self) -> InquiryQuerySet:
        """Still waiting for their end."""
        return self.filter(closed_at=None)

    def asked_of(self, actor: Actor) -> InquiryQuerySet:
        """Consultations of the offices that this person answers for (see `permissions.is_asked`)."""
        rule = Q(office_id__in=actor.offices(*ANSWERING), dossier__confidential_to=None)
        return self.filter(rule | Q(office_id__in=actor.offices(*ANSWERING_IN_CHARGE)))

    def overdue(self, at: datetime) -> InquiryQuerySet:
        """Consultations without an answer whose last day is over at `at`."""
        return self.filter(is_overdue(at))


class Consultation(models.Model):
    """One office is asked for its opinion, until an instant. It is closed once. Law: ND61-2018 19(5)"""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("Đã trả lời")
        DROPPED = "dropped", _("Thôi lấy ý kiến")
        OVERTAKEN = "overtaken", _("Hồ sơ đã kết thúc trước khi có ý kiến")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="consultations")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    question = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="why it was dropped")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "office"], condition=Q(closed_at=None), name="consultation_asked_once"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("asked_at")), name="consultation_has_time"),
            models.CheckConstraint(condition=CLOSED_TOGETHER, name="consultation_closed_whole"),
            models.CheckConstraint(
                condition=Q(outcome="answered") ^ Q(answer=""), name="consultation_answered_in_words"
            ),
        ]
        indexes = [
            models.Index("office", "due_at", "id", name="consultation_open", condition=Q(closed_at=None)),
            models.Index("office", "closed_at", "id", name="consultation_closed", condition=Q(closed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.office_id}"


class Verification(models.Model):
    """One visit or meeting that checks what the papers say, as planned now; its end is written once.

    Law: ND61-2018 19(3)
    """

    class Outcome(models.TextChoices):
        RECORDED = "recorded", _("Đã thẩm tra, xác minh")
        CANCELLED = "cancelled", _("Đã huỷ")
        OVERTAKEN = "overtaken", _("Hồ sơ đã kết thúc trước khi có kết quả")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="verifications")
    place = models.CharField(max_length=300)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    outside_hours = models.BooleanField(help_text="begins or ends outside the office hours of the lead agency")
    participants = models.TextField()
    content = models.TextField()
    needs_applicant = models.BooleanField()
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    planned_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    closed_at = models.DateTimeField(null=True)
    minutes = models.TextField(blank=True)
    attended = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="why it was cancelled")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("begins_at")), name="verification_has_length"),
            models.CheckConstraint(condition=CLOSED_TOGETHER, name="verification_closed_whole"),
            models.CheckConstraint(
                condition=Q(outcome="recorded") ^ Q(minutes=""), name="verification_recorded_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.place}"

"""When the agency's own system was out of order."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Outage(models.Model):
    """[began_at, ended_at): entered by one person, decided by another; `applied_at`: every open dossier was looked at.

    Accounts as numbers, like the proposals of the law: the names stay as they were.
    """

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    what = models.TextField()
    document = models.CharField(max_length=300)
    announced_at = models.DateTimeField(null=True, help_text="when the public was told; null: not beforehand")
    recorded_by = models.BigIntegerField()
    recorder_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    approved = models.BooleanField(null=True, help_text="null: not decided")
    decided_by = models.BigIntegerField(null=True)
    decider_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True)
    moved = models.IntegerField(default=0, help_text="dossiers whose promised day moved")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=models.F("began_at")), name="outage_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(approved__isnull=True, decided_by__isnull=True, decided_at__isnull=True)
                | Q(approved__isnull=False, decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=models.F("recorded_by")),
                name="outage_is_decided_by_another_person",
                violation_error_message=_("Người ghi nhận không tự phê duyệt; cần một người khác."),
            ),
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(approved=True), name="only_an_approved_outage_is_applied"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at.isoformat()} – {self.ended_at.isoformat()}"

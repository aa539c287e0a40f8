"""Groups of procedures that several agencies resolve together. What is loaded stays; a changed group is a new row."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class InterlinkedGroup(models.Model):
    """Procedures that several agencies resolve together under one code; what it says is proposed when parts are opened.

    Beside the frozen versions: a dossier freezes it at acceptance, as it freezes its process. Law: ND61-2018 19(6), 19(7)
    """

    class Confidence(models.TextChoices):
        FOUND = "found", _("đã đọc văn bản")
        HIGH = "high", _("chắc chắn, chưa đọc văn bản")
        MEDIUM = "medium", _("khá chắc, cần xác nhận")
        LOW = "low", _("chưa chắc, cần xác nhận")

    key = models.CharField(max_length=80, help_text="identity in its source")
    digest = models.BinaryField(max_length=32)
    codes = ArrayField(models.CharField(max_length=40), default=list, help_text="procedures that go by it")
    name = models.TextField()
    decision = models.TextField(default="")
    decided_on = models.DateField(null=True)
    province = models.TextField(default="")
    lead = models.TextField(default="", help_text="lead agency as printed")
    source = models.TextField(default="")
    confidence = models.CharField(max_length=8, choices=Confidence.choices)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["codes"], name="group_codes")]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(retired_at=None), name="one_group_in_use_per_key")
        ]

    def __str__(self) -> str:
        return self.name


class GroupPart(models.Model):
    """One agency's part of a group: who, what, after which other parts, how long."""

    group = models.ForeignKey(InterlinkedGroup, models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    name = models.TextField(help_text="procedure or piece of work")
    code = models.CharField(max_length=40, default="", help_text="national code of the member procedure, if any")
    office = models.CharField(max_length=60, help_text="lead, receiving, or a key of the table of agencies")
    agency = models.TextField(default="", help_text="as printed")
    task = models.TextField(default="")
    waits_for = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="numbers; empty: from the start")
    limit = models.JSONField(null=True, help_text="calendar.limits.Limit.to_json(); null: whoever opens it says")
    limit_source = models.TextField(default="")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="group_part_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class GroupProposal(models.Model):
    """Somebody's wish that a group be so from a day on, and what a second person said; published once its day is there.

    `content`: as the bundled file has a group. Accounts are a room above: number and name at the time.
    """

    key = models.CharField(max_length=80)
    content = models.JSONField()
    valid_from = models.DateField()
    reason = models.TextField()
    proposed_by = models.BigIntegerField()
    proposer_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    decided_by = models.BigIntegerField(null=True)
    decider_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    group = models.OneToOneField(InterlinkedGroup, models.PROTECT, null=True, related_name="proposal")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=None, decided_by=None, decided_at=None)
                | Q(approved__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="group_proposal_is_decided_or_not",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="group_proposal_second_person",
                violation_error_message=_("Người đề nghị không tự phê duyệt; cần một người khác."),
            ),
            models.CheckConstraint(
                condition=Q(group=None) | Q(approved=True), name="group_is_published_when_it_is_approved"
            ),
            models.CheckConstraint(condition=~Q(approved=False) | ~Q(note=""), name="group_rejection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.content['name']} ({self.pk})"

"""Errors of the offices: what was proposed, who decided, and the versions of a result that no longer hold.

Law: ND61-2018 21
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.kinds import CorrectionKind, Fault, ResultKind
from motcua.dossiers.models.dossier import Dossier


class Correction(models.Model):
    """One proposed correction; another person decides it, once, and the database changes nothing else of it.

    `proposed_for`, `decided_for`: the person in whose place it was done. What is blank of the new content stays as it
    was. `limit_days`: working days counted from the reopening, None keeps the promise. `old_due_at`: the promise when
    it was proposed.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections", db_index=False)
    number = models.SmallIntegerField()
    kind = models.CharField(max_length=8, choices=CorrectionKind)
    fault = models.CharField(max_length=8, choices=Fault)
    wrong = models.TextField()
    reason = models.TextField()
    document_no = models.CharField(max_length=60)
    document_on = models.DateField()
    new_number = models.CharField(max_length=60, blank=True)
    new_summary = models.TextField(blank=True)
    new_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    step = models.SmallIntegerField(null=True)
    limit_days = models.SmallIntegerField(null=True)
    old_due_at = models.DateTimeField(null=True)
    new_due_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    is_approved = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="correction_number_once"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(decided_at__isnull=True), name="one_correction_waits"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, is_approved__isnull=True, decided_by__isnull=True)
                | Q(decided_at__gte=F("proposed_at"), is_approved__isnull=False, decided_by__isnull=False),
                name="correction_is_decided_whole",
                violation_error_message=_("Đính chính được quyết định cùng lúc có người, thời điểm và kết luận."),
            ),
            # Whoever stands in is compared too; a comparison with nothing is not false, and so refuses nothing.
            models.CheckConstraint(
                condition=~Q(is_approved=True)
                | ~Q(decided_by=F("proposed_by"))
                & (Q(proposed_for__isnull=True) | ~Q(decided_by=F("proposed_for")))
                & (Q(decided_for__isnull=True) | ~Q(decided_for=F("proposed_by")))
                & (Q(decided_for__isnull=True) | Q(proposed_for__isnull=True) | ~Q(decided_for=F("proposed_for"))),
                name="correction_under_four_eyes",
                violation_error_message=_("Người đề nghị đính chính không được phê duyệt."),
            ),
        ]
        indexes = [models.Index("decided_at", name="correction_decided", condition=Q(is_approved=True))]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.number} {self.kind}"

    @property
    def document(self) -> str:
        """The document that it rests on, as one writes it."""
        return f"{self.document_no} ngày {self.document_on:%d/%m/%Y}"


class FormerResult(models.Model):
    """A version of a result that was corrected or reopened, as it stood, for ever."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="former_results", db_index=False)
    version = models.SmallIntegerField()
    correction = models.OneToOneField(Correction, models.PROTECT, related_name="former_result")
    kind = models.CharField(max_length=10, choices=ResultKind)
    number = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "version"], name="former_result_version_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} v{self.version}"

"""What went from hand to hand on paper: one list, who gave it, who took it, and what was not there. Law: ND61-2018 18"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.dossier import Dossier


class Transfer(models.Model):
    """Dossiers that were handed on together. Two people stand under it; the database lets nobody sign twice or for both.

    `missing`: dossiers of the list whose papers were not there when it was taken.
    """

    from_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    to_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_by_name = models.CharField(_("bên giao"), max_length=200)
    given_at = models.DateTimeField(_("giao lúc"))
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_by_name = models.CharField(_("bên nhận"), max_length=200, blank=True, default="")
    taken_at = models.DateTimeField(_("nhận lúc"), null=True)
    missing = ArrayField(models.BigIntegerField(), default=list)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_by=None, taken_at=None, taken_by_name="", missing=[])
                | Q(taken_by__isnull=False, taken_at__gte=models.F("given_at")) & ~Q(taken_by=models.F("given_by")),
                name="transfer_is_signed_by_two",
                violation_error_message=_("Người nhận phải là người khác người giao."),
            )
        ]
        indexes = [
            models.Index("to_office", "given_at", name="transfer_waits", condition=Q(taken_at=None)),
            models.Index("from_office", "given_at", name="transfer_given"),
        ]

    def __str__(self) -> str:
        return f"BG-{self.pk}"


class TransferLine(models.Model):
    """One dossier of a list, and the event with which it went on."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="transfer_lines")
    event_seq = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "dossier"], name="transfer_line_once")]

    def __str__(self) -> str:
        return f"{self.transfer_id}: {self.dossier_id}"

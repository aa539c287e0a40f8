"""Codes by which somebody who is helped to hand in agreed over their own telephone."""

from django.db import models
from django.db.models import F, Q

from motcua.dossiers.models.asking import Draft


class ConsentCode(models.Model):
    """One code that was sent. Neither it nor the number is kept, only digests that nobody can compute without our key.

    The row outlives its draft: the event of the submission names it, and so nobody writes draft after draft to ring a
    telephone.
    """

    draft = models.ForeignKey(Draft, models.SET_NULL, null=True, related_name="consent_codes")
    phone_digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("phone_digest", "sent_at", name="consent_code_of_phone")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("sent_at")), name="consent_code_confirmed_after"
            ),
            models.CheckConstraint(condition=Q(tries__gte=0), name="consent_code_tries_are_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.sent_at.isoformat()}"

"""What a person thinks of how their dossier, or their turn in the hall, was handled, for ever: changing one's mind is another row.

Law: ND61-2018 29, 31
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from motcua.ratings.kinds import Level, Place


class Vote(models.Model):
    """One rating of one dossier or one ticket of a hall, as it was given: the database refuses UPDATE and DELETE.

    number: 1 for the first of the dossier; the highest one counts; a ticket is rated once. serial: continuous over all votes, each chained to
    the one before, so that none can be taken away unseen. entered_by: who typed a paper slip, else nobody.
    """

    serial = models.BigIntegerField(unique=True)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="votes", db_index=False)
    ticket = models.OneToOneField("tickets.Ticket", models.PROTECT, null=True, related_name="vote")
    number = models.SmallIntegerField()
    level = models.CharField(max_length=16, choices=Level)
    reasons = ArrayField(models.CharField(max_length=12), default=list)
    words = models.TextField(blank=True)
    place = models.CharField(max_length=8, choices=Place)
    slip_no = models.CharField(max_length=40, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    class Meta:
        indexes = [models.Index("at", name="vote_at")]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="one_vote_per_dossier"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, ticket=None) | Q(dossier=None, ticket__isnull=False, number=1),
                name="vote_on_a_dossier_or_a_ticket",
            ),
            models.CheckConstraint(
                condition=Q(place=Place.PAPER, entered_by__isnull=False) & ~Q(slip_no="")
                | ~Q(place=Place.PAPER) & Q(entered_by__isnull=True, slip_no=""),
                name="vote_on_paper_was_typed_by_somebody",
                violation_error_message=_("Phiếu giấy có số phiếu và người nhập; cách khác thì không."),
            ),
            models.UniqueConstraint(
                fields=["slip_no"], condition=~Q(slip_no=""), name="vote_slip_once",
                violation_error_message=_("Phiếu này đã được nhập."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.serial} {self.level}"


class VoteChain(models.Model):
    """The end of the chain of votes: one row, locked while a vote is cast."""

    last_serial = models.BigIntegerField(default=0)
    last_hash = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return str(self.last_serial)

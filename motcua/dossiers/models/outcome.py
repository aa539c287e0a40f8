"""The authority's answer, and who took it."""

from django.conf import settings
from django.db import models

from motcua.dossiers.kinds import ResultKind, ReturnWay
from motcua.dossiers.models.dossier import Dossier


class Result(models.Model):
    """The authority's answer. Law: ND61-2018 19(8); ND61-2018 20"""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    kind = models.CharField(max_length=10, choices=ResultKind)
    number = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number or self.kind


class Handover(models.Model):
    """Who took the result, how, and by what right; once more after each correction. Law: ND61-2018 20; ND61-2018 6"""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="handovers", db_index=False)
    way = models.CharField(max_length=10, choices=ReturnWay)
    taken_by = models.CharField(max_length=200, blank=True)
    taken_by_id_no = models.CharField(max_length=20, blank=True)
    authorisation = models.TextField(blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    # What whoever took it has signed: drawn on the screen, or the scan of a slip; the stored file has its hash.
    signature = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "at"], name="handed_over_once_at_a_time")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.way}"

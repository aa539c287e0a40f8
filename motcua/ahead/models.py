"""What was counted of past cases, kept for whoever asks until it is counted again the next night."""

from __future__ import annotations

from django.db import models


class KeptPast(models.Model):
    """What was known of past cases when a day began; nobody answers for it, and it can be counted again at any time.

    `meaning`: of what was counted (`past.MEANING`). `newest`: the last dossier before the day, and whether there are
    a thousand: where it differs a past was loaded since. One row, replaced with all that belongs to it.
    """

    day = models.DateField(help_text="nothing that happened on it or later is known")
    meaning = models.SmallIntegerField()
    newest = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day"], name="kept_past_once")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class KeptGroup(models.Model):
    """How many cases of a group (`likelihood.groups_of`) there were, and how many of them missed their day."""

    past = models.ForeignKey(KeptPast, models.CASCADE, related_name="groups", db_index=False)
    name = models.TextField()
    cases = models.IntegerField()
    late = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["past", "name"], name="kept_group_once"),
            models.CheckConstraint(
                condition=models.Q(late__gte=0, cases__gte=models.F("late")), name="kept_group_sums"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.cases}"


class KeptPace(models.Model):
    """How long cases of a procedure took from a step on at an authority (0: at all of them).

    `spans`: [[days at the step, days until done or null, cases], …] (`pace.Span`). Procedure and authority are not
    checked by the database: neither is ever deleted, and the row lives for a day.
    """

    past = models.ForeignKey(KeptPast, models.CASCADE, related_name="paces", db_index=False)
    procedure = models.BigIntegerField()
    step = models.SmallIntegerField()
    office = models.BigIntegerField()
    spans = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["past", "procedure", "step", "office"], name="kept_pace_once")]

    def __str__(self) -> str:
        return f"{self.procedure}/{self.step}/{self.office}"

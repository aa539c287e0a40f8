"""What happened to a dossier, where it was on any day, and what keeps that true: the database changes none of it."""

from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q

from motcua.dossiers.models.dossier import Dossier
from motcua.dossiers.querysets import EventQuerySet
from motcua.dossiers.states import IN_HAND, WAITING_FOR_ACCEPTANCE, State

# The instants just after which a stay still lies: from its beginning, exclusive, to its end, inclusive.
LIES_OVER = Func("entered_at", "left_at", models.Value("(]"), function="tstzrange", output_field=DateTimeRangeField())

SAID_OF_IT = ("dossier", "state", "due_at", "stands_still", "entered_at", "left_at", "office")


class Event(models.Model):
    """One act, for ever: the database refuses UPDATE and DELETE. `hash` covers everything here and the event before."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    act = models.CharField(max_length=24)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=200)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    clock = models.JSONField(null=True)
    due_at = models.DateTimeField(null=True)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="event_seq_once")]
        indexes = [models.Index("recorded_at", name="event_recorded")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq} {self.act}"


class Stay(models.Model):
    """One interval [entered_at, left_at) of a dossier in one state, office and hand.

    The stays of a dossier touch end to end: each points to the one before, whose end is its beginning
    (a foreign key over dossier, seq and instant, in the migration), so gap and overlap are refused by the database.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="stays", db_index=False)
    seq = models.IntegerField()
    previous_seq = models.IntegerField(null=True)
    state = models.CharField(max_length=16, choices=State)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.SmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    stands_still = models.BooleanField(default=False, db_default=False)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="stay_seq_once"),
            models.UniqueConstraint(fields=["dossier", "seq", "left_at"], name="stay_end_once"),
            models.CheckConstraint(
                condition=Q(seq=1, previous_seq__isnull=True)
                # A comparison with nothing is not false, and a check refuses only what is false.
                | Q(seq__gt=1, previous_seq__isnull=False, previous_seq=models.F("seq") - 1),
                name="stay_follows_the_one_before",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("entered_at")),
                name="stay_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index("dossier", name="stay_open", condition=Q(left_at__isnull=True)),
            models.Index("state", "entered_at", name="stay_entered"),
            # Where was it just before an instant: one probe, for any instant. Closed states are never asked for.
            GistIndex(LIES_OVER, name="stay_lies_over", include=SAID_OF_IT, condition=Q(state__in=IN_HAND)),
            GistIndex(
                LIES_OVER, name="stay_waits_over", include=SAID_OF_IT, condition=Q(state__in=WAITING_FOR_ACCEPTANCE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq} {self.state}"


class Seal(models.Model):
    """A Merkle root over all events recorded in (covers_from, covers_to], chained to the seal before."""

    number = models.IntegerField(unique=True)
    covers_from = models.DateTimeField(null=True)
    covers_to = models.DateTimeField()
    events = models.IntegerField()
    root = models.BinaryField(max_length=32)
    previous_root = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}: {self.events}"


class NumberCounter(models.Model):
    """The last dossier number given by an office on a day. Law: TT01-2018 19"""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="one_counter_per_office_and_day")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}: {self.last}"

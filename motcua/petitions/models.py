"""What a person says of the service, who answers for it until when, and everything that was done about it.

Late or in time is nowhere stored: it follows from `due_on` and the day of the answer.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from motcua.base.times import day_of
from motcua.offices.models import Office
from motcua.petitions.permissions import visible_to
from motcua.petitions.table import CHOSEN, CLOSED, OPEN, Kind, PetitionState, Way

if TYPE_CHECKING:
    from motcua.offices.actors import Actor


class PetitionQuerySet(models.QuerySet[Any]):
    """Filters named as the domain names them."""

    def visible_to(self, actor: Actor) -> PetitionQuerySet:
        """Those this person may see at all; everything else does not exist for them."""
        return self.filter(visible_to(actor))

    def open(self) -> PetitionQuerySet:
        """Not yet answered, refused or passed on."""
        return self.filter(state__in=OPEN)

    def by_urgency(self) -> PetitionQuerySet:
        """The earliest last day first; those that wait for the person come last."""
        return self.order_by(F("due_on").asc(nulls_last=True), "id")


class Petition(models.Model):
    """One petition as it stands now; what was said at the beginning never changes (the database refuses it).

    concerned: accounts of those it is about, who neither see nor own nor answer it. asked_officer: who owes a statement.
    due_on, publish_due_on: last day, inclusive, to close it and to publish the answer; null: no day runs.
    sent_as: digest of the form that was sent and what stood in it, so that the same sent twice is one petition.
    """

    code = models.CharField(max_length=20, unique=True)
    secret = models.CharField(max_length=16)
    way = models.CharField(max_length=10, choices=Way)
    received_at = models.DateTimeField()
    person_name = models.CharField(max_length=200)
    person_phone = models.CharField(max_length=20, blank=True)
    person_email = models.CharField(max_length=200, blank=True)
    person_address = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    content = models.TextField()
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="petitions", db_index=False)
    about_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    about_person = models.CharField(max_length=200, blank=True, help_text="as the person called them")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    kind = models.CharField(max_length=12, choices=Kind)
    concerned = ArrayField(models.BigIntegerField(), default=list)
    state = models.CharField(max_length=10, choices=PetitionState)
    owner_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    asked_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    due_on = models.DateField(null=True)
    publish_due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.SmallIntegerField(default=0)
    last_seq = models.IntegerField(default=0)
    last_hash = models.BinaryField(max_length=32, default=b"")
    last_event_at = models.DateTimeField()
    sent_as = models.CharField(max_length=64, null=True, unique=True)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("owner_office", "due_on", "id", name="petition_open", condition=Q(state__in=OPEN)),
            models.Index("owner_office", "received_at", name="petition_received"),
            models.Index("dossier", name="petition_of_dossier", condition=Q(dossier__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(person_name="") & ~Q(content=""),
                name="petition_says_who_and_what",
                violation_error_message=_("Cần tên người phản ánh và nội dung."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, state__in=OPEN) | Q(closed_at__isnull=False, state__in=CLOSED),
                name="petition_closed_with_its_state",
            ),
            models.CheckConstraint(condition=Q(reopened__in=(0, 1)), name="petition_reopened_once"),
        ]

    def __str__(self) -> str:
        return self.code

    def is_late(self, today: date) -> bool:
        """Whether it was closed after its last day, or is open and that day is over."""
        done = day_of(self.closed_at) if self.closed_at else today
        return self.due_on is not None and done > self.due_on


class PetitionEvent(models.Model):
    """One act, for ever: the database refuses UPDATE and DELETE.

    It repeats what stood after it, so that the past is counted from here whatever happens later.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    act = models.CharField(max_length=16)
    state = models.CharField(max_length=10, choices=PetitionState)
    kind = models.CharField(max_length=12, choices=Kind)
    owner_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    due_on = models.DateField(null=True)
    publish_due_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    text = models.TextField(blank=True, help_text="reason, question, answer: what the act says")
    data = models.JSONField(default=dict)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    class Meta:
        ordering = ["petition_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["petition", "seq"], name="petition_event_seq_once")]
        indexes = [models.Index("at", name="petition_event_at")]

    def __str__(self) -> str:
        return f"{self.petition_id}/{self.seq} {self.act}"


class Route(models.Model):
    """From a day on, which office answers for petitions of a kind, of a topic, about an office of a level; for ever.

    topic, level: empty for every one. The nearest row counts, of equal ones the latest (`routing`). office: null takes back
    what the row before said. topic is a field of procedures, as the catalogue calls it. Law: ND20-2008 8
    """

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.label) for kind in CHOSEN])
    topic = models.CharField(max_length=200, blank=True, default="")
    level = models.CharField(max_length=10, blank=True, default="", choices=Office.Level.choices)
    office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+", db_index=False)
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "topic", "level", "valid_from"], name="route_set_once_from_a_day"),
            models.CheckConstraint(condition=~Q(reason=""), name="route_set_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.topic} {self.level} {self.valid_from}"


class PetitionCounter(models.Model):
    """The last number given in a year."""

    year = models.SmallIntegerField(unique=True)
    last = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"

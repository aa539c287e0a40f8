"""The hall of an office: its lines and counters, who sits where, every ticket, and what happened to each for ever.

How long somebody waited and was served is nowhere stored: it follows from the events. Law: ND61-2018 13
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from motcua.tickets.kinds import IN_HAND, Act, Priority, State, Way

ACCOUNT = settings.AUTH_USER_MODEL


class Line(models.Model):
    """A group of services of a hall that people wait for together, under one letter.

    fields: of procedures, as the catalogue names them; none: any. slot_most: how many may choose the same half hour
    beforehand; 0: nobody chooses. closed_at: since when no numbers are given, until somebody opens it again.
    """

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="lines")
    letter = models.CharField(_("chữ cái"), max_length=1)
    name = models.CharField(_("tên nhóm dịch vụ"), max_length=100)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=100, blank=True)
    fields = ArrayField(models.CharField(max_length=300), default=list)
    slot_most = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "letter"], condition=Q(ended_at=None), name="line_letter_once",
                violation_error_message=_("Chữ cái này đã dùng cho một nhóm khác."),
            ),
            models.CheckConstraint(condition=Q(letter__regex=r"^[A-Z]$"), name="line_letter_is_a_capital"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.letter} · {self.name}"


class Counter(models.Model):
    """A counter of a hall, and the lines that it calls from."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="ticket_counters")
    number = models.PositiveSmallIntegerField(_("số quầy"))
    name = models.CharField(_("tên quầy"), max_length=100, blank=True)
    lines = models.ManyToManyField(Line, related_name="counters")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "number"], condition=Q(ended_at=None), name="counter_number_once",
                violation_error_message=_("Số quầy này đã có."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}"


class Seat(models.Model):
    """Somebody sits at a counter on one day, from an instant until they leave it."""

    counter = models.ForeignKey(Counter, models.PROTECT, related_name="seats")
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counter", "day"], condition=Q(until=None), name="seat_one_at_a_counter"),
            models.UniqueConstraint(fields=["account", "day"], condition=Q(until=None), name="seat_one_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.counter_id} {self.account_id} {self.day}"


class Ticket(models.Model):
    """One person's turn on one day; the row repeats what its last event says.

    from_at: when its waiting began to count: drawn, not before the doors open; or the half hour that was chosen.
    place_at: by which it is called (`order`). only_counter: the one that alone may call it. counter, officer: where it
    is, or was last, called and served. letter and number stay what they were when it was drawn.
    """

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="tickets", db_index=False)
    day = models.DateField()
    number = models.PositiveIntegerField()
    letter = models.CharField(max_length=1)
    key = models.CharField(max_length=10, unique=True)
    way = models.CharField(max_length=8, choices=Way)
    priority = models.CharField(max_length=12, choices=Priority, blank=True)
    drawn_at = models.DateTimeField()
    is_chosen_time = models.BooleanField(default=False)

    line = models.ForeignKey(Line, models.PROTECT, related_name="tickets", db_index=False)
    state = models.CharField(max_length=8, choices=State)
    from_at = models.DateTimeField()
    place_at = models.DateTimeField()
    only_counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+", db_index=False)
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+", db_index=False)
    officer = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    last_seq = models.PositiveSmallIntegerField(default=0)
    last_event_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("office", "day", "place_at", "number", name="ticket_waiting", condition=Q(state="waiting")),
            models.Index("office", "day", "state", name="ticket_of_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["office", "day", "number"], name="ticket_number_once"),
            models.UniqueConstraint(
                fields=["counter", "day"], condition=Q(state__in=IN_HAND), name="ticket_one_in_hand_at_a_counter"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*IN_HAND, State.HELD]) | Q(counter__isnull=False, officer__isnull=False),
                name="ticket_in_hand_is_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return code_of(self.letter, self.number)


class TicketEvent(models.Model):
    """One act on a ticket, for ever: the database refuses UPDATE and DELETE. It repeats what stood after it."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events", db_index=False)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    seq = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=8, choices=Act)
    state = models.CharField(max_length=8, choices=State)
    line = models.ForeignKey(Line, models.PROTECT, related_name="+", db_index=False)
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    class Meta:
        indexes = [models.Index("office", "id", name="ticket_event_of_office")]
        constraints = [models.UniqueConstraint(fields=["ticket", "seq"], name="ticket_event_seq_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id}/{self.seq} {self.act}"


class TicketDossier(models.Model):
    """A dossier that was taken in while a ticket was served; a dossier comes in with one ticket, and once."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="dossiers")
    dossier = models.OneToOneField("dossiers.Dossier", models.PROTECT, related_name="ticket_of_intake")
    account = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.dossier_id}"


class DayNumber(models.Model):
    """The last number that an office gave on a day."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="day_number_once")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}: {self.last}"


def code_of(letter: str, number: int) -> str:
    """The spelling of a number, `A012`."""
    return f"{letter}{number:03d}"

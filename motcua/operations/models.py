"""Reminders, their answers and alarms of silence, for ever: the database refuses UPDATE and DELETE of all."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.reports.scope import offices_reported_to

if TYPE_CHECKING:
    from motcua.offices.actors import Actor


class Reason(models.TextChoices):
    """Why somebody is reminded; the last three are sent by the program. Stored codes never change."""

    ASKED = "asked", _("Người có trách nhiệm đôn đốc")
    DUE_SOON = "due_soon", _("Sắp đến hạn trả")
    LATE = "late", _("Quá hạn")
    LONG_LATE = "long_late", _("Quá hạn lâu")


class Addressee(models.TextChoices):
    """Who is reminded at the office."""

    HOLDER = "holder", _("người đang giữ hồ sơ")
    LEADERS = "leaders", _("lãnh đạo cơ quan")
    UNIT_HEAD = "unit_head", _("phụ trách Bộ phận Một cửa")
    OVERSEER = "overseer", _("người giám sát")


# Who answers for an office that is reminded, by whom the reminder is for.
ANSWERING = {
    Addressee.HOLDER: ("head", "approver", "unit_head"),
    Addressee.LEADERS: ("head", "approver", "unit_head", "procedure_control"),
    Addressee.UNIT_HEAD: ("unit_head",),
}


class ReminderQuerySet(models.QuerySet[Any]):
    """Filters named as the domain names them; time is an argument."""

    def for_person(self, actor: Actor) -> ReminderQuerySet:
        """Those that this person is to answer, in whatever way they stand for the office or the holder."""
        rule = Q(holder_id__in=actor.persons, addressee=Addressee.HOLDER)
        for addressee, roles in ANSWERING.items():
            rule |= Q(addressee=addressee, office_id__in=actor.offices(*roles))
        if actor.offices("overseer"):
            rule |= Q(addressee=Addressee.OVERSEER, office_id__in=actor.overseen)
        return self._readable(actor).filter(rule)

    def seen_by(self, actor: Actor, on: date) -> ReminderQuerySet:
        """Those to offices whose figures this person may see, and their own. Raises NotThere for those who see none."""
        allowed = offices_reported_to(actor, on)
        rows = self._readable(actor)
        return rows if allowed is None else rows.filter(Q(office_id__in=allowed) | Q(sent_by_id=actor.account_id))

    def _readable(self, actor: Actor) -> ReminderQuerySet:
        """Nobody learns through a reminder of a dossier that does not exist for them."""
        shut = Dossier.objects.filter(confidential_to__isnull=False)
        return self.filter(Q(dossier__confidential_to__isnull=True) | Q(dossier__in=shut.visible_to(actor)))

    def open(self) -> ReminderQuerySet:
        """Not answered yet."""
        return self.filter(answer=None)


class Reminder(models.Model):
    """One reminder about one dossier, or about everything that an office has late.

    `due_on`: the promised day (Vietnamese) that an automatic one is about; the same reason is never told twice of it.
    `late`: ids of the dossiers that were late then, of a reminder to an office. `answer_by`: inclusive; null: none is
    expected. `sent_by` null: the program. `waiting`: how many others of this office and reason were left for a later
    day, since one day has room for so many. Law: ND61-2018 8
    """

    reason = models.CharField(max_length=10, choices=Reason)
    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, null=True, related_name="reminders", db_index=False)
    late = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    addressee = models.CharField(max_length=10, choices=Addressee)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    words = models.CharField(max_length=1000, blank=True)
    due_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    sent_by_name = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    waiting = models.IntegerField(default=0, db_default=0)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "reason", "due_on"], condition=~Q(reason=Reason.ASKED), name="reminder_told_once"
            ),
            models.CheckConstraint(
                condition=Q(reason=Reason.ASKED, sent_by__isnull=False, answer_by__isnull=False, due_on__isnull=True)
                & ~Q(words="")
                | ~Q(reason=Reason.ASKED) & Q(sent_by__isnull=True, due_on__isnull=False, dossier__isnull=False),
                name="reminder_by_a_person_has_words_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False, late=[]) | Q(dossier__isnull=True) & ~Q(late=[]),
                name="reminder_is_about_something",
            ),
        ]
        indexes = [
            models.Index("office", "sent_at", name="reminder_of_office"),
            models.Index("dossier", name="reminder_of_dossier", condition=Q(dossier__isnull=False)),
            models.Index("holder", name="reminder_of_holder", condition=Q(holder__isnull=False)),
            models.Index("sent_at", name="reminder_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.office_id} {self.sent_at.isoformat()}"

    def is_for(self, actor: Actor) -> bool:
        """Whether this person is to answer it, where it is about nothing that is hidden from them; `for_person` in hand."""
        if self.addressee == Addressee.OVERSEER:
            return bool(actor.offices("overseer")) and self.office_id in actor.overseen
        is_holder = self.addressee == Addressee.HOLDER and self.holder_id in actor.persons
        return is_holder or self.office_id in actor.offices(*ANSWERING[Addressee(self.addressee)])

    def is_over(self, today: date) -> bool:
        """The day by which an answer was expected is over."""
        return self.answer_by is not None and self.answer_by < today


class ReminderAnswer(models.Model):
    """What the reminded office says, once."""

    reminder = models.OneToOneField(Reminder, models.PROTECT, related_name="answer")
    words = models.CharField(max_length=1000)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    answered_by_name = models.CharField(max_length=200)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="reminder_is_answered_in_words")]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.answered_at.isoformat()}"

    @property
    def is_in_time(self) -> bool:
        """Whether it came not after the day that was asked for."""
        return self.reminder.answer_by is None or day_of(self.answered_at) <= self.reminder.answer_by


class Step(models.IntegerChoices):
    """Who is told of a silent dossier, one after the other."""

    HOLDER = 1, _("người đang giữ hồ sơ")
    HEADS = 2, _("lãnh đạo cơ quan")
    UNIT = 3, _("Trung tâm, người giám sát")


class Alarm(models.Model):
    """A silent dossier was told of, at one step, for ever. `after_seq`: its last event; a new event ends the silence.

    days: working days without an event that make this step due. told: accounts, as they were then; none: nobody is there.
    """

    # Without the database's own check, which would wait for every act under way; see `notices.models.Notice`.
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, related_name="alarms", db_index=False, db_constraint=False
    )
    after_seq = models.IntegerField()
    step = models.SmallIntegerField(choices=Step)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    days = models.SmallIntegerField()
    told = ArrayField(models.BigIntegerField(), default=list, db_default=[])
    told_names = ArrayField(models.CharField(max_length=200), default=list, db_default=[])
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "after_seq", "step"], name="alarm_raised_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.after_seq} {self.step}"


class Apology(models.Model):
    """The program said sorry for a dossier that is past its promised day: once of each such day, for ever.

    It is no letter of form 04: nobody signed it, and it appoints no new day. Law: ND61-2018 19(9)
    """

    # Without the database's own check, as with `Alarm`.
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, related_name="apologies", db_index=False, db_constraint=False
    )
    due_on = models.DateField(help_text="the promised day that went by")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "due_on"], name="apology_once_of_a_day")]
        indexes = [models.Index("made_at", name="apology_made")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.due_on}"


class SilenceLimit(models.Model):
    """How many working days a dossier at one office may be silent from a day on, instead of the regime's."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    days = models.SmallIntegerField()
    valid_from = models.DateField()
    reason = models.CharField(max_length=300)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=60), name="silence_limit_makes_sense"),
            models.UniqueConstraint(fields=["office", "valid_from"], name="silence_limit_once_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.days} {self.valid_from}"


__all__ = ["ANSWERING", "Addressee", "Alarm", "Apology", "Reason", "Reminder", "ReminderAnswer", "SilenceLimit", "Step"]

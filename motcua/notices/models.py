"""What somebody is told, on which ways it went out, what they chose, and how far the journal was read.

What was told is kept for ever: the database refuses DELETE of notices and deliveries, and any change of a choice.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.notices.kinds import Kind, Way
from motcua.petitions.models import Petition
from motcua.reports.scope import offices_reported_to

if TYPE_CHECKING:
    from motcua.offices.actors import Actor


class Progress(models.TextChoices):
    """Where a delivery is; stored codes never change."""

    WAITING = "waiting", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Gửi không được")
    REFUSED = "refused", _("Bị từ chối")


OPEN = (Progress.WAITING, Progress.SENDING)
GIVEN_UP = (Progress.FAILED, Progress.REFUSED)


class NoticeQuerySet(models.QuerySet[Any]):
    """Filters named as the domain names them."""

    def of(self, account_id: int | None) -> NoticeQuerySet:
        """Those to this person; nobody's for nobody."""
        return self.filter(account_id=account_id) if account_id is not None else self.none()

    def unread(self) -> NoticeQuerySet:
        """Not yet marked as read."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing that one person is told: what the portal shows them, and what their deliveries carry.

    key: what it is about and for whom; the same is never told twice. facts: what the words need, without secrets. petition:
    then no dossier, so that who looks at a dossier, perhaps whom the petition is about, learns of none.
    """

    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind)
    # Without the database's own check, which would wait at COMMIT for every act that holds one of a thousand rows, and hold
    # up the acts on all the others meanwhile. No dossier is ever deleted.
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, null=True, related_name="notices", db_index=False, db_constraint=False
    )
    event = models.ForeignKey("dossiers.Event", models.PROTECT, null=True, related_name="+", db_index=False)
    petition = models.ForeignKey("petitions.Petition", models.PROTECT, null=True, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    # Somebody who acts for the organisation that owns the dossier: told outside only, for in the portal its notices are common.
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="notice_told_once"),
            models.CheckConstraint(
                condition=Q(dossier__isnull=False) | Q(account__isnull=False) | Q(petition__isnull=False),
                name="notice_is_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(dossier__isnull=True) | Q(petition__isnull=True),
                name="notice_of_a_petition_names_no_dossier",
            ),
            models.CheckConstraint(
                condition=Q(member=None) | Q(account=None, dossier__isnull=False),
                name="notice_of_member_is_beside_owner",
            ),
        ]
        indexes = [
            models.Index("account", "made_at", "id", name="notice_inbox", condition=Q(account__isnull=False)),
            models.Index("account", name="notice_unread", condition=Q(account__isnull=False, read_at__isnull=True)),
            models.Index("member", "id", name="notice_of_member", condition=Q(member__isnull=False)),
            models.Index("dossier", "made_at", name="notice_of_dossier", condition=Q(dossier__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.key


class DeliveryQuerySet(models.QuerySet[Any]):
    """Filters named as the domain names them."""

    def seen_by(self, actor: Actor, on: date) -> DeliveryQuerySet:
        """Those about dossiers of offices whose figures this person may see; administrators see every one.

        Nobody learns through one of a dossier, or of a petition, that does not exist for them. Raises NotThere for who may
        see none.
        """
        shut = Dossier.objects.filter(confidential_to__isnull=False)
        readable = Q(notice__dossier__isnull=True) | Q(notice__dossier__confidential_to__isnull=True)
        rows = self.filter(readable | Q(notice__dossier__in=shut.visible_to(actor)))
        rows = rows.filter(Q(notice__petition__isnull=True) | Q(notice__petition__in=petitions_told_to(actor)))
        if actor.offices("administrator"):
            return rows
        allowed = offices_reported_to(actor, on)
        if allowed is None:
            return rows
        theirs = Q(notice__dossier__receiving_office_id__in=allowed) | Q(notice__petition__isnull=False)
        return rows.filter(theirs | Q(notice__dossier__competent_office_id__in=allowed))


def petitions_told_to(actor: Actor) -> models.QuerySet[Any]:
    """Petitions of whose notices somebody may know: those that exist for them; an administrator's, but not about them."""
    if actor.offices("administrator"):
        return Petition.objects.exclude(concerned__overlap=sorted(actor.persons))
    return Petition.objects.visible_to(actor)


class Delivery(models.Model):
    """One notice on one way outside. `next_at`: not before; `quiet_until`: it waits for the end of the quiet hours.

    `lease_until`: whoever took it to send it has so long; after that another may. `round`: how often a person had it sent
    anew after a refusal, which makes its key (`sending.key_of`) another one. `said`: the words that went out.
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries", db_index=False)
    way = models.CharField(max_length=6, choices=Way)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=2, default="vi")
    state = models.CharField(max_length=8, choices=Progress, default=Progress.WAITING)
    attempts = models.SmallIntegerField(default=0)
    round = models.SmallIntegerField(default=0)
    next_at = models.DateTimeField()
    quiet_until = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True, default="")
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    gateway_ref = models.CharField(max_length=100, blank=True, default="")
    said = models.TextField(blank=True, default="")
    again_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    again_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "way"], name="delivery_once_on_each_way"),
            models.CheckConstraint(condition=~Q(address=""), name="delivery_has_an_address"),
            models.CheckConstraint(
                condition=Q(state=Progress.SENT, sent_at__isnull=False)
                | ~Q(state=Progress.SENT) & Q(sent_at__isnull=True),
                name="delivery_sent_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=Progress.SENDING, lease_until__isnull=False)
                | ~Q(state=Progress.SENDING) & Q(lease_until__isnull=True),
                name="delivery_under_way_has_a_lease",
            ),
        ]
        indexes = [
            models.Index("next_at", "id", name="delivery_due", condition=Q(state__in=OPEN)),
            models.Index("tried_at", "id", name="delivery_given_up", condition=Q(state__in=GIVEN_UP)),
            models.Index("sent_at", name="delivery_sent", condition=Q(state=Progress.SENT)),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.way} {self.state}"


class WaySetting(models.Model):
    """How a way out of the house works from an instant on; the latest that began counts, none: the way is shut.

    gateway: address of the HTTP gateway (SMS, Zalo); e-mail goes by the mail settings. Secrets stand in the environment.
    """

    way = models.CharField(max_length=6, choices=Way)
    is_on = models.BooleanField()
    gateway = models.CharField(max_length=300, blank=True, default="")
    sender = models.CharField(max_length=100, blank=True, default="")
    valid_from = models.DateTimeField()
    reason = models.CharField(max_length=300)
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["way", "valid_from"], name="way_set_once_from_an_instant"),
            models.CheckConstraint(condition=~Q(reason=""), name="way_set_for_a_reason"),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(way=Way.EMAIL) | Q(gateway__startswith="http"),
                name="way_open_has_a_gateway",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.is_on} {self.valid_from.isoformat()}"


class WayChoice(models.Model):
    """What a person chose for one way, for ever; the latest counts. `consent`: version of the sentence agreed to.

    Law: LBVDLCN-2025
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    way = models.CharField(max_length=6, choices=Way)
    is_on = models.BooleanField()
    consent = models.CharField(max_length=20, blank=True, default="")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(way=Way.ZALO, is_on=True) | ~Q(consent=""), name="zalo_needs_a_consent")
        ]
        indexes = [models.Index("account", "way", "id", name="way_choice_latest")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.way} {self.is_on}"


class Wording(models.Model):
    """The province's own words for a kind, from a day on, instead of the bundled ones; `form`: long or short."""

    kind = models.CharField(max_length=16, choices=Kind)
    language = models.CharField(max_length=2)
    form = models.CharField(max_length=5, choices=[("long", "long"), ("short", "short")])
    subject = models.CharField(max_length=150, blank=True, default="")
    body = models.TextField()
    valid_from = models.DateField()
    set_by_name = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "form", "valid_from"], name="wording_once_from_a_day"),
            models.CheckConstraint(condition=~Q(body=""), name="wording_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.form} {self.valid_from}"


class Horizon(models.Model):
    """How far the journal is turned into notices: one row.

    taken_to: every event up to this id is either told or will never be there. seen_to, seen_before: the last event seen
    at the last look, and the transaction number that the look drew after it (see `outbox`).
    """

    taken_to = models.BigIntegerField()
    seen_to = models.BigIntegerField()
    seen_before = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_horizon"),
            models.CheckConstraint(condition=Q(taken_to__lte=models.F("seen_to")), name="taken_is_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.taken_to} {self.seen_to}"


__all__ = ["GIVEN_UP", "OPEN", "Delivery", "Horizon", "Notice", "Progress", "WayChoice", "WaySetting", "Wording"]

"""Parcels of the public post, whose hands they went through, and the days that the law gives the post."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.offices.models import Dated
from motcua.post.chain import Holder, ParcelState, Step


class Direction(models.TextChoices):
    """Which way a parcel travels."""

    INBOUND = "in", _("Gửi đến")
    OUTBOUND = "out", _("Chuyển trả")


class Zone(models.TextChoices):
    """How far a parcel travels. Law: TT17-2017 7"""

    DISTRICT = "district", _("Nội huyện")
    PROVINCE = "province", _("Nội tỉnh")
    CITIES = "cities", _("Giữa các thành phố lớn")
    OTHER = "other", _("Liên tỉnh khác")


class PostRule(models.Model):
    """A number of working days that the law gives; in force from `valid_from`, no longer on `valid_to`."""

    class Key(models.TextChoices):
        DISTRICT = "district", _("Chuyển phát nội huyện")
        PROVINCE = "province", _("Chuyển phát nội tỉnh")
        CITIES = "cities", _("Chuyển phát giữa các thành phố lớn")
        OTHER = "other", _("Chuyển phát liên tỉnh khác")
        INVITATIONS = "invitations", _("Số lần mời nhận")
        INVITATION_GAP = "invitation_gap", _("Ngày làm việc giữa hai lần mời")

    key = models.CharField(max_length=20, choices=Key)
    days = models.SmallIntegerField()
    days_with_slip = models.SmallIntegerField(null=True, help_text="with an appointment slip; null: the same")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.TextField()
    confidence = models.CharField(max_length=10)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="post_rule_once_per_start"),
            models.CheckConstraint(condition=Q(days__gt=0) & ~Q(basis=""), name="post_rule_says_days_and_basis"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="post_rule_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.days}"


class Parcel(models.Model):
    """One item of the public post. Inbound: the legal submission moment is the signed hand-over (`handed_at`).

    `state` is what the chain of custody comes to. Law: QD45-2016 7
    """

    direction = models.CharField(max_length=3, choices=Direction)
    item_no = models.CharField(max_length=30)
    carrier = models.CharField(max_length=60, default="VNPost")
    handed_at = models.DateTimeField()
    address = models.TextField(blank=True)
    office = models.ForeignKey(
        "offices.Office", models.PROTECT, null=True, related_name="+", db_index=False, help_text="the counter"
    )
    person = models.CharField(max_length=200, blank=True, help_text="who sent it, or whom it goes to")
    zone = models.CharField(max_length=10, choices=Zone, default=Zone.PROVINCE)
    with_slip = models.BooleanField(default=False, help_text="with an appointment slip: the longer limit")
    papers = models.JSONField(default=list, help_text="[{name, originals, copies}]")
    due_on = models.DateField(null=True, help_text="last day of transit, inclusive; null when it was not counted")
    state = models.CharField(max_length=12, choices=ParcelState, default=ParcelState.ON_THE_WAY)

    class Meta:
        indexes = [
            models.Index("office", "handed_at", name="parcel_of_day"),
            models.Index("office", "due_on", name="parcel_late", condition=Q(state=ParcelState.ON_THE_WAY)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "carrier", "item_no"],
                name="parcel_item_no_once",
                violation_error_message=_("Số hiệu bưu gửi này đã được ghi nhận."),
            ),
        ]

    def __str__(self) -> str:
        return self.item_no


class Custody(models.Model):
    """One hand-over of a parcel, for ever. It begins in the hands where the one before ended: the database refuses a gap.

    Law: QD45-2016 7
    """

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="custody", db_index=False)
    seq = models.SmallIntegerField()
    previous_seq = models.SmallIntegerField(null=True)
    step = models.CharField(max_length=10, choices=Step)
    from_holder = models.CharField(max_length=10, choices=Holder)
    from_name = models.CharField(max_length=200)
    to_holder = models.CharField(max_length=10, choices=Holder)
    to_name = models.CharField(max_length=200)
    signed_by = models.CharField(max_length=200, help_text="name under the signature of who received")
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["parcel_id", "seq"]
        indexes = [models.Index("at", name="custody_at")]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "seq"], name="custody_seq_once"),
            models.UniqueConstraint(fields=["parcel", "seq", "to_holder", "to_name"], name="custody_end_once"),
            models.CheckConstraint(
                condition=Q(seq=1, previous_seq__isnull=True)
                | Q(seq__gt=1, previous_seq__isnull=False, previous_seq=F("seq") - 1),
                name="custody_follows_the_one_before",
            ),
            models.CheckConstraint(
                condition=~Q(from_name="") & ~Q(to_name="") & ~Q(signed_by=""),
                name="custody_has_names",
                violation_error_message=_("Mỗi lần giao nhận phải có tên người giao, người nhận và người ký."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id}/{self.seq} {self.step}"

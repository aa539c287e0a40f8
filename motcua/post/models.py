"""Parcels of the public post: what came in, what went out, under which item number."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way a parcel travels."""

    INBOUND = "in", _("Gửi đến")
    OUTBOUND = "out", _("Chuyển trả")


class Parcel(models.Model):
    """One item of the public post. Inbound: the legal submission moment is the signed hand-over (`handed_at`).

    Law: QD45-2016 7
    """

    direction = models.CharField(max_length=3, choices=Direction)
    item_no = models.CharField(max_length=30)
    carrier = models.CharField(max_length=60, default="VNPost")
    handed_at = models.DateTimeField()
    address = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["direction", "carrier", "item_no"],
                name="parcel_item_no_once",
                violation_error_message=_("Số hiệu bưu gửi này đã được ghi nhận."),
            ),
        ]

    def __str__(self) -> str:
        return self.item_no

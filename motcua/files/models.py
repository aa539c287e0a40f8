"""Files as they were handed in: content-addressed, never changed, checked before they are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One file that somebody handed in; equal contents share one place in the store."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField(_("dung lượng"))
    media_type = models.CharField(max_length=100)
    name = models.CharField(_("tên tệp"), max_length=255)
    stored_at = models.DateTimeField()
    # An account's id without a foreign key: `people` is on the same floor.
    stored_by = models.BigIntegerField(null=True)
    pages = models.IntegerField(_("số trang"), null=True)
    is_scanned = models.BooleanField(default=False, db_default=False, help_text="a virus scanner found nothing")
    signatures = models.CharField(
        max_length=12, default="", db_default="", help_text="the worst verdict then; none: unsigned; empty: not looked"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size_bytes__gt=0), name="file_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name

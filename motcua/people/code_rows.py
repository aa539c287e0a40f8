"""Rows about contacts and passwords: one-time codes, and what was done to an account, for ever."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a code is good for."""

    CONFIRM = "confirm", _("Xác nhận địa chỉ liên hệ")
    PASSWORD = "password", _("Đặt mật khẩu mới")


class OneTimeCode(models.Model):
    """Six digits that prove who reads a contact, once, for a few minutes. The digits are nowhere: see `codes.digits_of`.

    sent_at: when the worker took it to send it; null while it waits, and for ever where an administrator hands it over
    (`given_by`). tries: how often digits were compared with it.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=8, choices=Purpose)
    address = models.CharField(max_length=254, blank=True)
    nonce = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_by__isnull=False) | ~models.Q(address=""), name="code_goes_somewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="code_lives_for_a_while"
            ),
        ]
        indexes = [
            models.Index("account", "purpose", "id", name="code_newest"),
            models.Index("made_at", name="code_to_send", condition=models.Q(sent_at=None, given_by=None)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.purpose}"


class AccountEvent(models.Model):
    """What was done to an account's contacts and password; its owner reads it. Only ever added (a trigger holds this)."""

    class What(models.TextChoices):
        CODE = "code", _("Gửi mã dùng một lần")
        CONFIRMED = "confirmed", _("Xác nhận địa chỉ liên hệ")
        PASSWORD = "password", _("Đặt mật khẩu mới bằng mã")
        COUNTER = "counter", _("Quản trị cấp mã tại quầy sau khi xem giấy tờ")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="events_told", db_index=False)
    what = models.CharField(max_length=10, choices=What)
    address = models.CharField(max_length=254, blank=True, default="")
    paper = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("account", "id", name="account_event_of")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(what="counter") | models.Q(by__isnull=False) & ~models.Q(paper=""),
                name="code_at_the_counter_has_a_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.what}"

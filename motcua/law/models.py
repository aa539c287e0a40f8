"""Regimes: what the law says, since when, from which article, and how sure we are."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """One state of the regimes; made whenever a regime or a parameter changes."""

    made_at = models.DateTimeField(_("lúc"))
    note = models.TextField(_("lý do"))

    class Meta:
        verbose_name = _("lần sửa quy định")
        verbose_name_plural = _("các lần sửa quy định")

    def __str__(self) -> str:
        return f"{self.pk}: {self.note}"


class Regime(models.Model):
    """The rules for dossiers accepted from `valid_from` on, no longer on `valid_to`."""

    code = models.CharField(_("mã"), max_length=30, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300)

    class Meta:
        verbose_name = _("chế độ pháp lý")
        verbose_name_plural = _("các chế độ pháp lý")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["valid_from"],
                name="regime_one_per_start",
                violation_error_message=_("Đã có chế độ bắt đầu từ ngày này."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="regime_dates",
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, day: date) -> bool:
        """In force on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class RegimeParameter(models.Model):
    """One value of a regime with its article; a person of the province can approve it or set another."""

    class Confidence(models.TextChoices):
        FOUND = "found", _("có văn bản")
        HIGH = "high", _("chắc chắn")
        MEDIUM = "medium", _("khá chắc")
        LOW = "low", _("chưa chắc")

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="parameters")
    key = models.CharField(_("tham số"), max_length=50)
    value = models.JSONField(_("giá trị"), null=True)
    basis = models.CharField(_("căn cứ"), max_length=300)
    confidence = models.CharField(_("độ tin cậy"), max_length=10, choices=Confidence.choices)
    approved_by = models.CharField(_("người duyệt"), max_length=200, null=True, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("tham số pháp lý")
        verbose_name_plural = _("các tham số pháp lý")
        constraints = [
            models.UniqueConstraint(
                fields=["regime", "key"],
                name="regime_parameter_once",
                violation_error_message=_("Tham số này đã có trong chế độ."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="regime_parameter_approval",
                violation_error_message=_("Người duyệt và ngày duyệt phải đi cùng nhau."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regime_id} {self.key} = {self.value}"

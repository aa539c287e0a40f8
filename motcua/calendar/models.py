"""Days off, make-up days, known years and office hours, each with the editions in which it stood.

Rows are never changed: a row is added by one edition and removed by a later one, so that every edition can be
read again for ever.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """One state of the calendar; promises name the edition that they were made under."""

    made_at = models.DateTimeField(_("lúc"))
    note = models.TextField(_("lý do"))

    class Meta:
        verbose_name = _("bản lịch làm việc")
        verbose_name_plural = _("các bản lịch làm việc")

    def __str__(self) -> str:
        return f"{self.pk}: {self.note}"


class EditedQuerySet(models.QuerySet):
    """Rows that editions add and remove."""

    def of(self, edition: int) -> "EditedQuerySet":
        """The rows that stood in an edition."""
        return self.filter(Q(removed=None) | Q(removed__gt=edition), added__lte=edition)

    def live(self) -> "EditedQuerySet":
        """The rows that no edition has removed."""
        return self.filter(removed=None)


class Edited(models.Model):
    """Added by one edition, removed by a later one."""

    added = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    removed = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = EditedQuerySet.as_manager()

    class Meta:
        abstract = True


class PublicDay(Edited):
    """A day that is off, or worked, against its weekday. Law: BLLD-2019 112"""

    class Kind(models.TextChoices):
        HOLIDAY = "NGHI_LE", _("nghỉ lễ")
        SUBSTITUTE = "NGHI_BU", _("nghỉ bù")
        SWAPPED = "NGHI_HOAN_DOI", _("nghỉ hoán đổi")
        MAKE_UP = "LAM_BU", _("làm bù")
        UNDECIDED = "CHUA_CHAC", _("chưa chắc, Trung tâm quyết định")

    day = models.DateField(_("ngày"))
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=200)
    makes_up_for = models.DateField(_("làm bù cho ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ngày nghỉ, làm bù")
        verbose_name_plural = _("ngày nghỉ, làm bù")
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(removed=None),
                name="public_day_once",
                violation_error_message=_("Ngày này đã có trong lịch."),
            ),
            models.CheckConstraint(
                condition=Q(makes_up_for=None) | Q(kind="LAM_BU"),
                name="public_day_makes_up",
                violation_error_message=_("Chỉ ngày làm bù mới thay cho một ngày khác."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class PublishedYear(Edited):
    """A year whose days off are all in the calendar; outside such years nothing is counted."""

    year = models.PositiveSmallIntegerField(_("năm"))
    provisional = models.BooleanField(_("dự kiến, chưa có thông báo"), default=False)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("năm đã có lịch nghỉ")
        verbose_name_plural = _("các năm đã có lịch nghỉ")
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(removed=None),
                name="published_year_once",
                violation_error_message=_("Năm này đã có trong lịch."),
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class WorkSchedule(Edited):
    """The office hours of one weekday in a schedule, from `valid_from` on, no longer on `valid_to`.

    A schedule other than `default` needs rows only for the weekdays on which it differs.
    """

    code = models.CharField(_("lịch làm việc"), max_length=50, default="default")
    weekday = models.PositiveSmallIntegerField(_("thứ"), help_text=_("0 là thứ Hai, 6 là Chủ nhật"))
    sessions = models.CharField(_("các buổi"), max_length=100, help_text="07:00-11:30, 13:30-17:00")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    counts_weekend = models.BooleanField(
        _("tính vào thời hạn"),
        default=False,
        help_text=_("Chỉ cho thứ Bảy, Chủ nhật: nếu không, đó chỉ là giờ tiếp nhận hồ sơ."),
    )

    class Meta:
        verbose_name = _("giờ làm việc")
        verbose_name_plural = _("giờ làm việc")
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6),
                name="work_schedule_weekday",
                violation_error_message=_("Thứ phải từ 0 (thứ Hai) đến 6 (Chủ nhật)."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="work_schedule_dates",
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.weekday}: {self.sessions}"

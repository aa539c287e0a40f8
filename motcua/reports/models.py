"""Figures that somebody answered for, frozen with the dossiers behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.reports.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable


class PeriodCloseQuerySet(models.QuerySet["PeriodClose"]):
    """Closes by what they are about."""

    def of(self, period: Period, office_id: int, place: str) -> PeriodCloseQuerySet:
        """Closes of the same figures, the first one first."""
        same = self.filter(first=period.first, last=period.last, office_id=office_id, place=place)
        return same.order_by("number")

    def seen_by(self, allowed: Iterable[int] | None) -> PeriodCloseQuerySet:
        """Those of offices whose figures somebody may see; None: of all offices."""
        return self.all() if allowed is None else self.filter(office_id__in=allowed)


class PeriodClose(models.Model):
    """One close of a period for an office with everything below it, for ever: the database refuses UPDATE and DELETE.

    `number` counts the closes of the same period, office and place; from the second on `reason` says why it was needed.
    `definitions`: {"meaning": of the sets, "measures": {measure: [name, sentence, law, [parts]]}} in Vietnamese as they
    were then; `digest` is over the figures and the dossiers behind each of them, `signature` a signed text (see
    `signing.codes`) that holds both.
    """

    class Place(models.TextChoices):
        """Whose dossiers: those of the competent authority, or those of the unit that received them."""

        COMPETENT = "competent", _("Cơ quan giải quyết")
        RECEIVING = "receiving", _("Nơi tiếp nhận")

    first = models.DateField()
    last = models.DateField(help_text="inclusive")
    text = models.CharField(max_length=20, blank=True, help_text="the period in one word, such as 2021-11")
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    place = models.CharField(max_length=10, choices=Place)
    number = models.SmallIntegerField()
    reason = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    closed_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField()
    definitions = models.JSONField()
    definition_version = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    signature = models.TextField()

    objects = PeriodCloseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "last", "office", "place", "number"], name="close_number_once"),
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="close_of_a_period"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="close_again_says_why",
                violation_error_message=_("Chốt lại thì cần nêu lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period.key}/{self.office_id}/{self.place}/{self.number}"

    @property
    def period(self) -> Period:
        """The days that it is about."""
        return Period(self.first, self.last, self.text)


class OpenMonth(models.Model):
    """The open data of a month that a province closed, for ever: the database refuses UPDATE and DELETE.

    `manifest` is JSON: what the files are, their checksums, and a signed text over all that. Closed again, a month is
    published again; the newest one is shown.
    """

    close = models.OneToOneField(PeriodClose, models.PROTECT, related_name="open_month")
    threshold = models.SmallIntegerField(help_text="numbers below it are hidden")
    csv = models.TextField()
    json = models.TextField()
    manifest = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.close_id}"


class FrozenFigure(models.Model):
    """One counted figure of one office in a close, with the ids of its dossiers in ascending order; append-only.

    An office that counted nothing of a measure has no row. Dossiers are not checked by the database: they are never
    deleted, and a close of a month may hold a hundred thousand.
    """

    close = models.ForeignKey(PeriodClose, models.PROTECT, related_name="figures", db_index=False)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    measure = models.CharField(max_length=40)
    dossiers = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["close", "office", "measure"], name="frozen_figure_once")]

    def __str__(self) -> str:
        return f"{self.close_id} {self.office_id} {self.measure}"


class LateCauseQuerySet(models.QuerySet["LateCause"]):
    """Causes by what they are about."""

    def said_of(self, dossier_ids: Iterable[int]) -> dict[int, LateCause]:
        """dossier → the last thing that was said of it; those of which nothing was said are not among them."""
        rows = self.filter(dossier_id__in=list(dossier_ids)).order_by("dossier_id", "-number").distinct("dossier_id")
        return {row.dossier_id: row for row in rows}


class LateCause(models.Model):
    """Why a dossier is late, as a leader of its authority says, and what they propose; append-only, the last one counts.

    Law: TT01-2020 2
    """

    class Cause(models.TextChoices):
        """The causes that forms II.06đ and II.06g are told by; stored codes never change."""

        HANDLING = "handling", _("Cơ quan giải quyết xử lý chậm")
        OPINION = "opinion", _("Cơ quan phối hợp cho ý kiến chậm")
        WORKLOAD = "workload", _("Số lượng hồ sơ lớn, thiếu người")
        COMPLEX = "complex", _("Hồ sơ phức tạp, phải kiểm tra, xác minh nhiều lần")
        REGULATION = "regulation", _("Quy định chưa rõ hoặc chồng chéo")
        APPLICANT = "applicant", _("Tổ chức, cá nhân chậm phối hợp hoặc chậm thực hiện nghĩa vụ")
        SYSTEM = "system", _("Sự cố hệ thống, đường truyền, kết nối")
        RECORDING = "recording", _("Đã giải quyết nhưng cập nhật chậm trên hệ thống")
        FORCE_MAJEURE = "force_majeure", _("Thiên tai, dịch bệnh, sự kiện bất khả kháng")
        OTHER = "other", _("Nguyên nhân khác")

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    cause = models.CharField(max_length=16, choices=Cause)
    words = models.CharField(max_length=1000)
    proposal = models.CharField(max_length=1000, blank=True)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    said_by_name = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    objects = LateCauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="late_cause_number_once"),
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="late_cause_has_words",
                violation_error_message=_("Cần nói rõ nguyên nhân."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number} {self.cause}"


class KeptCount(models.Model):
    """What was counted of a period that is over, by the offices of a place: nobody answers for it, and it can be counted again.

    `figures`: [[office, measure, how many], …] of the counted measures; `votes`: the same of votes, None where it was kept
    before votes were. `meaning`: of the sets that were counted.
    """

    first = models.DateField()
    last = models.DateField(help_text="inclusive")
    place = models.CharField(max_length=10, choices=PeriodClose.Place)
    meaning = models.SmallIntegerField()
    figures = models.JSONField()
    votes = models.JSONField(null=True)
    made_at = models.DateTimeField(db_default=models.Func(function="clock_timestamp"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "last", "place"], name="kept_count_once")]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d}_{self.last:%Y-%m-%d} {self.place}"

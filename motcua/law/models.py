"""Regimes: what the law says, since when, from which article, how sure we are; who proposed and who approved what.

Rows are only ever added (the database refuses the rest), but for the end of a regime when another follows it.
"""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Coalesce, Lead
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


class Scope(models.TextChoices):
    """For which dossiers a value holds; the narrower counts before the wider."""

    PRESET = "preset", _("văn bản pháp luật")
    PROVINCE = "province", _("toàn tỉnh")
    FIELD = "field", _("một lĩnh vực")
    PROCEDURE = "procedure", _("một thủ tục")


OWN_SCOPES = (Scope.PROVINCE, Scope.FIELD, Scope.PROCEDURE)


class Placed(models.Model):
    """What one value of a regime speaks of; `ends`: from that day the place has no value of its own any more."""

    regime = models.ForeignKey(Regime, on_delete=models.PROTECT, related_name="%(class)ss")
    scope = models.CharField(_("phạm vi"), max_length=10, choices=Scope.choices)
    target = models.CharField(_("lĩnh vực hoặc mã thủ tục"), max_length=200, blank=True)
    key = models.CharField(_("tham số"), max_length=50)
    value = models.JSONField(_("giá trị"), null=True)
    ends = models.BooleanField(_("thôi quy định riêng"), default=False)
    valid_from = models.DateField(_("từ ngày"))

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(scope__in=["preset", "province"], target="")
                | Q(scope__in=["field", "procedure"]) & ~Q(target=""),
                name="%(class)s_target",
                violation_error_message=_("Quy định riêng phải nêu lĩnh vực hoặc thủ tục nào."),
            ),
            models.CheckConstraint(
                condition=Q(ends=False) | Q(value__isnull=True) & ~Q(scope="preset"),
                name="%(class)s_ends_without_value",
                violation_error_message=_("Thôi quy định riêng thì không có giá trị."),
            ),
        ]


class Proposal(Placed):
    """Somebody's wish that a parameter be another from a day on, with the reason and the document."""

    old_value = models.JSONField(_("giá trị trước đó"), null=True)
    reason = models.TextField(_("lý do"))
    document = models.CharField(_("văn bản"), max_length=300)
    # Accounts are a room beside this one: number and name at the time, as in the journal of dossiers.
    proposed_by = models.BigIntegerField(_("người đề nghị"))
    proposer_name = models.CharField(_("tên người đề nghị"), max_length=200)
    proposed_at = models.DateTimeField(_("đề nghị lúc"))

    class Meta(Placed.Meta):
        verbose_name = _("đề nghị sửa tham số")
        verbose_name_plural = _("các đề nghị sửa tham số")
        constraints = [
            *Placed.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document=""),
                name="proposal_has_grounds",
                violation_error_message=_("Đề nghị phải có lý do và văn bản."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regime_id} {self.key}: {self.old_value} → {self.value}"


class Decision(models.Model):
    """What another person said to a proposal; said once."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="decision")
    approved = models.BooleanField(_("đồng ý"))
    decided_by = models.BigIntegerField(_("người quyết định"))
    decider_name = models.CharField(_("tên người quyết định"), max_length=200)
    decided_at = models.DateTimeField(_("quyết định lúc"))
    note = models.TextField(_("ý kiến"), blank=True)

    class Meta:
        verbose_name = _("quyết định về đề nghị")
        verbose_name_plural = _("các quyết định về đề nghị")
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(note=""),
                name="rejection_has_a_reason",
                violation_error_message=_("Không đồng ý thì phải nêu lý do."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {'+' if self.approved else '-'}"


class ParameterQuerySet(models.QuerySet):
    def with_end(self) -> Self:
        """Each row with `valid_to`: when the next of its place begins, else when the regime ends; not valid on that day."""
        following = Window(
            Lead("valid_from"),
            partition_by=[F("regime"), F("scope"), F("target"), F("key")],
            order_by=[F("valid_from").asc(), F("id").asc()],
        )
        return self.annotate(valid_to=Coalesce(following, F("regime__valid_to")))


class RegimeParameter(Placed):
    """One value with its article and its approval: as the law's text has it (preset), or as the province decided."""

    class Confidence(models.TextChoices):
        FOUND = "found", _("có văn bản")
        HIGH = "high", _("chắc chắn")
        MEDIUM = "medium", _("khá chắc")
        LOW = "low", _("chưa chắc")

    basis = models.CharField(_("căn cứ"), max_length=300)
    confidence = models.CharField(_("độ tin cậy"), max_length=10, choices=Confidence.choices)
    approved_by = models.CharField(_("người duyệt"), max_length=200, null=True, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, null=True, related_name="parameter")

    objects = ParameterQuerySet.as_manager()

    class Meta(Placed.Meta):
        verbose_name = _("tham số pháp lý")
        verbose_name_plural = _("các tham số pháp lý")
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(
                fields=["regime", "key", "valid_from"],
                condition=Q(scope="preset"),
                name="regime_parameter_once",
                violation_error_message=_("Tham số này đã có trong chế độ."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="regime_parameter_approval",
                violation_error_message=_("Người duyệt và ngày duyệt phải đi cùng nhau."),
            ),
            models.CheckConstraint(
                condition=Q(scope="preset", proposal=None) | ~Q(scope="preset") & Q(proposal__isnull=False),
                name="own_value_was_proposed",
                violation_error_message=_("Giá trị của tỉnh phải qua đề nghị và phê duyệt."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regime_id} {self.key} = {self.value}"

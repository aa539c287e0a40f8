"""Tables of indicators: dated data, not code. A new one is proposed by one person and approved by another.

Rows are only ever added; the database refuses the rest. Law: QD766-2022; TT01-2018 13
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scheme(models.TextChoices):
    """What a table scores."""

    SERVICE_QUALITY = "qd766", _("Bộ chỉ số chất lượng phục vụ (Quyết định 766/QĐ-TTg)")
    NINE = "nine", _("Chín chỉ số đánh giá (Thông tư 01/2018/TT-VPCP)")


class TableProposal(models.Model):
    """Somebody's wish that another table hold from a day on: the whole table as data, with reason and document."""

    scheme = models.CharField(_("bộ chỉ số"), max_length=10, choices=Scheme.choices)
    content = models.JSONField(_("bảng đề nghị"), help_text="as `tables.read_table` takes it")
    valid_from = models.DateField(_("từ ngày"))
    reason = models.TextField(_("lý do"))
    document = models.CharField(_("văn bản"), max_length=300)
    # Number and name at the time, as the proposals of the law keep them.
    proposed_by = models.BigIntegerField(_("người đề nghị"))
    proposer_name = models.CharField(_("tên người đề nghị"), max_length=200)
    proposed_at = models.DateTimeField(_("đề nghị lúc"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document=""),
                name="table_proposal_has_grounds",
                violation_error_message=_("Đề nghị phải có lý do và văn bản."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.valid_from:%d/%m/%Y}"


class TableDecision(models.Model):
    """What another person said to a proposed table; said once."""

    proposal = models.OneToOneField(TableProposal, models.PROTECT, related_name="decision")
    approved = models.BooleanField(_("đồng ý"))
    decided_by = models.BigIntegerField(_("người quyết định"))
    decider_name = models.CharField(_("tên người quyết định"), max_length=200)
    decided_at = models.DateTimeField(_("quyết định lúc"))
    note = models.TextField(_("ý kiến"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(note=""),
                name="table_rejection_has_a_reason",
                violation_error_message=_("Không đồng ý thì phải nêu lý do."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {'+' if self.approved else '-'}"


class IndicatorTable(models.Model):
    """One table, from `valid_from` until another of its scheme begins, no longer on `valid_to` where it has an end.

    groups: [[code, name, points]]. parameters: what is counted where nothing is there, classes, thresholds (`tables.py`).
    """

    scheme = models.CharField(_("bộ chỉ số"), max_length=10, choices=Scheme.choices)
    code = models.CharField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=300)
    valid_from = models.DateField(_("có hiệu lực từ"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300)
    source = models.TextField(_("nguồn"), blank=True)
    groups = models.JSONField(default=list)
    parameters = models.JSONField(default=dict)
    approved_by = models.CharField(_("người duyệt"), max_length=200, blank=True)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True)
    proposal = models.OneToOneField(TableProposal, models.PROTECT, null=True, related_name="table")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "valid_from"],
                name="one_table_begins_on_a_day",
                violation_error_message=_("Đã có bảng chỉ số bắt đầu từ ngày này."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")),
                name="table_dates",
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            ),
            models.CheckConstraint(
                condition=Q(proposal=None, approved_by="", approved_at=None)
                | Q(proposal__isnull=False, approved_at__isnull=False) & ~Q(approved_by=""),
                name="own_table_was_approved",
                violation_error_message=_("Bảng của tỉnh phải qua đề nghị và phê duyệt."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """One row of a table. max_points 0: shown for information. target: percent, null where points grow with the rate."""

    class Scoring(models.TextChoices):
        LINEAR = "linear", _("Theo tỷ lệ")
        THRESHOLD = "threshold", _("Đạt mục tiêu mới có điểm")

    table = models.ForeignKey(IndicatorTable, models.PROTECT, related_name="indicators")
    seq = models.SmallIntegerField()
    code = models.CharField(_("mã"), max_length=10)
    name = models.CharField(_("tên"), max_length=300)
    formula = models.CharField(_("công thức"), max_length=40)
    group = models.CharField(_("nhóm"), max_length=10)
    max_points = models.DecimalField(_("điểm tối đa"), max_digits=5, decimal_places=2)
    target = models.DecimalField(_("mục tiêu (%)"), max_digits=5, decimal_places=2, null=True)
    scoring = models.CharField(_("cách tính điểm"), max_length=10, choices=Scoring.choices, default=Scoring.LINEAR)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["table", "seq"], name="indicator_seq_once"),
            models.UniqueConstraint(fields=["table", "code"], name="indicator_code_once"),
            models.UniqueConstraint(fields=["table", "formula"], name="indicator_formula_once"),
            models.CheckConstraint(condition=Q(max_points__gte=0), name="indicator_points_not_negative"),
            models.CheckConstraint(
                condition=Q(target=None) | Q(target__gt=0, target__lte=100), name="indicator_target_is_a_percentage"
            ),
            models.CheckConstraint(
                condition=~Q(scoring="threshold") | Q(target__isnull=False), name="indicator_threshold_has_a_target"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

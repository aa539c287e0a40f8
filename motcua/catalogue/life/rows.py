"""Dated facts about procedures. Every row is only ever added (triggers refuse the rest); a later row corrects an earlier."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LegalAct(models.Model):
    """A document that something rests on: a legal text, a decision to announce, to approve a list, to shorten limits."""

    class Issuer(models.TextChoices):
        MINISTER = "minister", _("Bộ trưởng, Thủ trưởng cơ quan ngang bộ")
        CHAIRMAN = "chairman", _("Chủ tịch Ủy ban nhân dân cấp tỉnh")
        OTHER = "other", _("Cơ quan khác")

    number = models.CharField(_("số, ký hiệu"), max_length=100)
    signed_on = models.DateField(_("ngày ký"))
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True)
    issuer = models.CharField(_("thẩm quyền ban hành"), max_length=10, choices=Issuer.choices)
    issued_by = models.CharField(_("cơ quan, người ký"), max_length=200)
    shortened = models.BooleanField(_("theo trình tự, thủ tục rút gọn"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "signed_on", "issued_by"], name="legal_act_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(issued_by=""), name="legal_act_is_named"),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=models.F("signed_on")),
                name="legal_act_in_force_after_signing",
                violation_error_message=_("Ngày có hiệu lực không được trước ngày ký."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.signed_on:%d/%m/%Y})"


class Recorded(models.Model):
    """Who entered a row, and when; the act it rests on where there is one."""

    act = models.ForeignKey(LegalAct, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class LifeEventQuerySet(models.QuerySet["LifeEvent"]):
    def standing(self, on: date) -> Self:
        """Those that have happened by the end of a day and were not corrected, oldest first."""
        return self.filter(on__lte=on, correction=None).exclude(kind="corrected").order_by("on", "id")


class LifeEvent(Recorded):
    """One thing that happened to a procedure. Law: ND63-2010 13; ND63-2010 24"""

    class Kind(models.TextChoices):
        DECIDED = "decided", _("Văn bản quy định thủ tục được ban hành")
        ANNOUNCED = "announced", _("Công bố")
        MADE_PUBLIC = "made_public", _("Công khai trên Cơ sở dữ liệu quốc gia về thủ tục hành chính")
        POSTED = "posted", _("Niêm yết")
        IN_USE = "in_use", _("Đưa vào thực hiện")
        AMENDED = "amended", _("Sửa đổi, bổ sung")
        REPLACED = "replaced", _("Bị thay thế")
        SUSPENDED = "suspended", _("Tạm ngừng")
        RESUMED = "resumed", _("Thực hiện trở lại")
        ABOLISHED = "abolished", _("Bãi bỏ")
        CORRECTED = "corrected", _("Đính chính: dòng trước ghi nhầm")

    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="life")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    replaced_by = models.ForeignKey("catalogue.Procedure", models.PROTECT, null=True, related_name="replaces")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    note = models.TextField(default="", blank=True)

    objects = LifeEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["procedure", "on"], name="life_of_procedure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["made_public", "posted", "in_use", "corrected"]) | Q(act__isnull=False),
                name="life_event_rests_on_an_act",
                violation_error_message=_("Cần ghi văn bản làm căn cứ."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="replaced") ^ Q(replaced_by__isnull=False),
                name="replaced_names_its_successor",
                violation_error_message=_("Cần nêu thủ tục thay thế."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=models.F("procedure")),
                name="not_replaced_by_itself",
                violation_error_message=_("Một thủ tục không thể thay thế chính nó."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="corrected") ^ (Q(corrects__isnull=False) & ~Q(note="")),
                name="correction_says_of_what_and_why",
                violation_error_message=_("Đính chính phải nêu dòng ghi nhầm và lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.kind} {self.on:%d/%m/%Y}"


class ServiceLevel(Recorded):
    """The online level of a procedure from a day on, in one scheme; the schemes stand side by side.

    The newest row of a scheme counts. Law: ND43-2011 3; ND42-2022; ND224-2026 14
    """

    class Scheme(models.TextChoices):
        FOUR_LEVELS = "four_levels", _("Mức độ 1–4 (Nghị định 43/2011/NĐ-CP)")
        FULL_PARTIAL = "full_partial", _("Toàn trình, một phần (Nghị định 42/2022/NĐ-CP)")
        FULL_BY_DEFAULT = "full_by_default", _("Mặc định toàn trình, chủ động (Nghị định 224/2026/NĐ-CP)")

    class Level(models.TextChoices):
        ONE = "1", _("mức độ 1")
        TWO = "2", _("mức độ 2")
        THREE = "3", _("mức độ 3")
        FOUR = "4", _("mức độ 4")
        NONE = "none", _("chưa trực tuyến")
        PARTIAL = "partial", _("một phần")
        FULL = "full", _("toàn trình")
        PROACTIVE = "proactive", _("chủ động")

    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="service_levels")
    scheme = models.CharField(max_length=16, choices=Scheme.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    valid_from = models.DateField(_("từ ngày"))

    class Meta:
        indexes = [models.Index(fields=["procedure", "scheme", "valid_from"], name="level_of_procedure")]
        constraints = [
            models.CheckConstraint(
                condition=Q(scheme="four_levels", level__in=["1", "2", "3", "4"])
                | Q(scheme="full_partial", level__in=["none", "partial", "full"])
                | Q(scheme="full_by_default", level__in=["none", "partial", "full", "proactive"]),
                name="level_belongs_to_its_scheme",
                violation_error_message=_("Mức này không có trong cách phân loại đã chọn."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.scheme} {self.level}"


class Commitment(Recorded):
    """The shorter limit that the province promises, beside the statutory one it was cut from.

    The newest row counts, that of a case before that of the whole procedure; `committed` null ends the promise.
    """

    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="commitments")
    case_seq = models.PositiveSmallIntegerField(null=True, help_text="number of the case; null: every case")
    statutory = models.JSONField(help_text="calendar.limits.Limit.to_json(), as it was when the act was signed")
    committed = models.JSONField(null=True)
    valid_from = models.DateField(_("từ ngày"))

    class Meta:
        indexes = [models.Index(fields=["procedure", "valid_from"], name="commitment_of_procedure")]
        constraints = [models.CheckConstraint(condition=Q(act__isnull=False), name="commitment_rests_on_an_act")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.valid_from:%d/%m/%Y}"


class Review(Recorded):
    """One round of reviewing procedures. Law: ND63-2010 27"""

    title = models.CharField(_("tên đợt rà soát"), max_length=300, unique=True)
    began_on = models.DateField(_("ngày bắt đầu"))

    def __str__(self) -> str:
        return self.title


class Proposal(Recorded):
    """What a review found for one procedure: it stays as it is, or a change is proposed."""

    class Kind(models.TextChoices):
        KEEP = "keep", _("Giữ nguyên")
        SIMPLIFY = "simplify", _("Đơn giản hóa")
        SHORTEN = "shorten", _("Cắt giảm thời hạn")
        ABOLISH = "abolish", _("Bãi bỏ")
        DECENTRALISE = "decentralise", _("Phân cấp")
        DELEGATE = "delegate", _("Ủy quyền")

    review = models.ForeignKey(Review, models.PROTECT, related_name="proposals")
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    words = models.TextField(_("nội dung đề xuất"), default="", blank=True)
    on = models.DateField(_("ngày"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "procedure", "kind"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(kind="keep") | ~Q(words=""),
                name="proposal_says_what",
                violation_error_message=_("Cần ghi nội dung đề xuất."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.kind}"


class ProposalStep(Recorded):
    """Where a proposal got to; the newest row counts, none means: proposed."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Đã đề xuất")
        SUBMITTED = "submitted", _("Đã trình cấp có thẩm quyền")
        APPROVED = "approved", _("Được chấp thuận")
        REJECTED = "rejected", _("Không được chấp thuận")
        CARRIED_OUT = "carried_out", _("Đã thực hiện")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=State.choices)
    on = models.DateField(_("ngày"))

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected", "carried_out"]) | Q(act__isnull=False),
                name="proposal_decided_by_an_act",
                violation_error_message=_("Cần ghi văn bản quyết định."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.state}"


class OnsiteList(Recorded):
    """The approved list of procedures done wholly at the centre; the newest list in force replaces those before."""

    valid_from = models.DateField(_("từ ngày"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(act__isnull=False), name="onsite_list_is_approved")]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"


class OnsiteEntry(models.Model):
    """One procedure version of a list, with how much of it is done at the centre."""

    class Mode(models.TextChoices):
        FOUR = "four", _("4 tại chỗ: tiếp nhận, thẩm định, phê duyệt, trả kết quả")
        FIVE = "five", _("5 tại chỗ: tiếp nhận, thẩm định, phê duyệt, đóng dấu, trả kết quả")

    list = models.ForeignKey(OnsiteList, models.PROTECT, related_name="entries")
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="onsite_entries")
    version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="onsite_entries")
    mode = models.CharField(max_length=4, choices=Mode.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "procedure"], name="onsite_once_per_list")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.mode}"


class OnsiteProcess(models.Model):
    """A process with its steps at the centre, for procedures of the approved list: one person proposes it.

    It holds for a procedure from its day on, once another person has approved it, and as long as the list has the
    procedure. Law: TT01-2018 6
    """

    process = models.OneToOneField("catalogue.Process", models.PROTECT, related_name="onsite")
    base = models.ForeignKey("catalogue.Process", models.PROTECT, related_name="+")
    mode = models.CharField(max_length=4, choices=OnsiteEntry.Mode.choices)
    codes = ArrayField(models.CharField(max_length=40))
    valid_from = models.DateField(_("từ ngày"))
    document = models.CharField(_("văn bản"), max_length=300)
    reason = models.TextField(_("lý do"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(reason="") & ~Q(codes=[]), name="onsite_process_has_its_grounds"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.valid_from:%d/%m/%Y}"


class OnsiteDecision(models.Model):
    """What another person said to a proposed process."""

    proposal = models.OneToOneField(OnsiteProcess, models.PROTECT, related_name="decision")
    approved = models.BooleanField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    note = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=True) | ~Q(note=""), name="onsite_process_refused_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.approved}"

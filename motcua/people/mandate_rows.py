"""Organisations, and who may act for whom: rows that end and are never changed or deleted (triggers hold this)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.IntegerChoices):
    """What an organisation is, numbered as dossiers number their owners."""

    ENTERPRISE = 2, _("Doanh nghiệp")
    STATE_BODY = 3, _("Cơ quan nhà nước")
    OTHER = 4, _("Tổ chức khác")


class MandateKind(models.TextChoices):
    """As what somebody acts for another. Law: BLDS-2015 135"""

    REPRESENTATIVE = "representative", _("Người đại diện theo pháp luật")
    MEMBER = "member", _("Thành viên được phân công")
    AGENT = "agent", _("Người được ủy quyền")


class Proof(models.TextChoices):
    """How it was known who represents an organisation."""

    IDENTITY = "identity", _("Nhà cung cấp định danh xác nhận")
    PAPER = "paper", _("Quản trị đối chiếu giấy tờ")


class Organisation(models.Model):
    """An organisation with a place of its own: an account that owns its dossiers and in which people act for it."""

    account = models.OneToOneField("people.Account", on_delete=models.PROTECT, related_name="organisation")
    kind = models.SmallIntegerField(_("loại tổ chức"), choices=OrganisationKind)
    number = models.CharField(_("mã số doanh nghiệp, mã số thuế"), max_length=20, unique=True)
    name = models.CharField(_("tên tổ chức"), max_length=200)
    proof = models.CharField(max_length=10, choices=Proof)
    registered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class OrganisationRequest(models.Model):
    """Somebody says that they represent an organisation and brings the paper to the counter; an administrator decides.

    Decided once, never deleted (a trigger).
    """

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="organisation_requests")
    kind = models.SmallIntegerField(_("loại tổ chức"), choices=OrganisationKind)
    number = models.CharField(_("mã số doanh nghiệp, mã số thuế"), max_length=20)
    name = models.CharField(_("tên tổ chức"), max_length=200)
    position = models.CharField(_("chức danh"), max_length=100)
    paper = models.CharField(_("giấy tờ chứng minh"), max_length=100)
    paper_on = models.DateField(_("ngày của giấy tờ"))
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    is_granted = models.BooleanField(null=True)
    answer = models.CharField(_("trả lời"), max_length=500, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "number"],
                condition=Q(decided_at=None),
                name="organisation_request_one_open",
                violation_error_message=_("Bạn đã có một đề nghị đang chờ."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, is_granted=None, answer="")
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_granted__isnull=False) & ~Q(answer=""),
                name="organisation_request_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("account")), name="organisation_request_by_another"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """That one person may act for another account as an applicant, how far, from which day to which, and by what paper.

    agent: who acts; null where only an identity number was named, then whoever is verified to have it.
    valid_from, valid_to: Vietnamese days, both inclusive; null: until it is ended. dossiers: submission numbers to which
    it is limited; none: all. Looking is always part of it. Law: BLDS-2015 138; BLDS-2015 140
    """

    principal = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="mandates_given")
    agent = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="mandates_held")
    agent_number = models.CharField(_("số định danh"), max_length=20, blank=True, default="")
    agent_name = models.CharField(_("họ và tên"), max_length=200)
    kind = models.CharField(max_length=14, choices=MandateKind)
    may_file = models.BooleanField(_("được nộp hồ sơ"), default=False)
    may_answer = models.BooleanField(_("được bổ sung hồ sơ"), default=False)
    may_pay = models.BooleanField(_("được thanh toán"), default=False)
    dossiers = ArrayField(models.CharField(max_length=40), default=list)
    paper = models.CharField(_("văn bản ủy quyền"), max_length=100, blank=True, default="")
    paper_on = models.DateField(_("ngày của văn bản"), null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    named_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(_("lý do kết thúc"), max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(agent__isnull=False) | ~Q(agent_number=""), name="mandate_says_to_whom"),
            models.CheckConstraint(condition=~Q(agent=F("principal")), name="mandate_is_another_s"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mandate_days_in_order"
            ),
            models.CheckConstraint(condition=Q(may_file=False) | Q(may_answer=True), name="mandate_files_and_answers"),
            models.CheckConstraint(
                condition=~Q(kind=MandateKind.AGENT) | Q(may_file=False, valid_to__isnull=False) & ~Q(paper=""),
                name="mandate_of_an_agent_has_a_paper_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="mandate_ends_with_a_reason",
            ),
        ]
        indexes = [
            models.Index("agent_number", name="mandate_of_number", condition=Q(agent=None, ended_at=None)),
        ]

    def __str__(self) -> str:
        return self.agent_name

"""What passes between the applicant and the offices before there is a result."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.filling_in import told
from motcua.catalogue.form_fields import read_fields
from motcua.dossiers.models.dossier import Dossier


class ReusedAs(models.TextChoices):
    """What a paper of the vault was in the earlier dossier."""

    PAPER = "paper", _("Giấy tờ đã nộp")
    RESULT = "result", _("Kết quả đã cấp")


REUSED = Q(reused_from__isnull=False, reused_as__in=ReusedAs.values)


class GivenPaper(models.Model):
    """A paper that came with a dossier, for which component, on paper, as a file or filled in on the screen."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    component = models.ForeignKey("catalogue.Component", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.TextField()
    originals = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(default="", db_default="", help_text="what was filled in on the screen, in free words")
    filled = models.JSONField(null=True, help_text="what was filled in, by key of the component's fields; null: none")
    given_at = models.DateTimeField()
    # Where it was not sent anew but taken out of the vault: the earlier dossier, and as what it lay there.
    reused_from = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+", db_index=False)
    reused_as = models.CharField(max_length=10, choices=ReusedAs, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reused_from=None, reused_as="") | REUSED, name="reuse_says_whence")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filled_told(self) -> list[tuple[str, str]]:
        """What was filled in, to read: label and words; the component has to be there already."""
        if self.filled is None or self.component is None:
            return []
        return told(read_fields(self.component.fields), self.filled)


class SupplementRequest(models.Model):
    """What was asked of the applicant, in one list, once per stage. Law: ND61-2018 17; ND61-2018 19(4)"""

    class Stage(models.TextChoices):
        INTAKE = "intake", _("Trước khi tiếp nhận")
        APPRAISAL = "appraisal", _("Khi thẩm định")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_requests")
    stage = models.CharField(max_length=10, choices=Stage)
    number = models.SmallIntegerField()
    beyond = models.BooleanField(
        default=False, db_default=False, help_text="a leader's, beyond the times that the law allows"
    )
    items = models.JSONField(default=list)
    reason = models.TextField()
    basis = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    last_day = models.DateField(
        null=True, help_text="until when the applicant may answer, inclusive; null: no such day"
    )
    answered_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "stage", "number"], name="supplement_number_once")]
        indexes = [models.Index("asked_at", name="supplement_beyond", condition=Q(beyond=True))]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.stage} {self.number}"


class FinancialDuty(models.Model):
    """What the applicant owes another body before the dossier can go on, and the proof that it is done."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="financial_duties")
    number = models.SmallIntegerField()
    content = models.TextField()
    amount_vnd = models.BigIntegerField(null=True, help_text="whole đồng; null: the other body says how much")
    document_no = models.CharField(max_length=60)
    payee = models.CharField(max_length=200)
    pay_by = models.DateField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    proof_no = models.CharField(max_length=60, blank=True)
    paid_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="duty_number_once"),
            models.CheckConstraint(
                condition=Q(amount_vnd__isnull=True) | Q(amount_vnd__gt=0), name="duty_is_some_money"
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__isnull=True, paid_on__isnull=True, recorded_by__isnull=True, proof_no="")
                | Q(recorded_at__isnull=False, paid_on__isnull=False, recorded_by__isnull=False) & ~Q(proof_no=""),
                name="duty_is_done_with_its_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Extension(models.Model):
    """An apology with a new date. Law: ND61-2018 19(9)"""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="extension_letters")
    number = models.SmallIntegerField()
    reason = models.TextField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="extension_number_once"),
            models.CheckConstraint(
                condition=Q(new_due_at__gt=models.F("old_due_at")),
                name="extension_is_later",
                violation_error_message=_("Ngày hẹn lại phải sau ngày hẹn cũ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.number}"


class Draft(models.Model):
    """What an applicant is still writing; no dossier yet, saved at every step, resumed anywhere."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Whom it is written for, where whoever writes acts for another; null: for themselves.
    owner_account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="+")
    case = models.ForeignKey("catalogue.ProcedureCase", models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("account", "saved_at", name="draft_of_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.version_id}"


class DraftPaper(models.Model):
    """A file kept with a draft for one component."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="papers")
    component = models.ForeignKey("catalogue.Component", models.PROTECT, null=True, related_name="+")
    name = models.TextField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="+")
    reused_from = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+", db_index=False)
    reused_as = models.CharField(max_length=10, choices=ReusedAs, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reused_from=None, reused_as="") | REUSED, name="draft_reuse_says_whence")
        ]

    def __str__(self) -> str:
        return self.name

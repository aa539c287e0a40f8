"""Forms that were issued, and the registers they are numbered in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.forms.catalogue import Kind


class Register(models.Model):
    """The numbers that an office gave in a year in one series (receipts, refusals …): 1, 2, 3 … without gaps.

    Law: TT01-2018 10
    """

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    series = models.CharField(_("loại phiếu"), max_length=10)
    year = models.SmallIntegerField(_("năm"))
    last = models.IntegerField(_("số cuối"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "series", "year"], name="register_once_per_year"),
            models.CheckConstraint(condition=models.Q(last__gt=0), name="register_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.series}/{self.year}: {self.last}"


class IssuedForm(models.Model):
    """One paper that went out: its number, its facts as they were, and the file with its hash.

    The database refuses to change or delete it; only the file may follow, once, when signing had to wait.
    Law: TT01-2018 9; TT01-2018 10
    """

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="issued_forms")
    form_id = models.CharField(_("mã mẫu"), max_length=20)
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    # The second apology of a dossier is another paper than the first.
    occasion = models.SmallIntegerField(_("lần"), default=1)
    register = models.ForeignKey(Register, models.PROTECT, related_name="forms", null=True)
    number = models.IntegerField(_("số"), null=True)
    dated_at = models.DateTimeField(_("ngày ghi trên phiếu"))
    issued_at = models.DateTimeField(_("phát hành lúc"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_by_name = models.CharField(_("người phát hành"), max_length=200)
    facts = models.JSONField(_("nội dung"))
    sealed_with = models.ForeignKey("signing.Certificate", models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "occasion"], name="form_issued_once"),
            models.UniqueConstraint(fields=["register", "number"], name="form_number_once"),
            models.CheckConstraint(
                condition=models.Q(register=None, number=None) | models.Q(register__isnull=False, number__gt=0),
                name="form_number_has_its_register",
                violation_error_message=_("Số phiếu phải nằm trong một sổ."),
            ),
            models.CheckConstraint(
                condition=models.Q(file=None, sha256="") | models.Q(file__isnull=False) & ~models.Q(sha256=""),
                name="form_file_has_its_hash",
            ),
        ]
        indexes = [models.Index("sha256", name="form_by_hash", condition=~models.Q(sha256=""))]

    def __str__(self) -> str:
        return self.number_text or f"{self.form_id} {self.dossier_id}"

    @property
    def number_text(self) -> str:
        """`12/TN`, as it is printed; numbers below ten carry a nought before them."""
        return str(self.facts.get("number", ""))

    @property
    def title(self) -> str:
        """The title it was printed with."""
        return str(self.facts.get("title", ""))


class Printing(models.Model):
    """Somebody sent a paper of a dossier to the printer; once more is another row, and none is ever changed."""

    dossier = models.ForeignKey("dossiers.Dossier", models.PROTECT, related_name="printings")
    paper = models.CharField(_("giấy"), max_length=12)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField(_("in lúc"))

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.paper} {self.printed_at:%d/%m/%Y %H:%M}"

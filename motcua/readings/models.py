"""What is kept of every reading of a person's dossier. Law: LBVDLCN-2025"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.offices.models import Role


class Through(models.TextChoices):
    """By which way a dossier was read."""

    PAGE = "page", _("trang hồ sơ")
    ACT = "act", _("trang xử lý")
    FILE = "file", _("tệp")
    PAPER = "paper", _("phiếu in")
    API = "api", _("phần mềm kết nối")
    EXPORT = "export", _("danh sách tải về")


class Purpose(models.TextChoices):
    """What for."""

    TASK = "task", _("giải quyết hồ sơ")
    OVERSIGHT = "oversight", _("giám sát, kiểm tra")
    OTHER = "other", _("việc khác, có nêu lý do")


class Reading(models.Model):
    """One reading, for ever: the database refuses UPDATE and DELETE.

    The keys are not checked by the database: checking would lock the dossier's row against the act that changes it.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", models.PROTECT, related_name="readings", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    account_name = models.CharField(max_length=200)
    office = models.ForeignKey(
        "offices.Office", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    through = models.CharField(max_length=10, choices=Through)
    purpose = models.CharField(max_length=10, choices=Purpose)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("dossier", "id", name="reading_of_dossier")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose=Purpose.TASK) | ~models.Q(reason=""),
                name="reading_says_why",
                violation_error_message=_("Cần nêu lý do xem."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.account_name}"

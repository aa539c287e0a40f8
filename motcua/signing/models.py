"""Certificates that the house knows. A private key is never a row: see `keys.py`."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def authorities(self) -> Self:
        """Those that others are issued under."""
        return self.filter(kind=Certificate.Kind.AUTHORITY)

    def of_person(self, account_id: int) -> Self:
        """A person's, the newest first."""
        return self.filter(kind=Certificate.Kind.PERSON, account_id=account_id).order_by("-valid_from", "-id")

    def of_office(self, office_id: int) -> Self:
        """An office's seals, the newest first."""
        return self.filter(kind=Certificate.Kind.OFFICE, office_id=office_id).order_by("-valid_from", "-id")

    def in_force(self, at: datetime) -> Self:
        """Begun, not expired and not withdrawn at an instant; both ends of the validity are inclusive."""
        return self.filter(
            models.Q(revoked_at=None) | models.Q(revoked_at__gt=at), valid_from__lte=at, valid_to__gte=at
        )


class Certificate(models.Model):
    """One X.509 certificate: whose it is, from when to when, issued by whom, and whether it was withdrawn."""

    class Kind(models.TextChoices):
        AUTHORITY = "authority", _("Tổ chức chứng thực")
        PERSON = "person", _("Cá nhân")
        OFFICE = "office", _("Con dấu cơ quan")

    kind = models.CharField(_("loại"), max_length=10, choices=Kind)
    # Ids without foreign keys: accounts are on the same floor, offices above.
    account_id = models.BigIntegerField(null=True, blank=True)
    office_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(_("chủ thể"), max_length=300)
    issuer = models.CharField(_("tổ chức cấp"), max_length=300)
    serial = models.CharField(_("số sê-ri"), max_length=64)
    fingerprint = models.CharField(_("dấu vân tay SHA-256"), max_length=64, unique=True)
    valid_from = models.DateTimeField(_("hiệu lực từ"))
    valid_to = models.DateTimeField(_("hiệu lực đến"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    revoked_reason = models.CharField(_("lý do thu hồi"), max_length=300, blank=True)
    der = models.BinaryField()
    # The file of its private key in the key folder; empty where the key lies elsewhere (a token, another machine).
    key_name = models.CharField(max_length=100, blank=True)
    is_development = models.BooleanField(_("chỉ để phát triển, thử nghiệm"), default=False)
    added_at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="authority", account_id=None, office_id=None)
                | models.Q(kind="person", account_id__isnull=False, office_id=None)
                | models.Q(kind="office", account_id=None, office_id__isnull=False),
                name="certificate_has_its_one_owner",
                violation_error_message=_("Chứng thư số thuộc về đúng một người, một cơ quan hoặc một tổ chức cấp."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gt=models.F("valid_from")), name="certificate_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index("account_id", name="certificate_person", condition=models.Q(kind="person")),
            models.Index("office_id", name="certificate_office", condition=models.Q(kind="office")),
        ]

    def __str__(self) -> str:
        return self.subject

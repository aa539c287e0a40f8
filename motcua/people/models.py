"""Accounts of citizens and officers, and the tokens with which programs act for them.

An account says who somebody is. What they may do comes from their postings (room `offices`), never from here.
"""

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from motcua.base.columns import folded, vietnamese_order
from motcua.base.text import fold, tidy
from motcua.people import code_rows, mandate_rows  # their models belong to this room  # noqa: F401

PHONE = re.compile(r"(?:\+?84|0)(\d{9})")
# A personal number (12 digits, on old cards 9), or the number of an enterprise (10) or of its branch.
PERSONAL_ID = re.compile(r"\d{9}|\d{10}|\d{12}|\d{10}-\d{3}")
ENTERPRISE_NO = re.compile(r"\d{10}(-\d{3})?")
WORDS = SearchVector("full_name_folded", config="simple")


def login_of(text: str) -> str:
    """One spelling of a login: small letters, no spaces; a Vietnamese phone number in its national form 0xxxxxxxxx."""
    login = tidy(text).replace(" ", "").lower()
    phone = PHONE.fullmatch(re.sub(r"[.\-()]", "", login))
    return f"0{phone.group(1)}" if phone else login


def bare_number(text: str) -> str:
    """One spelling of an identity number: no spaces or dots, capitals; rights compare these."""
    return re.sub(r"[\s.]", "", tidy(text)).upper()


class AccountQuerySet(models.QuerySet["Account"]):
    def search(self, text: str) -> "AccountQuerySet":
        """Accounts whose name has every word of the text, as a word or its beginning; marks, case and đ don't matter."""
        words = re.findall(r"\w+", fold(text))
        if not words:
            return self.none()
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), config="simple", search_type="raw")
        return self.annotate(words=WORDS).filter(words=query)

    def in_vi_order(self) -> "AccountQuerySet":
        """By name in the order of the Vietnamese alphabet."""
        return self.order_by("full_name_order", "id")


class AccountManager(BaseUserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login=login_of(username or ""))

    def create_account(self, login: str, password: str | None, full_name: str, **fields: Any) -> "Account":
        """A new account; without a password nobody can log in with it."""
        account = self.model(login=login_of(login), full_name=tidy(full_name), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A person or enterprise that logs in: citizens by e-mail or phone, officers by their office login."""

    login = models.CharField(_("tên đăng nhập"), max_length=150, unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    full_name_folded = folded("full_name")
    full_name_order = vietnamese_order("full_name")
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("số điện thoại"), max_length=20, blank=True)
    personal_id = models.CharField(_("số định danh cá nhân hoặc mã số doanh nghiệp"), max_length=20, blank=True)
    # Since when an identity provider (of an organisation, or an administrator by its paper) vouches for the number; null:
    # somebody merely wrote it.
    number_verified_at = models.DateTimeField(null=True, blank=True)
    is_officer = models.BooleanField(_("là cán bộ"), default=False)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    is_demo = models.BooleanField(default=False)
    language = models.CharField(_("ngôn ngữ"), max_length=2, default="vi")
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = AccountManager()

    class Meta:
        indexes = [
            GinIndex(WORDS, name="account_words"),
            models.Index(fields=["full_name_order", "id"], name="account_order"),
            models.Index(fields=["personal_id"], condition=~models.Q(personal_id=""), name="account_number"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(login=""), name="account_has_a_login"),
            models.CheckConstraint(
                condition=models.Q(number_verified_at=None) | ~models.Q(personal_id=""),
                name="account_verified_has_a_number",
            ),
            models.UniqueConstraint(
                fields=["personal_id"],
                condition=models.Q(number_verified_at__isnull=False),
                name="account_verified_number_once",
                violation_error_message=_("Số định danh này đã được xác minh ở một tài khoản khác."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        self.login = login_of(self.login)


class Relative(models.Model):
    """A relative whom an officer has declared: the officer has no hand in this person's dossiers.

    Nothing is changed or struck out: what no longer holds ends, with a reason (a trigger holds this).
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="relatives")
    full_name = models.CharField(_("họ và tên"), max_length=200)
    relation = models.CharField(_("quan hệ"), max_length=100)
    id_no = models.CharField(_("số định danh cá nhân hoặc mã số doanh nghiệp"), max_length=20)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(_("lý do kết thúc"), max_length=300, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "id_no"],
                condition=models.Q(ended_at=None),
                name="relative_once",
                violation_error_message=_("Người này đã được kê khai."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_why="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_why=""),
                name="relative_ends_with_a_reason",
                violation_error_message=_("Cần nêu lý do."),
            ),
            models.CheckConstraint(
                condition=~models.Q(id_no=""),
                name="relative_has_a_number",
                violation_error_message=_("Cần số định danh hoặc mã số."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class ProvidedIdentity(models.Model):
    """Somebody as an identity provider knows them, and whose account that is. It ends, it is never deleted."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    personal_id = models.CharField(_("số định danh cá nhân hoặc mã số doanh nghiệp"), max_length=20)
    full_name = models.CharField(_("họ và tên"), max_length=200)
    born_on = models.DateField(_("ngày sinh"), null=True)
    level = models.SmallIntegerField(_("mức định danh"))
    # The organisation that the provider said this person represents, when they last signed in with it; blank: none.
    organisation_number = models.CharField(max_length=20, blank=True, default="", db_default="")
    organisation_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], condition=models.Q(ended_at=None), name="identity_of_one_account"
            ),
            models.UniqueConstraint(
                fields=["account", "issuer"], condition=models.Q(ended_at=None), name="identity_once_for_an_account"
            ),
            models.CheckConstraint(condition=~models.Q(personal_id=""), name="identity_has_a_number"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Passkey(models.Model):
    """A key of a device that signs its owner in. Only the public half is here. Taken away, it stays on record."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField(_("tên khóa truy cập"), max_length=100)
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class CorrectionRequest(models.Model):
    """Somebody asks to have their name or number corrected, which they may not change alone; another person decides.

    Empty: that one stays. former_*: what stood there when it was decided. Decided once, never deleted (a trigger).
    Law: LBVDLCN-2025
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="correction_requests")
    full_name = models.CharField(_("họ và tên"), max_length=200, blank=True)
    personal_id = models.CharField(_("số định danh cá nhân hoặc mã số doanh nghiệp"), max_length=20, blank=True)
    why = models.CharField(_("lý do"), max_length=500)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    is_granted = models.BooleanField(null=True)
    answer = models.CharField(_("trả lời"), max_length=500, blank=True, default="")
    former_name = models.CharField(max_length=200, blank=True, default="")
    former_number = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(decided_at=None),
                name="correction_request_one_open",
                violation_error_message=_("Bạn đã có một đề nghị đang chờ."),
            ),
            models.CheckConstraint(
                condition=~models.Q(full_name="", personal_id="") & ~models.Q(why=""), name="correction_request_asks"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None, is_granted=None, answer="")
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, is_granted__isnull=False)
                & ~models.Q(answer=""),
                name="correction_request_decided_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("account")),
                name="correction_request_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.personal_id


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def in_force(self, at: datetime) -> "ApiTokenQuerySet":
        """Tokens that are neither revoked nor expired at that instant, of active accounts."""
        alive = models.Q(revoked_at=None) | models.Q(revoked_at__gt=at)
        fresh = models.Q(expires_at=None) | models.Q(expires_at__gt=at)
        return self.filter(alive, fresh, account__is_active=True)


class ApiToken(models.Model):
    """A program's right to act for an account, within scopes. The secret itself is not kept, only its digest."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=50), default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """A key under which an account sent a request, and the answer it got; status null while it is under way."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    status = models.SmallIntegerField(null=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="idempotency_key_once")]
        indexes = [models.Index("made_at", name="idempotency_made")]

    def __str__(self) -> str:
        return self.key


class WrongGuess(models.Model):
    """One wrong secret for a subject (the code of a dossier) from an address; kept only while `guesses` counts it."""

    subject = models.CharField(max_length=40)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("address", "at", name="wrong_guess_from"),
            models.Index("at", name="wrong_guess_at"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.address}"

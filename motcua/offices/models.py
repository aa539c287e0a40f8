"""Offices as a tree with dates, who follows whom, who is posted where, who decides or stands in for whom.

Days are half-open everywhere in this room: in force from `valid_from` on, no longer in force on `valid_to`.
"""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, DateRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.base.columns import folded, vietnamese_order
from motcua.base.text import fold


class Dated(models.QuerySet):
    """Rows with `valid_from` and `valid_to`."""

    def on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(models.Q(valid_to=None) | models.Q(valid_to__gt=day), valid_from__lte=day)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """`valid_to`, where there is one, comes after `valid_from`."""
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
        name=name,
        violation_error_message=_("Ngày kết thúc phải sau ngày bắt đầu."),
    )


class OfficeQuerySet(Dated):
    def search(self, text: str) -> "OfficeQuerySet":
        """Offices whose name has every word of the text, or whose code it is; marks, case and đ don't matter."""
        offices = self
        text = text.replace("\x00", "")
        for word in fold(text).split():
            offices = offices.filter(
                models.Q(name_folded__contains=word) | models.Q(code__icontains=word) | models.Q(code_qd20__iexact=word)
            )
        return offices if fold(text) else offices.none()

    def in_vi_order(self) -> "OfficeQuerySet":
        """By name in the order of the Vietnamese alphabet."""
        return self.order_by("name_order", "id")

    def by_code(self, code: str) -> "OfficeQuerySet":
        """The office with this code, in either notation (000.00.18.H54 or H54.18)."""
        if "\x00" in code:
            return self.none()  # no code of ours, and no text for the database
        return self.filter(models.Q(code=code) | models.Q(code_qd20=code))


class Office(models.Model):
    """A body that receives, decides, answers for or watches dossiers, while it existed."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Ủy ban nhân dân tỉnh")
        CENTER_PROVINCE = "center_province", _("Trung tâm Phục vụ hành chính công tỉnh")
        DISTRICT_UNIT = "district_unit", _("Bộ phận Một cửa cấp huyện")
        COMMUNE_UNIT = "commune_unit", _("Bộ phận Một cửa cấp xã")
        DEPARTMENT = "department", _("Sở, ban, ngành")
        VERTICAL_AGENCY = "vertical_agency", _("Cơ quan ngành dọc")
        CENTER_COMMUNE = "center_commune", _("Trung tâm Phục vụ hành chính công cấp xã")
        BRANCH = "branch", _("Chi nhánh")
        POINT = "point", _("Điểm tiếp nhận")

    class Level(models.TextChoices):
        PROVINCE = "province", _("cấp tỉnh")
        DISTRICT = "district", _("cấp huyện")
        COMMUNE = "commune", _("cấp xã")

    code = models.CharField(_("mã định danh"), max_length=20, unique=True)
    code_qd20 = models.CharField(_("mã định danh theo Quyết định 20/2020/QĐ-TTg"), max_length=20, unique=True)
    code_is_public = models.BooleanField(_("mã đã công bố"), default=False)
    province = models.CharField(_("mã cấp 1 của tỉnh"), max_length=3)
    key = models.SlugField(max_length=80)
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=100)
    name_folded = folded("name")
    name_order = vietnamese_order("name")
    kind = models.CharField(_("loại"), max_length=20, choices=Kind.choices)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    schedule = models.CharField(_("lịch làm việc"), max_length=50, default="default")
    unit_code = models.CharField(_("mã đơn vị hành chính"), max_length=10, blank=True)
    address = models.CharField(_("địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=50, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name_order", "id"], name="office_order")]
        constraints = [
            models.UniqueConstraint(fields=["province", "key", "valid_from"], name="office_key_once_per_province"),
            ends_after_it_begins("office_ends_after_it_begins"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")), name="office_is_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """Which office followed which, so that series stay comparable across a reorganisation."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("sáp nhập")
        SPLIT = "split", _("chia tách")
        RENAME = "rename", _("đổi tên")
        MOVE = "move", _("chuyển về")

    from_office = models.ForeignKey(Office, models.PROTECT, related_name="successions")
    to_office = models.ForeignKey(Office, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    basis = models.CharField(_("căn cứ"), max_length=300)
    # Of the several successors of a divided office, the one that takes over what isn't assigned otherwise.
    is_default = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_office", "to_office", "on"], name="succession_once"),
            models.UniqueConstraint(
                fields=["from_office", "on"], condition=models.Q(is_default=True), name="succession_one_default"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_office=models.F("to_office")), name="succession_to_another_office"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_office} → {self.to_office}"


class OfficeChange(models.Model):
    """Somebody's wish that offices be merged, divided or renamed from a day on, and what a second person said.

    `content`: {"from": [codes], "to": [{"code", "name", "short_name"}], "heir": code of the one that takes over what is
    open, "people": {login: code}}. Approved, it is written at once and holds from its day. Law: ND118-2025
    """

    kind = models.CharField(_("hình thức"), max_length=10, choices=Succession.Kind.choices)
    on = models.DateField(_("từ ngày"))
    content = models.JSONField()
    document = models.CharField(_("văn bản"), max_length=300)
    reason = models.TextField(_("lý do"))
    # Accounts by number and name at the time, as in the journal of dossiers.
    proposed_by = models.BigIntegerField()
    proposer_name = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    note = models.TextField(blank=True)
    decided_by = models.BigIntegerField(null=True)
    decider_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved=None, decided_by=None, decided_at=None)
                | Q(approved__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="office_change_is_decided_or_not",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="office_change_second_person",
                violation_error_message=_("Người đề nghị không tự phê duyệt; cần một người khác."),
            ),
            models.CheckConstraint(condition=~Q(document="") & ~Q(reason=""), name="office_change_has_grounds"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on} ({self.pk})"


class Role(models.TextChoices):
    """What somebody does at an office; rights follow from it."""

    RECEIVER = "receiver", _("Tiếp nhận và trả kết quả")
    # Of a village or ward, say: sees nothing of the unit's but what they handed in for somebody.
    HELPER = "helper", _("Giúp người dân nộp trực tuyến")
    HANDLER = "handler", _("Thụ lý")
    HEAD = "head", _("Lãnh đạo phòng")
    APPROVER = "approver", _("Phê duyệt")
    CLERK = "clerk", _("Văn thư")
    UNIT_HEAD = "unit_head", _("Phụ trách Bộ phận Một cửa")
    OVERSEER = "overseer", _("Giám sát")
    PROCEDURE_CONTROL = "procedure_control", _("Kiểm soát thủ tục hành chính")
    ADMINISTRATOR = "administrator", _("Quản trị")


def _months_later(months: int) -> Func:
    template = f"(%(expressions)s + interval '{months} months')::date"
    return Func(F("valid_from"), template=template, output_field=models.DateField())


class Limited(models.Model):
    """A power for some procedures or fields; both lists empty: for all of them."""

    procedures = ArrayField(
        models.CharField(max_length=20), verbose_name=_("mã thủ tục"), default=list, db_default=[], blank=True
    )
    fields = ArrayField(
        models.CharField(max_length=300), verbose_name=_("lĩnh vực"), default=list, db_default=[], blank=True
    )

    class Meta:
        abstract = True


class Posting(Limited):
    """Somebody's role at an office, from a day, to a day, under a decision.

    A reserve's posting counts only on days on which the person it is for is absent. Who is sent to a one-stop unit by
    an agency (`sent_by`) is sent for 6 to 24 months, and may be called back sooner. Law: ND61-2018 11; ND61-2018 12
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="postings")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    reserve_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reserves"
    )
    sent_by = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="sent")
    sent_until = models.DateField(_("được cử đến trước ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("posting_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(reserve_for=None) | ~Q(reserve_for=F("account")),
                name="posting_reserves_for_another_person",
                violation_error_message=_("Không thể dự phòng cho chính mình."),
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | ~Q(sent_by=F("office")),
                name="posting_sent_by_another_office",
                violation_error_message=_("Cơ quan cử đi phải khác nơi được cử đến."),
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None, sent_until=None)
                | Q(sent_until__isnull=False, sent_until__gte=_months_later(6), sent_until__lte=_months_later(24)),
                name="posting_sent_for_6_to_24_months",
                violation_error_message=_("Thời gian cử đến Bộ phận Một cửa phải từ 06 đến 24 tháng."),
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | Q(valid_to__isnull=False, valid_to__lte=F("sent_until")),
                name="posting_ends_with_its_sending",
                violation_error_message=_("Không thể ở lại sau ngày hết thời gian được cử."),
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | ~Q(basis=""),
                name="posting_sent_under_a_document",
                violation_error_message=_("Cần văn bản cử cán bộ."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role} {self.office_id}"


class Delegation(Limited):
    """Who decides for whom at an office, for some procedures or fields or all, under which document.

    What one has by delegation one can't pass on, and nobody delegates the same thing to two people at once: the
    database refuses both (`delegation_no_chain`, `delegation_once_at_a_time`, in a migration).
    """

    from_account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_given")
    to_account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="delegations_held")
    office = models.ForeignKey(Office, models.PROTECT, related_name="delegations")
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    document = models.CharField(_("văn bản ủy quyền"), max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("delegation_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(from_account=F("to_account")),
                name="delegation_to_another_person",
                violation_error_message=_("Không thể ủy quyền cho chính mình."),
            ),
            models.CheckConstraint(
                condition=~Q(document=""),
                name="delegation_under_a_document",
                violation_error_message=_("Cần văn bản ủy quyền."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_account_id} → {self.to_account_id}"


class Absence(models.Model):
    """Somebody is away, and who stands in with all their roles meanwhile. Law: ND61-2018 12"""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="stands_in"
    )
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"))
    reason = models.CharField(_("lý do"), max_length=300)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    objects = Dated.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("absence_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(stand_in=None) | ~Q(stand_in=F("account")),
                name="absence_stood_in_by_another_person",
                violation_error_message=_("Người thay phải là người khác."),
            ),
            ExclusionConstraint(
                name="absence_once_at_a_time",
                expressions=[
                    (
                        Func(
                            "account", "account", Value("[]"), function="int8range", output_field=BigIntegerRangeField()
                        ),
                        "&&",
                    ),
                    (
                        Func(
                            "valid_from", "valid_to", Value("[)"), function="daterange", output_field=DateRangeField()
                        ),
                        "&&",
                    ),
                ],
                violation_error_message=_("Người này đã được ghi vắng mặt trong những ngày đó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.valid_from} – {self.valid_to}"


class Kiosk(models.Model):
    """A machine in the hall of an office, known by the secret in its browser: for everybody's hands, or to be looked at.

    Law: ND309-2026 1; ND61-2018 13
    """

    class Use(models.TextChoices):
        KIOSK = "kiosk", _("Ki-ốt: mọi việc của cổng dịch vụ")
        TICKETS = "tickets", _("Máy lấy số thứ tự")
        SCREEN = "screen", _("Màn hình gọi số")

    office = models.ForeignKey(Office, models.PROTECT, related_name="kiosks")
    name = models.CharField(_("tên máy"), max_length=100)
    use = models.CharField(_("dùng làm"), max_length=8, choices=Use, default=Use.KIOSK, db_default=Use.KIOSK)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    set_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_up_at = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="kiosk_is_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

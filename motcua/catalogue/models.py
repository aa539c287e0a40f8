"""What is demanded, how long, how much, through which steps: procedures and their frozen versions."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.catalogue.group_rows import GroupPart, GroupProposal, InterlinkedGroup  # its models belong to this room  # noqa: F401
from motcua.catalogue.life import rows as life_rows  # these too  # noqa: F401


class Channel(models.IntegerChoices):
    """How a dossier comes in; the numbers are those of the national portal."""

    DIRECT = 1, _("Trực tiếp")
    ONLINE = 2, _("Trực tuyến")
    POST = 3, _("Bưu chính công ích")


class Procedure(models.Model):
    """One administrative procedure for ever; what it demands stands in its versions."""

    code = models.CharField(max_length=40, unique=True)
    name = models.TextField(help_text="name of the newest published version")
    competent_key = models.CharField(
        max_length=60, null=True, help_text="kind of office that resolves it here; null: a person decides"
    )
    competent_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    current = models.OneToOneField("ProcedureVersion", models.PROTECT, null=True, related_name="+")
    search_name = models.TextField(default="", help_text="folded name")
    search_text = models.TextField(default="", help_text="folded code, field and agencies")
    search_vector = models.GeneratedField(
        expression=SearchVector("search_name", config="simple", weight="A")
        + SearchVector("search_text", config="simple", weight="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["search_vector"], name="procedure_search")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """What a procedure demanded between two dates; immutable once published (a trigger refuses)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Dự thảo")
        PUBLISHED = "published", _("Đã công khai")
        RETIRED = "retired", _("Hết hiệu lực")

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    name = models.TextField()
    field = models.TextField(default="", help_text="lĩnh vực")
    ministry = models.TextField(default="")
    levels = ArrayField(models.CharField(max_length=10), default=list, help_text="BO, TINH, XA, KHAC as printed")
    kind = models.TextField(default="")
    decision = models.TextField(default="", help_text="quyết định công bố")
    subjects = ArrayField(models.TextField(), default=list)
    executing = ArrayField(models.TextField(), default=list, help_text="agencies as printed")
    results = models.JSONField(default=list, help_text="[{name, code}]")
    laws = ArrayField(models.TextField(), default=list)
    steps_text = models.TextField(default="")
    conditions_text = models.TextField(default="")
    source = models.TextField(default="")
    source_url = models.TextField(default="")
    snapshot = models.TextField(default="")
    digest = models.BinaryField(max_length=32, help_text="SHA-256 over the canonical source row")
    imported_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="last day, inclusive; null while in force")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(status="published"), name="one_published_version"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="published_has_its_instant"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (v{self.number})"

    @property
    def competent_key(self) -> str | None:
        """Kind of office that resolves it in this province; None: a person decides."""
        return self.procedure.competent_key


class SourcePart(models.Model):
    """The newest known source row of a procedure, one part per kind of file; a version is made from all its parts."""

    class Part(models.TextChoices):
        CORE = "core", _("Nội dung chính")
        DOSSIER = "dossier", _("Thành phần hồ sơ")
        PROSE = "prose", _("Trình tự, điều kiện")
        FORM = "form", _("Mẫu khai trên màn hình")
        OLDER = "older", _("Bản chụp cũ hơn")

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="source_parts")
    part = models.CharField(max_length=10, choices=Part.choices)
    digest = models.BinaryField(max_length=32)
    body = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["procedure", "part"], name="source_part_once")]

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.part}"


class ProcedureCase(models.Model):
    """A variant with its own components, chosen at intake; every version has at least one."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cases")
    seq = models.PositiveSmallIntegerField()
    title = models.TextField(default="", help_text="empty: the procedure has one case only")

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["version", "seq"], name="case_seq_once")]

    def __str__(self) -> str:
        return self.title or "–"


class Component(models.Model):
    """One paper of the dossier, or what the source explains among the papers."""

    class Kind(models.TextChoices):
        HAND_IN = "hand_in", _("Nộp")
        ON_SCREEN = "on_screen", _("Khai trực tiếp trên màn hình")
        SHOW = "show", _("Xuất trình để kiểm tra, không nộp")
        NOTE = "note", _("Ghi chú của nguồn")

    case = models.ForeignKey(ProcedureCase, models.PROTECT, related_name="components")
    seq = models.PositiveSmallIntegerField()
    name = models.TextField()
    section = models.TextField(default="", help_text="heading it stands under in the source")
    form_name = models.TextField(default="")
    originals = models.PositiveIntegerField(default=0, help_text="as printed, misprints included")
    copies = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.HAND_IN)
    channels = ArrayField(
        models.SmallIntegerField(choices=Channel.choices),
        default=list,
        help_text="that the source names; empty: every one",
    )
    unsure_channels = ArrayField(
        models.SmallIntegerField(choices=Channel.choices),
        default=list,
        help_text="of the procedure, but with no such paper named for them: cần cán bộ xác nhận",
    )
    mandatory = models.BooleanField(default=True, help_text="false when the text itself makes it conditional")
    fields = models.JSONField(
        default=list, db_default=[], help_text="what is asked where it is filled in online (`form_fields`)"
    )

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seq"], name="component_seq_once"),
            models.CheckConstraint(
                condition=Q(mandatory=False) | ~Q(kind__in=["show", "note"]), name="shown_paper_not_handed_in"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ComponentReplacement(models.Model):
    """A paper that a database replaces (resolution 66.7/2025); linked by code, its text differs from the catalogue's."""

    procedure_code = models.CharField(max_length=40, db_index=True)
    component_text = models.TextField()
    database = models.TextField()
    database_owner = models.TextField(default="")
    legal_doc = models.TextField(default="")
    clause = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "component_text", "database", "legal_doc", "clause"],
                name="replacement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code}: {self.component_text} → {self.database}"


class LimitRow(models.Model):
    """One limit as the source prints it, for some channels (and one case, or all)."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="limit_rows")
    case = models.ForeignKey(ProcedureCase, models.PROTECT, null=True, related_name="limit_rows")
    seq = models.PositiveSmallIntegerField()
    channels = ArrayField(models.SmallIntegerField(choices=Channel.choices))
    limit = models.JSONField(help_text="calendar.limits.Limit.to_json()")
    source_text = models.TextField(default="")
    note = models.TextField(default="")
    certain = models.BooleanField(help_text="false: cần cán bộ xác nhận, starts no clock")
    doubt = models.CharField(max_length=40, default="", help_text="reason code; empty when certain")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["version", "seq"], name="limit_seq_once"),
            models.CheckConstraint(condition=Q(certain=True) ^ ~Q(doubt=""), name="doubt_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.source_text or self.doubt


class FeeRow(models.Model):
    """One fee of a limit row; amount null or `certain` false: a person looks before money is taken."""

    class Kind(models.TextChoices):
        FEE = "PHI", _("Phí")
        CHARGE = "LE_PHI", _("Lệ phí")
        UNKNOWN = "", _("Phí, lệ phí")

    limit_row = models.ForeignKey(LimitRow, models.PROTECT, related_name="fees")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default="", blank=True)
    amount_vnd = models.BigIntegerField(null=True, help_text="whole đồng; null: unknown or another currency")
    currency = models.CharField(max_length=8, default="VND")
    amount_foreign = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    note = models.TextField(default="")
    source_text = models.TextField(default="")
    certain = models.BooleanField()
    doubt = models.CharField(max_length=40, default="")

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["limit_row", "seq"], name="fee_seq_once"),
            models.CheckConstraint(
                condition=Q(amount_vnd__isnull=True) | Q(amount_vnd__gte=0), name="fee_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(certain=False) | Q(amount_vnd__isnull=False) | Q(amount_foreign__isnull=False),
                name="certain_fee_has_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.source_text or self.note


class LimitConfirmation(models.Model):
    """A person's word on a limit row (for one case or all); append-only, the newest counts."""

    limit_row = models.ForeignKey(LimitRow, models.PROTECT, related_name="confirmations")
    case = models.ForeignKey(ProcedureCase, models.PROTECT, null=True, related_name="+")
    limit = models.JSONField()
    confirmed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    basis = models.TextField(help_text="document or rule it rests on")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(basis=""), name="limit_confirmation_has_basis")]

    def __str__(self) -> str:
        return self.basis


class FeeConfirmation(models.Model):
    """A person's word on a fee row; append-only, the newest counts."""

    fee_row = models.ForeignKey(FeeRow, models.PROTECT, related_name="confirmations")
    amount_vnd = models.BigIntegerField()
    confirmed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    basis = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="fee_confirmation_has_basis"),
            models.CheckConstraint(condition=Q(amount_vnd__gte=0), name="fee_confirmation_not_negative"),
        ]

    def __str__(self) -> str:
        return self.basis


class Process(models.Model):
    """An approved internal process (quy trình nội bộ) as a decision prints it, or the default one."""

    source_key = models.CharField(max_length=80, unique=True, help_text="identity of the table in its source")
    digest = models.BinaryField(max_length=32)
    codes = ArrayField(models.CharField(max_length=40), default=list, help_text="procedures it is printed for")
    inherited = models.BooleanField(default=False, help_text="code taken from the heading before: less sure")
    decision = models.TextField(default="")
    decided_on = models.DateField(null=True)
    province = models.TextField(default="")
    title = models.TextField(default="")
    stated_total = models.TextField(default="")
    stated_hours = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    sum_hours = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    sum_matches = models.BooleanField(null=True, help_text="null: no total printed; the announced limit binds anyway")
    usable = models.BooleanField(help_text="receives first, has an approver at the competent office, returns last")
    is_default = models.BooleanField(default=False)
    mode = models.CharField(
        max_length=4, default="", help_text="four or five: done at the centre; empty: elsewhere too"
    )
    source = models.TextField(default="")
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "processes"
        indexes = [GinIndex(fields=["codes"], name="process_codes")]
        constraints = [
            models.UniqueConstraint(fields=["is_default"], condition=Q(is_default=True), name="one_default_process")
        ]

    def __str__(self) -> str:
        return self.title


class ProcessStep(models.Model):
    """One step: who, where, what, how long."""

    class Role(models.TextChoices):
        RECEIVER = "receiver", _("Công chức tiếp nhận")
        HANDLER = "handler", _("Công chức thụ lý")
        HEAD = "head", _("Lãnh đạo phòng")
        APPROVER = "approver", _("Lãnh đạo phê duyệt")
        CLERK = "clerk", _("Văn thư")

    class Place(models.TextChoices):
        RECEIVING = "receiving", _("Nơi tiếp nhận")
        COMPETENT = "competent", _("Cơ quan có thẩm quyền")
        # Where it is received, by people of the authority who are posted there.
        ONSITE = "onsite", _("Tại Trung tâm")

    process = models.ForeignKey(Process, models.PROTECT, related_name="steps")
    seq = models.PositiveSmallIntegerField()
    role_text = models.TextField(default="")
    role = models.CharField(max_length=10, choices=Role.choices)
    place = models.CharField(max_length=10, choices=Place.choices)
    content = models.TextField(default="")
    time_text = models.TextField(default="")
    value = models.DecimalField(max_digits=8, decimal_places=3, null=True)
    unit = models.CharField(max_length=20, default="", help_text="as printed: NGAY_LAM_VIEC, NGAY, GIO_LAM_VIEC, GIO")
    counted = models.BooleanField(default=True, help_text="false: không tính thời gian")

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["process", "seq"], name="step_seq_once")]

    def __str__(self) -> str:
        return f"{self.seq}. {self.role_text}"

"""What a dossier is, what happened to it, and where it was on any day. Rules live beside, not here."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.kinds import Channel, Origin, OwnerKind, ResultKind, ReturnWay
from motcua.dossiers.querysets import DossierQuerySet
from motcua.dossiers.states import CLOSED, State

# The instants just after which a stay still lies: from its beginning, exclusive, to its end, inclusive.
LIES_OVER = Func("entered_at", "left_at", models.Value("(]"), function="tstzrange", output_field=DateTimeRangeField())


class Dossier(models.Model):
    """One request of one owner under one frozen version of a procedure.

    Every act updates this row, so its foreign keys have no index of their own: the questions below have theirs.
    """

    submission_no = models.CharField(max_length=40)
    code = models.CharField(max_length=40, unique=True, null=True)
    secret = models.CharField(max_length=16)
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey("catalogue.ProcedureCase", models.PROTECT, related_name="+", db_index=False)
    process = models.ForeignKey("catalogue.Process", models.PROTECT, null=True, related_name="+", db_index=False)
    regime = models.CharField(max_length=20, blank=True)
    channel = models.SmallIntegerField(choices=Channel)
    device = models.CharField(max_length=20, default="web")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LIVE)
    origin_ref = models.CharField(max_length=80, null=True)
    receiving_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    competent_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    authority_open = models.BooleanField(
        default=False,
        db_default=False,
        help_text="nobody named yet: the receiving unit stands in until its officer names it at acceptance",
    )
    owner_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    owner_kind = models.SmallIntegerField(choices=OwnerKind, default=OwnerKind.CITIZEN)
    owner_name = models.CharField(max_length=200)
    owner_folded = models.GeneratedField(
        expression=Func("owner_name", function="fold"), output_field=models.TextField(), db_persist=True
    )
    owner_id_no = models.CharField(max_length=20, blank=True)
    owner_phone = models.CharField(max_length=20, blank=True)
    owner_email = models.CharField(max_length=200, blank=True)
    owner_address = models.CharField(max_length=300, blank=True)
    submitter = models.JSONField(default=dict)
    content = models.CharField(max_length=1000, blank=True)
    answers = models.JSONField(default=dict)
    return_way = models.CharField(max_length=10, choices=ReturnWay, default=ReturnWay.COUNTER)
    fee_vnd = models.BigIntegerField(null=True)
    bill = models.ForeignKey("fees.Bill", models.PROTECT, null=True, related_name="dossiers", db_index=False)
    parcel_in = models.ForeignKey("post.Parcel", models.PROTECT, null=True, related_name="+", db_index=False)
    parcel_out = models.ForeignKey("post.Parcel", models.PROTECT, null=True, related_name="+", db_index=False)

    # Accounts named when it was marked confidential, and those who had a hand in it since; null: not confidential.
    confidential_to = ArrayField(models.BigIntegerField(), null=True)
    state = models.CharField(max_length=16, choices=State)
    at_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.SmallIntegerField(null=True)
    submitted_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    result_kind = models.CharField(max_length=10, choices=ResultKind, blank=True)
    supplements = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    last_seq = models.IntegerField(default=0)
    last_hash = models.BinaryField(max_length=32, default=b"")
    last_event_at = models.DateTimeField()

    objects = DossierQuerySet.as_manager()

    class Meta:
        # As constraints: a unique text field would bring a second index for patterns that nobody asks for.
        constraints = [
            models.UniqueConstraint(fields=["submission_no"], name="submission_no_once"),
            models.UniqueConstraint(fields=["origin_ref"], name="origin_ref_once"),
            models.UniqueConstraint(fields=["bill"], condition=Q(bill__isnull=False), name="bill_of_one_dossier"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, code__isnull=True)
                | Q(accepted_at__isnull=False, code__isnull=False) & ~Q(regime=""),
                name="code_and_regime_come_with_acceptance",
                violation_error_message=_("Hồ sơ có mã số và chế độ pháp lý khi và chỉ khi đã được tiếp nhận."),
            ),
            models.CheckConstraint(
                condition=Q(authority_open=False) | Q(accepted_at__isnull=True),
                name="authority_named_at_acceptance",
                violation_error_message=_("Khi tiếp nhận phải xác định cơ quan có thẩm quyền giải quyết."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=models.F("submitted_at")),
                name="finished_after_submitted",
                violation_error_message=_("Hồ sơ không thể xong trước khi được nộp."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(accepted_at__isnull=True)
                | Q(finished_at__gte=models.F("accepted_at")),
                name="finished_after_accepted",
                violation_error_message=_("Hồ sơ không thể xong trước khi được tiếp nhận."),
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(returned_at__gte=models.F("finished_at")),
                name="returned_after_finished",
                violation_error_message=_("Không thể trả kết quả trước khi có kết quả."),
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True, original_due_at__isnull=True)
                | Q(due_at__isnull=False, original_due_at__isnull=False),
                name="due_keeps_its_original",
                violation_error_message=_("Ngày hẹn trả luôn đi cùng ngày hẹn ban đầu."),
            ),
        ]
        indexes = [
            models.Index("at_office", "due_at", "id", name="dossier_inbox", condition=~Q(state__in=CLOSED)),
            models.Index("holder", "due_at", "id", name="dossier_held", condition=~Q(state__in=CLOSED)),
            models.Index("receiving_office", "submitted_at", name="dossier_received"),
            models.Index("competent_office", "accepted_at", name="dossier_competent"),
            models.Index(
                "owner_account", "submitted_at", name="dossier_owned", condition=Q(owner_account__isnull=False)
            ),
            models.Index("accepted_at", name="dossier_accepted"),
            models.Index("owner_id_no", name="dossier_id_no", condition=~Q(owner_id_no="")),
        ]

    def __str__(self) -> str:
        return self.code or self.submission_no

    @cached_property
    def receiving_schedule(self) -> str:
        """The schedule of office hours of the unit that took the dossier; the lock brings it along."""
        return self.receiving_office.schedule


class Event(models.Model):
    """One act, for ever: the database refuses UPDATE and DELETE. `hash` covers everything here and the event before."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="events", db_index=False)
    seq = models.IntegerField()
    act = models.CharField(max_length=24)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    actor_name = models.CharField(max_length=200)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    clock = models.JSONField(null=True)
    due_at = models.DateTimeField(null=True)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    recorded_at = models.DateTimeField(db_default=Func(function="clock_timestamp"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "seq"], name="event_seq_once")]
        indexes = [models.Index("recorded_at", name="event_recorded")]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq} {self.act}"


class Stay(models.Model):
    """One interval [entered_at, left_at) of a dossier in one state, office and hand.

    The stays of a dossier touch end to end: each points to the one before, whose end is its beginning
    (a foreign key over dossier, seq and instant, in the migration), so gap and overlap are refused by the database.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="stays", db_index=False)
    seq = models.IntegerField()
    previous_seq = models.IntegerField(null=True)
    state = models.CharField(max_length=16, choices=State)
    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.SmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="stay_seq_once"),
            models.UniqueConstraint(fields=["dossier", "seq", "left_at"], name="stay_end_once"),
            models.CheckConstraint(
                condition=Q(seq=1, previous_seq__isnull=True)
                # A comparison with nothing is not false, and a check refuses only what is false.
                | Q(seq__gt=1, previous_seq__isnull=False, previous_seq=models.F("seq") - 1),
                name="stay_follows_the_one_before",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=models.F("entered_at")),
                name="stay_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index("dossier", name="stay_open", condition=Q(left_at__isnull=True)),
            models.Index("state", "entered_at", name="stay_entered"),
            # Where was it just before an instant: one probe, for any instant. Closed states are never asked for.
            GistIndex(LIES_OVER, name="stay_lies_over", condition=~Q(state__in=(*CLOSED, State.FINISHED))),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.seq} {self.state}"


class GivenPaper(models.Model):
    """A paper that came with a dossier, for which component, on paper, as a file or filled in on the screen."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    component = models.ForeignKey("catalogue.Component", models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.TextField()
    originals = models.SmallIntegerField(default=0)
    copies = models.SmallIntegerField(default=0)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(default="", db_default="", help_text="what was filled in on the screen")
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class SupplementRequest(models.Model):
    """What was asked of the applicant, in one list, once per stage. Law: ND61-2018 17; ND61-2018 19(4)"""

    class Stage(models.TextChoices):
        INTAKE = "intake", _("Trước khi tiếp nhận")
        APPRAISAL = "appraisal", _("Khi thẩm định")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplement_requests")
    stage = models.CharField(max_length=10, choices=Stage)
    number = models.SmallIntegerField()
    items = models.JSONField(default=list)
    reason = models.TextField()
    basis = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "stage", "number"], name="supplement_number_once")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.stage} {self.number}"


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


class Result(models.Model):
    """The authority's answer. Law: ND61-2018 19(8); ND61-2018 20"""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="result")
    kind = models.CharField(max_length=10, choices=ResultKind)
    number = models.CharField(max_length=60, blank=True)
    summary = models.TextField(blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number or self.kind


class Handover(models.Model):
    """Who took the result, how, and by what right. Law: ND61-2018 20; ND61-2018 6"""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="handover")
    way = models.CharField(max_length=10, choices=ReturnWay)
    taken_by = models.CharField(max_length=200, blank=True)
    taken_by_id_no = models.CharField(max_length=20, blank=True)
    authorisation = models.TextField(blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.way}"


class Draft(models.Model):
    """What an applicant is still writing; no dossier yet, saved at every step, resumed anywhere."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
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

    def __str__(self) -> str:
        return self.name


class NumberCounter(models.Model):
    """The last dossier number given by an office on a day. Law: TT01-2018 19"""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    day = models.DateField()
    last = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="one_counter_per_office_and_day")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}: {self.last}"


class Seal(models.Model):
    """A Merkle root over all events recorded in (covers_from, covers_to], chained to the seal before."""

    number = models.IntegerField(unique=True)
    covers_from = models.DateTimeField(null=True)
    covers_to = models.DateTimeField()
    events = models.IntegerField()
    root = models.BinaryField(max_length=32)
    previous_root = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}: {self.events}"

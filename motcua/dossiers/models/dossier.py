"""One request of one owner, as it stands now."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import Func, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.kinds import Channel, CorrectionKind, Origin, OwnerKind, ResultKind, ReturnWay, SubmitterRole
from motcua.dossiers.persons import Submitter
from motcua.dossiers.querysets import DossierQuerySet
from motcua.dossiers.states import CLOSED, RESOLVED, WAITS_FOR_OWNER, State

if TYPE_CHECKING:
    from motcua.dossiers.models.parts import Part

COUNTED = ("id", "competent_office", "receiving_office", "procedure", "version")
# The instants just after which a dossier is in hand: from its acceptance, exclusive, to its end, inclusive.
IN_HAND_OVER = Func(
    "accepted_at", "finished_at", models.Value("(]"), function="tstzrange", output_field=DateTimeRangeField()
)


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
    # Frozen at acceptance where several agencies resolve it together; the offices of its parts once they are given out.
    group = models.ForeignKey("catalogue.InterlinkedGroup", models.PROTECT, null=True, related_name="+", db_index=False)
    joint_offices = ArrayField(models.BigIntegerField(), null=True)
    regime = models.CharField(max_length=20, blank=True)
    channel = models.SmallIntegerField(choices=Channel)
    device = models.CharField(max_length=20, default="web")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.LIVE)
    origin_ref = models.CharField(max_length=80, null=True)
    receiving_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    competent_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    # The unit that helped the applicant to file, where it neither receives nor decides; it is counted nowhere.
    support_office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+", db_index=False)
    # Who handed it in online for its owner, at which unit they help: counted apart from what people hand in themselves.
    helper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    helper_office = models.ForeignKey("offices.Office", models.PROTECT, null=True, related_name="+", db_index=False)
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
    # Who brought it, as `persons.Submitter` has it; told together by `submitter`.
    submitter_role = models.CharField(
        max_length=10, choices=SubmitterRole, default=SubmitterRole.OWNER, db_default=SubmitterRole.OWNER
    )
    submitter_name = models.CharField(max_length=200, blank=True, default="", db_default="")
    submitter_id_no = models.CharField(max_length=20, blank=True, default="", db_default="")
    submitter_phone = models.CharField(max_length=20, blank=True, default="", db_default="")
    submitter_relation = models.CharField(max_length=100, blank=True, default="", db_default="")
    submitter_authority_no = models.CharField(max_length=100, blank=True, default="", db_default="")
    submitter_authority_on = models.DateField(null=True)
    content = models.CharField(max_length=1000, blank=True)
    answers = models.JSONField(default=dict)
    return_way = models.CharField(max_length=10, choices=ReturnWay, default=ReturnWay.COUNTER)
    fee_vnd = models.BigIntegerField(null=True)
    bill = models.ForeignKey("fees.Bill", models.PROTECT, null=True, related_name="dossiers", db_index=False)
    parcel_in = models.ForeignKey("post.Parcel", models.PROTECT, null=True, related_name="+", db_index=False)
    parcel_out = models.ForeignKey("post.Parcel", models.PROTECT, null=True, related_name="+", db_index=False)

    # Accounts named when it was marked confidential, and those who had a hand in it since; null: not confidential.
    confidential_to = ArrayField(models.BigIntegerField(), null=True)
    # Offices whose opinion is asked for now, who see it meanwhile; null: none.
    asked_offices = ArrayField(models.BigIntegerField(), null=True)
    being_verified = models.BooleanField(default=False, db_default=False, help_text="a verification is planned")
    state = models.CharField(max_length=16, choices=State)
    at_office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    step = models.SmallIntegerField(null=True)
    submitted_at = models.DateTimeField()
    answer_due_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    stands_still = models.BooleanField(default=False, db_default=False, help_text="the clock is paused")
    finished_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_way = models.CharField(max_length=10, choices=ReturnWay, blank=True, default="", db_default="")
    # What a proposal that waits for another person would correct; blank: none waits.
    correction_waits = models.CharField(max_length=8, choices=CorrectionKind, blank=True, default="", db_default="")
    result_kind = models.CharField(max_length=10, choices=ResultKind, blank=True)
    supplements = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    times_corrected = models.SmallIntegerField(default=0, db_default=0, help_text="approved ones")
    last_seq = models.IntegerField(default=0)
    last_hash = models.BinaryField(max_length=32, default=b"")
    last_event_at = models.DateTimeField()

    objects = DossierQuerySet.as_manager()
    # The one part that is asked about or acted on, where it is one (`parts.attached`); not stored.
    part: "Part | None" = None

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
                condition=~Q(submitter_role=SubmitterRole.AGENT) | ~Q(submitter_authority_no=""),
                name="agent_has_an_authority",
                violation_error_message=_("Người được ủy quyền phải có giấy ủy quyền hoặc giấy tờ đại diện."),
            ),
            models.CheckConstraint(
                condition=Q(submitter_role=SubmitterRole.OWNER, submitter_name="")
                | ~Q(submitter_role=SubmitterRole.OWNER) & ~Q(submitter_name=""),
                name="whoever_is_not_the_owner_has_a_name",
                violation_error_message=_("Cần họ tên của người này."),
            ),
            models.CheckConstraint(
                condition=Q(support_office__isnull=True)
                | ~Q(support_office=models.F("receiving_office")) & ~Q(support_office=models.F("competent_office")),
                name="support_is_a_third_place",
                violation_error_message=_("Nơi hỗ trợ phải khác nơi tiếp nhận và cơ quan giải quyết."),
            ),
            models.CheckConstraint(
                condition=Q(helper__isnull=True, helper_office__isnull=True)
                | Q(
                    helper__isnull=False,
                    helper_office__isnull=False,
                    owner_account__isnull=True,
                    channel=Channel.ONLINE,
                    submitter_role=SubmitterRole.HELPER,
                ),
                name="help_is_said_whole",
                violation_error_message=_("Nộp giúp thì phải ghi người giúp, nơi giúp, và nộp trực tuyến."),
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
            # What waits for an owner, however many they have.
            models.Index(
                "owner_account",
                "state",
                "submitted_at",
                name="dossier_waits",
                condition=Q(owner_account__isnull=False, state__in=WAITS_FOR_OWNER),
            ),
            models.Index(
                "owner_account",
                "submitted_at",
                name="dossier_visited",
                condition=Q(owner_account__isnull=False, being_verified=True),
            ),
            models.Index("helper", "submitted_at", name="dossier_helped", condition=Q(helper__isnull=False)),
            # What the reports read of a dossier, so that they read nothing else.
            models.Index(
                "accepted_at",
                name="dossier_accepted",
                include=[*COUNTED, "process", "channel", "helper", "original_due_at"],
            ),
            models.Index(
                "finished_at",
                name="dossier_finished",
                include=[*COUNTED, "process", "due_at", "state", "times_corrected"],
                condition=Q(finished_at__isnull=False),
            ),
            models.Index(
                "returned_at",
                name="dossier_returned",
                include=[*COUNTED, "due_at", "returned_way", "times_corrected"],
                condition=Q(returned_at__isnull=False),
            ),
            GistIndex(
                IN_HAND_OVER,
                name="dossier_in_hand",
                include=[*COUNTED, "accepted_at", "finished_at"],
                condition=Q(accepted_at__isnull=False),
            ),
            # What the board of an instant and the lists behind it read, the most urgent first.
            models.Index(
                "due_at",
                "id",
                name="dossier_open",
                include=[
                    "at_office",
                    "receiving_office",
                    "competent_office",
                    "state",
                    "channel",
                    "stands_still",
                    "answer_due_at",
                    "finished_at",
                    "return_way",
                    "parcel_out",
                ],
                condition=~Q(state__in=CLOSED),
            ),
            models.Index("competent_office", name="dossier_to_correct", condition=~Q(correction_waits="")),
            models.Index("owner_id_no", name="dossier_id_no", condition=~Q(owner_id_no="")),
            GinIndex(fields=["asked_offices"], name="dossier_asked", condition=Q(asked_offices__isnull=False)),
            GinIndex("joint_offices", name="dossier_joint", condition=Q(joint_offices__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.code or self.submission_no

    @property
    def is_over(self) -> bool:
        """Nothing is done to it any more, or its result waits to be collected."""
        return self.state in RESOLVED or self.state == State.REFUSED

    @property
    def submitter(self) -> Submitter:
        """Who brought it."""
        return Submitter(
            self.submitter_role,
            self.submitter_name,
            self.submitter_id_no,
            self.submitter_phone,
            self.submitter_relation,
            self.submitter_authority_no,
            self.submitter_authority_on,
        )

    @cached_property
    def proposal(self) -> Any:
        """The correction that waits, with those who proposed it; None, without a statement, where none does."""
        if not self.correction_waits:
            return None
        return self.corrections.select_related("proposed_by", "proposed_for").get(decided_at=None)

    @cached_property
    def receiving_schedule(self) -> str:
        """The schedule of office hours of the unit that took the dossier; the lock brings it along."""
        return self.receiving_office.schedule

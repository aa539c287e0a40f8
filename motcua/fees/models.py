"""Bills, their ledger, receipts and the cash of a counter. Whole đồng; what was written is never changed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.fees.kinds import MONEY, BillState, DueWhen, EntryKind, LineKind, Way
from motcua.fees.money import WholeDong

ACCOUNT = settings.AUTH_USER_MODEL


def positive(column: str, name: str) -> models.CheckConstraint:
    """The database refuses an amount that is nothing, negative or a fraction."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__gt": 0}, **{column: models.Func(F(column), function="trunc")}),
        name=name,
        violation_error_message=_("Số tiền phải là số đồng nguyên, lớn hơn 0."),
    )


class Rule(models.Model):
    """When a procedure's fee is due and what ends give it back; in force from `valid_from`, no longer on `valid_to`."""

    procedure_code = models.CharField(max_length=40, blank=True, help_text="empty: every procedure without its own")
    due_when = models.CharField(max_length=6, choices=DueWhen)
    holds_back = models.BooleanField(help_text="unpaid, the dossier is not accepted (before) or not returned (after)")
    refund_withdrawn = models.BooleanField(help_text="withdrawn or stopped after acceptance: what was paid goes back")
    refund_refused = models.BooleanField(help_text="refused after appraisal: what was paid goes back")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.TextField()
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure_code", "valid_from"], name="fee_rule_once_per_start"),
            models.CheckConstraint(condition=~Q(basis=""), name="fee_rule_has_basis"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="fee_rule_dates",
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code or '*'} {self.due_when}"


class Reduction(models.Model):
    """A reduction for a time: a percentage or an amount, for some channels, kinds and procedures (empty: all).

    In force from `valid_from`, no longer on `valid_to`; the day is that on which the dossier is handed in.
    """

    name = models.CharField(max_length=200)
    procedure_codes = ArrayField(models.CharField(max_length=40), default=list)
    kinds = ArrayField(models.CharField(max_length=10, choices=LineKind), default=list)
    channels = ArrayField(models.SmallIntegerField(), default=list)
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    amount_vnd = WholeDong(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.TextField()
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__isnull=True, amount_vnd__gt=0)
                | Q(amount_vnd__isnull=True, percent__gt=0, percent__lte=100),
                name="reduction_by_percent_or_amount",
                violation_error_message=_("Mức giảm là một tỷ lệ đến 100 % hoặc một số tiền, không phải cả hai."),
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="reduction_has_basis"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="reduction_dates",
                violation_error_message=_("Ngày hết hiệu lực phải sau ngày có hiệu lực."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Bill(models.Model):
    """What one dossier costs; a dossier points here. Amounts stand in the ledger, only `state` (its fold) changes.

    Law: ND61-2018 22
    """

    reference = models.CharField(max_length=20, unique=True, help_text="what payment systems call it")
    due_when = models.CharField(max_length=6, choices=DueWhen)
    holds_back = models.BooleanField()
    refund_withdrawn = models.BooleanField()
    refund_refused = models.BooleanField()
    rule_basis = models.TextField(blank=True)
    counter = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    payer_name = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BillState)

    class Meta:
        indexes = [
            models.Index(
                "counter",
                "issued_at",
                name="bill_open",
                condition=Q(state__in=[BillState.UNPAID, BillState.PARTLY, BillState.REFUND_DUE]),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Line(models.Model):
    """One phí or lệ phí of a bill, as the frozen version names it; how much stands in the ledger."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines", db_index=False)
    seq = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=LineKind, blank=True)
    name = models.TextField()
    source_row = models.BigIntegerField(null=True, help_text="fee row of the frozen version; null: said by a person")

    class Meta:
        ordering = ["seq"]
        constraints = [models.UniqueConstraint(fields=["bill", "seq"], name="bill_line_once")]

    def __str__(self) -> str:
        return self.name


class ReceiptBook(models.Model):
    """A book of receipts of one office: template, serial, and the last number given.

    `holder`: the only officer who writes from it; without one the whole counter does.
    """

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+")
    template_no = models.CharField(max_length=30, help_text="mẫu số")
    serial = models.CharField(max_length=20, help_text="ký hiệu")
    first_no = models.IntegerField(default=1)
    last_no = models.IntegerField(help_text="last number of the book, inclusive")
    given_no = models.IntegerField(help_text="last number given; first_no - 1 while none is")
    valid_from = models.DateField()
    opened_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    holder = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")
    closed_on = models.DateField(null=True, help_text="no receipt from this day on")
    closed_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template_no", "serial", "first_no"],
                name="receipt_book_once",
                violation_error_message=_("Đã có quyển biên lai mẫu số, ký hiệu này."),
            ),
            models.CheckConstraint(
                condition=Q(first_no__gt=0, last_no__gte=F("first_no"), given_no__lte=F("last_no"))
                & Q(given_no__gte=F("first_no") - 1),
                name="receipt_book_numbers",
                violation_error_message=_("Số đầu, số cuối của quyển biên lai không hợp lệ."),
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_on__isnull=False), name="book_closed_by_somebody_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_no} {self.serial}"

    @property
    def used(self) -> int:
        """How many numbers were given, cancelled ones with them."""
        return self.given_no - self.first_no + 1

    @property
    def left(self) -> int:
        """How many numbers were not given; a closed book gives none of them any more."""
        return self.last_no - self.given_no


class Receipt(models.Model):
    """One receipt (biên lai). Each number follows the one before in its book: the database refuses a hole.

    Law: ND123-2020 30
    """

    book = models.ForeignKey(ReceiptBook, models.PROTECT, related_name="receipts", db_index=False)
    number = models.IntegerField()
    previous_no = models.IntegerField(null=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="receipts")
    amount_vnd = WholeDong()
    payer_name = models.CharField(max_length=200)
    issued_by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["book_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="receipt_number_once"),
            models.UniqueConstraint(
                fields=["book"], condition=Q(previous_no__isnull=True), name="one_first_receipt_per_book"
            ),
            models.CheckConstraint(
                condition=Q(previous_no__isnull=True) | Q(number=F("previous_no") + 1),
                name="receipt_follows_the_one_before",
            ),
            positive("amount_vnd", "receipt_amount_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.number:07d}"


class ReceiptCancellation(models.Model):
    """A receipt that no longer counts. It stays, marked, and its number is not given again."""

    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="cancellation")
    reason = models.TextField()
    by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="receipt_cancelled_with_reason")]

    def __str__(self) -> str:
        return f"{self.receipt_id}"


class LateReceipt(models.Model):
    """A receipt that was written after its money was booked, for ever: which payment it is for, by its reference.

    Of a payment that was booked with a receipt the entries themselves point to it. Law: ND123-2020 30
    """

    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="late")
    reference = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="late_receipt_of_a_payment")]

    def __str__(self) -> str:
        return self.reference


class Entry(models.Model):
    """One line of a bill's ledger, for ever: the database refuses UPDATE and DELETE.

    `booked_on`: the cash day it belongs to; after the officer's close of a day, the next one.
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="entries", db_index=False)
    seq = models.SmallIntegerField()
    line = models.ForeignKey(Line, models.PROTECT, related_name="entries", db_index=False)
    kind = models.CharField(max_length=10, choices=EntryKind)
    amount_vnd = WholeDong()
    way = models.CharField(max_length=10, choices=Way, blank=True)
    channel = models.SmallIntegerField(null=True, help_text="1 counter, 2 online, 3 post")
    at = models.DateTimeField()
    booked_on = models.DateField()
    by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    counter = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="entries")
    reference = models.CharField(max_length=80, blank=True, help_text="one payment, however often it is told")
    basis = models.TextField(blank=True)
    proof = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["bill_id", "seq"]
        indexes = [
            models.Index("counter", "booked_on", name="entry_of_day", condition=Q(kind__in=list(MONEY))),
            # What was paid in a period, read from the index alone: the reports ask for all counters together.
            models.Index(
                "at",
                name="entry_paid",
                include=["bill", "seq", "way", "channel", "by"],
                condition=Q(kind=EntryKind.PAID),
            ),
            models.Index(
                "counter",
                "at",
                name="entry_without_receipt",
                condition=Q(kind=EntryKind.PAID, way=Way.GATEWAY, receipt__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["bill", "seq"], name="entry_once"),
            models.UniqueConstraint(
                fields=["reference", "line"],
                condition=~Q(reference=""),
                name="payment_reference_once",
                violation_error_message=_("Khoản thanh toán này đã được ghi nhận."),
            ),
            positive("amount_vnd", "entry_amount_is_whole"),
            models.CheckConstraint(
                condition=Q(kind__in=list(MONEY)) & ~Q(way="") | ~Q(kind__in=list(MONEY)) & Q(way=""),
                name="money_moves_some_way",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.EXEMPTED, EntryKind.REDUCED]) | ~Q(basis=""),
                name="exemption_has_basis",
                violation_error_message=_("Miễn, giảm phải có căn cứ."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[EntryKind.REFUNDED, EntryKind.CANCELLED]) | ~Q(reason=""),
                name="refund_has_reason",
                violation_error_message=_("Hoàn tiền, thôi thu phải có lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bill_id}/{self.seq} {self.kind} {self.amount_vnd}"


class Till(models.Model):
    """The cash of one officer at one counter, and the last day that was closed; taking money and closing lock it."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    closed_through = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "officer"], name="one_till_per_officer")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.officer_id}"


class CashClose(models.Model):
    """The end of a cash day: what the ledger expects, what was counted, why they differ, and who signs."""

    office = models.ForeignKey("offices.Office", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    expected_vnd = models.BigIntegerField(help_text="cash taken less cash given back, by the ledger")
    counted = models.JSONField(help_text="{denomination: how many}")
    counted_vnd = models.BigIntegerField()
    reason = models.TextField(blank=True)
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "officer", "day"],
                name="cash_day_closed_once",
                violation_error_message=_("Ngày này đã khoá sổ."),
            ),
            models.CheckConstraint(
                condition=Q(counted_vnd=F("expected_vnd")) | ~Q(reason=""),
                name="difference_has_reason",
                violation_error_message=_("Chênh lệch phải có lý do."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} {self.officer_id} {self.day}"

    @property
    def difference_vnd(self) -> int:
        """Counted less expected: positive when there is too much."""
        return self.counted_vnd - self.expected_vnd

"""Payment orders, what the gateway said of them, the money that came, and what became of it.

Rows are evidence: the database refuses DELETE of all of them, and UPDATE of all but where an order is and when it is
asked about next.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.base.numbers import show_vnd
from motcua.dossiers.models import Dossier
from motcua.fees.models import Bill, Receipt, positive
from motcua.fees.money import WholeDong
from motcua.payments.kinds import BackWay, OrderState, Through, Verdict

ACCOUNT = settings.AUTH_USER_MODEL


class Order(models.Model):
    """One request to a gateway to take one amount for one bill. The amount is frozen as it is made.

    expires_at: from then on the gateway takes nothing for it (exclusive); next_ask_at: when it is asked about, null: never.
    """

    number = models.CharField(max_length=20, unique=True, help_text="what the gateway calls it (MaThamChieu)")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="payment_orders", db_index=False)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payment_orders", db_index=False)
    amount_vnd = WholeDong()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    by = models.ForeignKey(ACCOUNT, models.PROTECT, null=True, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=OrderState, default=OrderState.OPEN)
    asked = models.SmallIntegerField(default=0, help_text="how often the gateway was asked about it")
    asked_at = models.DateTimeField(null=True, help_text="when it was last asked about")
    next_ask_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("bill", "id", name="payment_order_of_bill"),
            models.Index("made_at", name="payment_order_of_day"),
            models.Index("next_ask_at", name="payment_order_unanswered", condition=Q(next_ask_at__isnull=False)),
        ]
        constraints = [
            positive("amount_vnd", "order_amount_is_whole"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="order_lasts_some_time"),
        ]

    def __str__(self) -> str:
        return self.number


class Told(models.Model):
    """One message of the gateway with its signature checked, as it came; the same words are kept once."""

    digest = models.BinaryField(unique=True, max_length=32)
    number = models.CharField(max_length=40, help_text="the order it speaks of, as it was said")
    through = models.CharField(max_length=6, choices=Through)
    state = models.CharField(max_length=20)
    gateway_ref = models.CharField(max_length=40, blank=True)
    said = models.CharField(max_length=60, blank=True, help_text="amount and currency, as they were said")
    words = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("number", "at", name="payment_told_of_order"),
            models.Index("gateway_ref", name="payment_told_of_money", condition=~Q(gateway_ref="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class Money(models.Model):
    """Money that the gateway took, once for each of its transactions, whether we know what for or not.

    amount_vnd: null where it was not said in whole đồng; `said` is what was said.
    """

    gateway_ref = models.CharField(max_length=40, unique=True, help_text="the gateway's transaction (MaGiaoDich)")
    number = models.CharField(max_length=40)
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="money")
    amount_vnd = WholeDong(null=True)
    said = models.CharField(max_length=60)
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("told_at", name="payment_money_of_day")]
        constraints = [positive("amount_vnd", "money_is_whole")]

    def __str__(self) -> str:
        return self.gateway_ref


class Outcome(models.Model):
    """What became of the money, once: so much into the ledger, so much to be given back."""

    money = models.OneToOneField(Money, models.PROTECT, related_name="outcome")
    verdict = models.CharField(max_length=16, choices=Verdict)
    booked_vnd = models.BigIntegerField(help_text="whole đồng in the ledger under `reference`")
    back_vnd = models.BigIntegerField(help_text="whole đồng to be given back")
    reference = models.CharField(max_length=80, blank=True)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index("at", name="payment_to_give_back", condition=~Q(back_vnd=0))]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.BOOKED, booked_vnd__gt=0, back_vnd__gte=0) & ~Q(reference="")
                | ~Q(verdict=Verdict.BOOKED) & Q(booked_vnd=0, back_vnd__gte=0, reference=""),
                name="outcome_is_booked_or_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.money_id} {self.verdict}"

    @property
    def back_said(self) -> str:
        """What is to be given back, in words: đồng, or what the gateway said where that was no đồng."""
        return show_vnd(self.back_vnd) if self.back_vnd else self.money.said


class GivenBack(models.Model):
    """Money that was not booked went back: how, by which paper, by whom. All of it, once."""

    outcome = models.OneToOneField(Outcome, models.PROTECT, related_name="given_back")
    way = models.CharField(max_length=10, choices=BackWay)
    document = models.CharField(max_length=100, help_text="number of the transfer, or of the paper that was signed")
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(ACCOUNT, models.PROTECT, related_name="+", db_index=False)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(document="") & ~Q(reason=""),
                name="given_back_with_paper_and_reason",
                violation_error_message=_("Cần số chứng từ và lý do."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.document}"

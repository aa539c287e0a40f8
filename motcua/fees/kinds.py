"""The kinds of things that money speaks of; stored codes never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LineKind(models.TextChoices):
    """Phí and lệ phí are different things: the codes of the catalogue. Law: LPLP-2015 3"""

    FEE = "PHI", _("Phí")
    CHARGE = "LE_PHI", _("Lệ phí")
    UNKNOWN = "", _("Phí, lệ phí")


class DueWhen(models.TextChoices):
    """Until when the money has to be there."""

    BEFORE = "before", _("Thu trước khi tiếp nhận")
    AFTER = "after", _("Thu trước khi trả kết quả")


class EntryKind(models.TextChoices):
    """What a line of the ledger says; amounts are always positive, the kind gives the sign."""

    CHARGED = "charged", _("Phải thu")
    EXEMPTED = "exempted", _("Miễn")
    REDUCED = "reduced", _("Giảm")
    CANCELLED = "cancelled", _("Thôi thu")
    PAID = "paid", _("Đã thu")
    REFUNDED = "refunded", _("Đã hoàn")


OWED_MORE = (EntryKind.CHARGED,)
OWED_LESS = (EntryKind.EXEMPTED, EntryKind.REDUCED, EntryKind.CANCELLED)
MONEY = (EntryKind.PAID, EntryKind.REFUNDED)


class Way(models.TextChoices):
    """How money moved."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")
    GATEWAY = "gateway", _("Cổng thanh toán")


class BillState(models.TextChoices):
    """What the ledger of a bill comes to."""

    UNPAID = "unpaid", _("Chưa nộp")
    PARTLY = "partly", _("Nộp chưa đủ")
    PAID = "paid", _("Đã nộp đủ")
    FREE = "free", _("Được miễn, không phải nộp")
    CANCELLED = "cancelled", _("Thôi thu")
    REFUND_DUE = "refund_due", _("Phải hoàn tiền")
    REFUNDED = "refunded", _("Đã hoàn tiền")


OWING = (BillState.UNPAID, BillState.PARTLY)

"""The kinds of things that a payment through a gateway knows; stored codes never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderState(models.TextChoices):
    """Where a payment order is. Only the gateway's own word moves it on, never the browser's."""

    OPEN = "open", _("Đang chờ cổng thanh toán xác nhận")
    PAID = "paid", _("Đã thanh toán")
    CANCELLED = "cancelled", _("Đã huỷ tại cổng thanh toán")
    EXPIRED = "expired", _("Hết hạn, chưa thanh toán")


class Through(models.TextChoices):
    """How a message of the gateway reached us."""

    NOTICE = "notice", _("Cổng thanh toán báo")
    QUERY = "query", _("Hệ thống hỏi")


class Verdict(models.TextChoices):
    """What became of money that the gateway says it took."""

    BOOKED = "booked", _("Đã ghi vào sổ thu")
    NOTHING_OWED = "nothing_owed", _("Không còn khoản nào phải nộp")
    ENDED = "ended", _("Hồ sơ đã kết thúc")
    WRONG_AMOUNT = "wrong_amount", _("Khác số tiền của lệnh thanh toán")
    OTHER_CURRENCY = "other_currency", _("Không phải đồng Việt Nam")
    UNKNOWN_ORDER = "unknown_order", _("Không có lệnh thanh toán này")


class BackWay(models.TextChoices):
    """How money went back to whoever paid it."""

    GATEWAY = "gateway", _("Qua cổng thanh toán")
    TRANSFER = "transfer", _("Chuyển khoản")
    CASH = "cash", _("Tiền mặt")

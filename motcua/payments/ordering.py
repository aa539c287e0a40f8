"""A payment order: everything that is owed on one bill, frozen, for a short while; and the way to the gateway.

Law: ND61-2018 22
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.ids import random_key
from motcua.base.times import day_of
from motcua.dossiers.guards import obstacle
from motcua.dossiers.journal import lock
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import TRANSITIONS, Act
from motcua.fees import receipts, writing
from motcua.payments import protocol
from motcua.payments.gateway import Gateway, moment, the_gateway
from motcua.payments.kinds import OrderState
from motcua.payments.models import Order

LASTS = timedelta(minutes=15)
FIRST_ASKED_AFTER = timedelta(minutes=1)
# A live order is given again to whoever comes back, while this much of it is left at least.
ENOUGH_LEFT = timedelta(minutes=1)


def why_not(dossier: Dossier, at: datetime) -> str | None:
    """Why this dossier's fee can't be paid online now, as a sentence; None where it can. One or two statements."""
    if dossier.bill is None:
        return _("Hồ sơ này không có phiếu thu phí, lệ phí.")
    if dossier.state not in TRANSITIONS[Act.TAKE_FEE].sources:
        return _("Hồ sơ đã kết thúc: không thu phí, lệ phí nữa.")
    if reason := obstacle(Act.TAKE_FEE, dossier, at):
        return reason
    if the_gateway() is None:
        return _("Hiện chưa nhận thanh toán trực tuyến: hãy nộp tại nơi tiếp nhận hồ sơ.")
    if not receipts.has_numbers(dossier.receiving_office_id, day_of(at)):
        return _("Nơi tiếp nhận chưa có quyển biên lai cho thanh toán trực tuyến: hãy nộp tại quầy.")
    return None


def order(dossier_id: int, *, by: int | None, at: datetime) -> Order:
    """The order by which a person pays now: one that is still good (a second click, another tab), else a new one.

    by: the account that pays; None for whoever came by the dossier's link. Raises Refused where nothing is to be paid
    or nothing can be paid online.
    """
    with transaction.atomic():
        dossier = lock(dossier_id)
        if reason := why_not(dossier, at):
            raise Refused(reason, code="not_online")
        bill, balance, _count = writing.lock(dossier.bill_id or 0)
        owed = balance.total.outstanding
        live = Order.objects.filter(bill=bill, state=OrderState.OPEN, amount_vnd=owed, expires_at__gt=at + ENOUGH_LEFT)
        return live.order_by("-id").first() or Order.objects.create(
            number=f"TT-{random_key(14)}",
            dossier=dossier,
            bill=bill,
            amount_vnd=owed,
            made_at=at,
            expires_at=at + LASTS,
            by_id=by,
            next_ask_at=at + FIRST_ASKED_AFTER,
        )


def address_at(gateway: Gateway, made: Order, back: str, at: datetime) -> str:
    """Where the person is sent to pay: the gateway's page with signed words, and nothing personal in them.

    back: the absolute address that the browser comes back to; what it brings along is never believed.
    """
    fields = gateway.signed(
        protocol.PAY,
        MaThamChieu=made.number,
        SoTien=str(made.amount_vnd),
        LoaiTien=protocol.VND,
        MaDonVi=made.dossier.receiving_office.code,
        MaThuTuc=made.dossier.procedure.code,
        ThongTinGiaoDich=f"Phi, le phi ho so {made.dossier.submission_no}",
        ThoiGianGD=moment(at),
        ThoiHan=moment(made.expires_at),
        UrlTraVe=back,
    )
    return f"{gateway.pay_address}{'&' if '?' in gateway.pay_address else '?'}{urlencode(fields)}"

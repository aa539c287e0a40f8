"""Books of receipts (quyển biên lai): opened, held, closed; numbers go on from book to book of a serial.

Law: ND123-2020 30
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.times import day_of
from motcua.fees.closing import TAKING
from motcua.fees.models import ReceiptBook
from motcua.offices.actors import Actor
from motcua.offices.models import Posting

# Who heads those who take money at a counter.
KEEPER = "unit_head"


def open_book(
    *,
    office_id: int,
    template_no: str,
    serial: str,
    first_no: int,
    last_no: int,
    valid_from: date,
    actor: Actor,
    holder_id: int | None = None,
) -> ReceiptBook:
    """Bring a book of receipts into use at an office, for one officer there (`holder_id`) or for its whole counter.

    Raises Forbidden for an officer who does not head the office, Invalid for numbers that are taken or make no sense.
    """
    _require_keeper(actor, office_id)
    wrong = {
        name: _("Cần mẫu số và ký hiệu biên lai.")
        for name, value in (("template_no", template_no), ("serial", serial))
        if not value.strip()
    }
    if not 0 < first_no <= last_no:
        wrong["last_no"] = _("Số đầu, số cuối của quyển biên lai không hợp lệ.")
    known = ReceiptBook.objects.filter(template_no=template_no.strip(), serial=serial.strip())
    if known.filter(first_no__lte=last_no, last_no__gte=first_no).exists():
        wrong["serial"] = _("Đã có quyển biên lai mẫu số, ký hiệu này.")
    if holder_id is not None and not takers(office_id, valid_from).filter(account_id=holder_id).exists():
        wrong["holder"] = _("Người giữ quyển phải là người thu tiền tại nơi này.")
    if wrong:
        raise Invalid(_("Chưa mở được quyển biên lai."), fields=wrong)
    return ReceiptBook.objects.create(
        office_id=office_id,
        template_no=template_no.strip(),
        serial=serial.strip(),
        first_no=first_no,
        last_no=last_no,
        given_no=first_no - 1,
        valid_from=valid_from,
        opened_by_id=actor.account_id,
        holder_id=holder_id,
    )


def close_book(book_id: int, *, actor: Actor, at: datetime) -> ReceiptBook:
    """No receipt is written from it from now on; what was written stays, numbers that are left are given to nobody.

    Raises NotThere, Forbidden for an officer who does not head the office, Refused (book_closed) the second time.
    """
    with transaction.atomic():
        # Whoever writes a receipt from it now is waited for.
        book = ReceiptBook.objects.select_for_update().filter(pk=book_id).first()
        if book is None:
            raise NotThere(_("Không có quyển biên lai này."))
        _require_keeper(actor, book.office_id)
        if book.closed_on is not None:
            raise Refused(_("Quyển biên lai này đã đóng."), code="book_closed")
        book.closed_on, book.closed_by_id = day_of(at), actor.account_id
        book.save(update_fields=["closed_on", "closed_by"])
    return book


def books_of(offices: Collection[int]) -> QuerySet[ReceiptBook]:
    """The books of these offices with how many receipts of each were cancelled (`cancelled`); those in use stand first."""
    rows = ReceiptBook.objects.filter(office_id__in=offices).select_related("office", "holder", "closed_by")
    return rows.annotate(cancelled=Count("receipts__cancellation")).order_by("-closed_on", "valid_from", "id")


def takers(office_id: int, day: date) -> QuerySet[Posting]:
    """Who takes money at the office on that day."""
    return Posting.objects.on(day).filter(office_id=office_id, role__in=TAKING, account__is_active=True)


def following(office_id: int) -> dict[str, object]:
    """What the next book of the office is most likely: the same template and serial, as many numbers, after the last."""
    last = ReceiptBook.objects.filter(office_id=office_id).order_by("-valid_from", "-id").first()
    if last is None:
        return {}
    same = ReceiptBook.objects.filter(template_no=last.template_no, serial=last.serial)
    end: int = same.aggregate(end=Max("last_no"))["end"]
    size = last.last_no - last.first_no
    return {"template_no": last.template_no, "serial": last.serial, "first_no": end + 1, "last_no": end + 1 + size}


def _require_keeper(actor: Actor, office_id: int) -> None:
    if actor.account_id is not None and not actor.has(KEEPER, office_id):
        raise Forbidden(_("Chỉ người phụ trách nơi thu được mở, đóng quyển biên lai."))

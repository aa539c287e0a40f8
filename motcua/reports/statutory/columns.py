"""The columns of the forms about dossiers, as the law of the period wants what it does not print in a column of its own.

Law: TT01-2020 2; ND309-2026 11
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotThere
from motcua.law.store import regime_on
from motcua.reports.measures import IN, ONLINE
from motcua.reports.statutory.shapes import Column, Identity, identities_of

RECEIVED = _("Số hồ sơ nhận giải quyết")
RESOLVED = _("Số hồ sơ đã giải quyết")
OPEN = _("Số hồ sơ đang giải quyết")
BESIDE = _("Ngoài các cột của biểu")


@dataclass(frozen=True, slots=True)
class Switches:
    """Where waiting, withdrawn, stopped and helped dossiers are counted; the defaults are those of the first regime.

    helped: those that were handed in online with help, as `online` or as if at the `counter`.
    """

    supplement: str = "pending_within"
    withdrawn: str = "resolved_on_time"
    stopped: str = "resolved"
    helped: str = "online"

    @property
    def online(self) -> tuple[str, ...]:
        """The measures that a column of online dossiers is the sum of."""
        return ONLINE if self.helped == "online" else ("new_online_self",)

    @property
    def counter(self) -> tuple[str, ...]:
        """The measures that a column of dossiers brought in person is the sum of."""
        return ("new_counter",) if self.helped == "online" else ("new_counter", "new_online_helped")

    def online_at(self, level: str) -> tuple[str, ...]:
        """The measures that a column of one level of online service is the sum of."""
        return tuple(f"{key}_{level}" for key in self.online)


def switches_on(day: date) -> Switches:
    """What the law of a day says; of days before the first regime, what that began with."""
    try:
        said = regime_on(day)
    except NotThere:
        return Switches()
    return Switches(
        said.supplement_bucket, said.returned_withdrawn_bucket, said.stopped_bucket, said.helped_online_bucket
    )


def columns_06(switches: Switches) -> tuple[tuple[Column, ...], tuple[Identity, ...]]:
    """Columns 3 to 13 of II.06, further ones for what has a column of its own, and all identities. Law: TT01-2020 2"""
    own_waiting = switches.supplement == "own"
    on_time: tuple[str, ...] = ("resolved_on_time",)
    within: tuple[str, ...] = ("open_within",)
    beside: list[Column] = []
    done_parts, open_parts, outside = ["8", "9", "10"], ["12", "13"], ["7", "11"]
    if own_waiting:
        beside.append(Column("14", _("Chờ bổ sung (trong cột 11)"), ("waiting_supplement",), (), BESIDE))
        open_parts.append("14")
    else:
        within += ("waiting_supplement",)
    if switches.withdrawn == "resolved_on_time":
        on_time += ("withdrawn",)
    elif switches.withdrawn == "own":
        beside.append(Column("15", _("Rút (trong cột 7)"), ("withdrawn",), (), BESIDE))
        done_parts.append("15")
    else:
        beside.append(Column("15", _("Rút (ngoài cột 7)"), ("withdrawn",), (), BESIDE))
        outside.append("15")
    if switches.stopped == "resolved":
        on_time += ("stopped",)
    else:
        beside.append(Column("16", _("Dừng, trả lại (ngoài cột 7)"), ("stopped",), (), BESIDE))
        outside.append("16")
    waiting = ("waiting_supplement",) if own_waiting else ()
    withdrawn = ("withdrawn",) if switches.withdrawn == "own" else ()
    columns = (
        Column("3", _("Tổng số"), IN, ("4", "5", "6"), RECEIVED),
        Column("4", _("Trong kỳ: trực tuyến"), switches.online, (), RECEIVED),
        Column("5", _("Trong kỳ: trực tiếp, dịch vụ bưu chính"), (*switches.counter, "new_post"), (), RECEIVED),
        Column("6", _("Từ kỳ trước"), ("carried_over",), (), RECEIVED),
        Column(
            "7", _("Tổng số"), ("resolved_early", *on_time, "resolved_late", *withdrawn), tuple(done_parts), RESOLVED
        ),
        Column("8", _("Trước hạn"), ("resolved_early",), (), RESOLVED),
        Column("9", _("Đúng hạn"), on_time, (), RESOLVED),
        Column("10", _("Quá hạn"), ("resolved_late",), (), RESOLVED),
        Column("11", _("Tổng số"), (*within, "open_late", *waiting), tuple(open_parts), OPEN),
        Column("12", _("Trong hạn"), within, (), OPEN),
        Column("13", _("Quá hạn"), ("open_late",), (), OPEN),
        *beside,
    )
    return columns, (*identities_of(columns), Identity("3", tuple(outside)))


def columns_07a(switches: Switches) -> tuple[tuple[Column, ...], tuple[Identity, ...]]:
    """Columns of 07a/BTP: withdrawn and stopped have their own, waiting for a supplement is open within the limit.

    Law: ND309-2026 11
    """
    received, waiting, done = _("Tiếp nhận"), _("Chờ tiếp nhận"), _("Đã giải quyết")
    running, ended, paid = _("Đang giải quyết"), _("Kết thúc không có kết quả"), _("Thanh toán")
    own = switches.supplement == "own"
    within = ("open_within",) if own else ("open_within", "waiting_supplement")
    parts = ("23", "24", "30") if own else ("23", "24")
    columns = (
        Column("3", _("Tổng số"), IN, ("4", "5", "9", "11"), received),
        Column("4", _("Trực tiếp"), switches.counter, (), received),
        Column("5", _("Trực tuyến: tổng số"), switches.online, ("6", "7", "8"), received),
        Column("6", _("Trực tuyến: toàn trình"), switches.online_at("full"), (), received),
        Column("7", _("Trực tuyến: một phần"), switches.online_at("partial"), (), received),
        Column("8", _("Trực tuyến: khác"), switches.online_at("other"), (), received),
        Column("9", _("Bưu chính công ích"), ("new_post",), (), received),
        Column("10", _("Trong đó: không phụ thuộc địa giới"), ("new_boundary",), (), received),
        Column("11", _("Từ kỳ trước"), ("carried_over",), (), received),
        Column("12", _("Tổng số"), ("waiting_acceptance",), ("13", "14"), waiting),
        Column("13", _("Trong hạn"), ("waiting_in_time",), (), waiting),
        Column("14", _("Quá hạn"), ("waiting_late",), (), waiting),
        Column("15", _("Không tiếp nhận"), ("refused",), (), ""),
        Column("16", _("Tổng số"), ("resolved_early", "resolved_on_time", "resolved_late"), ("17", "18", "19"), done),
        Column("17", _("Trước hạn"), ("resolved_early",), (), done),
        Column("18", _("Đúng hạn"), ("resolved_on_time",), (), done),
        Column("19", _("Quá hạn: tổng số"), ("resolved_late",), ("20", "21"), done),
        Column("20", _("Quá hạn: đã xin lỗi"), ("late_with_letter",), (), done),
        Column("21", _("Quá hạn: chưa xin lỗi"), ("late_without_letter",), (), done),
        Column("22", _("Tổng số"), ("open_within", "waiting_supplement", "open_late"), parts, running),
        Column("23", _("Trong hạn"), within, (), running),
        Column("24", _("Quá hạn"), ("open_late",), (), running),
        Column("25", _("Dừng, trả lại"), ("stopped",), (), ended),
        Column("26", _("Rút"), ("withdrawn",), (), ended),
        Column("27", _("Tổng số"), ("paid_online", "paid_direct"), ("28", "29"), paid),
        Column("28", _("Trực tuyến"), ("paid_online",), (), paid),
        Column("29", _("Trực tiếp"), ("paid_direct",), (), paid),
        *((Column("30", _("Chờ bổ sung (trong cột 22)"), ("waiting_supplement",), (), BESIDE),) if own else ()),
    )
    return columns, (*identities_of(columns), Identity("3", ("16", "22", "25", "26")))

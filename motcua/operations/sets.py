"""What the board of an instant counts, as SQL: each row is one dossier or parcel of one measure, for one office.

Bounds: %(at)s the instant, %(today)s and %(tomorrow)s the first instants of its Vietnamese day and of the next.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.times import day_of, end_of, start_of
from motcua.dossiers.states import CLOSED, IN_HAND, WAITING_FOR_ACCEPTANCE, State
from motcua.reports.measures import Measure

TODAY = ("taken_in", "resolved", "returned")
WAITING = ("waiting", "ack_today", "ack_late")
HANDLING = ("in_hand", "due_today", "late", "again")
RETURNING = ("to_return", "post_to_send", "post_under_way", "post_late")
OF_PARCELS = ("post_under_way", "post_late")

BOARD: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure("taken_in", _("Tiếp nhận hôm nay"), _("Hồ sơ được tiếp nhận chính thức trong ngày."), "ND61-2018 17"),
        Measure("resolved", _("Giải quyết hôm nay"), _("Hồ sơ có kết quả, rút hoặc dừng trong ngày."), "ND61-2018 19"),
        Measure("returned", _("Trả kết quả hôm nay"), _("Kết quả được trả trong ngày."), "ND61-2018 20"),
        Measure(
            "waiting",
            _("Chờ tiếp nhận"),
            _("Hồ sơ đã nộp, chưa được tiếp nhận hay từ chối; tính cho nơi hồ sơ đang nằm."),
            "ND61-2018 17",
        ),
        Measure(
            "ack_today",
            _("Sắp hết giờ trả lời"),
            _("Chờ tiếp nhận, thời hạn trả lời (08 giờ làm việc với hồ sơ trực tuyến) hết trong hôm nay."),
            "ND45-2020 11",
        ),
        Measure(
            "ack_late",
            _("Quá giờ trả lời"),
            _("Chờ tiếp nhận, thời hạn trả lời (08 giờ làm việc với hồ sơ trực tuyến) đã hết."),
            "ND45-2020 11",
        ),
        Measure("in_hand", _("Đang giải quyết"), _("Đã tiếp nhận, chưa có kết quả, chưa rút, chưa dừng."), "TT01-2020 2"),
        Measure("due_today", _("Hạn hôm nay"), _("Đang giải quyết, không tạm dừng, hẹn trả hôm nay."), "ND61-2018 20"),
        Measure(
            "late",
            _("Quá hạn"),
            _("Đang giải quyết, ngày hẹn trả đã qua; hồ sơ tạm dừng chỉ tính nếu đã quá hạn trước khi tạm dừng."),
            "ND61-2018 19(9)",
        ),
        Measure("again", _("Giải quyết lại"), _("Đã có kết quả, đang được giải quyết lại do sai sót."), "ND61-2018 21"),
        Measure("to_return", _("Chờ trả kết quả"), _("Đã có kết quả, người nộp chưa nhận."), "ND61-2018 20"),
        Measure(
            "post_to_send",
            _("Chờ gửi bưu chính"),
            _("Trong số chờ trả: người nộp nhận qua bưu chính, chưa giao cho bưu chính."),
            "QD45-2016 7",
        ),
        Measure("post_under_way", _("Bưu chính đang chuyển"), _("Bưu gửi trả kết quả đang trên đường."), "QD45-2016 7"),
        Measure("post_late", _("Bưu chính chậm"), _("Bưu gửi đang trên đường, đã qua ngày cuối phải phát."), "TT17-2017 7"),
    )
}  # fmt: skip


def states(*of: State) -> str:
    """States as SQL lists them."""
    return ", ".join(f"'{state.value}'" for state in of)


# As the partial indexes of open dossiers have it.
OPEN = f"NOT d.state IN ({states(*CLOSED)})"
_DAY = "({} AT TIME ZONE INTERVAL '7 hours')::date"
_ENTERED = "(SELECT s.entered_at FROM dossiers_stay s WHERE s.dossier_id = d.id AND s.left_at IS NULL)"
# As the report has it (`reports.sets`): a clock that stands still makes nobody late who was not late before.
LATE = f"""d.finished_at IS NULL AND d.state IN ({states(*(one for one in IN_HAND if one != State.SUPPLEMENT))})
    AND d.due_at < %(today)s
    AND (NOT d.stands_still OR {_DAY.format("d.due_at")} < {_DAY.format(_ENTERED)})"""
_IN_HAND = f"d.finished_at IS NULL AND d.state IN ({states(*IN_HAND)})"
_WAITS = f"d.state IN ({states(*WAITING_FOR_ACCEPTANCE)})"
_ASKED = f"d.state = '{State.SUBMITTED.value}' AND d.channel = 2"
_COLUMNS = "d.receiving_office_id, d.competent_office_id"
# Of what is open: for which office each measure counts, and when.
_STANDING = {
    "waiting": ("d.at_office_id", _WAITS),
    "ack_today": ("d.at_office_id", f"{_ASKED} AND d.answer_due_at >= %(at)s AND d.answer_due_at < %(tomorrow)s"),
    "ack_late": ("d.at_office_id", f"{_ASKED} AND d.answer_due_at < %(at)s"),
    "in_hand": ("d.{place}_office_id", _IN_HAND),
    "due_today": (
        "d.{place}_office_id",
        f"{_IN_HAND} AND NOT d.stands_still AND d.due_at >= %(today)s AND d.due_at < %(tomorrow)s",
    ),
    "late": ("d.{place}_office_id", LATE),
    "again": ("d.{place}_office_id", f"d.finished_at IS NOT NULL AND d.state IN ({states(*IN_HAND)})"),
    "to_return": ("d.receiving_office_id", f"d.state = '{State.FINISHED.value}'"),
    "post_to_send": (
        "d.receiving_office_id",
        f"d.state = '{State.FINISHED.value}' AND d.return_way = 'post' AND d.parcel_out_id IS NULL",
    ),
}
# All of them in one pass: offices together first, of which there are few, then measure by measure.
_STANDING_COUNTED = f"""
SELECT m.measure, m.office_id, {_COLUMNS}, m.many FROM (
    SELECT d.at_office_id, {_COLUMNS},
        {", ".join(f"count(*) FILTER (WHERE {holds}) AS {measure}" for measure, (_, holds) in _STANDING.items())}
    FROM dossiers_dossier d WHERE {OPEN} GROUP BY 1, 2, 3
) d CROSS JOIN LATERAL (VALUES
    {", ".join(f"('{measure}', {office}, d.{measure})" for measure, (office, _) in _STANDING.items())}
) m (measure, office_id, many)
"""  # noqa: S608 - only our own fragments are put together
_ON_THE_DAY = {
    measure: f"""
SELECT '{measure}' AS measure, d.id AS dossier_id, NULL::bigint AS parcel_id, d.{{place}}_office_id AS office_id, {_COLUMNS}
FROM dossiers_dossier d WHERE d.{column} >= %(today)s AND d.{column} < %(tomorrow)s
"""  # noqa: S608 - only our own fragments are put together
    for measure, column in (("taken_in", "accepted_at"), ("resolved", "finished_at"), ("returned", "returned_at"))
}
_PARCELS = """
SELECT m.measure, NULL::bigint AS dossier_id, p.id AS parcel_id, p.office_id, p.office_id AS receiving_office_id,
    p.office_id AS competent_office_id
FROM post_parcel p CROSS JOIN LATERAL (VALUES
    ('post_under_way', true), ('post_late', p.due_on < %(day)s)
) m (measure, holds) WHERE p.direction = 'out' AND p.state = 'on_the_way' AND p.office_id IS NOT NULL AND m.holds
"""


def members(place: str, measure: str) -> str:
    """The source that holds a measure; columns: measure, dossier, parcel, office, receiving, competent."""
    assert place in ("competent", "receiving")
    if measure in OF_PARCELS:
        return _PARCELS
    if measure in _ON_THE_DAY:
        return _ON_THE_DAY[measure].format(place=place)
    office, holds = _STANDING[measure]
    return f"""
SELECT '{measure}' AS measure, d.id AS dossier_id, NULL::bigint AS parcel_id, {office.format(place=place)} AS office_id, {_COLUMNS}
FROM dossiers_dossier d WHERE {OPEN} AND {holds}
"""  # noqa: S608 - only our own fragments are put together


def counted(place: str) -> str:
    """Every measure counted by office: measure, office, receiving, competent, and how `many`; more than one row of each."""
    assert place in ("competent", "receiving")
    rows = " UNION ALL ".join([*_ON_THE_DAY.values(), _PARCELS]).format(place=place)
    return f"""
{_STANDING_COUNTED.format(place=place)} UNION ALL
SELECT m.measure, m.office_id, m.receiving_office_id, m.competent_office_id, count(*) FROM ({rows}) m GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - only our own fragments are put together


def bounds(at: datetime) -> dict[str, Any]:
    """The instants and the day that the sets are cut at."""
    day = day_of(at)
    return {"at": at, "day": day, "today": start_of(day), "tomorrow": end_of(day)}

"""Every measure, once: its name, its sentence, the law it rests on, and the set of dossiers that it counts.

A measure is a set of dossiers, read from the ledger (accepted_at, stays) as it stood at the end of the period:
never from today's state. The same SQL counts the figure and lists the dossiers behind it (`sets.py`).
Buckets do not overlap. Waiting for a supplement, withdrawn and stopped are buckets of their own; form II.06a folds
them into others (`form_06a`). Law: TT01-2020 2; ND61-2018 19
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.base.errors import MotcuaError
from motcua.base.numbers import percent


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the report. `parts`: a total is the sum of these, which do not overlap."""

    key: str
    name: Any
    sentence: Any
    law: Any
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole` in percent, half-up, two decimals; an empty whole has no rate."""

    key: str
    name: Any
    part: str
    whole: str


# In the place of a law, where no law says what is counted: the sentence is our own definition.
OURS = _("[định nghĩa của hệ thống]")
MEASURES: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure(
            "carried_over",
            _("Kỳ trước chuyển sang"),
            _("Hồ sơ đã tiếp nhận trước ngày đầu kỳ và khi đó chưa giải quyết xong, chưa rút, chưa dừng."),
            "TT01-2020 2",
        ),
        Measure(
            "new",
            _("Tiếp nhận mới"),
            _("Hồ sơ được tiếp nhận chính thức (có mã số) trong kỳ."),
            "ND61-2018 17",
            ("new_counter", "new_online", "new_post"),
        ),
        Measure("new_counter", _("Nhận trực tiếp"), _("Tiếp nhận mới, nộp tại quầy."), "ND61-2018 16"),
        Measure(
            "new_online",
            _("Nhận trực tuyến"),
            _("Tiếp nhận mới, nộp qua mạng: tự nộp, hoặc có người giúp nộp."),
            "ND61-2018 16",
            ("new_online_self", "new_online_helped"),
        ),
        # No law tells these two apart. Our own definition, so that help given at a unit is not taken for people going
        # online by themselves (decision 0047).
        Measure(
            "new_online_self",
            _("Tự nộp trực tuyến"),
            _("Tiếp nhận mới, nộp qua mạng bằng tài khoản của chính người nộp; chỉ số này vào tỷ lệ trực tuyến."),
            OURS,
        ),
        Measure(
            "new_online_helped",
            _("Nộp trực tuyến có người giúp"),
            _(
                "Tiếp nhận mới, nộp qua mạng bằng tài khoản của cán bộ Bộ phận Một cửa hoặc người giúp nộp được phân công, "
                "thay cho công dân không tự nộp được; đếm riêng, không vào tỷ lệ trực tuyến."
            ),
            OURS,
        ),
        Measure("new_post", _("Nhận qua bưu chính"), _("Tiếp nhận mới, gửi qua bưu chính công ích."), "QD45-2016 7"),
        Measure(
            "total",
            _("Tổng số phải giải quyết"),
            _("Kỳ trước chuyển sang cộng tiếp nhận mới."),
            "TT01-2020 2",
            ("carried_over", "new"),
        ),
        Measure(
            "resolved",
            _("Đã giải quyết"),
            _(
                "Hồ sơ có kết quả (kể cả văn bản từ chối) trong kỳ, tính từ khi kết quả về nơi trả, dù chưa trả tận tay."
            ),
            "ND61-2018 19",
            ("resolved_early", "resolved_on_time", "resolved_late"),
        ),
        Measure(
            "resolved_early",
            _("Giải quyết trước hạn"),
            _("Có kết quả trước ngày hẹn trả đang có hiệu lực."),
            "ND61-2018 19",
        ),
        Measure(
            "resolved_on_time",
            _("Giải quyết đúng hạn"),
            _("Có kết quả đúng ngày hẹn trả, hoặc thủ tục không có ngày hẹn."),
            "ND61-2018 19",
        ),
        Measure("resolved_late", _("Giải quyết quá hạn"), _("Có kết quả sau ngày hẹn trả."), "ND61-2018 19(9)"),
        Measure(
            "ended",
            _("Trả lại, rút, dừng"),
            _("Hồ sơ đã tiếp nhận, kết thúc trong kỳ mà không có kết quả."),
            "ND61-2018 19",
            ("withdrawn", "stopped"),
        ),
        Measure("withdrawn", _("Rút"), _("Tổ chức, cá nhân xin rút hồ sơ đã tiếp nhận."), "ND118-2025 19"),
        Measure("stopped", _("Dừng, trả lại"), _("Cơ quan dừng giải quyết, trả lại hồ sơ."), "ND118-2025 19"),
        Measure(
            "waiting_supplement",
            _("Chờ bổ sung"),
            _("Cuối kỳ đang chờ tổ chức, cá nhân bổ sung; thời hạn đứng lại, không tính trong hạn hay quá hạn."),
            "ND61-2018 19(4)",
        ),
        Measure(
            "open",
            _("Đang giải quyết"),
            _("Cuối kỳ đang nằm ở cơ quan, chưa có kết quả."),
            "TT01-2020 2",
            ("open_within", "open_late"),
        ),
        Measure(
            "open_within",
            _("Đang trong hạn"),
            _("Cuối kỳ chưa qua ngày hẹn trả, không có ngày hẹn, hoặc thời hạn tạm dừng chờ nghĩa vụ tài chính."),
            "TT01-2020 2",
        ),
        Measure(
            "open_late", _("Đang quá hạn"), _("Cuối kỳ đã qua ngày hẹn trả mà chưa có kết quả."), "ND61-2018 19(9)"
        ),
        # Beside the balance: not yet accepted, or counted a second time from another side.
        Measure(
            "waiting_acceptance",
            _("Chờ tiếp nhận"),
            _("Cuối kỳ đã nộp mà chưa được tiếp nhận; tính cho nơi hồ sơ đang nằm."),
            "ND45-2020 11",
        ),
        Measure(
            "refused",
            _("Không được tiếp nhận"),
            _("Bị từ chối tiếp nhận trong kỳ; tính cho nơi từ chối."),
            "ND61-2018 17",
        ),
        Measure(
            "withdrawn_before",
            _("Rút trước khi tiếp nhận"),
            _("Người nộp rút trong kỳ, khi hồ sơ chưa được tiếp nhận."),
            "ND61-2018 17",
        ),
        Measure(
            "extended",
            _("Xin lỗi, hẹn lại"),
            _("Hồ sơ có văn bản xin lỗi và hẹn lại ngày trả ký trong kỳ."),
            "ND61-2018 19(9)",
        ),
        Measure(
            "asked_beyond",
            _("Yêu cầu bổ sung lần hai"),
            _("Hồ sơ mà lãnh đạo yêu cầu bổ sung quá số lần quy định trong kỳ; bộ chỉ số 766 tính là quá hạn."),
            "QD766-2022",
        ),
        Measure(
            "corrected",
            _("Đính chính sai sót"),
            _("Hồ sơ có sai sót của cơ quan được người thứ hai phê duyệt đính chính trong kỳ; tính theo lần sau cùng."),
            "ND61-2018 21",
            ("corrected_result", "corrected_reopen", "corrected_date"),
        ),
        Measure("corrected_result", _("Đính chính kết quả"), _("Kết quả được thay bằng bản đúng."), "ND61-2018 21"),
        Measure("corrected_reopen", _("Giải quyết lại"), _("Đã có kết quả, phải giải quyết lại."), "ND61-2018 21"),
        Measure("corrected_date", _("Đính chính ngày hẹn"), _("Ngày hẹn trả được sửa cho đúng."), "ND61-2018 21"),
        Measure(
            "returned",
            _("Đã trả kết quả"),
            _("Kết quả đã đến tay tổ chức, cá nhân trong kỳ."),
            "ND61-2018 20",
            ("returned_counter", "returned_online", "returned_post"),
        ),
        Measure("returned_counter", _("Trả tại quầy"), _("Nhận kết quả tại quầy trong kỳ."), "ND61-2018 20"),
        Measure("returned_online", _("Trả trực tuyến"), _("Nhận kết quả qua mạng trong kỳ."), "ND61-2018 20"),
        Measure("returned_post", _("Trả qua bưu chính"), _("Nhận kết quả qua bưu chính trong kỳ."), "QD45-2016 5"),
        # Dossiers, not procedures: the share of procedures in the list is the catalogue's own rate.
        Measure(
            "new_onsite",
            _("Tiếp nhận mới theo quy trình tại chỗ"),
            _(
                "Tiếp nhận mới tại Trung tâm cấp tỉnh, đi theo quy trình mà thẩm định, phê duyệt làm ngay tại Trung tâm. "
                "Đếm hồ sơ, không đếm thủ tục trong danh mục."
            ),
            "TT01-2018 6",
            ("new_onsite_four", "new_onsite_five"),
        ),
        Measure(
            "new_onsite_four", _("4 tại chỗ"), _("Tiếp nhận, thẩm định, phê duyệt, trả tại Trung tâm."), "TT01-2018 6"
        ),
        Measure("new_onsite_five", _("5 tại chỗ"), _("Như 4 tại chỗ, và đóng dấu tại Trung tâm."), "TT01-2018 6"),
        Measure(
            "resolved_onsite",
            _("Đã giải quyết theo quy trình tại chỗ"),
            _("Hồ sơ tiếp nhận theo quy trình tại chỗ, có kết quả trong kỳ."),
            "TT01-2018 6",
            ("resolved_onsite_early", "resolved_onsite_on_time", "resolved_onsite_late"),
        ),
        Measure("resolved_onsite_early", _("Tại chỗ, trước hạn"), _("Có kết quả trước ngày hẹn trả."), "TT01-2018 6"),
        Measure("resolved_onsite_on_time", _("Tại chỗ, đúng hạn"), _("Có kết quả đúng ngày hẹn trả."), "TT01-2018 6"),
        Measure("resolved_onsite_late", _("Tại chỗ, quá hạn"), _("Có kết quả sau ngày hẹn trả."), "TT01-2018 6"),
    )
}
RATES: dict[str, Rate] = {
    row.key: row
    for row in (
        Rate("online_rate", _("Tỷ lệ tự nộp trực tuyến trên tiếp nhận mới"), "new_online_self", "new"),
        Rate(
            "online_helped_rate", _("Tỷ lệ nộp trực tuyến có người giúp trên tiếp nhận mới"), "new_online_helped", "new"
        ),
        Rate("post_rate", _("Tỷ lệ bưu chính trên tiếp nhận mới"), "new_post", "new"),
        Rate("resolved_rate", _("Tỷ lệ đã giải quyết trên tổng số"), "resolved", "total"),
        Rate("early_rate", _("Tỷ lệ trước hạn"), "resolved_early", "resolved"),
        Rate("exact_rate", _("Tỷ lệ đúng hạn"), "resolved_on_time", "resolved"),
        Rate("on_time_rate", _("Tỷ lệ trước và đúng hạn"), "in_time", "resolved"),
        Rate("late_rate", _("Tỷ lệ quá hạn"), "resolved_late", "resolved"),
        Rate("onsite_rate", _("Tỷ lệ hồ sơ tại chỗ trên tiếp nhận mới"), "new_onsite", "new"),
        Rate("returned_post_rate", _("Tỷ lệ trả qua bưu chính trên đã giải quyết"), "returned_post", "resolved"),
    )
}
# What has no authority yet is counted where it lies, whoever would decide it.
AT_RECEIVER = ("waiting_acceptance", "waiting_in_time", "waiting_late", "refused", "withdrawn_before")
COUNTED = tuple(key for key, measure in MEASURES.items() if not measure.parts)
ONLINE = ("new_online_self", "new_online_helped")
IN = ("carried_over", "new_counter", *ONLINE, "new_post")
OUT = (
    "resolved_early",
    "resolved_on_time",
    "resolved_late",
    "withdrawn",
    "stopped",
    "waiting_supplement",
    "open_within",
    "open_late",
)

# What was one counted measure in closes from before it was told apart: all of it was then what the name beside it says.
FORMER = {"new_online": "new_online_self"}

Figures = dict[str, int]


class Unbalanced(MotcuaError):
    """A report that does not add up is not printed: the ledger is broken, and `motcua audit` says where."""

    status = 500
    code = "unbalanced"


def leaves(key: str) -> tuple[str, ...]:
    """The counted measures that a measure is the sum of; itself when it is counted."""
    parts = MEASURES[key].parts
    return tuple(leaf for part in parts for leaf in leaves(part)) if parts else (key,)


def counted_as(measure: str) -> str:
    """The measure that a figure of an earlier close counts today."""
    return FORMER.get(measure, measure)


def complete(counted: Mapping[str, int]) -> Figures:
    """Every measure from the counted ones. Raises Unbalanced unless what came in is what went out or is still there."""
    unknown = set(counted) - set(COUNTED)
    figures = {key: sum(counted.get(leaf, 0) for leaf in leaves(key)) for key in MEASURES}
    came, went = sum(figures[key] for key in IN), sum(figures[key] for key in OUT)
    if unknown or came != went:
        raise Unbalanced(
            _("Số liệu không cân: vào %(came)s, ra và còn lại %(went)s. Hãy chạy “motcua audit”.")
            % {"came": came, "went": went},
            came=came,
            went=went,
            unknown=sorted(map(str, unknown)),
        )
    return figures


def rates(figures: Mapping[str, int]) -> dict[str, Decimal | None]:
    """Every rate of a row; None where there is nothing to be a share of."""
    known = {**figures, "in_time": figures["resolved_early"] + figures["resolved_on_time"]}
    return {key: percent(known[rate.part], known[rate.whole]) for key, rate in RATES.items()}


def form_06a(figures: Mapping[str, int]) -> Figures:
    """Columns 3 to 13 of form II.06a: withdrawn and stopped count as resolved on time, waiting as within the limit.

    Law: TT01-2020 2
    """
    on_time = figures["resolved_on_time"] + figures["ended"]
    within = figures["open_within"] + figures["waiting_supplement"]
    return {
        "3": figures["total"],
        "4": figures["new_online"],
        "5": figures["new_counter"] + figures["new_post"],
        "6": figures["carried_over"],
        "7": figures["resolved"] + figures["ended"],
        "8": figures["resolved_early"],
        "9": on_time,
        "10": figures["resolved_late"],
        "11": within + figures["open_late"],
        "12": within,
        "13": figures["open_late"],
    }

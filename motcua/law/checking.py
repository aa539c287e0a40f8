"""Which values make sense, alone and together. Every refusal is a sentence for the person who entered them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any, Literal, get_args, get_origin

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.law.declaring import Declared
from motcua.law.facts import DECLARED, TYPES, RegimeFacts
from motcua.law.saying import say

# Start and end of each session of an office day.
Sessions = Sequence[tuple[time, time]]


class RegimeError(Invalid, ValueError):
    """A regime whose parameters are missing or make no sense."""

    code = "regime_invalid"


def facts_from(identity: Mapping[str, Any], values: Mapping[str, Any]) -> RegimeFacts:
    """Check every value, alone and with the others, and build the facts. Raises RegimeError naming the parameter."""
    for key in DECLARED:
        if key not in values:
            raise RegimeError(
                _("Chế độ %(code)s thiếu tham số %(key)s.") % {"code": identity["code"], "key": key}, code="regime_gap"
            )
    facts = RegimeFacts(**identity, **{key: check_value(key, value) for key, value in values.items()})
    for contradiction in CONTRADICTIONS:
        if sentence := contradiction(facts):
            raise RegimeError(sentence)
    return facts


def check_value(key: str, value: Any) -> Any:
    """The typed value of one parameter from how it is written in JSON. Raises RegimeError."""
    if key not in DECLARED:
        raise RegimeError(_("Không có tham số %(key)s.") % {"key": key})
    declared, hint = DECLARED[key], TYPES[key]
    if value is None:
        if declared.open is None:
            raise RegimeError(_("“%(what)s” phải có giá trị.") % {"what": say(declared.says)})
        return None
    if hint is time:
        return _clock_time(declared, value)
    return _KINDS[_kind(hint)](declared, value)


def kind_of(key: str) -> type:
    """What a value of this parameter is: int, bool, time, str or Literal (one of several words)."""
    return time if TYPES[key] is time else _kind(TYPES[key])


def check_office_hours(facts: RegimeFacts, sessions: Sessions) -> None:
    """The transfer hour lies in the hours in which somebody can receive. Raises RegimeError. Law: ND61-2018 18"""
    if not any(start < facts.transfer_cutoff <= end for start, end in sessions):
        hours = ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in sessions)
        raise RegimeError(
            _("Giờ chuyển hồ sơ %(hour)s nằm ngoài giờ làm việc (%(hours)s).")
            % {"hour": f"{facts.transfer_cutoff:%H:%M}", "hours": hours}
        )


def _kind(hint: Any) -> Any:
    if get_origin(hint) is Literal:
        return Literal
    return next((one for one in get_args(hint) if one is not type(None)), hint)


def _number(declared: Declared, value: Any) -> int:
    if type(value) is not int or not declared.least <= value <= declared.most:
        raise RegimeError(
            _("“%(what)s” phải là số nguyên từ %(least)d đến %(most)d.")
            % {"what": say(declared.says), "least": declared.least, "most": declared.most}
        )
    return value


def _yes_or_no(declared: Declared, value: Any) -> bool:
    if not isinstance(value, bool):
        raise RegimeError(_("“%(what)s” chỉ nhận có hoặc không.") % {"what": say(declared.says)})
    return value


def _word(declared: Declared, value: Any) -> Any:
    if not isinstance(value, str | int) or isinstance(value, bool) or value not in declared.words:
        allowed = "; ".join(say(word) for word in declared.words.values())
        raise RegimeError(_("“%(what)s” chỉ nhận: %(allowed)s.") % {"what": say(declared.says), "allowed": allowed})
    return value


def _text(declared: Declared, value: Any) -> str:
    if not isinstance(value, str) or declared.pattern is None or not declared.pattern.fullmatch(value):
        raise RegimeError(
            _("“%(what)s” phải viết như: %(example)s.") % {"what": say(declared.says), "example": declared.example}
        )
    return value


def _clock_time(declared: Declared, value: Any) -> time:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise RegimeError(
            _("“%(what)s” phải là giờ, ví dụ %(example)s.") % {"what": say(declared.says), "example": declared.example}
        ) from error


_KINDS: dict[Any, Callable[[Declared, Any], Any]] = {int: _number, bool: _yes_or_no, Literal: _word, str: _text}


def _no_days_without_extensions(facts: RegimeFacts) -> str | None:
    if facts.max_extensions == 0 and facts.max_extension_days is not None:
        return _("Không được hẹn lại lần nào thì cũng không có số ngày hẹn thêm (đang là %(days)d).") % {
            "days": facts.max_extension_days
        }
    return None


def _no_wait_without_supplements(facts: RegimeFacts) -> str | None:
    asked = facts.max_supplements_intake + facts.max_supplements
    if asked == 0 and facts.supplement_override == "none" and facts.supplement_wait_days is not None:
        return _("Không được yêu cầu bổ sung lần nào thì cũng không có thời gian chờ bổ sung (đang là %(days)d).") % {
            "days": facts.supplement_wait_days
        }
    return None


def _start_fits_boundaries(facts: RegimeFacts) -> str | None:
    if facts.cross_boundary == "none" and facts.start_event == "competent_receipt":
        return _("Không tiếp nhận phi địa giới thì thời hạn không thể bắt đầu khi cơ quan có thẩm quyền nhận được.")
    return None


def _districts_fit_tiers(facts: RegimeFacts) -> str | None:
    if (facts.tiers == 3) != (facts.district_successor == "standing"):
        return _("Số cấp hành chính và thẩm quyền của cấp huyện không khớp nhau: hai cấp thì không còn cấp huyện.")
    return None


def _alerts_in_order(facts: RegimeFacts) -> str | None:
    if facts.alert_first_percent >= facts.alert_second_percent:
        return _("Lần nhắc thứ nhất (%(first)d %%) phải trước lần nhắc thứ hai (%(second)d %%).") % {
            "first": facts.alert_first_percent,
            "second": facts.alert_second_percent,
        }
    return None


def _invitations_apart(facts: RegimeFacts) -> str | None:
    if (facts.pickup_invitations > 1) != (facts.pickup_invitation_gap_days > 0):
        return _("Mời nhận nhiều lần thì các lần cách nhau ít nhất một ngày; mời một lần thì không có khoảng cách.")
    return None


CONTRADICTIONS: tuple[Callable[[RegimeFacts], str | None], ...] = (
    _no_days_without_extensions,
    _no_wait_without_supplements,
    _start_fits_boundaries,
    _districts_fit_tiers,
    _alerts_in_order,
    _invitations_apart,
)

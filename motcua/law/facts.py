"""A regime as one frozen value with typed attributes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from typing import Any, Literal

from motcua.base.errors import Invalid


class RegimeError(Invalid, ValueError):
    """A regime whose parameters are missing or make no sense."""

    code = "regime_invalid"


@dataclass(frozen=True, slots=True)
class RegimeFacts:
    """What the house asks of the law. `None` means: the law sets no number. Days are working days.

    Law: ND61-2018 17, 18, 19; TT01-2018 9, 19
    """

    code: str
    name: str
    valid_from: date
    valid_to: date | None
    basis: str
    supplement_clock: Literal["restart", "resume"]
    max_supplements: int  # per stage; more needs a leader's override
    supplement_wait_days: int | None
    ineligible_return_days: int
    max_extensions: int
    max_extension_days: int | None
    extension_notice_days: int  # before the due day
    online_ack_hours: int
    transfer_cutoff: time
    late_reception_shifts_start: bool
    pause_on_financial: bool
    start_event: Literal["acceptance", "competent_receipt"]
    binding_limit: Literal["committed", "statutory"]  # which one receipt and clock go by
    forms: Literal["TT01-2018", "TT03-2025"]
    code_scheme: Literal["qcvn102_2016", "qd20_2020"]
    tiers: Literal[2, 3]
    portal_mode: Literal["own", "national"]
    service_levels: Literal["four_levels", "full_partial", "full_by_default"]
    digitise_at_reception: bool
    cross_boundary: Literal["none", "province", "nationwide"]
    kiosk: bool
    forbid_known_data: bool
    rating_scheme: Literal["nine_indices", "index_766"]
    report_form: Literal["II.06a", "07a/BTP"]

    def article(self, number: str) -> str:
        """An article of the regime's main decree, as a law id: both decrees number reception 17 to errors 21 alike."""
        return f"{self.basis.partition(';')[0]} {number}"

    def starts_shifted_after(self) -> time | None:
        """The clock time after which a reception counts from the next working day; None as the law is written.

        Law: ND61-2018 18
        """
        return self.transfer_cutoff if self.late_reception_shifts_start else None


IDENTITY = ("code", "name", "valid_from", "valid_to", "basis")
PARAMETERS = tuple(field.name for field in fields(RegimeFacts) if field.name not in IDENTITY)
WORDS: dict[str, frozenset[Any]] = {
    "supplement_clock": frozenset({"restart", "resume"}),
    "start_event": frozenset({"acceptance", "competent_receipt"}),
    "binding_limit": frozenset({"committed", "statutory"}),
    "forms": frozenset({"TT01-2018", "TT03-2025"}),
    "code_scheme": frozenset({"qcvn102_2016", "qd20_2020"}),
    "tiers": frozenset({2, 3}),
    "portal_mode": frozenset({"own", "national"}),
    "service_levels": frozenset({"four_levels", "full_partial", "full_by_default"}),
    "cross_boundary": frozenset({"none", "province", "nationwide"}),
    "rating_scheme": frozenset({"nine_indices", "index_766"}),
    "report_form": frozenset({"II.06a", "07a/BTP"}),
}
OPTIONAL_NUMBERS = frozenset({"supplement_wait_days", "max_extension_days"})
NUMBERS = OPTIONAL_NUMBERS | {
    "max_supplements",
    "ineligible_return_days",
    "max_extensions",
    "extension_notice_days",
    "online_ack_hours",
}
CLOCKS = frozenset({"transfer_cutoff"})


def facts_from(identity: Mapping[str, Any], values: Mapping[str, Any]) -> RegimeFacts:
    """Check every value and build the facts. Raises RegimeError naming the parameter."""
    for key in PARAMETERS:
        if key not in values:
            raise RegimeError(f"Chế độ {identity['code']} thiếu tham số {key}.")
    for key in values:
        if key not in PARAMETERS:
            raise RegimeError(f"Chế độ {identity['code']} có tham số lạ {key}.")
    return RegimeFacts(**identity, **{key: check_value(key, values[key]) for key in PARAMETERS})


def check_value(key: str, value: Any) -> Any:
    """The typed value of one parameter. Raises RegimeError."""
    if key not in PARAMETERS:
        raise RegimeError(f"Không có tham số {key}.")
    if key in CLOCKS:
        try:
            return time.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise RegimeError(f"Tham số {key} phải là giờ, ví dụ 15:00; không phải {value!r}.") from error
    if not _accepts(key)(value):
        raise RegimeError(f"Tham số {key} không nhận giá trị {value!r}.")
    return value


def _accepts(key: str) -> Callable[[Any], bool]:
    if key in WORDS:
        return lambda value: isinstance(value, str | int) and value in WORDS[key]
    if key in NUMBERS:
        return lambda value: (type(value) is int and value >= 0) or (value is None and key in OPTIONAL_NUMBERS)
    return lambda value: isinstance(value, bool)

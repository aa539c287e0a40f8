"""What holds when it will be late."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Lateness:
    """What holds when it will be late."""

    about: ClassVar[Text] = Text("Chậm và hẹn lại", "Lateness and new appointments")

    max_extensions: int = parameter(
        "Số lần hẹn lại ngày trả, nhiều nhất",
        "New appointments when late, at most",
        unit=Unit.TIMES,
        most=9,
        narrow=True,
    )
    max_extension_days: int | None = parameter(
        "Mỗi lần hẹn lại thêm nhiều nhất",
        "The longest a new appointment may add",
        unit=Unit.WORKING_DAYS,
        least=1,
        open=("không quy định", "not limited"),
        narrow=True,
    )
    extension_notice_days: int = parameter(
        "Xin lỗi, hẹn lại trước ngày hẹn trả ít nhất",
        "The apology goes out before the promised day by at least",
        unit=Unit.DAYS,
        most=30,
        narrow=True,
    )

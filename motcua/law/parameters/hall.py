"""How people are called in the hall."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Hall:
    """How people are called in the hall."""

    about: ClassVar[Text] = Text("Lấy số, gọi số", "Numbers and calling")

    priority_kinds: str = parameter(
        "Ai được ưu tiên khi chờ",
        "Who may be served earlier",
        words={
            "elderly,disabled,pregnant,small_child,merit": (
                "người cao tuổi, người khuyết tật, phụ nữ mang thai, người có con nhỏ đi cùng, người có công",
                "the elderly, the disabled, the pregnant, people with a small child, people of merit",
            ),
        },
        pattern=r"(elderly|disabled|pregnant|small_child|merit)(,(elderly|disabled|pregnant|small_child|merit)){0,4}",
        example="elderly,disabled,pregnant",
    )
    elderly_from: int = parameter(
        "Người cao tuổi là người từ", "The elderly are those from", unit=Unit.YEARS, least=50, most=100
    )
    priority_minutes: int = parameter(
        "Người được ưu tiên đứng trong hàng như thể đến sớm hơn",
        "Whoever has priority stands in line as if they had come earlier by",
        unit=Unit.MINUTES,
        most=240,
    )
    waiting_minutes: int = parameter(
        "Thời gian chờ một lượt không quá", "Nobody should wait longer than", unit=Unit.MINUTES, least=1, most=240
    )

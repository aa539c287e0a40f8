"""What holds when something is missing."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Supplement:
    """What holds when something is missing."""

    about: ClassVar[Text] = Text("Bổ sung hồ sơ", "Supplements")

    supplement_clock: Literal["restart", "resume"] = parameter(
        "Khi bổ sung đủ, thời hạn",
        "When everything asked is there, the limit",
        words={
            "restart": ("tính lại từ đầu", "is counted again from the start"),
            "resume": ("tính tiếp phần còn lại", "goes on with what was left"),
        },
        narrow=True,
    )
    max_supplements_intake: int = parameter(
        "Số lần yêu cầu hoàn thiện trước khi tiếp nhận, nhiều nhất",
        "Requests to complete a dossier before acceptance, at most",
        unit=Unit.TIMES,
        most=9,
        narrow=True,
    )
    max_supplements: int = parameter(
        "Số lần yêu cầu bổ sung trong quá trình giải quyết, nhiều nhất",
        "Supplement requests during handling, at most",
        unit=Unit.TIMES,
        most=9,
        narrow=True,
    )
    supplement_override: Literal["none", "leader"] = parameter(
        "Yêu cầu bổ sung quá số lần cho phép",
        "More supplement requests than allowed",
        words={
            "none": ("không được", "are not possible"),
            "leader": ("chỉ khi lãnh đạo cho phép, có căn cứ", "only by a leader, with a legal basis"),
        },
        narrow=True,
    )
    supplement_wait_days: int | None = parameter(
        "Chờ người nộp bổ sung nhiều nhất",
        "The longest wait for the applicant's supplement",
        unit=Unit.WORKING_DAYS,
        least=1,
        open=("không quy định", "not limited"),
        narrow=True,
    )
    ineligible_return_days: int = parameter(
        "Hồ sơ không đủ điều kiện được trả lại, kèm lý do, trong",
        "An ineligible dossier goes back, with reasons, within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
        narrow=True,
    )

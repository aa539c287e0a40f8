"""When the clock stands still, and who is reminded."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Clock:
    """When the clock stands still, and who is reminded."""

    about: ClassVar[Text] = Text("Thời hạn", "Time limits")

    pause_on_financial: bool = parameter(
        "Tạm dừng thời hạn khi chờ thực hiện nghĩa vụ tài chính",
        "The clock stands still while a financial duty is open",
        narrow=True,
    )
    consultation_counts: bool = parameter(
        "Thời gian lấy ý kiến, xác minh tính vào thời hạn",
        "Consultation and verification count in the limit",
        narrow=True,
    )
    outage_charged_to_applicant: bool = parameter(
        "Thời gian hệ thống gián đoạn tính vào thời hạn của người nộp",
        "An outage of the system is charged to the applicant's limits",
    )
    alert_first_percent: int = parameter(
        "Nhắc người thụ lý khi đã dùng",
        "The handler is reminded when this much of the limit is used",
        unit=Unit.PERCENT,
        least=1,
        most=99,
        narrow=True,
    )
    alert_second_percent: int = parameter(
        "Nhắc lãnh đạo phòng khi đã dùng",
        "The head is reminded when this much of the limit is used",
        unit=Unit.PERCENT,
        least=1,
        most=99,
        narrow=True,
    )
    alert_last_days: int = parameter(
        "Nhắc lần cuối trước ngày hẹn trả",
        "The last reminder before the promised day",
        unit=Unit.WORKING_DAYS,
        most=30,
        narrow=True,
    )
    escalate_late_days: int = parameter(
        "Báo người giám sát khi hồ sơ quá hạn hơn",
        "The overseer is told when a dossier is late by more than",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=90,
    )
    late_reminders_most: int = parameter(
        "Nhắc một cơ quan về hồ sơ quá hạn, mỗi ngày nhiều nhất",
        "One office is reminded of late dossiers, in a day at most",
        unit=Unit.TIMES,
        least=1,
        most=1000,
    )
    silent_days: int = parameter(
        "Hồ sơ đang giải quyết được coi là im lặng khi không có việc gì trong",
        "A dossier in hand counts as silent when nothing happened to it for",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
    )

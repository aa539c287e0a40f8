"""What becomes of results and closed dossiers."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Result:
    """What becomes of results and closed dossiers."""

    about: ClassVar[Text] = Text("Kết quả, lưu trữ", "Results and archive")

    pickup_invitations: int = parameter(
        "Số lần mời nhận kết quả gửi qua bưu chính trước khi chuyển hoàn",
        "Invitations to collect a posted result before it goes back",
        unit=Unit.TIMES,
        least=1,
        most=9,
    )
    pickup_invitation_gap_days: int = parameter(
        "Khoảng cách giữa hai lần mời nhận",
        "Time between two invitations",
        unit=Unit.WORKING_DAYS,
        most=30,
    )
    archive_submit_months: int = parameter(
        "Nộp hồ sơ đã kết thúc vào lưu trữ cơ quan trong",
        "Closed dossiers are handed to the archive within",
        unit=Unit.MONTHS,
        least=1,
        most=120,
        narrow=True,
    )
    retention_years: int | None = parameter(
        "Thời hạn bảo quản hồ sơ",
        "How long dossiers are kept",
        unit=Unit.YEARS,
        least=1,
        most=100,
        open=("theo bảng thời hạn bảo quản", "as the archive's table says"),
        narrow=True,
    )

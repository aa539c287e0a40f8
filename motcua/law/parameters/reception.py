"""What holds when a dossier comes in."""

from dataclasses import dataclass
from datetime import time
from typing import ClassVar, Literal

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Reception:
    """What holds when a dossier comes in."""

    about: ClassVar[Text] = Text("Tiếp nhận", "Reception")

    transfer_cutoff: time = parameter(
        "Hồ sơ giấy nhận sau giờ này được chuyển vào đầu ngày làm việc tiếp theo",
        "Paper dossiers received after this hour are transferred at the start of the next working day",
        example="15:00",
        narrow=True,
    )
    late_reception_shifts_start: bool = parameter(
        "Nhận sau giờ chuyển hồ sơ thì thời hạn tính từ ngày làm việc tiếp theo",
        "A reception after the transfer hour starts the limit on the next working day",
        narrow=True,
    )
    online_ack_hours: int = parameter(
        "Hồ sơ trực tuyến được trả lời tiếp nhận trong",
        "An online submission is answered within",
        unit=Unit.WORKING_HOURS,
        least=1,
        most=80,
        narrow=True,
    )
    start_event: Literal["acceptance", "competent_receipt"] = parameter(
        "Thời hạn của hồ sơ phi địa giới bắt đầu khi",
        "The limit of a dossier received across boundaries starts with",
        words={
            "acceptance": ("nơi tiếp nhận nhận đủ hồ sơ", "acceptance by the receiving unit"),
            "competent_receipt": ("cơ quan có thẩm quyền nhận được", "receipt by the competent authority"),
        },
        narrow=True,
    )
    binding_limit: Literal["committed", "statutory"] = parameter(
        "Giấy hẹn và ngày hẹn trả theo",
        "The receipt and the due day go by",
        words={
            "committed": ("thời hạn tỉnh cam kết (đã cắt giảm)", "the limit that the province promised"),
            "statutory": ("thời hạn theo quy định", "the statutory limit"),
        },
        narrow=True,
    )
    intake_refusal_by: Literal["receiver", "leader"] = parameter(
        "Người từ chối tiếp nhận hồ sơ",
        "Who refuses to accept a dossier",
        words={"receiver": ("cán bộ tiếp nhận", "the receiver"), "leader": ("lãnh đạo", "a leader")},
        narrow=True,
    )
    digitise_at_reception: bool = parameter("Số hóa giấy tờ khi tiếp nhận", "Papers are digitised at reception")
    forbid_known_data: bool = parameter(
        "Không yêu cầu giấy tờ đã có dữ liệu trong cơ sở dữ liệu đã công bố",
        "Components whose data are in a published database are not asked for",
    )

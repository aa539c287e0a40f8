"""Through which channels and systems a dossier goes."""

from dataclasses import dataclass
from datetime import time
from typing import ClassVar, Literal

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Channels:
    """Through which channels and systems a dossier goes."""

    about: ClassVar[Text] = Text("Kênh và hệ thống", "Channels and systems")

    portal_mode: Literal["own", "national"] = parameter(
        "Cổng cung cấp dịch vụ công",
        "The portal that offers services",
        words={"own": ("cổng của tỉnh", "the province's own"), "national": ("Cổng quốc gia", "the national portal")},
    )
    processing_system: str = parameter(
        "Hệ thống giải quyết hồ sơ",
        "The system in which dossiers are handled",
        words={"province": ("hệ thống của tỉnh", "the province's system")},
        pattern=r"province|ministry:[a-z][a-z0-9-]{1,30}",
        example="province, ministry:cong-an",
        narrow=True,
    )
    service_levels: Literal["four_levels", "full_partial", "full_by_default"] = parameter(
        "Mức độ dịch vụ công trực tuyến",
        "Levels of online services",
        words={
            "four_levels": ("mức độ 1 đến 4", "levels 1 to 4"),
            "full_partial": ("toàn trình, một phần", "full and partial"),
            "full_by_default": ("toàn trình là mặc định", "full by default"),
        },
    )
    cross_boundary: Literal["none", "province", "nationwide"] = parameter(
        "Tiếp nhận không phụ thuộc địa giới",
        "Reception across boundaries",
        words={
            "none": ("không", "none"),
            "province": ("trong tỉnh", "inside the province"),
            "nationwide": ("toàn quốc", "nationwide"),
        },
        narrow=True,
    )
    quiet_from: time = parameter(
        "Không gửi tin nhắn đến điện thoại từ",
        "No messages to telephones from",
        example="21:00",
    )
    quiet_to: time = parameter(
        "Gửi tin nhắn đến điện thoại lại từ",
        "Messages to telephones again from",
        example="07:00",
    )
    kiosk: bool = parameter("Ki-ốt thông minh", "Smart kiosks")
    outage_notice_days: int | None = parameter(
        "Báo trước khi hệ thống ngừng theo kế hoạch ít nhất",
        "A planned outage is announced at least this long before",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
        open=("không quy định", "not prescribed"),
    )

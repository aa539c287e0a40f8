"""Which offices there are, and who answers for what."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Organisation:
    """Which offices there are, and who answers for what."""

    about: ClassVar[Text] = Text("Tổ chức", "Organisation")

    tiers: Literal[2, 3] = parameter(
        "Số cấp hành chính có tiếp nhận",
        "Tiers of government that receive dossiers",
        words={
            2: ("hai cấp: tỉnh, xã", "two: province, commune"),
            3: ("ba cấp: tỉnh, huyện, xã", "three: province, district, commune"),
        },
    )
    district_successor: Literal["standing", "by_procedure", "commune", "province"] = parameter(
        "Thẩm quyền của cấp huyện",
        "The competence of districts",
        words={
            "standing": ("vẫn do cấp huyện", "stays with the districts"),
            "by_procedure": ("chuyển theo từng thủ tục", "moved procedure by procedure"),
            "commune": ("chuyển về cấp xã", "moved to the communes"),
            "province": ("chuyển lên cấp tỉnh", "moved to the province"),
        },
    )
    petition_contact: Literal["committee_office", "justice_department"] = parameter(
        "Đầu mối tiếp nhận phản ánh, kiến nghị của tỉnh",
        "The province's contact for petitions",
        words={
            "committee_office": ("Văn phòng UBND tỉnh", "Office of the People's Committee"),
            "justice_department": ("Sở Tư pháp", "Department of Justice"),
        },
    )
    open_data_threshold: int = parameter(
        "Số liệu mở: che số nhỏ hơn",
        "Open data: numbers are hidden below",
        unit=Unit.TIMES,
        least=1,
        most=100,
    )

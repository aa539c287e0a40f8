"""How work is reported and rated."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from motcua.law.declaring import Text, parameter


@dataclass(frozen=True)
class Assessment:
    """How work is reported and rated."""

    about: ClassVar[Text] = Text("Báo cáo, đánh giá", "Reports and ratings")

    rating_scheme: Literal["nine_indices", "index_766"] = parameter(
        "Đánh giá cán bộ, cơ quan",
        "Rating of officers and agencies",
        words={
            "nine_indices": ("chín chỉ số (Thông tư 01/2018)", "nine indices (Circular 01/2018)"),
            "index_766": ("theo Bộ chỉ số 766", "by the index of Decision 766"),
        },
    )
    index_scheme: Literal["none", "qd766_2022"] = parameter(
        "Bộ chỉ số phục vụ người dân, doanh nghiệp",
        "Index of service quality",
        words={"none": ("chưa có", "none yet"), "qd766_2022": ("Quyết định 766/QĐ-TTg", "Decision 766/QĐ-TTg")},
    )
    report_form: Literal["II.06a", "07a/BTP"] = parameter(
        "Mẫu báo cáo tình hình giải quyết",
        "Form of the report on handling",
        words={"II.06a": ("II.06a/VPCP/KSTT", "II.06a/VPCP/KSTT"), "07a/BTP": ("07a/BTP", "07a/BTP")},
    )

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
    supplement_bucket: Literal["pending_within", "own"] = parameter(
        "Hồ sơ chờ bổ sung, trong biểu báo cáo",
        "Dossiers waiting for a supplement, in report forms",
        words={
            "pending_within": ("tính là đang giải quyết trong hạn", "counted as open within the limit"),
            "own": ("cột riêng", "a column of their own"),
        },
    )
    returned_withdrawn_bucket: Literal["resolved_on_time", "own", "resolved_excluded"] = parameter(
        "Hồ sơ rút, trong biểu báo cáo",
        "Withdrawn dossiers, in report forms",
        words={
            "resolved_on_time": ("tính là giải quyết đúng hạn", "counted as resolved on time"),
            "own": ("cột riêng trong số đã giải quyết", "a column of their own among the resolved"),
            "resolved_excluded": ("cột riêng ngoài số đã giải quyết", "a column of their own beside the resolved"),
        },
    )
    helped_online_bucket: Literal["online", "counter"] = parameter(
        "Hồ sơ nộp trực tuyến có người giúp, trong biểu báo cáo",
        "Dossiers handed in online with help, in report forms",
        words={
            "online": ("tính là trực tuyến, ghi số có người giúp bên dưới", "counted as online, with how many beneath"),
            "counter": ("tính là trực tiếp", "counted as brought in person"),
        },
    )
    stopped_bucket: Literal["resolved", "own"] = parameter(
        "Hồ sơ dừng, trả lại, trong biểu báo cáo",
        "Stopped dossiers, in report forms",
        words={
            "resolved": ("tính là giải quyết đúng hạn", "counted as resolved on time"),
            "own": ("cột riêng ngoài số đã giải quyết", "a column of their own beside the resolved"),
        },
    )

"""Which forms and codes are used."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from motcua.law.declaring import Text, parameter


@dataclass(frozen=True)
class Forms:
    """Which forms and codes are used."""

    about: ClassVar[Text] = Text("Biểu mẫu, mã số", "Forms and codes")

    forms: Literal["TT01-2018", "TT03-2025"] = parameter(
        "Bộ biểu mẫu",
        "Set of forms",
        words={
            "TT01-2018": ("Thông tư 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP"),
            "TT03-2025": ("Thông tư 03/2025/TT-VPCP", "Circular 03/2025/TT-VPCP"),
        },
    )
    code_scheme: Literal["qcvn102_2016", "qd20_2020"] = parameter(
        "Mã cơ quan trong mã hồ sơ",
        "Agency code in dossier codes",
        words={
            "qcvn102_2016": ("QCVN 102:2016 (000.00.18.H54)", "QCVN 102:2016 (000.00.18.H54)"),
            "qd20_2020": ("Quyết định 20/2020 (H54.18)", "Decision 20/2020 (H54.18)"),
        },
    )
    sector_code_scheme: Literal["tt01_2018", "tt03_2025"] = parameter(
        "Mã lĩnh vực",
        "Sector codes",
        words={
            "tt01_2018": ("Thông tư 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP"),
            "tt03_2025": ("Thông tư 03/2025/TT-VPCP", "Circular 03/2025/TT-VPCP"),
        },
    )

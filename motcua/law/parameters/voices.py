"""What people may say of the service, and until when they are answered."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.law.declaring import Text, Unit, parameter


@dataclass(frozen=True)
class Voices:
    """What people may say of the service, and until when they are answered."""

    about: ClassVar[Text] = Text("Đánh giá, phản ánh, kiến nghị", "Ratings and petitions")

    rating_change_days: int = parameter(
        "Người đánh giá được đổi đánh giá của mình trong",
        "A person may change their own rating within",
        unit=Unit.WORKING_DAYS,
        most=60,
    )
    petition_refuse_days: int = parameter(
        "Từ chối phản ánh, kiến nghị, kèm lý do, trong",
        "A petition is refused, with the reason, within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
    )
    petition_ask_days: int = parameter(
        "Yêu cầu người gửi phản ánh, kiến nghị nói rõ thêm trong",
        "A petitioner is asked for more within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
    )
    petition_forward_days: int = parameter(
        "Chuyển phản ánh, kiến nghị không thuộc thẩm quyền trong",
        "A petition for another agency is passed on within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
    )
    petition_answer_days: int = parameter(
        "Trả lời phản ánh, kiến nghị trong",
        "A petition is answered within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=120,
    )
    question_answer_days: int = parameter(
        "Trả lời câu hỏi về hồ sơ trong",
        "A question about a dossier is answered within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
    )
    petition_publish_days: int = parameter(
        "Công khai kết quả trả lời phản ánh, kiến nghị trong",
        "The answer to a petition is published within",
        unit=Unit.WORKING_DAYS,
        least=1,
        most=60,
    )

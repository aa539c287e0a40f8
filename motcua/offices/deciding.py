"""What every decision about what a person asked for has to keep: once, by somebody without an interest, with an answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.text import tidy

LONGEST_ANSWER = 500


def answer_to(answer: str, *, decided_at: datetime | None, is_free: bool) -> str:
    """The answer as it is kept, 1 to 500 characters. is_free: whoever decides has no interest of their own in it.

    Raises Refused where it was decided, Forbidden for an own interest, Invalid without an answer or with too long a one.
    """
    said = tidy(answer)
    if decided_at is not None:
        raise Refused(_("Đề nghị này đã được giải quyết."), code="decided")
    if not is_free:
        raise Forbidden(_("Đề nghị của bạn hoặc người thân do người khác giải quyết."), code="own_interest")
    if not said or len(said) > LONGEST_ANSWER:
        sentence = _("Hãy ghi trả lời, không quá 500 ký tự: người đề nghị sẽ đọc.")
        raise Invalid(sentence, fields={"answer": sentence}, code="answer")
    return said

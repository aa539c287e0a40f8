"""What is said of a file that isn't taken, or that is hard to read: what is wrong, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid

REFUSALS = {
    "file_empty": lazy("Tệp rỗng. Hãy chọn lại tệp."),
    "file_type": lazy("Chỉ nhận tệp PDF, ảnh (JPEG, PNG, HEIC), DOCX hoặc XLSX."),
    "file_program": lazy(
        "Đây là một chương trình, không phải giấy tờ, dù tên tệp ghi khác. Hãy chọn đúng tệp PDF hoặc ảnh của giấy tờ."
    ),
    "file_video": lazy("Đây là video, không phải ảnh. Hãy chụp từng trang giấy thành ảnh rồi gửi."),
    "file_old_office": lazy("Tệp Word, Excel kiểu cũ (.doc, .xls). Hãy lưu thành PDF hoặc .docx, .xlsx rồi gửi lại."),
    "file_encrypted": lazy("Tệp đã đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."),
    "file_damaged": lazy("Tệp bị hỏng hoặc thiếu phần cuối, không mở được. Hãy mở thử trên máy của bạn rồi gửi lại."),
    "file_without_pages": lazy("Tệp PDF không có trang nào. Hãy chọn lại tệp."),
    "file_active": lazy(
        "Tệp có mã lệnh tự chạy nên không nhận. Hãy mở tệp, chọn In → Lưu thành PDF, rồi gửi tệp PDF mới đó."
    ),
    "file_too_complex": lazy(
        "Tệp quá phức tạp nên không kiểm tra được. Hãy mở tệp, chọn In → Lưu thành PDF, rồi gửi tệp PDF mới đó."
    ),
    "archive_bomb": lazy("Tệp bung ra quá lớn so với dung lượng. Hãy lưu thành PDF rồi gửi lại."),
    "image_damaged": lazy("Ảnh bị hỏng hoặc tải chưa hết, không mở được. Hãy chụp hoặc chọn lại ảnh."),
    "image_too_many_pixels": lazy("Ảnh có quá nhiều điểm ảnh. Hãy chụp lại ở cỡ ảnh thường."),
    "image_too_large": lazy("Ảnh quá nặng, không đưa vào một tệp được. Hãy gửi ít ảnh hơn mỗi lần."),
    "virus_found": lazy("Tệp có mã độc (%(what)s) nên không nhận. Hãy quét vi-rút máy của bạn rồi gửi tệp khác."),
    "scanner_away": lazy(
        "Lúc này chưa quét được vi-rút nên chưa nhận tệp. Những gì đã lưu vẫn còn; hãy thử lại sau ít phút."
    ),
}
NOTES = {
    "image_small": lazy("ảnh nhỏ, chữ có thể không đọc được; nên chụp gần hơn"),
    "image_blurred": lazy("ảnh có vẻ bị mờ; nên chụp lại nếu bạn không đọc rõ chữ"),
    "image_dark": lazy("ảnh quá tối; nên chụp lại ở nơi sáng hơn"),
}


def refused(code: str, **words: str) -> Invalid:
    """The refusal of a file; "3:image_damaged" is said of the third photo, and has the code of the rest."""
    number, _colon, bare = code.rpartition(":")
    sentence = str(REFUSALS[bare]) % words if words else str(REFUSALS[bare])
    if number:
        sentence = _("Ảnh %(number)s: %(sentence)s") % {"number": number, "sentence": sentence}
    return Invalid(sentence, code=bare)


def note_words(code: str) -> str:
    """A note as a person reads it; "2:image_blurred" is said of the second photo."""
    number, _colon, bare = code.rpartition(":")
    words = {"number": number or "1", "sentence": NOTES[bare]}
    return _("Ảnh %(number)s: %(sentence)s") % words

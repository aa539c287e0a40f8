"""What files are taken: judged by their content, never by their name."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
# An encrypted PDF names its encryption dictionary in the trailer: /Encrypt 12 0 R, or the dictionary itself.
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")


def check(chunks: Iterable[bytes]) -> tuple[bytes, str]:
    """The whole content of a file and its media type, if it may be handed in.

    At most settings.MAX_FILE_BYTES bytes, inclusive; reading stops at the first byte too many.
    Raises Invalid (codes file_too_large, file_empty, file_type, file_encrypted, file_damaged).
    """
    content = bounded(chunks)
    if not content:
        raise Invalid(_("Tệp rỗng. Hãy chọn lại tệp."), code="file_empty")
    return content, media_type_of(content)


def bounded(chunks: Iterable[bytes]) -> bytes:
    """The chunks put together, refused as soon as they are too many."""
    limit: int = settings.MAX_FILE_BYTES
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > limit:
            megabytes = limit // (1024 * 1024)
            raise Invalid(
                _("Tệp lớn hơn %(limit)s MB. Hãy gửi tệp nhỏ hơn.") % {"limit": megabytes}, code="file_too_large"
            )
    return bytes(content)


def media_type_of(content: bytes) -> str:
    """PDF, JPEG, PNG, DOCX or XLSX by content; raises Invalid for anything else and for locked files."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if b"%PDF-" in content[:1024]:
        return readable_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return office_type_of(content)
    raise Invalid(_("Chỉ nhận tệp PDF, JPEG, PNG, DOCX hoặc XLSX."), code="file_type")


def readable_pdf(content: bytes) -> str:
    """PDF, unless it is encrypted or cut short."""
    if ENCRYPTED_PDF.search(content):
        raise Invalid(_("Tệp PDF đã đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại."), code="file_encrypted")
    if b"%%EOF" not in content[-2048:]:
        raise Invalid(_("Tệp PDF bị hỏng hoặc thiếu phần cuối. Hãy gửi lại."), code="file_damaged")
    return PDF


def office_type_of(content: bytes) -> str:
    """DOCX or XLSX by the parts inside the archive; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as damage:
        raise Invalid(_("Tệp bị hỏng, không mở được. Hãy gửi lại."), code="file_damaged") from damage
    for part, media_type in OFFICE_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return media_type
    raise Invalid(_("Chỉ nhận tệp PDF, JPEG, PNG, DOCX hoặc XLSX."), code="file_type")

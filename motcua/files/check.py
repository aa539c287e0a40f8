"""What files are taken: judged by their content, never by their name."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.files.sentences import refused

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PHOTOS = frozenset({JPEG, PNG, HEIC})
OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
# An encrypted PDF names its encryption dictionary in the trailer: /Encrypt 12 0 R, or the dictionary itself.
ENCRYPTED_PDF = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
# The brand of a file in ISO boxes, bytes 8 to 12: pictures; everything else in such boxes is film or sound.
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def check(chunks: Iterable[bytes]) -> tuple[bytes, str]:
    """The whole content of a file and its media type, if it may be handed in; a PDF also by its first and last bytes.

    Nothing is opened here: that is `receiving.examine`. At most settings.MAX_FILE_BYTES bytes, inclusive; reading stops
    at the first byte too many. Raises Invalid (file_too_large, file_empty, file_type, file_encrypted, file_damaged …).
    """
    content = bounded(chunks)
    media_type = media_type_of(content)
    if media_type == PDF and ENCRYPTED_PDF.search(content):
        raise refused("file_encrypted")
    return content, media_type


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
    """PDF, JPEG, PNG, HEIC, DOCX or XLSX by content; raises Invalid for anything else, with what to do instead."""
    if not content:
        raise refused("file_empty")
    if content.startswith(PROGRAMS):
        raise refused("file_program")
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[4:8] == b"ftyp":
        if content[8:12] in HEIC_BRANDS:
            return HEIC
        raise refused("file_video")
    if b"%PDF-" in content[:1024]:
        return whole_pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return office_type_of(content)
    if content.startswith(OLD_OFFICE):
        raise refused("file_encrypted" if LOCKED_OFFICE in content else "file_old_office")
    raise refused("file_type")


def whole_pdf(content: bytes) -> str:
    """PDF, unless it is cut short."""
    if b"%%EOF" not in content[-2048:]:
        raise refused("file_damaged")
    return PDF


def office_type_of(content: bytes) -> str:
    """DOCX or XLSX by the parts inside the archive; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as damage:
        raise refused("file_damaged") from damage
    for part, media_type in OFFICE_PARTS.items():
        if part in names and "[Content_Types].xml" in names:
            return media_type
    raise refused("file_type")

"""Papers as people send them, made in the test: nothing large lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont

from motcua.launcher.places import CHECKOUT

A_PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n"
)
ORIENTATION = 0x0112
TURNED_RIGHT = 6  # the camera was held upright, the sensor lay: shown as stored it lies on its side


def a_page(words: str = "TRANG 1", size: tuple[int, int] = (1500, 2100)) -> Image.Image:
    """A page of print: a big word at the top left, lines of text below, a black bar along the bottom."""
    image = Image.new("RGB", size, (236, 234, 228))
    draw = ImageDraw.Draw(image)
    width, height = size
    draw.text((width // 12, height // 20), words, fill="black", font=_font(height // 14))
    line, font = "Họ và tên: Trần Thị Lan, sinh ngày 12/03/1990, xã Đông Các, tỉnh Hưng Yên", _font(height // 52)
    for y in range(height // 6, height - height // 8, height // 36):
        draw.text((width // 12, y), line, fill=(30, 30, 40), font=font)
    draw.rectangle((0, height - height // 24, width, height), fill="black")
    return image


def photo(words: str = "TRANG 1", *, turned: bool = False, kind: str = "JPEG", **options: Any) -> bytes:
    """A page as a phone sends it. turned: it lies on its side, and EXIF says which way is up."""
    image = options.pop("image", None) or a_page(words)
    out = io.BytesIO()
    if turned:
        exif = Image.Exif()
        exif[ORIENTATION] = TURNED_RIGHT
        image = image.transpose(Image.Transpose.ROTATE_90)
        options["exif"] = exif.tobytes()
    image.save(out, kind, **options)
    return out.getvalue()


def png_that_declares(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is very large: unpacked it would fill the memory."""
    small = io.BytesIO()
    Image.new("1", (8, 8)).save(small, "PNG")
    content = bytearray(small.getvalue())
    content[16:24] = struct.pack(">II", width, height)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


def pdf_with(**root: Any) -> bytes:
    """A PDF of one page whose catalogue has more entries: OpenAction=Dictionary(…)."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, value in root.items():
            pdf.Root[f"/{name}"] = value
        pdf.save(out)
    return out.getvalue()


def locked_pdf(password: str) -> bytes:
    """A PDF that opens with this password; an empty one opens for everybody, but restricts what may be done."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, encryption=pikepdf.Encryption(owner="chu", user=password))
    return out.getvalue()


def office(parts: Sequence[tuple[str, bytes]] = (), *, main: str = "word/document.xml") -> bytes:
    """A DOCX (or XLSX) with more parts, packed as tightly as it goes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in [("[Content_Types].xml", b"<x/>"), (main, b"<x/>"), *parts]:
            archive.writestr(name, content)
    return out.getvalue()


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    found = sorted(CHECKOUT.glob("motcua/base/fonts/*Regular*.ttf"))
    return ImageFont.truetype(str(found[0]), size) if found else ImageFont.load_default(size)

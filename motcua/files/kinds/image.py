"""Photos: can they be decoded whole, are they legible, and how they become one upright PDF of bounded size."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pillow_heif
from PIL import Image, ImageFilter, ImageOps, ImageStat, UnidentifiedImageError

from motcua.files.kinds.fault import Fault

pillow_heif.register_heif_opener(thumbnails=False)
FORMATS = ("JPEG", "PNG", "HEIF")
# JPEG is decoded at a half, a quarter or an eighth, so that the largest phone camera of today (200 megapixels) fits;
# what others declare has to be unpacked whole.
MOST_PIXELS = {"JPEG": 220_000_000, "MPO": 220_000_000}
MOST_PIXELS_OTHERS = 60_000_000
Image.MAX_IMAGE_PIXELS = None  # the limits above are asked before a single pixel is unpacked

LONG_SIDE = 2200  # pixels on the long side of A4: 188 to the inch
QUALITIES = (82, 72, 60, 48, 36)
MOST_PAGE_BYTES = 900_000
A4 = (595.28, 841.89)
# Below these a person can't read a page of print; measured on rendered and then blurred pages (docs/usability.md).
LEAST_LONG_SIDE = 1000
LEAST_SHARPNESS = 30.0
LEAST_LIGHT = 60.0


def look(content: bytes) -> dict[str, Any]:
    """Whether it decodes to the last line, and what a reader would complain of. Raises Fault."""
    image = _decoded(content)
    return {"pages": 1, "signed": False, "notes": legibility(image)}


def _decoded(content: bytes) -> Image.Image:
    """The picture upright, at most about twice LONG_SIDE where the format can be decoded smaller."""
    try:
        image: Image.Image = Image.open(BytesIO(content), formats=FORMATS)
        width, height = image.size
        if width * height > MOST_PIXELS.get(image.format or "", MOST_PIXELS_OTHERS):
            raise Fault("image_too_many_pixels")
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        image.load()
        original_long_side = max(width, height)
        upright = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError) as damage:
        raise Fault("image_damaged") from damage
    upright.info["long_side"] = original_long_side
    return upright


def legibility(image: Image.Image) -> list[str]:
    """Codes of what makes a page hard to read: image_small, image_blurred, image_dark. A hint, never a refusal."""
    notes = []
    if image.info.get("long_side", max(image.size)) < LEAST_LONG_SIDE:
        notes.append("image_small")
    grey = image.convert("L")
    grey.thumbnail((1200, 1200), Image.Resampling.BILINEAR)
    if ImageStat.Stat(grey).mean[0] < LEAST_LIGHT:
        notes.append("image_dark")
    if sharpness(grey) < LEAST_SHARPNESS:
        notes.append("image_blurred")
    return notes


def sharpness(grey: Image.Image) -> float:
    """Variance of the Laplacian in the sharpest of sixteen fields: a white margin says nothing of the print."""
    edges = grey.filter(ImageFilter.Kernel((3, 3), (0, -1, 0, -1, 4, -1, 0, -1, 0), scale=1, offset=128))
    across, down = max(edges.width // 4, 3), max(edges.height // 4, 3)
    fields = [
        edges.crop((x, y, min(x + across, edges.width - 1), min(y + down, edges.height - 1)))
        for x in range(1, edges.width - 2, across)
        for y in range(1, edges.height - 2, down)
    ]
    return max((ImageStat.Stat(field).var[0] for field in fields if min(field.size) > 2), default=0.0)


def one_pdf(photos: Sequence[bytes], most_bytes: int) -> tuple[bytes, dict[str, Any]]:
    """One PDF of A4 pages, a photo to a page, upright, in the order given; at most `most_bytes`.

    Told are `notes` ("2:image_blurred", the number of the photo from 1) and `bad`, the photos that can't be taken
    ("3:image_damaged"); the others become the PDF.
    """
    budget = min(MOST_PAGE_BYTES, (most_bytes - 4096) // max(len(photos), 1))
    notes: list[str] = []
    bad: list[str] = []
    with pikepdf.new() as pdf:
        for number, photo in enumerate(photos, start=1):
            try:
                image = _decoded(photo)
                seen = legibility(image)
                _add_page(pdf, _flat(image), budget)
            except Fault as fault:
                bad.append(f"{number}:{fault.code}")
            else:
                notes += [f"{number}:{note}" for note in seen]
        out = BytesIO()
        pdf.save(out, deterministic_id=True)
        pages = len(pdf.pages)
    return out.getvalue(), {"pages": pages, "signed": False, "notes": notes, "bad": bad}


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency, in three colours, no longer than LONG_SIDE; of what a camera wrote beside it nothing is left."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(ground, image)
    image = image.convert("RGB")
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    return image


def _add_page(pdf: pikepdf.Pdf, image: Image.Image, budget: int) -> None:
    drawn = b""
    for quality in QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        drawn = out.getvalue()
        if len(drawn) <= budget:
            break
    else:
        raise Fault("image_too_large")
    width, height = A4 if image.height >= image.width else A4[::-1]
    scale = min(width / image.width, height / image.height)
    wide, high = image.width * scale, image.height * scale
    place = b"q %.2f 0 0 %.2f %.2f %.2f cm /Photo Do Q" % (wide, high, (width - wide) / 2, (height - high) / 2)
    photo = pikepdf.Stream(
        pdf,
        drawn,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=image.width,
        Height=image.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = pdf.add_blank_page(page_size=(width, height))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=photo))
    page.Contents = pikepdf.Stream(pdf, place)

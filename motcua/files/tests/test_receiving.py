"""What strangers send is opened apart, with limits; each refusal says what to do, and good papers pass."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pikepdf
import pillow_heif
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFilter

from motcua.base.errors import Invalid
from motcua.files import apart
from motcua.files.check import DOCX, JPEG, PDF, PNG, XLSX
from motcua.files.kinds import office as office_kind
from motcua.files.receiving import Examined, as_one_pdf, examine
from tests.papers import A_PDF, a_page, locked_pdf, office, pdf_with, photo, png_that_declares

SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert('xin chao')")
LAUNCH = Dictionary(S=Name.Launch, F="cmd.exe")
BOX = b"\x00\x00\x00\x18ftyp"


def fault_of(content: bytes, name: str = "giay.pdf") -> Invalid:
    with pytest.raises(Invalid) as refusal:
        examine(name, [content])
    assert str(refusal.value)
    return refusal.value


def heic(words: str = "TRANG 1") -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(a_page(words)).save(out, quality=60)
    return out.getvalue()


def page_picture(pdf: bytes, number: int = 0) -> Image.Image:
    """The photo of a page as a viewer shows it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[number]
        assert "/Rotate" not in page
        return Image.open(io.BytesIO(page.Resources.XObject.Photo.read_raw_bytes())).convert("RGB")


def pdf_of(photos: list[bytes]) -> Examined:
    joined = as_one_pdf("IMG_2041.jpg", photos)
    assert joined.pdf is not None and not joined.refused
    return joined.pdf


def is_upright(picture: Image.Image) -> bool:
    """The black bar of the page lies along its bottom."""
    low = picture.crop((0, int(picture.height * 0.975), picture.width, picture.height)).convert("L")
    return picture.height > picture.width and low.resize((1, 1)).tobytes()[0] < 60


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (A_PDF, PDF, 1),
        (photo(), JPEG, 1),
        (photo(kind="PNG"), PNG, 1),
        (office(), DOCX, None),
        (office(main="xl/workbook.xml"), XLSX, None),
        (office([("word/embeddings/bang.xlsx", office(main="xl/workbook.xml"))]), DOCX, None),
        (locked_pdf(""), PDF, 1),  # opens for everybody; only copying and the like is restricted
        (pdf_with(Note="(/JavaScript) chỉ là chữ"), PDF, 1),
    ],
)
def test_good_papers_pass(content: bytes, media_type: str, pages: int | None) -> None:
    found = examine("giay", [content])
    assert (found.content, found.media_type, found.pages) == (content, media_type, pages)
    assert (found.scanned, found.signed) == (False, False)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00" + A_PDF, "file_program"),
        (b"\x7fELF" + A_PDF, "file_program"),
        (b"#!/bin/sh\nrm -rf /\n%PDF-1.4\n%%EOF", "file_program"),
        (BOX + b"isom" + bytes(64), "file_video"),
        (BOX + b"qt  " + bytes(64), "file_video"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "file_old_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "file_encrypted"),
        (b"%PDF-1.4\nnothing\n%%EOF", "file_damaged"),
        (A_PDF[:-10], "file_damaged"),
        (A_PDF.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0"), "file_without_pages"),
        (locked_pdf("bi mat"), "file_encrypted"),
        (photo()[:40_000], "image_damaged"),
        (b"\xff\xd8\xff\xe0" + b"no photo" * 20, "image_damaged"),
        (BOX + b"heic" + bytes(400), "image_damaged"),
        (png_that_declares(60_000, 60_000), "image_too_many_pixels"),
        (office()[:-30], "file_damaged"),
        (office([("word/vbaProject.bin", b"x")]), "file_active"),
        (office([("word/media/anh.png", b"MZ\x90\x00")]), "file_active"),
    ],
)
def test_what_is_not_taken_says_what_to_do(content: bytes, code: str) -> None:
    assert fault_of(content).code == code


@pytest.mark.parametrize(
    "root",
    [
        {"OpenAction": SCRIPT},
        {"OpenAction": LAUNCH},
        {"AA": Dictionary(WC=SCRIPT)},
        {"Names": Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))},
        {"AcroForm": Dictionary(Fields=Array([]), XFA="<xdp/>")},
        {"Elsewhere": Array([Dictionary(Deep=Dictionary(Next=Array([LAUNCH])))])},
        {"OpenAction": Dictionary(S=Name.SubmitForm, F="https://example.invalid")},
    ],
)
def test_a_pdf_that_runs_something_is_refused(root: dict[str, Any]) -> None:
    assert fault_of(pdf_with(**root)).code == "file_active"


def test_a_name_written_in_another_way_hides_nothing() -> None:
    plain = b"<</Type/Catalog/Pages 2 0 R"
    hidden = A_PDF.replace(plain, plain + b"/OpenAction<</S/J#61vaScript/#4AS(app.alert\\(1\\))>>")
    assert fault_of(hidden).code == "file_active"


def test_a_script_in_a_packed_stream_of_objects_is_found() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_with(OpenAction=SCRIPT))) as pdf:
        pdf.Root.OpenAction = pdf.make_indirect(SCRIPT)
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in out.getvalue()
    assert fault_of(out.getvalue()).code == "file_active"


def test_an_archive_that_unpacks_without_end() -> None:
    large = bytes(office_kind.MOST_UNPACKED // 2 + 1)
    twice = office([("word/a.xml", large), ("word/b.xml", large)])
    assert len(twice) < 500_000
    assert fault_of(twice).code == "archive_bomb"
    nested = office([("word/embeddings/a.docx", office([("word/a.xml", large)])), ("word/b.xml", large)])
    assert fault_of(nested).code == "archive_bomb"
    deep = b""
    for _level in range(5):
        deep = office([("word/embeddings/trong.docx", deep)] if deep else [])
    assert fault_of(deep).code == "archive_bomb"


def test_an_archive_that_lies_about_its_size() -> None:
    content = bytearray(office([("word/a.xml", bytes(1_000_000))]))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.find(mark, content.find(b"word/a.xml") - 60 if mark == b"PK\x03\x04" else 0)
        while mark == b"PK\x01\x02" and content[at + 46 : at + 56] != b"word/a.xml":
            at = content.find(mark, at + 1)
        content[at + place : at + place + 4] = (10).to_bytes(4, "little")
    assert zipfile.ZipFile(io.BytesIO(content)).getinfo("word/a.xml").file_size == 10
    assert fault_of(bytes(content)).code == "file_damaged"


def test_many_small_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = office([(f"word/{number}.xml", b"x") for number in range(office_kind.MOST_PARTS)])
    assert fault_of(many).code == "archive_bomb"


def test_three_photos_become_one_upright_pdf() -> None:
    photos = [photo("TRANG 1"), photo("TRANG 2", turned=True), heic("TRANG 3")]
    made = pdf_of(photos)
    assert (made.name, made.media_type, made.pages) == ("IMG_2041.pdf", PDF, 3)
    assert made.notes == ()
    assert all(is_upright(page_picture(made.content, number)) for number in range(3))
    assert max(page_picture(made.content, 1).size) <= 2200
    assert examine("lai.pdf", [made.content]).pages == 3
    assert pdf_of(photos).content == made.content  # sent twice it is the same file


def test_heic_is_taken_as_a_pdf() -> None:
    found = examine("IMG_0001.HEIC", [heic()])
    assert (found.name, found.media_type, found.pages) == ("IMG_0001.pdf", PDF, 1)
    assert is_upright(page_picture(found.content))


def test_the_photo_that_is_bad_is_told_and_the_others_are_kept() -> None:
    joined = as_one_pdf("a.jpg", [photo(), photo()[:9000], photo("TRANG 2")])
    assert joined.pdf is not None and joined.pdf.pages == 2
    assert {place: error.code for place, error in joined.refused.items()} == {1: "image_damaged"}
    nothing = as_one_pdf("a.jpg", [photo()[:9000]])
    assert nothing.pdf is None and set(nothing.refused) == {0}


def test_the_pdf_is_bounded_and_where_the_camera_stood_is_left_out() -> None:
    chance = random.Random(7)
    noise = Image.frombytes("RGB", (900, 1200), chance.randbytes(900 * 1200 * 3)).resize((3000, 4000))
    exif = Image.Exif()
    exif[0x010F] = "HANG-MAY-ANH"
    heavy = photo(image=noise, quality=97, exif=exif.tobytes())
    made = pdf_of([heavy, heavy])
    assert len(made.content) < 2 * 900_000 + 4096 < 2 * len(heavy)
    assert b"HANG-MAY-ANH" in heavy and b"HANG-MAY-ANH" not in made.content


@pytest.mark.parametrize(
    ("image", "note"),
    [
        (a_page(size=(600, 840)), "image_small"),
        (a_page().filter(ImageFilter.GaussianBlur(9)), "image_blurred"),
        (a_page().point(lambda value: value // 8), "image_dark"),
    ],
)
def test_what_a_reader_would_complain_of_is_said_and_kept(image: Image.Image, note: str) -> None:
    found = examine("a.jpg", [photo(image=image)])
    assert note in found.notes and found.media_type == JPEG


def test_a_sharp_page_is_not_complained_of() -> None:
    assert examine("a.jpg", [photo()]).notes == ()
    grey = a_page().convert("L").filter(ImageFilter.GaussianBlur(1))
    assert examine("a.jpg", [photo(image=grey, quality=70)]).notes == ()


def test_a_child_that_hangs_or_dies_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    bad = tmp_path / "child.py"
    monkeypatch.setattr(apart, "CHILD", bad)
    for program in ("import time; time.sleep(60)", "import os; os.abort()", "print('')"):
        bad.write_text(program)
        monkeypatch.setattr(apart, "LOOK_SECONDS", 0.2)
        assert fault_of(A_PDF).code == "file_too_complex"


def test_a_child_has_little_memory_and_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    bad = tmp_path / "child.py"
    start = f"import sys; sys.path.insert(0, {str(apart.CHILD.parents[3])!r})\n"
    start += "from motcua.files.kinds import child\nchild.limit(1)\n"
    monkeypatch.setattr(apart, "CHILD", bad)
    for program in ("bytearray(2 * 1024**3)", "while True: pass", "open('x', 'wb').write(bytes(2 * 1024**2))"):
        bad.write_text(f'{start}import os; os.chdir({str(tmp_path)!r})\n{program}\nprint(\'{{"fault": "file_type"}}\')')
        assert fault_of(A_PDF).code == "file_too_complex"


def test_nothing_of_ours_goes_into_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTCUA_SECRET_KEY", "bi-mat")
    assert set(apart._surroundings()) <= {
        "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE", "LANG", "PATH", "MALLOC_ARENA_MAX"
    }  # fmt: skip

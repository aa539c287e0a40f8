"""Files are judged by their content, kept whole or not at all."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from motcua.base.errors import Invalid
from motcua.files.check import DOCX, JPEG, PDF, PNG, XLSX, check
from motcua.files.models import StoredFile
from motcua.files.store import is_intact, open_file, path_of, safe_name, store
from tests.papers import A_PDF

AT = datetime(2021, 11, 1, 1, 0, tzinfo=UTC)


def archive(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return out.getvalue()


@pytest.fixture(autouse=True)
def files_root(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (A_PDF, PDF),
        (b"\xff\xd8\xff\xe0 jpeg", JPEG),
        (b"\x89PNG\r\n\x1a\n png", PNG),
        (archive("[Content_Types].xml", "word/document.xml"), DOCX),
        (archive("[Content_Types].xml", "xl/workbook.xml"), XLSX),
    ],
)
def test_the_type_is_found_in_the_content(content: bytes, media_type: str) -> None:
    assert check([content]) == (content, media_type)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90 a program", "file_program"),
        (b"<html><script>", "file_type"),
        (archive("evil.exe"), "file_type"),
        (b"PK\x03\x04 cut short", "file_damaged"),
        (A_PDF[:-20], "file_damaged"),
        (A_PDF.replace(b"/Root", b"/Encrypt 5 0 R /Root"), "file_encrypted"),
    ],
)
def test_what_is_not_taken_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check([content])
    assert refusal.value.code == code


def test_the_limit_is_inclusive_and_reading_stops_beyond_it(settings: pytest.FixtureRequest) -> None:
    settings.MAX_FILE_BYTES = len(A_PDF)  # type: ignore[attr-defined]
    check([A_PDF])
    read = []

    def chunks() -> Iterator[bytes]:
        for chunk in [A_PDF, b"x", b"never read"]:
            read.append(chunk)
            yield chunk

    with pytest.raises(Invalid) as refusal:
        check(chunks())
    assert refusal.value.code == "file_too_large"
    assert len(read) == 2


@pytest.mark.django_db
def test_a_file_is_kept_once_under_its_content(files_root: Path) -> None:
    one = store("Giấy khai sinh.pdf", [A_PDF], AT, by=7)
    two = store("ban sao.pdf", [A_PDF[:10], A_PDF[10:]], AT, by=None)
    assert one.sha256 == two.sha256
    assert (one.size_bytes, one.media_type, one.stored_by) == (len(A_PDF), PDF, 7)
    assert [path for path in files_root.rglob("*") if path.is_file()] == [path_of(one.sha256)]
    with open_file(two) as content:
        assert content.read() == A_PDF


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(files_root: Path) -> None:
    with pytest.raises(Invalid):
        store("virus.pdf", [b"MZ"], AT, by=None)
    assert not files_root.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_changed_or_lost_file_is_noticed() -> None:
    stored = store("a.pdf", [A_PDF], AT, by=None)
    assert is_intact(stored)
    path_of(stored.sha256).write_bytes(A_PDF + b" ")
    assert not is_intact(stored)
    path_of(stored.sha256).unlink()
    assert not is_intact(stored)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lan\\Đơn.pdf", "Đơn.pdf"),
        ("a\x00b\n.pdf", "ab .pdf"),
        ("", "tep"),
        ("x" * 300 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_has_no_folder_and_a_bounded_length(typed: str, kept: str) -> None:
    assert safe_name(typed) == kept
    assert len(safe_name(typed)) <= 255

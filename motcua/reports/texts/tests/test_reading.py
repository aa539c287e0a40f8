"""Files are read as text, or it is said why not; the command says so with its exit status."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from motcua.reports.texts.reading import Unreadable, read
from motcua.reports.texts.tests.corpus import samples

WRONG = "Có 429 lượt đánh giá, trong đó 20 lượt hài lòng (chiếm 4,47%)."
RIGHT = "Có 429 lượt đánh giá, trong đó 20 lượt hài lòng (chiếm 4,66%)."


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def document(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as file:
        word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        file.writestr("word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>')
    return memory.getvalue()


def told(path: Path, *options: str) -> tuple[int, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_text", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue() + err.getvalue()
    return 0, out.getvalue()


def test_a_page_is_read_without_its_script_and_with_its_lists(tmp_path: Path) -> None:
    page = "<nav>5 hồ sơ</nav><script>var a = 5;</script><p>Nhận 10&nbsp;hồ sơ,\n trong đó:</p><ul><li>A: 4 hồ sơ;</li></ul>"
    assert read(written(tmp_path, "x.html", page)) == "Nhận 10\xa0hồ sơ, trong đó:\n\n- A: 4 hồ sơ;\n"


def test_a_list_of_a_page_divides_what_stands_before_it(tmp_path: Path) -> None:
    page = "<p>Nhận 10 hồ sơ, trong đó:</p><ul><li>Trực tuyến: 4 hồ sơ;</li><li>Trực tiếp: 5 hồ sơ;</li><li>Bưu chính: 0 hồ sơ.</li></ul>"
    status, said = told(written(tmp_path, "x.html", page))
    assert (status, "4 + 5 + 0 = 9; in 10" in said) == (1, True)


def test_paragraphs_of_a_document_are_read(tmp_path: Path) -> None:
    assert told(written(tmp_path, "x.docx", document("Mở đầu.", RIGHT)))[0] == 0
    assert told(written(tmp_path, "y.docx", document("Mở đầu.", WRONG)))[0] == 1


def test_the_command_says_what_and_where(tmp_path: Path) -> None:
    status, said = told(written(tmp_path, "x.txt", "\ufeffMở đầu.\r\n\r\n" + WRONG))
    assert status == 1
    assert "Dòng 3, ký tự 64: tỷ lệ không khớp." in said
    assert "20 : 429 = 4,66 %; in 4,47%" in said
    assert told(written(tmp_path, "y.md", RIGHT))[0] == 0


def test_the_command_says_it_to_programs(tmp_path: Path) -> None:
    status, said = told(written(tmp_path, "x.txt", WRONG), "--json")
    row = json.loads(said)["mistakes"][0]
    assert (status, row["verdict"], row["printed"]) == (1, "wrong", "4,47%")
    assert WRONG[row["start"] : row["end"]] == "4,47%"


def test_letters_put_together_from_marks_are_read_too(tmp_path: Path) -> None:
    import unicodedata

    assert told(written(tmp_path, "x.txt", unicodedata.normalize("NFD", WRONG)))[0] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.pdf", b"%PDF-1.7"),
        ("x.docx", b"PK nothing"),
        ("x.docx", b""),
        ("x.txt", "Có 5 hồ sơ".encode("cp1258", "replace") + b"\xff\xfe\xfd"),
        ("x.txt", b"\x00\x01\x02"),
        ("none/x.txt", None),
    ],
)
def test_what_can_not_be_read_ends_with_2_and_a_sentence(tmp_path: Path, name: str, content: bytes | None) -> None:
    path = written(tmp_path, name, content) if content is not None else tmp_path / name
    with pytest.raises(Unreadable):
        read(path)
    status, said = told(path)
    assert (status, said.strip() != "", "Traceback" in said) == (2, True, False)


def test_the_published_texts_end_as_they_should(tmp_path: Path) -> None:
    ends = [told(written(tmp_path, "x.txt", sample.text))[0] for sample in samples("published.txt")]
    assert ends == [0, 0, 1, 0, 1]

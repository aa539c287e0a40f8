"""Papers with very long names and lists: nothing is cut off, heads of tables come again, no page is signatures alone."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from motcua.dossiers.acts import reception, supplement
from motcua.dossiers.acts.intake import Owner
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.forms.facts import write
from motcua.forms.issuing import Asked, preview
from motcua.forms.sources import Source
from motcua.forms.tests.test_papers import PORTAL, text_of
from tests.pdf_tools import run_tool
from tests.world import World, moment

pytestmark = pytest.mark.django_db
COMPANY = "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN THƯƠNG MẠI DỊCH VỤ XUẤT NHẬP KHẨU VÀ ĐẦU TƯ PHÁT TRIỂN HUYỀN"
EMAIL = "phong.hanh.chinh.tong.hop.nguyen.thi.thanh.huyen@cong-ty-xuat-nhap-khau.example"
ENDLESS = "X" * 180
AT = moment("2021-11-10 08:00")


def long_dossier(world: World) -> Dossier:
    """Of a company with a long name, an address without a space and a long e-mail address."""
    owner = Owner(COMPANY, kind=2, id_no="0101234567", phone="0900000001", email=EMAIL, address=ENDLESS)
    intake = world.intake(owner=owner, content=f"Cấp phép {ENDLESS}")
    return reception.take_in(intake, actor=world.actor("minh"), at=moment("2021-11-01 08:00"))


def asked_for_much(world: World) -> Dossier:
    """Hoa asks for forty things."""
    dossier = lives.handled(world)
    items = [{"name": f"Giấy tờ {n}: {COMPANY}", "why": f"Lý do {n} {ENDLESS}"} for n in range(1, 41)]
    supplement.ask_supplement(
        dossier.pk, items=items, reason="Chưa đủ", actor=world.actor("hoa"), at=moment("2021-11-02 08:00")
    )
    return dossier


def words_beyond_the_margin(document: bytes, folder: Path) -> list[str]:
    """Words that stand nearer to the right edge than the margin lets them, as another program measures them."""
    told = run_tool("pdftotext", document, folder, "-bbox", after=["-"])
    width = float(re.findall(r'<page width="([\d.]+)"', told)[0])
    words = re.findall(r'xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<', told)
    return [word for right, word in words if float(right) > width - 30]


@pytest.mark.parametrize("kind", ["receipt", "control"])
def test_a_word_that_no_line_holds_breaks(world: World, kind: str, tmp_path: Path) -> None:
    document = preview(Asked(long_dossier(world).pk, kind), at=AT, portal=PORTAL)
    assert words_beyond_the_margin(document, tmp_path) == []
    text = re.sub(r"[\s\u200b]", "", text_of(document))
    assert text.count(ENDLESS) >= (2 if kind == "receipt" else 1)
    if kind == "receipt":
        assert EMAIL in text


def test_a_long_list_goes_on_with_its_head_and_no_row_breaks(world: World, tmp_path: Path) -> None:
    document = preview(Asked(asked_for_much(world).pk, "supplement"), at=AT, portal=PORTAL)
    assert words_beyond_the_margin(document, tmp_path) == []
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages]
    lists = [page for page in pages if "Giấy tờ " in page]
    assert len(lists) > 3 and all("cần bổ sung" in page for page in lists)
    for number in range(1, 41):
        begun = next(page for page in pages if f"Giấy tờ {number}:" in page)
        assert f"Lý do {number} " in begun.replace("\n", " ")
    assert all(f"Trang {place}/{len(pages)}" in page for place, page in enumerate(pages, 1))


def test_an_organisation_is_not_called_sir_or_madam(world: World) -> None:
    dossier = lives.at_approval(world)
    calls = {}
    for kind in (1, 2):
        Dossier.objects.filter(pk=dossier.pk).update(owner_kind=kind)
        source = Source(Dossier.objects.get(pk=dossier.pk))
        paper = source.paper("receipt", 1, AT)
        assert paper is not None
        calls[kind] = write(source, paper, PORTAL).facts["addressee"]
    assert calls == {1: "ông/bà", 2: "quý cơ quan, tổ chức"}

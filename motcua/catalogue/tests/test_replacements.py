"""Papers that a database makes unnecessary: told only where a paper is nothing else, with names as the sources have them."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.catalogue.models import Component, ComponentReplacement, ProcedureCase
from motcua.catalogue.replacements import replaced_by, replaced_papers
from tests.world import World

BUSINESS, CIVIL, PEOPLE = "CSDL đăng ký doanh nghiệp", "CSDL hộ tịch điện tử", "CSDL dân cư"
ENTERPRISE = "Giấy chứng nhận đăng ký doanh nghiệp"
LAND = "Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất"


@pytest.mark.parametrize(
    ("replaced", "paper"),
    [
        (ENTERPRISE, "- Bản sao Giấy chứng nhận đăng ký doanh nghiệp/hợp tác xã/hộ kinh doanh."),
        (ENTERPRISE, "(3)Giấy chứng nhận đăng ký doanh nghiệp"),
        (ENTERPRISE, "2. Bản sao Giấy chứng nhận đăng ký doanh nghiệp."),
        (
            ENTERPRISE,
            "Bản sao Quyết định thành lập hoặc Giấy chứng nhận đăng ký doanh nghiệp hoặc Giấy chứng nhận đầu tư",
        ),
        (
            ENTERPRISE,
            "Giấy chứng nhận đăng ký doanh nghiệp; giấy chứng nhận đăng ký hợp tác xã hoặc quyết định thành lập",
        ),
        (ENTERPRISE, "giấy chứng nhận đăng ký kinh doanh, giấy chứng nhận đăng ký doanh nghiệp: 1 bản sao có đóng dấu"),
        (f"{ENTERPRISE}; Căn cước công dân", "01 bản sao giấy chứng nhận đăng ký doanh nghiệp"),
        (
            "Căn cước",
            "Xuất trình Chứng minh nhân dân/thẻ Căn cước công dân/số định danh cá nhân/hộ chiếu đối với cá nhân",
        ),
        ("Căn cước", "- Hộ chiếu/Thẻ căn cước công dân/Căn cước điện tử hoặc các giấy tờ khác có dán ảnh"),
        ("Căn cước công dân", "Bản chính hoặc bản sao có chứng thực giấy chứng minh nhân dân hoặc căn cước công dân"),
        (
            "Giấy khai sinh",
            "Bản sao kèm bản chính để đối chiếu hoặc bản sao được chứng thực từ bản chính giấy khai sinh",
        ),
        (LAND, "+ Giấy chứng nhận quyền sử dụng đất được cấp theo quy định của Luật Đất đai qua các thời kỳ."),
    ],
)
def test_this_paper_is_not_asked_for(replaced: str, paper: str) -> None:
    assert replaced_by(paper, [(replaced, PEOPLE)]) == PEOPLE


@pytest.mark.parametrize(
    ("replaced", "paper"),
    [
        # It only speaks of the paper.
        (
            "Căn cước",
            "01 ảnh màu cỡ 3 cm x 4 cm nền màu xanh, kiểu thẻ căn cước, chụp trong thời gian không quá 06 tháng.",
        ),
        (
            "Căn cước",
            "Lưu ý: Đối với Chứng minh nhân dân, Căn cước công dân, người yêu cầu chỉ nộp khi không khai thác được",
        ),
        ("Căn cước", "Tên, số thẻ Căn cước/thẻ Căn cước công dân/số định danh cá nhân đối với cá nhân có nhu cầu"),
        (
            "Giấy chứng nhận quyền sử dụng đất",
            "Báo cáo hiện trạng đối với nơi chưa được cấp giấy chứng nhận quyền sử dụng đất",
        ),
        ("Giấy chứng nhận quyền sử dụng đất", "Giấy tờ về đất đai, nhưng không có giấy chứng nhận quyền sử dụng đất"),
        # It is more than the paper: all of it is wanted.
        (ENTERPRISE, "Bản sao Giấy chứng nhận đăng ký doanh nghiệp và Giấy chứng nhận mã số thuế;"),
        (
            ENTERPRISE,
            "Bản sao: Giấy chứng nhận đăng ký doanh nghiệp, Giấy chứng nhận đăng ký đầu tư (nếu có), Giấy phép kinh doanh",
        ),
        (LAND, "Bản sao giấy chứng nhận quyền sử dụng đất hoặc quyết định giao đất kèm theo bản sao biên lai nộp tiền"),
        (
            "Căn cước",
            "Bản sao Giấy chứng minh nhân dân hoặc Căn cước; giấy tờ chứng minh quốc tịch hoặc giấy xác nhận gốc Việt",
        ),
        # The table itself replaces only a part, or only for some.
        (f"{ENTERPRISE} (thay thế 1 phần)", ENTERPRISE),
        ("Giấy tờ về tư cách pháp nhân (đối với cơ sở tại Việt Nam) - Giấy chứng nhận", "Giấy tờ về tư cách pháp nhân"),
        ("Giấy tờ chứng minh trụ sở (Giấy chứng nhận quyền sử dụng đất)", "Giấy tờ chứng minh trụ sở"),
        # No paper at all: a slip of the table.
        ("420", "420"),
    ],
)
def test_this_paper_is_asked_for(replaced: str, paper: str) -> None:
    assert replaced_by(paper, [(replaced, PEOPLE)]) == ""


def test_each_paper_of_a_list_has_its_own_database() -> None:
    rows = [(f"{ENTERPRISE}; Giấy khai sinh", f"{BUSINESS}; {CIVIL}")]
    assert [replaced_by(name, rows) for name in (ENTERPRISE, "Bản sao giấy khai sinh")] == [BUSINESS, CIVIL]
    assert replaced_by("Giấy khai sinh", [(f"{ENTERPRISE}; Giấy khai sinh", BUSINESS)]) == BUSINESS


def test_papers_of_a_row() -> None:
    assert replaced_papers(f"{ENTERPRISE}/Giấy đăng ký kinh doanh") == [
        "giay chung nhan dang ky doanh nghiep",
        "giay dang ky kinh doanh",
    ]


def test_how_many_rows_of_the_bundle_find_a_paper() -> None:
    """The figure that docs/search.md tells."""
    folder = Path(settings.DATA_DIR) / "procedures"
    names: dict[str, list[str]] = {}
    with gzip.open(folder / "dossier.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            names[line["code"]] = [item["name"] for group in line["groups"] for item in group["items"]]
    with gzip.open(folder / "replacements.csv.gz", "rt", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    found = [
        row for row in rows if any(replaced_by(name, [(row["component_replaced"], "x")]) for name in names[row["code"]])
    ]
    assert (len(rows), len(found)) == (354, 207)


@pytest.mark.django_db
def test_the_command_tells_what_matches_and_what_does_not(world: World, capsys: Any) -> None:
    for code, text in (("9.000001", "Căn cước công dân"), ("9.000001", ENTERPRISE), ("8.000001", ENTERPRISE)):
        ComponentReplacement.objects.create(procedure_code=code, component_text=text, database=PEOPLE)
    assert Component.objects.filter(case=ProcedureCase.objects.get(version__procedure__code="9.000001")).count() == 2
    call_command("replaced_papers", as_json=True)
    assert json.loads(capsys.readouterr().out) == {"rows": 3, "matched": 1, "not_published_here": 1, "unmatched": 1}
    call_command("replaced_papers", matched=True)
    told = capsys.readouterr().out
    assert "Bản sao căn cước công dân" in told and f"9.000001 {ENTERPRISE} → {PEOPLE}: –" in told
    assert "8.000001" not in told

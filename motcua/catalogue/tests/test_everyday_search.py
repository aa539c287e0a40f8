"""Everyday words bring the everyday procedure among the first three, over the whole bundle of real names."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.catalogue.search import find

# What people type → the procedure they mean; each code was read in the bundle.
EVERYDAY = {
    "ket hon": "1.000894",
    "kết hôn": "1.000894",
    "thủ tục kết hôn": "1.000894",
    "ket hon nuoc ngoai": "2.000806",
    "khai sinh": "1.001193",
    "dang ky khai sinh": "1.001193",
    "Khai sinh lại": "1.004884",
    "khai tu": "1.000656",
    "giám hộ": "1.004837",
    "nhan cha me con": "1.001022",
    "tinh trang hon nhan": "1.004873",
    "xac nhan doc than": "",
    "trích lục hộ tịch": "2.000635",
    "cai chinh ho tich": "1.004859",
    "nuoi con nuoi": "2.001263",
    "ly hon": "2.000554",
    "chung thuc ban sao": "2.000815",
    "chứng thực chữ ký": "2.000992",
    "chung thuc di chuc": "2.001019",
    "di chúc": "2.001019",
    "ho kinh doanh": "1.001612",
    "dang ky kinh doanh": "1.001612",
    "chấm dứt hộ kinh doanh": "1.001266",
    "thanh lap doanh nghiep tu nhan": "2.001610",
    "cong ty tnhh": "2.001583",
    "giay phep xay dung": "1.013225",
    "sua chua nha giay phep xay dung": "1.013229",
    "tach thua": "1.012784",
    "chuyen truong": "1.005099",
    "chuyen truong trung hoc co so": "2.002481",
    "hộ nghèo": "1.011607",
    "khuyết tật": "1.001699",
    "mai táng": "1.001731",
    "tro cap xa hoi": "1.001776",
    "hưu trí xã hội": "1.014027",
    "trợ cấp thất nghiệp": "1.001978",
    "nhap quoc tich": "2.002039",
    "ban le ruou": "2.000620",
    "karaoke": "1.001029",
    "kham benh bao hiem y te": "1.014193",
    "hop dong bao hiem y te": "1.014138",
    "hòa giải viên": "1.002211",
    "an toàn thực phẩm": "2.001827",
    "nha o xa hoi": "1.014632",
}
FIRST = {
    "ket hon",
    "kết hôn",
    "khai sinh",
    "khai tu",
    "giám hộ",
    "ho kinh doanh",
    "tach thua",
    "di chúc",
    "ban le ruou",
}


@pytest.mark.usefixtures("empty")
def test_everyday_words_bring_the_everyday_procedure() -> None:
    bundle = Path(settings.DATA_DIR) / "procedures" / "core.jsonl.gz"
    call_command("load_procedures", str(bundle), as_json=True, stdout=io.StringIO(), stderr=io.StringIO())
    answers = {text: [row.code for row in find(text, limit=3).rows] for text in EVERYDAY}
    wrong = {
        text: found
        for text, found in answers.items()
        if (EVERYDAY[text] not in found if EVERYDAY[text] else found) or (text in FIRST and found[0] != EVERYDAY[text])
    }
    assert wrong == {}
    broad = [row.code for offset in range(0, 320, 40) for row in find("dang ky", limit=40, offset=offset).rows]
    assert len(broad) == len(set(broad)) == find("dang ky").total > 150  # pages neither repeat nor lose, weighed or not

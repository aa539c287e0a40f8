"""`motcua replaced-papers`: which rows of the resolution's table make a paper unnecessary here, and which find none."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from motcua.catalogue.replacements import Standing, standings


class Command(BaseCommand):
    help = "Đối chiếu bảng giấy tờ được thay bằng cơ sở dữ liệu với thành phần hồ sơ: dòng nào khớp giấy nào, dòng nào không."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON")
        parser.add_argument("--matched", action="store_true", help="in cả các dòng khớp, để xem lại bằng mắt")

    def handle(self, *args: Any, **options: Any) -> None:
        found = standings()
        matched = [one for one in found if one.papers]
        figures = {
            "rows": len(found),
            "matched": len(matched),
            "not_published_here": sum(not one.of_ours for one in found),
            "unmatched": sum(one.of_ours and not one.papers for one in found),
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(figures))
            return
        words = _(
            "Dòng: %(rows)s; khớp: %(matched)s; thủ tục không có ở đây: %(not_published_here)s; không khớp: %(unmatched)s"
        )
        self.stdout.write(words % figures)
        for one in found:
            if options["matched"] if one.papers else one.of_ours:
                self.stdout.write(_line(one))


def _line(one: Standing) -> str:
    papers = "".join(f"\n    {name[:200]}" for name in one.papers)
    return f"{one.row.procedure_code} {one.row.component_text[:150]} → {one.row.database[:100]}{papers or ': –'}"

"""`motcua search-quality`: everyday queries, how many find their procedure among the first 1, 3 and 10, and each that doesn't."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from motcua.base.numbers import percent, show_percent
from motcua.catalogue.search_quality import DEPTHS, UNSEEN, Answer, answered, hits, queries


class Command(BaseCommand):
    help = "Đo chất lượng tìm kiếm bằng các câu hỏi hằng ngày: đúng trong 1, 3, 10 kết quả đầu, và từng câu trượt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON")
        parser.add_argument(
            "--held-out", action="store_true", help="in cả các câu trượt của phần để riêng và phần viết sau"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        answers, unseen = answered(queries()), answered(queries(UNSEEN))
        parts = {
            _("Phần dùng khi chỉnh"): [one for one in answers if not one.query.held_out],
            _("Phần để riêng"): [one for one in answers if one.query.held_out],
            _("Tất cả"): answers,
            _("Viết sau khi chỉnh"): unseen,
        }
        if options["as_json"]:
            keys = ("tuned", "held_out", "all", "unseen")
            figures = {key: _figures(part) for key, part in zip(keys, parts.values(), strict=True)}
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
            return
        for name, part in parts.items():
            shares = "   ".join(
                f"@{depth}: {hits(part, depth)} ({show_percent(percent(hits(part, depth), len(part)))})"
                for depth in DEPTHS
            )
            self.stdout.write(f"{name:<22}{len(part):>5}   {shares}")
        for one in [*answers, *unseen] if options["held_out"] else parts[_("Phần dùng khi chỉnh")]:
            if one.place is None or one.place > 3:
                self.stdout.write(_miss(one))


def _figures(part: Sequence[Answer]) -> dict[str, int]:
    return {"queries": len(part), **{f"first_{depth}": hits(part, depth) for depth in DEPTHS}}


def _miss(one: Answer) -> str:
    wanted = " ".join(sorted(one.query.codes))
    lines = [f"\n“{one.query.text}” ({one.query.kind}) → {wanted}: {one.place or '–'}"]
    return "\n".join(lines + [f"    {row[:110]}" for row in one.first])

"""motcua replay NAME: let a published month happen again, and compare."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.base.times import now, start_of
from motcua.offices.demo import make_synthetic_officers
from motcua.offices.province import load_province
from motcua.replays.company import ensure_applicant, play_all, prepare
from motcua.replays.lines import WORDS, Line, Verdict
from motcua.replays.petitions import tell_petitions
from motcua.replays.plans import PLANS, Plan
from motcua.replays.scripts import PlanDoesNotFit
from motcua.replays.stage import StageNotSet
from motcua.replays.verdicts import compare
from motcua.replays.voices import cast_votes

PROVINCES = {"H54": "thai-binh", "H56": "thanh-hoa", "H47": "quang-nam"}


class Command(BaseCommand):
    help = "Lets a published month happen again with synthetic dossiers, and lays our report beside the publication."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help=", ".join(PLANS))
        parser.add_argument("--scale", type=int, default=1, help="divide all counts by N")
        parser.add_argument("--workers", type=int, default=2, help="processes")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--markdown", action="store_true", help="the comparison as a Markdown table")
        parser.add_argument("--compare-only", action="store_true", help="play nothing, compare what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        name, scale, workers = options["name"], options["scale"], options["workers"]
        if name not in PLANS:
            raise CommandError(f"Không có bản diễn lại “{name}”. Có: {', '.join(PLANS)}.")
        if scale < 1 or workers < 1:
            raise CommandError("--scale và --workers phải từ 1 trở lên.")
        plan = PLANS[name]
        try:
            acts = 0
            if not options["compare_only"]:
                load_province(PROVINCES[plan.province])
                make_synthetic_officers(start_of(plan.first), plan.province)
                ensure_applicant(now())
                acts = play_all(name, scale, workers)
            _, scripts, _ = prepare(name, scale)
            if not options["compare_only"]:
                cast_votes(plan, scripts, scale)
                tell_petitions(plan, scale)
            lines = compare(plan, scripts, scale)
        except (StageNotSet, PlanDoesNotFit, RuntimeError, MotcuaError) as error:
            raise CommandError(str(error)) from error
        self.tell(plan, lines, len(scripts), acts, options)
        if any(line.verdict is Verdict.DIFFERENT for line in lines):
            raise SystemExit(1)

    def tell(self, plan: Plan, lines: list[Line], dossiers: int, acts: int, options: dict[str, Any]) -> None:
        """The comparison as JSON, Markdown or text."""
        if options["json"]:
            self.stdout.write(json.dumps(as_json(plan, lines, dossiers, acts), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{plan.title}: {dossiers} hồ sơ tổng hợp (không có thật), {acts} lượt thực hiện")
        for note in plan.notes:
            self.stdout.write(f"  {note}")
        if options["markdown"]:
            self.stdout.write("\n| Chỉ số | Công bố | Báo cáo của ta | Kết luận | |\n|---|--:|--:|---|---|")
        for line in lines:
            cells = (title_of(line), line.published.value, line.ours, WORDS[line.verdict], line.why)
            if options["markdown"]:
                self.stdout.write("| " + " | ".join(cells) + " |")
            else:
                self.stdout.write(f"{cells[0][:64]:64} {cells[1]:>9} {cells[2]:>9}  {cells[3]:20} {cells[4]}".rstrip())


def title_of(line: Line) -> str:
    """What the figure is, with its agency where it is one agency's."""
    of_agency = line.published.measure == "recv.by_agency"
    return f"{line.published.name}: {line.published.agency}" if of_agency else line.published.name


def as_json(plan: Plan, lines: list[Line], dossiers: int, acts: int) -> dict[str, Any]:
    """{"name", "title", "synthetic", "acts", "notes", "lines": [{"measure", "name", "agency", "published", "ours", "verdict", "why"}]}."""
    return {
        "name": plan.name,
        "title": plan.title,
        "synthetic": dossiers,
        "acts": acts,
        "notes": list(plan.notes),
        "lines": [
            {
                "measure": line.published.measure,
                "name": line.published.name,
                "agency": line.published.agency,
                "published": line.published.value,
                "ours": line.ours,
                "verdict": line.verdict.value,
                "why": line.why,
            }
            for line in lines
        ],
    }

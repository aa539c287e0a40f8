"""motcua year: a synthetic province in bulk, to see how the product carries a year, or eight."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.replays.stage import StageNotSet
from motcua.replays.year.loading import Loaded, load_year

PROVINCE_YEAR = 1_150_343


class Command(BaseCommand):
    help = "Fills a database without live dossiers with a synthetic province; started again it goes on where it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dossiers", type=int, default=PROVINCE_YEAR, help="accepted in a year")
        parser.add_argument("--years", type=int, default=1, help="up to the last day, back to June 2018 at most")
        parser.add_argument("--last", type=date.fromisoformat, help="the last day; by default yesterday")
        parser.add_argument("--workers", type=int, default=2, help="processes")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        dossiers, years, workers = options["dossiers"], options["years"], options["workers"]
        if min(dossiers, years, workers) < 1:
            raise CommandError("--dossiers, --years và --workers phải từ 1 trở lên.")
        try:
            loaded = load_year(dossiers, years, now(), workers, options["last"])
        except (StageNotSet, RuntimeError, MotcuaError) as error:
            raise CommandError(str(error)) from error
        self.tell(loaded, as_json=options["json"])

    def tell(self, loaded: Loaded, *, as_json: bool) -> None:
        """What is there now, and that none of it is real."""
        if as_json:
            told = {"plan": loaded.plan.name, "dossiers": loaded.dossiers, "new": loaded.new, "seals": loaded.seals}
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(
            f"{loaded.plan.name}: {loaded.dossiers} hồ sơ tổng hợp (không có thật), {loaded.new} mới nạp, "
            f"{loaded.seals} ngày được niêm phong"
        )

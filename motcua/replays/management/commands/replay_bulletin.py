"""motcua replay-bulletin NAME: the bulletin of a replayed month beside the published text, as docs/replays.md shows it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.replays.bulletins import beside
from motcua.replays.plans import PLANS
from motcua.replays.stage import StageNotSet

MONTHS = {
    name: plan
    for name, plan in PLANS.items()
    if (plan.first.year, plan.first.month) == (plan.last.year, plan.last.month)
}


class Command(BaseCommand):
    help = "Lays the bulletin of a month that was replayed beside the published text, in Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=", ".join(MONTHS))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] not in MONTHS:
            raise CommandError(f"Không có tháng diễn lại “{options['name']}”. Có: {', '.join(MONTHS)}.")
        try:
            self.stdout.write("\n".join(beside(MONTHS[options["name"]])))
        except (StageNotSet, MotcuaError) as error:
            raise CommandError(str(error)) from error

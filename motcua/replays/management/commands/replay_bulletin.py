"""motcua replay-bulletin NAME: the bulletin of a replayed period beside the published text, as docs/replays.md shows it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.replays.bulletins import beside
from motcua.replays.plans import PLANS
from motcua.replays.stage import StageNotSet


class Command(BaseCommand):
    help = "Lays the bulletin of a period that was replayed beside the published text, in Markdown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help=", ".join(PLANS))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["name"] not in PLANS:
            raise CommandError(f"Không có bản diễn lại “{options['name']}”. Có: {', '.join(PLANS)}.")
        try:
            self.stdout.write("\n".join(beside(PLANS[options["name"]])))
        except (StageNotSet, MotcuaError) as error:
            raise CommandError(str(error)) from error

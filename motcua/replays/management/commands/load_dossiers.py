"""motcua load dossiers: the synthetic dossiers of the demo."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.replays.demo import load_demo_dossiers
from motcua.replays.stage import StageNotSet


class Command(BaseCommand):
    help = "Makes the demo's synthetic dossiers up to now; does nothing where there are dossiers already."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = load_demo_dossiers(now())
        except (StageNotSet, MotcuaError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"hồ sơ minh hoạ (không có thật): {made}")

"""`motcua load_regimes`: the bundled regimes, where they are not there yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.law.presets import load_presets


class Command(BaseCommand):
    help = "Nạp các chế độ pháp lý kèm theo phần mềm."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Dòng quy định mới: {load_presets(settings.DATA_DIR, at=now())}")

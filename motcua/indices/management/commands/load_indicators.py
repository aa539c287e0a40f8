"""`motcua load_indicators`: the bundled tables of indicators, where they are not there yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.indices.tables import load_tables


class Command(BaseCommand):
    help = "Nạp các bảng chỉ số kèm theo phần mềm."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Bảng chỉ số mới: {load_tables(settings.DATA_DIR)}")

"""`motcua load_calendar`: the bundled days off and office hours, where the province doesn't know them yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.calendar.store import load_bundled


class Command(BaseCommand):
    help = "Nạp lịch nghỉ lễ, làm bù và giờ làm việc kèm theo phần mềm."

    def handle(self, *args: Any, **options: Any) -> None:
        edition = load_bundled(settings.DATA_DIR, at=now())
        self.stdout.write(f"Bản lịch mới: {edition.pk}" if edition else "Lịch không có gì mới.")

"""`motcua apply_outages`: gives open dossiers back what approved outages took; `motcua serve` does it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.dossiers.outages import apply_all

EVERY = 1000


class Command(BaseCommand):
    help = "Give the limits of open dossiers back what approved outages of the system took; again does no harm"

    def handle(self, *args: Any, **options: Any) -> None:
        for outage in apply_all(now(), self._tell):
            self.stdout.write(f"{outage.pk} {outage} {outage.moved}")

    def _tell(self, looked: int, moved: int) -> None:
        if looked % EVERY == 0:
            self.stderr.write(f"{looked} … {moved}")

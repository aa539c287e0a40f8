"""`motcua seal`: seals every past day that is not sealed yet; `motcua serve` does it daily, more often does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.dossiers.seals import seal_past_days


class Command(BaseCommand):
    help = "Seal every past day that is not sealed yet (Merkle root over its events, chained)"

    def handle(self, *args: Any, **options: Any) -> None:
        for made in seal_past_days(now()):
            self.stdout.write(f"{made.number} {made.covers_to.isoformat()} {made.events} {bytes(made.root).hex()}")

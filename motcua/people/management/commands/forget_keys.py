"""`motcua forget keys`: deletes spent keys of requests; `motcua serve` does it daily, more often does no harm."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.people.idempotency import forget


class Command(BaseCommand):
    help = "Delete idempotency keys older than a day, with the answers kept under them"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget(now())} keys forgotten")

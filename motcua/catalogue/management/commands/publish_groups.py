"""`motcua publish_groups`: publishes approved groups whose day has come; `motcua serve` does it daily."""

from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.catalogue.group_proposals import publish_due


class Command(BaseCommand):
    help = "Publish the interlinked groups that were approved and whose day has come; again does no harm"

    def handle(self, *args: Any, **options: Any) -> None:
        for group in publish_due(now()):
            self.stdout.write(f"{group.pk} {group}")

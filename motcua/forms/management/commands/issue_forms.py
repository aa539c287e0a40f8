"""motcua issue forms"""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef

from motcua.base.errors import MotcuaError
from motcua.base.progress import Progress
from motcua.base.times import now
from motcua.dossiers.models import Dossier, Event
from motcua.forms.issuing import issue_all
from motcua.forms.sources import CALL_FOR_PAPER
from motcua.offices.actors import SYSTEM


class Command(BaseCommand):
    help = "Issues the papers that acts of the last days called for and that no page issued (acts through the API)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=3, help="how many days to look back (default 3)")
        parser.add_argument("--portal", default="", help="the portal's address (default MOTCUA_PUBLIC_ADDRESS)")

    def handle(self, *args: Any, days: int, portal: str, **options: Any) -> None:
        portal = (portal or settings.PUBLIC_ADDRESS).rstrip("/")
        if not portal:
            raise CommandError("Cần MOTCUA_PUBLIC_ADDRESS / is needed: the address that codes on papers lead to")
        at = now()
        calls = Event.objects.filter(
            dossier=OuterRef("pk"), act__in=CALL_FOR_PAPER, recorded_at__gte=at - timedelta(days=days)
        )
        wanted = list(Dossier.objects.filter(Exists(calls)).order_by("id").values_list("pk", flat=True))
        made, failed = 0, 0
        progress = Progress("phiếu / papers", len(wanted))
        for place, dossier_id in enumerate(wanted, 1):
            try:
                made += len(issue_all(dossier_id, actor=SYSTEM, at=at, portal=portal))
            except MotcuaError as error:
                failed += 1
                self.stderr.write(f"{dossier_id}: {error}")
            progress.show(place, last=place == len(wanted))
        self.stdout.write(f"Đã phát hành / issued: {made}; chưa được / failed: {failed}")
        if failed:
            raise CommandError(f"{failed} hồ sơ / dossiers")

"""motcua withdraw certificate SERIAL --reason TEXT"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.signing.certificates import withdraw
from motcua.signing.models import Certificate


class Command(BaseCommand):
    help = "Withdraws a certificate: it signs nothing more; what it signed before stays as good as it was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("serial")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, serial: str, reason: str, **options: Any) -> None:
        rows = list(Certificate.objects.filter(serial=serial.lower().replace(":", "")))
        if len(rows) != 1:
            raise CommandError(f"{len(rows)} chứng thư số có số {serial} / certificates with this serial number")
        try:
            withdraw(rows[0], reason=reason, at=now())
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Đã thu hồi / withdrawn: {rows[0].subject}")

"""motcua new qr key"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import now
from motcua.signing.codes import new_code_key, signing_key


class Command(BaseCommand):
    help = "Makes a new key for QR codes, which signs from now on; papers signed with older keys stay genuine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-none", action="store_true", help="only where there is no key yet")

    def handle(self, *args: Any, if_none: bool, **options: Any) -> None:
        key = signing_key(now()) if if_none else new_code_key(now())
        self.stdout.write(f"Khóa mã QR / QR key: {key.id} {key.public}")

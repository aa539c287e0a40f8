"""motcua add certificate FILE --authority | --account LOGIN | --office CODE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.offices.models import Office
from motcua.people.models import Account, login_of
from motcua.signing.certificates import add, read_certificate, require_usable
from motcua.signing.keys import read_key
from motcua.signing.models import Certificate


class Command(BaseCommand):
    help = "Puts a certificate (PEM or DER) into the store: of an authority to trust, of an officer, or the seal of an office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--authority", action="store_true", help="trust what this authority issues")
        whose.add_argument("--account", help="the officer's login")
        whose.add_argument("--office", help="the office's code, in either notation")
        parser.add_argument("--key", help="its private key (PEM without password); it is copied into the key folder")

    def handle(self, *args: Any, file: str, key: str | None, **options: Any) -> None:
        owner = self.owner(options)
        try:
            private = read_key(Path(key).read_bytes()) if key else None
            certificate = read_certificate(Path(file).read_bytes())
            with transaction.atomic():
                row = add(certificate, key=private, at=now(), **owner)
                if row.kind != Certificate.Kind.AUTHORITY:
                    require_usable(row, now())
        except OSError as error:
            raise CommandError(f"Không đọc được {error.filename} / cannot read it: {error.strerror}") from error
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{row.get_kind_display()}: {row.subject}, {row.serial}, {row.valid_to:%d/%m/%Y}")

    def owner(self, options: dict[str, Any]) -> dict[str, Any]:
        """Whose the certificate is, as the store keeps it."""
        if options["authority"]:
            return {"kind": Certificate.Kind.AUTHORITY}
        if options["account"]:
            account = Account.objects.filter(login=login_of(options["account"])).first()
            if account is None:
                raise CommandError(f"Không có tài khoản {options['account']} / no such account")
            return {"kind": Certificate.Kind.PERSON, "account_id": account.pk}
        office = Office.objects.by_code(options["office"]).first()
        if office is None:
            raise CommandError(f"Không có cơ quan {options['office']} / no such office")
        return {"kind": Certificate.Kind.OFFICE, "office_id": office.pk}

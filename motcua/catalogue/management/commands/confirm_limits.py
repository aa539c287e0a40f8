"""`motcua confirm limits FILE --by LOGIN`: a person confirms a table of unsure limits."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.base.times import now
from motcua.catalogue.confirming import confirm_table
from motcua.people.models import Account


class Command(BaseCommand):
    help = "Xác nhận thời hạn theo bảng CSV: code, limit (5wd, 30d, same-day@15:00), basis."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, metavar="LOGIN", help="tên đăng nhập của người xác nhận")

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account.objects.filter(login=options["by"]).first()
        if account is None:
            raise CommandError(_("Không có tài khoản “%s”.") % options["by"])
        try:
            done = confirm_table(options["file"], account, now())
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        for line in done.refused:
            self.stderr.write(line)
        self.stdout.write(_("Đã xác nhận %d thời hạn.") % done.rows)

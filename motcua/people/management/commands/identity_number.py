"""motcua identity number LOGIN NUMBER"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.times import now
from motcua.people.identities import set_number
from motcua.people.models import PERSONAL_ID, Account, bare_number, login_of


class Command(BaseCommand):
    help = "Corrects the identity number of an account; officers cannot change their own once it is known."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("number", help="12 digits (old identity card 9, enterprise 10)")

    def handle(self, *args: Any, login: str, number: str, **options: Any) -> None:
        if not PERSONAL_ID.fullmatch(bare_number(number)):
            raise CommandError("Số định danh có 12 chữ số (CMND cũ 9 chữ số; mã số doanh nghiệp 10 chữ số).")
        account = Account.objects.filter(login=login_of(login)).first()
        if account is None:
            raise CommandError(f"Không có tài khoản với tên đăng nhập “{login}”.")
        set_number(account.pk, bare_number(number), now())
        self.stdout.write(f"{login_of(login)}: {bare_number(number)}")

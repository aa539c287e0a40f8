"""motcua token LOGIN --scope dossiers:read"""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.times import now
from motcua.people.models import Account, ApiToken, login_of
from motcua.people.tokens import SCOPES, issue


class Command(BaseCommand):
    help = "Makes an API token for an account and prints it once; --revoke ends all tokens of that name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--scope", action="append", choices=sorted(SCOPES), help="may be given more than once")
        parser.add_argument("--name", default="cli", help="what the token is for")
        parser.add_argument("--days", type=int, default=365, help="how long it is in force; 1 to 3650")
        parser.add_argument("--revoke", action="store_true", help="revoke the account's tokens of this name instead")

    def handle(self, *args: Any, **options: Any) -> None:
        login = login_of(options["login"])
        account = Account.objects.filter(login=login, is_active=True).first()
        if account is None:
            raise CommandError(f"Không có tài khoản đang hoạt động với tên đăng nhập “{login}”.")
        at = now()
        if options["revoke"]:
            ended = ApiToken.objects.in_force(at).filter(account=account, name=options["name"]).update(revoked_at=at)
            self.stdout.write(f"đã thu hồi {ended} mã truy cập")
            return
        if not options["scope"]:
            raise CommandError("Cần ít nhất một --scope: " + ", ".join(sorted(SCOPES)))
        if not 1 <= options["days"] <= 3650:
            raise CommandError("--days phải từ 1 đến 3650.")
        expires_at = at + timedelta(days=options["days"])
        self.stdout.write(issue(account, options["name"], options["scope"], at, expires_at))

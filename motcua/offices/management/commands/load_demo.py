"""motcua load demo"""

import os
import secrets
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from motcua.base.errors import MotcuaError
from motcua.base.times import now
from motcua.offices.demo import cast_rows, make_cast, make_synthetic_officers, refuse_among_real_people
from motcua.offices.models import Posting
from motcua.offices.province import one_at_a_time
from motcua.people.models import Account

# In this order; commands of rooms above are called by name, because this room may not import them.
PROCEDURES = Path(settings.DATA_DIR) / "procedures"
BEFORE_PEOPLE = (["load_calendar"], ["load_regimes"], ["load_post_rules"], ["load_province", "thai-binh"])
CONFIRMED = Path(settings.DATA_DIR) / "demo_confirmed_limits.csv"
AFTER_PEOPLE = (
    ["load_procedures", str(PROCEDURES)],
    ["load_groups"],
    ["confirm_limits", str(CONFIRMED), "--by", "quang"],
)
# Their papers at once: whoever opens the demo finds receipts and letters to read, with codes that lead to this machine.
HERE = settings.PUBLIC_ADDRESS or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
DOSSIERS = (["load_dossiers"], ["issue_forms", "--portal", HERE])


class Command(BaseCommand):
    help = "Loads the demo province: calendar, law, offices, people, procedures; loading twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people-only", action="store_true", help="offices and people, without the catalogue")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # One transaction: a start that is cut off leaves no half a province that the next start takes for whole.
            with transaction.atomic():
                one_at_a_time()
                refuse_among_real_people()
                self.run_all(BEFORE_PEOPLE)
                password = self.people()
                if PROCEDURES.exists() and not options["people_only"]:
                    self.run_all(AFTER_PEOPLE)
                logins = [row["login"] for row in cast_rows()]
                self.run_all((["new_qr_key", "--if-none"], ["make_certificates", "--people", *logins]))
                told = self.tell(password)
        except MotcuaError as error:
            raise CommandError(str(error)) from error
        if PROCEDURES.exists() and not options["people_only"]:
            # Acts are transactions of their own: dossiers come after the province is there for good.
            self.run_all(DOSSIERS)
        self.stdout.write(told)

    def run_all(self, calls: tuple[list[str], ...]) -> None:
        """Call those loaders that exist."""
        existing = get_commands()
        for call in calls:
            if call[0] in existing:
                call_command(*call, stdout=self.stdout, stderr=self.stderr)

    def people(self) -> str | None:
        """Make the cast and the synthetic officers; the cast's new password, or None when they were there."""
        logins = [row["login"] for row in cast_rows()]
        password = None
        if Account.objects.filter(login__in=logins).count() < len(logins):
            password = os.environ.get("MOTCUA_DEMO_PASSWORD") or secrets.token_urlsafe(9)
        at = now()
        make_cast(at, password)
        new = make_synthetic_officers(at)
        self.stdout.write(f"cán bộ mẫu: {new} phân công mới")
        return password

    def tell(self, password: str | None) -> str:
        """The demo accounts; when they are new, also written where only the owner reads them, before the commit."""
        place = Path(settings.STATE_DIR) / "accounts.txt"
        if password is None:
            return f"tài khoản mẫu đã có; mật khẩu ở {place}"
        text = "".join(self.lines(password))
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(place, "w", encoding="utf-8", opener=owner_only()) as out:
            out.write(text)
        return text

    def lines(self, password: str) -> list[str]:
        """One line for each person of the cast: login, name, posts."""
        roles: dict[str, list[str]] = {}
        for posting in Posting.objects.filter(account__is_demo=True).exclude(account__login__startswith="mau."):
            label = f"{posting.get_role_display()} – {posting.office.short_name}"
            roles.setdefault(posting.account.login, []).append(label)
        lines = [f"Tài khoản mẫu / demo accounts. Mật khẩu chung / one password for all: {password}\n"]
        for row in cast_rows():
            posts = "; ".join(roles.get(row["login"], ["Người dân, doanh nghiệp"]))
            lines.append(f"{row['login']:<30} {row['full_name']:<28} {posts}\n")
        return lines


def owner_only() -> Callable[[str, int], int]:
    """Opens a file that nobody else may read."""
    return lambda path, flags: os.open(path, flags, 0o600)

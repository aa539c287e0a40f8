"""motcua rehearse: every way that acts and states allow, many times over, so that the audit has something to find."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.base.errors import MotcuaError
from motcua.base.progress import Progress
from motcua.base.times import now, start_of
from motcua.fees.books import open_book
from motcua.fees.models import ReceiptBook
from motcua.offices.actors import SYSTEM
from motcua.offices.demo import make_synthetic_officers
from motcua.people.models import Account
from motcua.replays import scenes, scenes_of_others
from motcua.replays.company import APPLICANT, ensure_applicant
from motcua.replays.rehearsal import FIRST, Company, counted, gather, rehearse, words_of
from motcua.replays.stage import StageNotSet

SERIAL = "TD-21T"
SCENES = (*scenes.SCENES, *scenes_of_others.SCENES)


class Command(BaseCommand):
    help = "Plays synthetic lives that go every way acts and states allow; exit 1 if one was gone too seldom."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--times", type=int, default=100, help="how often each scene is played")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        times = options["times"]
        if times < 1:
            raise CommandError("--times phải từ 1 trở lên.")
        try:
            rehearse(self.company(), SCENES, times, Progress("rehearsal", times * len(SCENES)).step)
        except (StageNotSet, MotcuaError) as error:
            raise CommandError(str(error)) from error
        counts = counted()
        self.tell(counts, times, as_json=options["json"])
        if min(counts.values()) < times:
            raise SystemExit(1)

    def company(self) -> Company:
        """The demo province, somebody to hand in, and receipts to write."""
        make_synthetic_officers(start_of(FIRST))
        ensure_applicant(now())
        company = gather(Account.objects.get(login=APPLICANT))
        if not ReceiptBook.objects.filter(serial=SERIAL).exists():
            open_book(
                office_id=company.unit_id,
                template_no="01BLP0-001",
                serial=SERIAL,
                first_no=1,
                last_no=9_999_999,
                valid_from=FIRST,
                actor=SYSTEM,
            )
        return company

    def tell(self, counts: dict[tuple[str, str, str], int], times: int, *, as_json: bool) -> None:
        """How often each way was gone; the seldom ones marked."""
        if as_json:
            rows = [
                {"act": act, "from": before, "to": after, "times": many}
                for (act, before, after), many in counts.items()
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for key, many in sorted(counts.items()):
            self.stdout.write(f"{many:>7}  {words_of(key)}{'' if many >= times else '  ← chưa đủ'}")

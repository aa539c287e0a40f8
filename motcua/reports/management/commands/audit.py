"""`motcua audit`: everything is verified again from the journal; exit 1 and a named finding on any violation."""

import json
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from motcua.base.numbers import show_count
from motcua.reports.audit.findings import KEPT, Verdict
from motcua.reports.audit.run import audit

EVERY_SECONDS = 0.5


class Command(BaseCommand):
    help = "Verify chains, seals, stays, due dates, numbers and report balances; exit 1 with findings"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.told = time.monotonic()
        verdict = audit(self.progress)
        if sys.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
        if options["json"]:
            self.stdout.write(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
        else:
            self.tell(verdict)
        if not verdict.ok:
            raise SystemExit(1)

    def progress(self, verdict: Verdict) -> None:
        if sys.stderr.isatty() and time.monotonic() - self.told > EVERY_SECONDS:
            self.told = time.monotonic()
            counts = ", ".join(f"{thing} {show_count(count)}" for thing, count in verdict.checked.items())
            self.stderr.write(f"\r\033[K{counts}", ending="")

    def tell(self, verdict: Verdict) -> None:
        for thing, count in verdict.checked.items():
            self.stdout.write(f"{thing:<20}{show_count(count):>14}")
        for finding in verdict.findings:
            self.stdout.write(f"[{finding.kind.value}] {finding.sentence}")
        total = sum(verdict.counts.values())
        if total > KEPT:
            self.stdout.write(_("… và %(more)s phát hiện nữa.") % {"more": show_count(total - KEPT)})
        words = (
            _("Không có sai lệch nào.") if verdict.ok else _("Số sai lệch: %(count)s") % {"count": show_count(total)}
        )
        self.stdout.write(words)

"""`motcua load procedures PATH…`: procedures, their processes and replaced components from files into the catalogue."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.base.times import now
from motcua.catalogue.content import is_local
from motcua.catalogue.loading import load
from motcua.catalogue.pending import count_unsure
from motcua.catalogue.processes import ensure_default, load_processes
from motcua.catalogue.replacements import load_replacements
from motcua.catalogue.sources import Sources, files_of, read


class Command(BaseCommand):
    """Load procedures. With --json the only output is one object:

    read: rows of procedures taken up (local ones; with --all every one) and refused rows = new + changed + unchanged + refused;
    new, changed, unchanged: procedures that were unknown, got a new version, stay as they are;
    needs_person: of those read, procedures whose current version has a limit or fee that a person must still confirm,
    or no limit or components at all; refused: rows or files that could not be read, each told with file and line.
    """

    help = "Nhập thủ tục hành chính từ tệp .jsonl, .jsonl.gz, .csv hoặc thư mục."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--all", action="store_true", help="cả thủ tục không thuộc cấp tỉnh, cấp xã")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = files_of(options["paths"])
        except OSError as error:
            raise CommandError(str(error)) from error
        sources = read(files, self._progress(_("Đọc %s")))
        self._tell(sources)
        at = now()
        parts = sources.parts
        if not options["all"]:
            parts["core"] = {code: row for code, row in parts["core"].items() if is_local(row)}
        writing = self._progress(_("Ghi thủ tục"))
        counts = load(parts, at, lambda done, every: writing(f"{done}/{every}", done))
        load_replacements(sources.tables["replacements"])
        ensure_default()
        _new, warnings = load_processes(sources.tables["processes"], sources.tables["steps"], at)
        for warning in warnings:
            self._say(_("Lưu ý: %s") % warning)
        refused = len(sources.refusals)
        figures = {
            "read": counts.new + counts.changed + counts.unchanged + refused,
            "new": counts.new,
            "changed": counts.changed,
            "unchanged": counts.unchanged,
            "needs_person": count_unsure(list(parts["core"])),
            "refused": refused,
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(figures))
        else:
            self._show(figures)
        if refused and refused == figures["read"] and not any(sources.tables.values()):
            raise CommandError(_("Không đọc được dòng nào."))

    def _tell(self, sources: Sources) -> None:
        for refusal in sources.refusals:
            self._say(_("Từ chối: %s") % refusal)
        for notice in sources.notices:
            self._say(notice)

    def _show(self, figures: dict[str, int]) -> None:
        names = {
            "read": _("Đã đọc"),
            "new": _("Mới"),
            "changed": _("Thay đổi (phiên bản mới)"),
            "unchanged": _("Không đổi"),
            "needs_person": _("Cần cán bộ xác nhận"),
            "refused": _("Bị từ chối"),
        }
        for key, value in figures.items():
            self.stdout.write(f"{names[key]:<28}{value:>8}")

    def _say(self, text: object) -> None:
        self.stderr.write(str(text))

    def _progress(self, label: str) -> Any:
        """A line that overwrites itself on a terminal; silent elsewhere."""
        if not sys.stderr.isatty():
            return lambda name, count: None

        def show(name: str, count: int) -> None:
            sys.stderr.write("\r\x1b[K" + (label % name if "%s" in label else f"{label} {name}") + f" … {count}")
            sys.stderr.flush()

        return show

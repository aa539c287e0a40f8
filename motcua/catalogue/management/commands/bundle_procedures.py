"""`motcua bundle_procedures SRC…`: the compact form of the source files that goes with the project under data/."""

import csv
import gzip
import io
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motcua.catalogue.content import BOOKKEEPING, is_local
from motcua.catalogue.sources import Sources, files_of, read

KEEP = {"dossier_items", "older_time"}  # the loader asks the one, a person confirming a limit the other
COLUMNS = {
    "replacements": ("code", "component_replaced", "database", "database_owner", "legal_doc", "clause"),
    "processes": (
        "process_id", "decision", "province", "date", "title", "tthc_codes", "nearest_code_before",
        "total_raw", "total_value", "total_unit", "source_file",
    ),
    "steps": ("process_id", "seq", "role", "content", "time_raw", "time_value", "time_unit"),
}  # fmt: skip


class Command(BaseCommand):
    """Write local procedures, their replaced components and all process tables; the same input gives the same bytes."""

    help = "Tạo bộ dữ liệu thủ tục gọn trong data/procedures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="SRC")
        parser.add_argument("--to", type=Path, default=settings.DATA_DIR / "procedures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sources = read(files_of(options["paths"]))
        except OSError as error:
            raise CommandError(str(error)) from error
        for refusal in sources.refusals:
            self.stderr.write(str(refusal))
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in bundle(sources).items():
            data = gzip.compress(text.encode(), compresslevel=9, mtime=0)
            (folder / name).write_bytes(data)
            self.stdout.write(f"{name:<24}{len(data):>10}")


def bundle(sources: Sources) -> dict[str, str]:
    """File name → text."""
    codes = sorted(code for code, row in sources.parts["core"].items() if is_local(row))
    texts = {}
    for part, by_code in sources.parts.items():
        kept = [_slim(part, by_code[code]) for code in codes if code in by_code]
        texts[f"{part}.jsonl.gz"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    known = set(codes)
    for table, columns in COLUMNS.items():
        rows = [row for row in sources.tables[table] if table != "replacements" or row["code"] in known]
        texts[f"{table}.csv.gz"] = _csv(columns, rows)
    return texts


def _slim(part: str, row: dict[str, Any]) -> dict[str, Any]:
    if part != "core":
        return row
    return {key: value for key, value in row.items() if key not in BOOKKEEPING or key in KEEP}


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()

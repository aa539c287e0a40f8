"""`motcua load groups [FILE]`: groups of procedures that several agencies resolve together."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import now
from motcua.catalogue.groups import load_groups


class Command(BaseCommand):
    help = "Nhập các nhóm thủ tục liên thông; nhóm đã đổi thành một dòng mới, hồ sơ đang giải quyết giữ nhóm cũ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=Path(settings.DATA_DIR) / "procedures" / "groups.json"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = json.loads(options["file"].read_text(encoding="utf-8"))
            new = load_groups(rows, now())
        except (OSError, ValueError, KeyError, TypeError, Invalid) as error:
            raise CommandError(_("Không đọc được tệp nhóm thủ tục: %s") % error) from error
        self.stdout.write(_("Nhóm thủ tục liên thông: %(new)d mới.") % {"new": new})

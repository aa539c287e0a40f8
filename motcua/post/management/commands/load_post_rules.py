"""`motcua load_post_rules`: the bundled days of the public post, where they are not there yet."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from motcua.post.limits import load_rules


class Command(BaseCommand):
    help = "Nạp các thời hạn bưu chính kèm theo phần mềm."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Thời hạn bưu chính mới: {load_rules(settings.DATA_DIR)}")

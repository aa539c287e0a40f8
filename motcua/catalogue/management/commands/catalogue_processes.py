"""`motcua catalogue processes`: printed process tables whose steps and total do not agree, and where their steps are done."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from motcua.catalogue.models import Process, ProcessStep
from motcua.catalogue.processes import differing, other_unit


class Command(BaseCommand):
    help = "In các bảng quy trình có tổng các bước khác tổng ghi trong quyết định, hoặc cùng số nhưng khác đơn vị."

    def handle(self, *args: Any, **options: Any) -> None:
        printed = Process.objects.filter(retired_at=None, is_default=False, onsite=None)
        wrong, units = differing(), other_unit()
        onsite = ProcessStep.objects.filter(process__in=printed, place=ProcessStep.Place.ONSITE).count()
        words = {"every": printed.count(), "wrong": len(wrong), "units": len(units), "onsite": onsite}
        self.stdout.write(
            _(
                "%(every)s bảng: %(wrong)s bảng khác tổng, %(units)s bảng cùng số nhưng khác đơn vị; %(onsite)s bước thẩm định, phê duyệt, đóng dấu in là làm tại Trung tâm."
            )
            % words
        )
        for process in [*wrong, *units]:
            self.stdout.write(
                f"{process.decision} {process.province} {', '.join(process.codes) or '–'} ({process.source_key.split('/')[1]}): "
                f"{_hours(process.sum_hours)} / {_hours(process.stated_hours)}  {process.stated_total[-60:]}"
            )


def _hours(hours: Any) -> str:
    return f"{(hours or 0) / 8:.2f}".rstrip("0").rstrip(".").replace(".", ",")

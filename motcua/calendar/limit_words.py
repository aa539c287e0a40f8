"""A time limit in the reader's language."""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext_lazy

from motcua.calendar.limits import Limit, LimitKind, Unit

UNITS = {
    Unit.WORKING_DAY: ngettext_lazy("%(n)s ngày làm việc", "%(n)s ngày làm việc", "whole"),
    Unit.DAY: ngettext_lazy("%(n)s ngày", "%(n)s ngày", "whole"),
    Unit.WORKING_HOUR: ngettext_lazy("%(n)s giờ làm việc", "%(n)s giờ làm việc", "whole"),
    Unit.HOUR: ngettext_lazy("%(n)s giờ", "%(n)s giờ", "whole"),
    Unit.MONTH: ngettext_lazy("%(n)s tháng", "%(n)s tháng", "whole"),
    Unit.YEAR: ngettext_lazy("%(n)s năm", "%(n)s năm", "whole"),
}
KINDS = {
    LimitKind.FIXED_DATE: lazy("theo ngày ấn định"),
    LimitKind.IMMEDIATE: lazy("trả kết quả ngay"),
    LimitKind.NONE: lazy("không quy định thời hạn"),
    LimitKind.UNKNOWN: lazy("chưa xác định"),
}


def limit_words(limit: Limit) -> str:
    """`5 ngày làm việc`, `2 tháng và 15 ngày làm việc`, `trong ngày …`."""
    if limit.kind is LimitKind.DURATION:
        parts = [UNITS[part.unit] % {"n": _number(part.value), "whole": _plural(part.value)} for part in limit.parts]
        return _(" và ").join(parts)
    if limit.kind is LimitKind.SAME_DAY:
        cutoff = f"{limit.cutoff:%H:%M}" if limit.cutoff else "15:00"
        return _("trong ngày; nhận sau %(cutoff)s thì trong ngày làm việc tiếp theo") % {"cutoff": cutoff}
    if limit.on is not None:
        return _("vào ngày %(day)s") % {"day": f"{limit.on:%d/%m/%Y}"}
    return str(KINDS[limit.kind])


def _plural(value: Fraction) -> int:
    return 1 if value == 1 else 2


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):g}".replace(".", ",")

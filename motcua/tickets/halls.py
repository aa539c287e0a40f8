"""The lines and counters of a hall, set up by whoever answers for it. What was used once is ended, never deleted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.tickets.kinds import OPEN
from motcua.tickets.models import Counter, Line, Ticket
from motcua.tickets.permissions import may_arrange

MOST_SLOTS = 50


@dataclass(frozen=True, slots=True)
class LineText:
    """What a line is: its letter, its names, fields of procedures (none: any), places in a half hour chosen beforehand."""

    letter: str
    name: str
    name_en: str = ""
    fields: Sequence[str] = ()
    slot_most: int = 0


def lines_of(office_id: int) -> QuerySet[Line]:
    """The lines of a hall, by letter; none: the hall has no queue."""
    return Line.objects.filter(office=office_id, ended_at=None).order_by("letter")


def counters_of(office_id: int) -> QuerySet[Counter]:
    """The counters of a hall, by number, with their lines."""
    return Counter.objects.filter(office=office_id, ended_at=None).prefetch_related("lines").order_by("number")


def line_for_field(office_id: int, field: str) -> Line | None:
    """The line for procedures of a field: the one that names it, else the first that takes any."""
    lines = list(lines_of(office_id))
    named = next((line for line in lines if field in line.fields), None)
    return named or next((line for line in lines if not line.fields), None)


def save_line(office: Office, text: LineText, *, actor: Actor, line_id: int | None = None) -> Line:
    """Add a line, or change one. Raises NotThere for others than those who arrange the hall, Invalid."""
    _arranges(actor, office.pk)
    line = _line_of(office.pk, line_id) if line_id else Line(office=office)
    letter = tidy(text.letter).upper()
    if len(letter) != 1 or not "A" <= letter <= "Z":
        raise _wrong("letter", _("Chữ cái từ A đến Z."))
    if len(tidy(text.name)) < 3:
        raise _wrong("name", _("Hãy đặt tên mà người dân hiểu được."))
    if not 0 <= text.slot_most <= MOST_SLOTS:
        raise _wrong("slot_most", _("Từ 0 đến %(most)d.") % {"most": MOST_SLOTS})
    if lines_of(office.pk).filter(letter=letter).exclude(pk=line.pk).exists():
        raise _wrong("letter", _("Chữ cái này đã dùng cho một nhóm khác."))
    line.letter, line.name, line.name_en = letter, tidy(text.name), tidy(text.name_en)
    line.fields, line.slot_most = [tidy(one) for one in text.fields if tidy(one)], text.slot_most
    line.save()
    return line


def save_counter(
    office: Office, number: int, name: str, line_ids: Collection[int], *, actor: Actor, counter_id: int | None = None
) -> Counter:
    """Add a counter, or change one. Raises NotThere, Invalid."""
    _arranges(actor, office.pk)
    counter = counters_of(office.pk).filter(pk=counter_id).first() if counter_id else Counter(office=office)
    if counter is None:
        raise NotThere(_("Không có quầy này."))
    if not 1 <= number <= 999:
        raise _wrong("number", _("Số quầy từ 1 đến 999."))
    if counters_of(office.pk).filter(number=number).exclude(pk=counter.pk).exists():
        raise _wrong("number", _("Số quầy này đã có."))
    lines = list(lines_of(office.pk).filter(pk__in=line_ids))
    if not lines or len(lines) != len(set(line_ids)):
        raise _wrong("lines", _("Hãy chọn ít nhất một nhóm dịch vụ của quầy."))
    with transaction.atomic():
        counter.number, counter.name = number, tidy(name)
        counter.save()
        counter.lines.set(lines)
    return counter


def close_line(line_id: int, *, closed: bool, actor: Actor, at: datetime) -> None:
    """Give no more numbers for a line, or give them again; who waits already is still called. Raises NotThere."""
    line = _arranged_line(line_id, actor)
    Line.objects.filter(pk=line.pk).update(closed_at=at if closed else None)


def end_line(line_id: int, *, actor: Actor, at: datetime) -> None:
    """The line is no more. Raises NotThere, Refused while somebody waits for it or a counter has no other."""
    line = _arranged_line(line_id, actor)
    if Ticket.objects.filter(line=line, state__in=OPEN, day__gte=day_of(at)).exists():
        raise Refused(_("Còn người chờ ở nhóm này."), code="in_use")
    if any(counter.lines.count() == 1 for counter in line.counters.filter(ended_at=None)):
        raise Refused(_("Có quầy chỉ phục vụ nhóm này: hãy đổi quầy đó trước."), code="in_use")
    with transaction.atomic():
        for counter in line.counters.filter(ended_at=None):
            counter.lines.remove(line)
        Line.objects.filter(pk=line.pk).update(ended_at=at)


def end_counter(counter_id: int, *, actor: Actor, at: datetime) -> None:
    """The counter is no more. Raises NotThere, Refused while somebody sits there."""
    counter = Counter.objects.filter(pk=counter_id, ended_at=None).first()
    if counter is None or not may_arrange(actor, counter.office_id):
        raise NotThere(_("Không có quầy này."))
    if counter.seats.filter(until=None, day__gte=day_of(at)).exists():
        raise Refused(_("Đang có người ngồi ở quầy này."), code="in_use")
    Counter.objects.filter(pk=counter.pk).update(ended_at=at)


def _arranged_line(line_id: int, actor: Actor) -> Line:
    line = Line.objects.filter(pk=line_id, ended_at=None).first()
    if line is None or not may_arrange(actor, line.office_id):
        raise NotThere(_("Không có nhóm dịch vụ này."))
    return line


def _arranges(actor: Actor, office_id: int) -> None:
    if not may_arrange(actor, office_id):
        raise NotThere(_("Không có trang này."))


def _line_of(office_id: int, line_id: int) -> Line:
    found = lines_of(office_id).filter(pk=line_id).first()
    if found is None:
        raise NotThere(_("Không có nhóm dịch vụ này."))
    return found


def _wrong(field: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={field: sentence})

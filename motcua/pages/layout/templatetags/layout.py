"""How days, instants, counts and money are printed on every page."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base import numbers
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.limits import Limit
from motcua.dossiers.states import RESOLVED, State
from motcua.pages.layout import limit_words as words

register = template.Library()

SOON_DAYS = 2


@register.filter
def vnday(value: date | datetime | None) -> str:
    """`31/08/2021`, the Vietnamese day; nothing prints the dash."""
    if value is None or value == "":
        return numbers.NOTHING
    day = day_of(value) if isinstance(value, datetime) else value
    return f"{day:%d/%m/%Y}"


@register.filter
def vninstant(value: datetime | None) -> str:
    """`31/08/2021 16:10` in Vietnam; nothing prints the dash."""
    return numbers.NOTHING if not value else f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


@register.filter
def count(value: int | None) -> str:
    """`1.150.343`; nothing prints the dash."""
    return numbers.show_count(value)


@register.filter
def percent(value: Decimal | None) -> str:
    """`62,19 %`; nothing prints the dash."""
    return numbers.show_percent(value)


@register.filter
def percent_of(part: int, whole: int) -> str:
    """`part` of `whole`; nothing of nothing prints the dash."""
    return numbers.show_percent(numbers.percent(part, whole))


@register.filter
def vnd(value: int | None) -> str:
    """`70.000 đồng`; nothing prints the dash."""
    return numbers.show_vnd(value)


@register.filter
def limit_words(value: Limit) -> str:
    """A time limit in the reader's language."""
    return words.limit_words(value)


@register.filter
def state_label(code: str) -> str:
    """The state in words."""
    return str(State(code).label) if code in State.values else code


@dataclass(frozen=True)
class Urgency:
    """How near the promised day is: a tone for the eye and words for everybody."""

    tone: str
    words: str


@register.inclusion_tag("layout/badge_due.html")
def badge_due(dossier: Any, at: datetime) -> dict[str, Urgency]:
    """The badge of a dossier in a list: how near the promise is, in calendar days, as of `at`."""
    return {"urgency": urgency_of(dossier, at)}


def urgency_of(dossier: Any, at: datetime) -> Urgency:
    """Tone and words for a dossier."""
    if dossier.state in RESOLVED or dossier.state == State.REFUSED:
        return Urgency("done", str(State(dossier.state).label))
    if dossier.state == State.SUPPLEMENT:
        return Urgency("paused", _("Tạm dừng, chờ bổ sung"))
    due = dossier.due_at or dossier.answer_due_at
    if due is None:
        return Urgency("calm", _("Không có ngày hẹn"))
    left = (day_of(due) - day_of(at)).days
    if left < 0:
        return Urgency("late", ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", -left) % {"days": -left})
    if left == 0:
        return Urgency("today", _("Hạn hôm nay"))
    tone = "soon" if left <= SOON_DAYS else "calm"
    return Urgency(tone, ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", left) % {"days": left})

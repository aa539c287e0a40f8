"""How days, instants, counts and money are printed on every page."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base import numbers
from motcua.base.text import masked as mask
from motcua.base.times import VIETNAM, day_of
from motcua.calendar import limit_words as words
from motcua.calendar.limits import Limit
from motcua.dossiers import handed_in
from motcua.dossiers.states import RESOLVED, PartState, State
from motcua.files.models import StoredFile
from motcua.reports.beginning import before_all
from motcua.reports.periods import Period

register = template.Library()

SOON_DAYS = 2
STATE_LABELS = {state.value: state.label for state in State}
PART_LABELS = {state.value: state.label for state in PartState}


@register.filter
def vnday(value: date | datetime | None) -> str:
    """`31/08/2021`, the Vietnamese day; nothing prints the dash."""
    if value is None or value == "":
        return numbers.NOTHING
    day = day_of(value) if isinstance(value, datetime) else value
    return f"{day:%d/%m/%Y}"


@register.filter
def file_words(stored: StoredFile) -> str:
    """What the technical check found of a file when it came in; nothing where nobody looked."""
    return handed_in.file_words(stored)


@register.filter
def vninstant(value: datetime | None) -> str:
    """`31/08/2021 16:10` in Vietnam; nothing prints the dash."""
    return numbers.NOTHING if not value else f"{value.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


@register.filter
def masked(number: str) -> str:
    """`034******001`; nothing prints the dash."""
    return mask(number) or numbers.NOTHING


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
def desk_address(dossier_id: int) -> str:
    """Where an officer sees a dossier: `{% url %}` for lists, where asking the router for each row is slow."""
    before, after = _around("desk:dossier", 0)
    return f"{before}{dossier_id}{after}"


@register.filter
def own_address(submission_no: str) -> str:
    """Where its owner sees a dossier, for lists."""
    before, after = _around("portal:dossier", "N")
    return f"{before}{submission_no}{after}"


@cache
def _around(route: str, value: int | str) -> tuple[str, str]:
    before, _value, after = reverse(route, args=[value]).rpartition(str(value))
    return before, after


@register.filter
def shorten(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@register.filter
def limit_words(value: Limit) -> str:
    """A time limit in the reader's language."""
    return words.limit_words(value)


@register.filter
def state_label(code: str) -> str:
    """The state in words."""
    return str(STATE_LABELS.get(code, code))


@register.filter
def part_label(code: str) -> str:
    """The state of a part in words."""
    return str(PART_LABELS.get(code, code))


@dataclass(frozen=True)
class Urgency:
    """How near the promised day is: a tone for the eye and words for everybody."""

    tone: str
    words: str


@register.simple_tag
def badge_due(dossier: Any, at: datetime) -> str:
    """The badge of a dossier in a list: how near the promise is, in calendar days, as of `at`."""
    return badge(urgency_of(dossier, at))


def badge(urgency: Urgency) -> str:
    """The badge; put together here because a list has many, and a template each costs more than the row."""
    return format_html('<span class="badge-due badge-due-{}">{}</span>', urgency.tone, urgency.words)


@register.simple_tag
def show_urgency(urgency: Urgency) -> str:
    """The badge of what was judged already."""
    return badge(urgency)


def urgency_of(dossier: Any, at: datetime) -> Urgency:
    """Tone and words for a dossier."""
    if dossier.state in RESOLVED or dossier.state == State.REFUSED:
        return Urgency("done", str(State(dossier.state).label))
    if dossier.stands_still:
        is_duty = dossier.state == State.PAYMENT
        return Urgency("paused", _("Tạm dừng, chờ nghĩa vụ tài chính") if is_duty else _("Tạm dừng, chờ bổ sung"))
    if dossier.due_at is not None:
        return result_urgency((day_of(dossier.due_at) - day_of(at)).days)
    if dossier.accepted_at is None and dossier.answer_due_at is not None:
        return _answer_urgency((day_of(dossier.answer_due_at) - day_of(at)).days)
    return Urgency("calm", _("Không có ngày hẹn"))


def result_urgency(left: int) -> Urgency:
    """How near a last day is that is so many days ahead."""
    if left < 0:
        return Urgency("late", ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", -left) % {"days": -left})
    if left == 0:
        return Urgency("today", _("Hạn hôm nay"))
    tone = "soon" if left <= SOON_DAYS else "calm"
    return Urgency(tone, ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", left) % {"days": left})


def _answer_urgency(left: int) -> Urgency:
    """Before acceptance the unit owes an answer, not yet a result."""
    if left < 0:
        words = ngettext("Trả lời chậm %(days)s ngày", "Trả lời chậm %(days)s ngày", -left)
        return Urgency("late", words % {"days": -left})
    if left == 0:
        return Urgency("today", _("Phải trả lời hôm nay"))
    words = ngettext("Trả lời trong %(days)s ngày", "Trả lời trong %(days)s ngày", left)
    return Urgency("calm", words % {"days": left})


@register.filter
def without_bullet(text: str) -> str:
    """A line of a source without the dash, plus or star that it began with there."""
    return text.lstrip("-–+*• ").strip() or text


@register.simple_tag
def beginning(period: Period | None) -> str:
    """A paragraph beside the figures of a period that ended before the first dossier; nothing for any other."""
    said = before_all(period) if period else ""
    return format_html('<p class="alert alert-info">{}</p>', said) if said else ""


@register.simple_block_tag
def wide(content: str, label: str) -> str:
    """A frame for a table that may be wider than the page: it scrolls by finger and by key, and says what it holds."""
    return format_html('<div class="wide" tabindex="0" role="region" aria-label="{}">{}</div>', label, content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, looks: str = "btn btn-outline-primary") -> str:
    """A button called `title` that looks so, and the dialog that it opens, without a script; `id` is unique on the page."""
    return render_to_string("layout/dialog.html", {"content": content, "id": id, "title": title, "looks": looks})

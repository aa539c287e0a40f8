"""How near, or how late, an opinion is."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base.times import day_of
from motcua.dossiers.models import Consultation
from motcua.pages.layout.templatetags.layout import Urgency, badge, result_urgency

register = template.Library()


@register.simple_tag
def badge_opinion(one: Consultation, at: datetime) -> str:
    """The badge of a consultation: how near its last day is as of `at`; how late the answer came, in calendar days."""
    if one.closed_at is None:
        return badge(result_urgency((day_of(one.due_at) - day_of(at)).days))
    late = (day_of(one.closed_at) - day_of(one.due_at)).days
    if one.outcome == Consultation.Outcome.ANSWERED and late > 0:
        words = ngettext("Trả lời trễ %(days)s ngày", "Trả lời trễ %(days)s ngày", late) % {"days": late}
        return badge(Urgency("late", words))
    if one.outcome == Consultation.Outcome.ANSWERED:
        return badge(Urgency("done", _("Trả lời đúng hạn")))
    return badge(Urgency("done", one.get_outcome_display()))

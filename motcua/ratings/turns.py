"""How people rated their turns in a hall: counts alone, never which turn."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from motcua.ratings.kinds import Level
from motcua.ratings.models import Vote


def votes_on_turns(office_id: int, start: datetime, end: datetime) -> dict[Level, int]:
    """Level → votes on tickets of a hall that were cast from `start`, inclusive, to `end`, exclusive; noughts too."""
    rows = Vote.objects.filter(ticket__office=office_id, at__gte=start, at__lt=end).values_list("level")
    found = dict(rows.annotate(many=Count("id")).order_by())
    return {level: found.get(level.value, 0) for level in Level}

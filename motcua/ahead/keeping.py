"""Counting past cases once a day, for whoever asks about an open dossier; no reader's question counts them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from motcua.ahead.likelihood import Experience
from motcua.ahead.models import KeptGroup, KeptPace, KeptPast
from motcua.ahead.pace import Place, Span, paces
from motcua.ahead.past import MEANING, numbered, past_cases, past_courses
from motcua.base.times import day_of, start_of

AT_ONCE = 5000


def keep_past(at: datetime) -> KeptPast | None:
    """Count what was known when the day began, unless that is kept; what was made, or None. Raises CalendarGap."""
    day, cut = day_of(at), start_of(day_of(at))
    newest = _newest(cut)
    if KeptPast.objects.filter(day=day, meaning=MEANING, newest=newest).exists():
        return None
    if not newest:
        return keep(day, Experience(), {}, at=at)
    days = numbered(day)
    return keep(day, Experience(past_cases(cut, days)), paces(past_courses(cut, days)), newest=newest, at=at)


@transaction.atomic
def keep(
    day: date, experience: Experience, found: Mapping[Place, Sequence[Span]], *, at: datetime, newest: str = ""
) -> KeptPast:
    """Keep this instead of what was kept before; readers see one or the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "LOCK TABLE ahead_keptpast IN SHARE ROW EXCLUSIVE MODE"
        )  # two counts at once: one after the other
    KeptGroup.objects.all().delete()
    KeptPace.objects.all().delete()
    KeptPast.objects.all().delete()
    past = KeptPast.objects.create(day=day, meaning=MEANING, newest=newest, made_at=at)
    groups = [
        KeptGroup(past=past, name=name, cases=many.cases, late=many.late) for name, many in experience.groups.items()
    ]
    KeptGroup.objects.bulk_create(groups, AT_ONCE)
    rows = [KeptPace(past=past, **place._asdict(), spans=list(spans)) for place, spans in found.items()]
    KeptPace.objects.bulk_create(rows, AT_ONCE)
    return past


def _newest(cut: datetime) -> str:
    """A mark of the past before an instant. It changes only while a past is loaded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, (SELECT count(*) FROM (SELECT FROM dossiers_dossier LIMIT 1000) few) FROM dossiers_dossier"
            " WHERE accepted_at < %s ORDER BY accepted_at DESC LIMIT 1",
            [cut],
        )
        row = cursor.fetchone()
    return "" if row is None else f"{row[0]} {row[1]}"

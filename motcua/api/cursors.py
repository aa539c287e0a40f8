"""Pages of a list by cursor: where the last row stood, so that rows which arrive meanwhile move nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.api.reading import BIGGEST_ID
from motcua.base.errors import Invalid


def to_cursor(values: list[Any]) -> str:
    """An opaque text that names a place in a list."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def from_cursor(cursor: str) -> list[Any]:
    """The inverse. Raises Invalid on a text that we did not make."""
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        raise bad_cursor() from None
    if not isinstance(values, list) or not values or not _is_id(values[-1]):
        raise bad_cursor()
    return values


def bad_cursor() -> Invalid:
    """The error of a cursor that is not ours."""
    sentence = _("Con trỏ trang không hợp lệ; hãy bắt đầu lại từ trang đầu.")
    return Invalid(sentence, fields={"cursor": sentence}, code="bad_cursor")


def newest_first(rows: QuerySet[Any], cursor: str | None) -> QuerySet[Any]:
    """Rows in falling order of id, after the cursor."""
    if cursor:
        rows = rows.filter(pk__lt=from_cursor(cursor)[0])
    return rows.order_by("-pk")


def most_urgent_first(rows: QuerySet[Any], cursor: str | None) -> QuerySet[Any]:
    """Rows by due date, those without one last, after the cursor [due or null, id]."""
    if cursor:
        values = from_cursor(cursor)
        due, last = values[0], values[-1]
        if len(values) != 2:
            raise bad_cursor()
        if due is None:
            return rows.filter(due_at__isnull=True, pk__gt=last)
        try:
            moment = datetime.fromisoformat(due)
        except (TypeError, ValueError):
            raise bad_cursor() from None
        if moment.tzinfo is None:
            raise bad_cursor()
        rows = rows.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=last) | Q(due_at__isnull=True))
    return rows


def page(rows: QuerySet[Any], limit: int, place: Callable[[Any], list[Any]]) -> tuple[list[Any], str | None]:
    """At most `limit` rows and the cursor to the rest, None at the end; one statement."""
    found = list(rows[: limit + 1])
    rest = len(found) > limit
    found = found[:limit]
    return found, to_cursor(place(found[-1])) if rest and found else None


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= BIGGEST_ID

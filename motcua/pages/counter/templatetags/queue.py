"""The bar with the number in hand, on every page of the counter."""

from __future__ import annotations

from typing import Any

from django import template

from motcua.base.times import day_of
from motcua.pages.counter.calling import bar_of
from motcua.tickets.seats import seat_of

register = template.Library()


@register.inclusion_tag("counter/queue_piece.html", takes_context=True)
def queue_piece(context: dict[str, Any]) -> dict[str, Any]:
    """The bar of whoever sits at a counter today; nothing for everybody else."""
    request = context.get("request")
    if not getattr(request, "actor", None) or not request.actor.is_officer:  # type: ignore[union-attr]
        return {}
    seat = seat_of(request.actor, day_of(request.at))  # type: ignore[union-attr]
    return {"bar": bar_of(request, seat, request.path), "request": request} if seat and request else {}

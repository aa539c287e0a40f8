"""Orders without an answer are asked about: a confirmation that was lost while we were down is found."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import chain, repeat

from django.db.models import F, Q

from motcua.base.errors import MotcuaError
from motcua.payments.confirming import settle, take, unsettled
from motcua.payments.gateway import Gateway, ask, the_gateway
from motcua.payments.kinds import OrderState, Through
from motcua.payments.models import Order

# How long after each question the next one comes, in minutes; the last one again and again until the gateway answers.
PATIENCE = (1, 2, 5, 10, 30, 60, 360)
AT_ONCE = 20
BY_HAND_AGAIN = timedelta(seconds=10)
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


def check(clock: Clock, *, limit: int = AT_ONCE) -> dict[str, int]:
    """Decide on money that was cut off, then ask about orders whose turn it is, the longest waiting first; how many.

    limit: how many orders at most; where a gateway gives no answer, the rest waits for the next time.
    """
    done = {"settled": 0, "asked": 0, "answered": 0}
    for money in unsettled():
        try:
            settle(money, at=clock())
        except MotcuaError as error:
            log.warning("payment %s waits: %s", money, error)
        else:
            done["settled"] += 1
    gateway = the_gateway()
    if gateway is None:
        return done
    for order in waiting(clock(), limit):
        done["asked"] += 1
        if not ask_about(order, gateway, clock()):
            break
        done["answered"] += 1
    return done


def waiting(at: datetime, limit: int) -> list[Order]:
    """The orders whose turn it is to be asked about."""
    return list(Order.objects.filter(next_ask_at__lte=at).order_by("next_ask_at", "id")[:limit])


def ask_about(order: Order, gateway: Gateway, at: datetime) -> bool:
    """Ask the gateway what became of an order, and do what its answer says; whether it gave one that can be trusted."""
    # Its turn comes again whatever happens now: a process that is killed here loses nothing.
    wait = timedelta(minutes=next(chain(PATIENCE[order.asked : order.asked + 1], repeat(PATIENCE[-1]))))
    asked = Order.objects.filter(pk=order.pk, next_ask_at__isnull=False)
    asked.update(asked=F("asked") + 1, asked_at=at, next_ask_at=at + wait)
    return _answered(order, gateway, at)


def ask_by_hand(order_id: int, at: datetime) -> bool:
    """A person wants to know now: ask, unless the order was asked about a moment ago; whether there was an answer."""
    gateway = the_gateway()
    rows = Order.objects.filter(pk=order_id, state=OrderState.OPEN)
    just_now = Q(asked_at__gt=at - BY_HAND_AGAIN)
    if gateway is None or not rows.exclude(just_now).update(asked_at=at):
        return False
    return _answered(rows.get(), gateway, at)


def _answered(order: Order, gateway: Gateway, at: datetime) -> bool:
    fields = ask(gateway, order.number, at)
    if fields is None:
        return False
    try:
        take(fields, through=Through.QUERY, at=at)
    except MotcuaError as error:
        log.warning("payment order %s waits: %s", order, error)
    return True

"""The gateway's own word, told to us or asked for: kept, and its money booked once or set aside to be given back.

Three steps, each a transaction of its own that may be done again: the money is kept first, then it is decided once what
becomes of it, in the transaction of the act where it is booked. What was cut off in between is found by `unsettled`.

Law: ND61-2018 22
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from motcua.base.errors import Invalid, Refused
from motcua.dossiers.acts.fees import take_online
from motcua.fees.kinds import Way
from motcua.fees.models import Receipt
from motcua.fees.paying import Taking
from motcua.offices.actors import SYSTEM
from motcua.payments.kinds import OrderState, Through, Verdict
from motcua.payments.models import Money, Order, Outcome, Told
from motcua.payments.protocol import ENDED_UNPAID, Code, Word, word_of

CODES = {
    Verdict.BOOKED: Code.TAKEN,
    # The money is here and is kept, to be given back: the gateway has nothing to tell again.
    Verdict.NOTHING_OWED: Code.TAKEN,
    Verdict.ENDED: Code.TAKEN,
    Verdict.WRONG_AMOUNT: Code.WRONG_AMOUNT,
    Verdict.OTHER_CURRENCY: Code.OTHER_CURRENCY,
    Verdict.UNKNOWN_ORDER: Code.UNKNOWN_ORDER,
}
# Why the act did not book it → what that means for the money.
WHY = {
    "wrong_state": Verdict.ENDED,
    "guarded": Verdict.NOTHING_OWED,
    "nothing_owed": Verdict.NOTHING_OWED,
    "wrong_amount": Verdict.WRONG_AMOUNT,
}


def take(fields: Mapping[str, str], *, through: Through, at: datetime) -> str:
    """Take one genuine message of the gateway; the code that answers it. The same message again changes nothing."""
    word = word_of(fields)
    if word is None:
        return Code.BAD_MESSAGE
    _keep(fields, word, through, at)
    if not word.is_paid:
        return _unpaid(word, at)
    money, is_new = _money(word, at)
    if (money.number, money.amount_vnd, money.said) != (word.number, word.amount_vnd, word.said):
        return Code.CONTRADICTS  # both words are kept, and the day's reconciliation shows them
    known = Outcome.objects.filter(money=money).first()
    verdict = Verdict(known.verdict if known else settle(money, at=at).verdict)
    code = CODES[verdict]
    return Code.KNOWN if code == Code.TAKEN and not is_new and known else code


def settle(money: Money, *, at: datetime) -> Outcome:
    """Decide once what becomes of money: booked with its receipt, or kept to be given back. Safe to repeat, by anybody."""
    order = money.order
    if order is None:
        return _set_aside(money, Verdict.UNKNOWN_ORDER, at)
    if money.amount_vnd is None:
        return _set_aside(money, Verdict.OTHER_CURRENCY, at)
    if money.amount_vnd != order.amount_vnd:
        return _set_aside(money, Verdict.WRONG_AMOUNT, at)
    try:
        return _booked(money, order, at)
    except (Refused, Invalid) as error:
        if error.code not in WHY:
            raise  # not a word about this money: it stays undecided and is tried again
        return _set_aside(money, WHY[error.code], at)
    except IntegrityError:
        # Somebody else decided at the same moment, and what we booked was rolled back with it.
        return Outcome.objects.get(money=money)


def unsettled(limit: int = 100) -> list[Money]:
    """Money of which nobody decided yet what becomes of it: somebody was cut off. The oldest first."""
    return list(Money.objects.filter(outcome=None).select_related("order").order_by("id")[:limit])


def _booked(money: Money, order: Order, at: datetime) -> Outcome:
    reference = f"{order.number}/{money.gateway_ref}"
    made: list[Outcome] = []

    def within(receipt: Receipt | None, amount_vnd: int) -> None:
        paid = money.amount_vnd or 0
        outcome = Outcome(money=money, verdict=Verdict.BOOKED, reference=reference, receipt=receipt, at=at)
        outcome.booked_vnd, outcome.back_vnd = amount_vnd, paid - amount_vnd
        outcome.save(force_insert=True)
        _close(order, OrderState.PAID)
        made.append(outcome)

    taking = Taking(Way.GATEWAY, reference, channel=order.dossier.channel)
    take_online(order.dossier_id, taking, most_vnd=order.amount_vnd, within=within, actor=SYSTEM, at=at)
    return made[0]


def _set_aside(money: Money, verdict: Verdict, at: datetime) -> Outcome:
    """All of it is to be given back, unless somebody decided otherwise meanwhile."""
    with transaction.atomic():
        Money.objects.select_for_update(of=("self",)).get(pk=money.pk)
        known = Outcome.objects.filter(money=money).first()
        if known is not None:
            return known
        if money.order is not None:
            _close(money.order, OrderState.PAID)
        back = money.amount_vnd or 0
        return Outcome.objects.create(money=money, verdict=verdict, booked_vnd=0, back_vnd=back, at=at)


def _money(word: Word, at: datetime) -> tuple[Money, bool]:
    order = Order.objects.filter(number=word.number).first()
    facts = {"number": word.number, "order": order, "amount_vnd": word.amount_vnd, "said": word.said, "told_at": at}
    return Money.objects.select_related("order__dossier").get_or_create(gateway_ref=word.gateway_ref, defaults=facts)


def _unpaid(word: Word, at: datetime) -> str:
    """The gateway says that nothing was paid. What it once said to be paid stays paid."""
    order = Order.objects.filter(number=word.number).first()
    if order is None:
        return Code.UNKNOWN_ORDER
    if order.state != OrderState.OPEN:
        return Code.KNOWN
    if word.state in ENDED_UNPAID:
        _close(order, OrderState.CANCELLED)
    elif at >= order.expires_at:
        _close(order, OrderState.EXPIRED)
    return Code.TAKEN


def _close(order: Order, state: OrderState) -> None:
    """Where an order ends; a paid one stays paid, and nobody asks about an ended one again."""
    rows = Order.objects.filter(pk=order.pk)
    rows = rows if state == OrderState.PAID else rows.filter(state=OrderState.OPEN)
    rows.update(state=state, next_ask_at=None)


def _keep(fields: Mapping[str, str], word: Word, through: Through, at: datetime) -> None:
    """The words as they came, once; what the gateway repeats every minute while nothing is paid is not kept."""
    if through == Through.QUERY and not word.is_paid and word.state not in ENDED_UNPAID:
        return
    said = json.dumps(dict(sorted(fields.items())), ensure_ascii=False)
    row = Told(number=word.number, through=through, state=word.state, words=dict(fields), at=at)
    row.gateway_ref, row.said = word.gateway_ref[:40], word.said
    row.digest = sha256(said.encode()).digest()
    Told.objects.bulk_create([row], ignore_conflicts=True)

"""The limits that the province promises: shorter than the law's, each by an act, each with the cut that it is."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.calendar.limits import Limit
from motcua.catalogue.life.cuts import cut_of, is_shorter, sizes
from motcua.catalogue.life.legal_acts import procedures_named
from motcua.catalogue.life.rows import Commitment, LegalAct
from motcua.catalogue.models import LimitConfirmation, LimitRow

AIM_PERCENT = 40  # of the statutory limits, as Thái Bình set it to itself in 2020


@dataclass(frozen=True, slots=True)
class Promise:
    """A procedure, the limit that is promised for it (None ends the promise), and of which case (None: all)."""

    code: str
    limit: Limit | None
    case_seq: int | None = None


@transaction.atomic
def commit(promises: Sequence[Promise], *, act: LegalAct, valid_from: date, by: Any, at: datetime) -> list[Commitment]:
    """Promise these limits from a day on, all or none.

    Raises Invalid, naming every procedure whose statutory limit is not certain, not one, or not longer.
    """
    procedures = {one.code: one for one in procedures_named([promise.code.strip() for promise in promises], lock=True)}
    statutory = statutory_limits([one.pk for one in procedures.values()])
    rows, wrong = [], []
    for promise in promises:
        procedure = procedures[promise.code.strip()]
        law = law_of(promise, statutory.get(procedure.pk, []))
        if reason := _obstacle(promise, law):
            wrong.append(f"{procedure.code}: {reason}")
            continue
        rows.append(
            Commitment(
                procedure=procedure,
                case_seq=promise.case_seq,
                statutory=law[0].to_json() if law else Limit.parse("unknown").to_json(),
                committed=promise.limit.to_json() if promise.limit else None,
                valid_from=valid_from,
                act=act,
                recorded_by=by,
                recorded_at=at,
            )
        )
    if wrong:
        raise Invalid(" ".join(wrong[:10]), fields={"lines": " ".join(wrong[:10])}, code="commitment")
    return Commitment.objects.bulk_create(rows)


def law_of(promise: Promise, rows: Iterable[tuple[int | None, Limit]]) -> list[Limit]:
    """The different statutory limits that a promise would cut; of the case it speaks of, else of all."""
    known = list(rows)
    own = [limit for seq, limit in known if promise.case_seq is not None and seq == promise.case_seq]
    return list(dict.fromkeys(own or [limit for seq, limit in known if seq is None or promise.case_seq is None]))


def _obstacle(promise: Promise, law: list[Limit]) -> str | None:
    if promise.limit is None:
        return None
    if not law or not all(limit.is_certain for limit in law):
        return _("thời hạn quy định chưa được xác nhận.")
    if len(law) > 1:
        return _("có nhiều thời hạn quy định (%(limits)s): cần nêu trường hợp.") % {
            "limits": "; ".join(str(limit) for limit in law)
        }
    words = {"promised": promise.limit, "law": law[0]}
    if sizes(law[0], promise.limit) is None:
        return _("không so sánh được %(promised)s với %(law)s.") % words
    if not is_shorter(promise.limit, law[0]):
        return _("%(promised)s không ngắn hơn thời hạn quy định %(law)s.") % words
    return None


def statutory_limits(procedure_ids: Sequence[int]) -> dict[int, list[tuple[int | None, Limit]]]:
    """procedure → (case number or None, limit) of its version in use, a person's word before the printed one; unknown
    where nobody has said. Two statements.
    """
    rows = LimitRow.objects.filter(version__procedure_id__in=procedure_ids, version__status="published")
    printed = rows.annotate(text=Cast("limit", TextField())).order_by("pk")
    facts = printed.values_list("pk", "version__procedure_id", "case__seq", "text", "certain")
    words: dict[int, dict[int | None, Any]] = defaultdict(dict)
    said = LimitConfirmation.objects.filter(limit_row__in=rows).annotate(text=Cast("limit", TextField()))
    for row_id, seq, limit in said.order_by("pk").values_list("limit_row_id", "case__seq", "text"):
        words[row_id][seq] = limit
    found: dict[int, list[tuple[int | None, Limit]]] = defaultdict(list)
    for row_id, procedure_id, seq, limit, certain in facts:
        if not certain and not words[row_id]:
            found[procedure_id].append((seq, Limit.parse("unknown")))
        for case, word in words[row_id].items() if words[row_id] else ([(seq, limit)] if certain else []):
            found[procedure_id].append((case if case is not None else seq, _limit(word)))
    return dict(found)


@lru_cache(maxsize=4096)
def _limit(text: str) -> Limit:
    """A limit from its JSON; a province has thousands of rows and some hundred different limits."""
    return Limit.from_json(json.loads(text))


@dataclass(frozen=True, slots=True)
class Cut:
    """A promise in force: both limits and the cut in percent of the statutory one."""

    row: Commitment
    statutory: Limit
    committed: Limit

    @property
    def percent(self) -> Decimal | None:
        """Half-up, two decimals; None where the two cannot be compared."""
        return cut_of(self.statutory, self.committed)


def cuts_on(on: date, procedure_ids: Sequence[int] | None = None) -> dict[int, list[Cut]]:
    """procedure → the promises in force on a day, by case; one statement."""
    rows = Commitment.objects.filter(valid_from__lte=on)
    if procedure_ids is not None:
        rows = rows.filter(procedure_id__in=procedure_ids)
    newest = rows.order_by("procedure_id", "case_seq", "-valid_from", "-id").distinct("procedure_id", "case_seq")
    found: dict[int, list[Cut]] = defaultdict(list)
    for row in newest.select_related("act"):
        if row.committed is not None:
            both = (_limit(json.dumps(limit, sort_keys=True)) for limit in (row.statutory, row.committed))
            found[row.procedure_id].append(Cut(row, *both))
    return dict(found)


def reaches_aim(cuts: Iterable[Cut]) -> bool:
    """Every promise of a procedure is at least the aim shorter than the law."""
    shares = [cut.percent for cut in cuts]
    return bool(shares) and all(share is not None and share >= AIM_PERCENT for share in shares)

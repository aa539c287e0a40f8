"""Questions to dossiers; time is an argument, and the one layer of visibility is `visible_to`."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from motcua.base.text import fold
from motcua.base.times import day_of, end_of, start_of
from motcua.dossiers.states import IN_HAND, Act
from motcua.dossiers.visibility import owned_by, visible_to
from motcua.dossiers.waiting import waiting_ids

if TYPE_CHECKING:
    from motcua.offices.actors import Actor


class DossierQuerySet(models.QuerySet[Any]):
    """Filters named as the domain names them."""

    def visible_to(self, actor: Actor) -> DossierQuerySet:
        """Those this person may see at all; everything else does not exist for them."""
        return self.filter(visible_to(actor))

    def owned_by(self, actor: Actor) -> DossierQuerySet:
        """Those that are this person's as an applicant, in the capacity they chose."""
        return self.filter(owned_by(actor))

    def in_hand(self) -> DossierQuerySet:
        """Accepted and not yet resolved."""
        return self.filter(state__in=IN_HAND)

    def inbox_of(self, actor: Actor) -> DossierQuerySet:
        """What waits for this officer (see `waiting`); most urgent first."""
        sql, values = waiting_ids(actor)
        waiting = RawSQL(f"(select id from ({sql}) waiting)", values)  # noqa: S608, S611 - our own text
        return self.filter(pk__in=waiting).order_by(F("due_at").asc(nulls_last=True), "id")

    def overdue(self, at: datetime) -> DossierQuerySet:
        """In hand, its clock runs, and the day of the promise is over at `at` (Vietnamese days)."""
        return self.in_hand().filter(stands_still=False, due_at__lt=start_of(day_of(at)))

    def due_on(self, day: date) -> DossierQuerySet:
        """In hand and promised for this Vietnamese day."""
        return self.in_hand().filter(due_at__gte=start_of(day), due_at__lt=end_of(day))

    def search(self, text: str) -> DossierQuerySet:
        """By code, submission number, identity number, or words of the owner's name, without diacritics."""
        wanted = text.strip()
        if any(sign.isdigit() for sign in wanted):
            return self.filter(
                Q(code__startswith=wanted.upper())
                | Q(submission_no=wanted.upper())
                | Q(owner_id_no=wanted)
                | Q(owner_phone=wanted)
            )
        found = self
        for word in fold(wanted).split():
            found = found.filter(owner_folded__contains=word)
        return found


class EventQuerySet(models.QuerySet[Any]):
    """Questions to the journal."""

    def of_the_result_that_holds(self) -> EventQuerySet:
        """Without what was done to a result whose file was replaced since, or which is handled again."""
        replaced = Q(act=Act.REOPEN) | Q(act=Act.CORRECT_RESULT, data__file__isnull=False)
        later = self.model._default_manager.filter(dossier=OuterRef("dossier"), seq__gt=OuterRef("seq"))
        return self.filter(~Exists(later.filter(replaced)))

"""Signing the results of dossiers: one, or many in one sitting with the key taken in hand once.

An approver signs with their own certificate, a clerk with the seal of the office that decided. Law: ND68-2024
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, MotcuaError, NotThere, Refused
from motcua.dossiers.acts import decision
from motcua.dossiers.journal import Key, permit
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.permissions import has_signed, issues_for_authority
from motcua.dossiers.states import Act, State
from motcua.files.check import PDF
from motcua.files.models import StoredFile
from motcua.files.store import open_file, store
from motcua.forms.words import place_name
from motcua.offices.actors import Actor
from motcua.signing import pens
from motcua.signing.certificates import pick
from motcua.signing.models import Certificate

WAITING_STATES = (State.DECIDED, State.FINISHED)
MOST_AT_ONCE = 200


class Sitting:
    """An officer who signs, with the pens taken in hand so far; each key is loaded once."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.actor = actor
        self.at = at
        self._pens: dict[tuple[str, int], pens.Pen] = {}

    def pen_for(self, dossier: Dossier) -> pens.Pen:
        """The pen for a result of this dossier. Raises Refused where there is no certificate that may sign now."""
        office = dossier.competent_office_id
        hand = ("person", self.actor.account_id or 0) if self.actor.has("approver", office) else ("office", office)
        if hand not in self._pens:
            kind, owner = hand
            rows = Certificate.objects
            found = rows.of_person(owner) if kind == "person" else rows.of_office(owner)
            self._pens[hand] = pens.take(pick(found, self.at), self.at)
        return self._pens[hand]

    def signed(self, stored: StoredFile, dossier: Dossier) -> tuple[StoredFile, pens.Pen]:
        """A signed version of a stored PDF, stored. Raises Invalid for what is no PDF, Refused as `pens.sign`."""
        if stored.media_type != PDF:
            sentence = _("Chỉ ký số được tệp PDF.")
            raise Invalid(sentence, fields={"sign": sentence}, code="file_type")
        pen = self.pen_for(dossier)
        with open_file(stored) as file:
            content = file.read()
        office = dossier.competent_office
        document = pens.sign(
            content,
            pen,
            at=self.at,
            office=office.name,
            reason=f"Kết quả hồ sơ {dossier}",
            place=place_name(office.province),
        )
        return store(stored.name, [document], self.at, self.actor.account_id), pen


@dataclass(frozen=True)
class Outcome:
    """What became of one result in a sitting."""

    dossier: Dossier | None
    dossier_id: int
    is_signed: bool
    sentence: str


def sign(
    dossier_id: Key, *, actor: Actor, at: datetime, seen: int | None = None, sitting: Sitting | None = None
) -> Dossier:
    """Sign the result of one dossier. Raises as an act does, and as `pens`; Refused (signed_already) the second time."""
    key = Q(pk=dossier_id) if isinstance(dossier_id, int) else Q(code=dossier_id) | Q(submission_no=dossier_id)
    dossier = _visible(actor).filter(key).first()
    if dossier is None:
        raise NotThere(_("Không có hồ sơ này."))
    if issues_for_authority(actor, dossier) and has_signed(actor, dossier):
        raise Refused(_("Kết quả này đã được ký số, không cần ký lại."), code="signed_already")
    permit(Act.SIGN_RESULT, dossier, actor, at, seen)
    sitting = sitting or Sitting(actor, at)
    unsigned = dossier.result.file
    if unsigned is None:
        raise AssertionError("the guard lets no result without a file through")
    signed, pen = sitting.signed(unsigned, dossier)
    return decision.sign_result(
        dossier.pk,
        unsigned_file_id=unsigned.pk,
        signed_file_id=signed.pk,
        signed_with=pen.certificate.fingerprint,
        signed_as=pen.certificate.kind,
        actor=actor,
        at=at,
        seen=seen,
    )


def sign_many(dossier_ids: Sequence[int], *, actor: Actor, at: datetime) -> list[Outcome]:
    """Sign the results of these dossiers, at most 200 in one go; what fails is told and stops none of the others."""
    if len(dossier_ids) > MOST_AT_ONCE:
        sentence = _("Mỗi lần ký được nhiều nhất %(most)s kết quả.") % {"most": MOST_AT_ONCE}
        raise Invalid(sentence, code="too_many")
    sitting = Sitting(actor, at)
    known = {dossier.pk: dossier for dossier in _visible(actor).filter(pk__in=dossier_ids)}
    outcomes = []
    for dossier_id in dict.fromkeys(dossier_ids):
        try:
            sign(dossier_id, actor=actor, at=at, sitting=sitting)
        except MotcuaError as error:
            outcomes.append(Outcome(known.get(dossier_id), dossier_id, False, str(error)))
        else:
            outcomes.append(Outcome(known.get(dossier_id), dossier_id, True, _("Đã ký")))
    return outcomes


def waiting(actor: Actor) -> QuerySet[Dossier]:
    """Results with a PDF that wait for this officer's signature: those they approved, or of the office they seal for."""
    made = Event.objects.of_the_result_that_holds().filter(dossier=OuterRef("pk"))
    by_person = made.filter(data__signed_as="person", actor_id=actor.account_id or 0)
    by_office = made.filter(data__signed_as="office")
    approved = Q(competent_office_id__in=actor.offices("approver"), result__decided_by_id=actor.account_id or 0)
    sealing = Q(competent_office_id__in=actor.offices("clerk") - actor.offices("approver"))
    return (
        Dossier.objects.filter(state__in=WAITING_STATES, result__file__media_type=PDF)
        .filter((approved & ~Exists(by_person)) | (sealing & ~Exists(by_office)))
        .select_related("result__file", "version", "competent_office")
        .order_by("result__decided_at", "id")
    )


def _visible(actor: Actor) -> QuerySet[Dossier]:
    return Dossier.objects.visible_to(actor).select_related("result__file", "competent_office", "receiving_office")

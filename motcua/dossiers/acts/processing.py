"""Along the steps of the process: forward, and back when something is wrong.

Law: ND61-2018 18; ND61-2018 19
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.dossiers import steps
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.offices.models import Delegation, Posting


def forward(
    dossier_id: Key,
    *,
    actor: Actor,
    at: datetime,
    to_account_id: int | None = None,
    note: str = "",
    seen: int | None = None,
) -> Dossier:
    """Pass the dossier on to the next step, to a named officer there or to whoever takes it up.

    Law: ND61-2018 18; TT01-2018 17
    """
    with performing(Act.FORWARD, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        step = steps.next_step(dossier)
        if step is None:
            raise AssertionError("the guard lets nothing past the decision")
        office_id = steps.office_of(step, dossier)
        if to_account_id is None and dossier.confidential_to is not None and step.role == steps.Role.HANDLER:
            sentence = _("Hồ sơ giới hạn người xem phải được chuyển đích danh.")
            raise Invalid(sentence, fields={"to_account": sentence}, code="name_somebody")
        if to_account_id is not None:
            _check_posted(to_account_id, office_id, performance.at)
            if step.place == steps.Place.ONSITE:
                _check_of_the_authority(to_account_id, dossier.competent_office_id, performance.at)
        performance.place(office_id, step=step.seq, holder_id=to_account_id)
        performance.say(note, step=step.seq, role=step.role)
    return dossier


def send_back(dossier_id: Key, *, reason: str, actor: Actor, at: datetime, seen: int | None = None) -> Dossier:
    """Give the dossier back to the step before, with the reason; the clock runs on."""
    with performing(Act.SEND_BACK, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        step = steps.previous_step(dossier)
        if step is None:
            raise AssertionError("the guard knows the first step")
        performance.place(steps.office_of(step, dossier), step=step.seq)
        performance.say(reason, step=step.seq)
    return dossier


def _check_of_the_authority(account_id: int, office_id: int, at: datetime) -> None:
    """A step at the centre is done by people of the authority, or by whom it has delegated. Law: TT01-2018 6"""
    on = day_of(at)
    is_its_own = Posting.objects.on(on).filter(account_id=account_id, office_id=office_id).exists()
    if not is_its_own and not Delegation.objects.on(on).filter(to_account_id=account_id, office_id=office_id).exists():
        sentence = _("Bước này làm tại Trung tâm bởi người của cơ quan giải quyết hoặc người được ủy quyền.")
        raise Invalid(sentence, fields={"to_account": sentence}, code="not_of_the_authority")


def _check_posted(account_id: int, office_id: int, at: datetime) -> None:
    if not Posting.objects.on(day_of(at)).filter(account_id=account_id, office_id=office_id).exists():
        sentence = _("Người này không làm việc tại nơi nhận hồ sơ.")
        raise Invalid(sentence, fields={"to_account": sentence})

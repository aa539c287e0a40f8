"""Who may see a dossier at all: narrowed to those on its way and people who are named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.times import day_of
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.offices.models import Posting


def restrict(
    dossier_id: Key,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    readers: Collection[int] | None = (),
    seen: int | None = None,
) -> Dossier:
    """Mark a dossier confidential, seen by those on its way and these accounts; readers None opens it again.

    Raises Invalid where somebody named serves at neither of its offices.
    """
    with performing(Act.RESTRICT, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        performance.to(performance.from_state)
        if readers is not None:
            _check_serving(set(readers), dossier, at)
        dossier.confidential_to = None if readers is None else sorted(readers)
        performance.say(reason, readers=dossier.confidential_to)
    return dossier


def _check_serving(readers: set[int], dossier: Dossier, at: datetime) -> None:
    places = {dossier.receiving_office_id, dossier.competent_office_id, *(dossier.joint_offices or ())}
    serving = Posting.objects.on(day_of(at)).filter(account_id__in=readers, office_id__in=places)
    if readers - set(serving.values_list("account_id", flat=True)):
        sentence = _("Có người không làm việc tại nơi tiếp nhận hoặc nơi giải quyết hồ sơ.")
        raise Invalid(sentence, fields={"readers": sentence})

"""Whom of an organisation's people a notice about its dossier reaches: whoever had a hand in it and still acts for it.

They are told on their own ways and in their own language; what the portal shows is the organisation's, read in common.
Law: BLDS-2015 140
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from motcua.dossiers.models import Event
from motcua.notices.telling import Tell
from motcua.people.mandates import acting
from motcua.people.models import Account


def members_told(telling: Sequence[Tell], at: datetime) -> Iterable[Tell]:
    """The same things for the members who brought these dossiers or answered for them, as far as their mandate holds now.

    One statement, three where anybody acted for another. An address that is told already is not told twice.
    """
    leaving = [one for one in telling if one.leaves and one.account_id is not None]
    acted = _acted({one.dossier_id for one in leaving if one.dossier_id is not None})
    if not acted:
        return
    accounts = Account.objects.filter(pk__in={who for pairs in acted.values() for who, _whom in pairs}, is_active=True)
    held = {(agent.pk, mandate.principal_id): (agent, mandate.dossiers) for agent, mandate in acting(accounts, at)}
    for one in leaving:
        for who, whom in sorted(acted.get(one.dossier_id or 0, ())):
            agent, only = held.get((who, whom), (None, ()))
            if agent is None or whom != one.account_id or (only and one.facts["submission_no"] not in only):
                continue
            email = agent.email if agent.email != one.email else ""
            phone = agent.phone if agent.phone != one.phone else ""
            if email or phone:
                theirs = replace(one, key=f"{one.key}-{who}", account_id=None, member_id=who)
                yield replace(theirs, email=email, phone=phone, language=agent.language)


def _acted(dossier_ids: set[int]) -> dict[int, set[tuple[int, int]]]:
    """Of each dossier, who acted on it for whom: (account, account of the principal)."""
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    rows = Event.objects.filter(dossier_id__in=dossier_ids, data__has_key="on_behalf_of", actor_id__isnull=False)
    for dossier_id, who, whom in rows.values_list("dossier_id", "actor_id", "data__on_behalf_of__account"):
        if isinstance(whom, int):
            found[dossier_id].add((who, whom))
    return found

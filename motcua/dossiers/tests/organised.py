"""Dossiers that a member handed in for an organisation, through the real act."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.dossiers.acts import submission
from motcua.dossiers.acts.intake import Owner
from motcua.dossiers.kinds import SubmitterRole
from motcua.dossiers.models import Dossier
from motcua.dossiers.persons import Submitter
from motcua.offices.actors import Actor, actor_of, as_chosen
from motcua.people.mandate_rows import Organisation
from motcua.people.models import Account
from tests.world import World, moment


def acting(who: Account, of: Organisation, at: str) -> Actor:
    """This person in the capacity of the organisation."""
    when = moment(at)
    return as_chosen(actor_of(who, when.date()), of.account_id, when)


def handed_in_for(world: World, of: Organisation, who: Account, at: str, **changes: Any) -> Dossier:
    """By a member, with what their account says of them."""
    owner = Owner(of.name, kind=2, id_no=of.number, phone="02273123456", account_id=of.account_id)
    number = who.personal_id or "000170000009"
    paper: dict[str, Any] = {"authority_no": "GGT 1", "authority_on": date(2021, 10, 1)}
    brings = Submitter(SubmitterRole.AGENT, who.full_name, number, **paper)
    intake = world.intake(channel=2, owner=owner, submitter=brings, **changes)
    return submission.submit(intake, actor=acting(who, of, at), at=moment(at))

"""Dossiers that somebody at a unit handed in for Bảy, through the real act."""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.dossiers.acts import submission
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.assistance import CONSENT_PAPER, Help
from motcua.dossiers.kinds import ConsentWay
from motcua.dossiers.models import Dossier
from motcua.files.models import StoredFile
from motcua.files.store import store
from motcua.offices.actors import actor_of
from motcua.offices.models import Office, Posting
from motcua.people.models import Account
from tests.papers import A_PDF
from tests.world import World, moment

BAY = "000180000007"
DAY = date(2021, 11, 1)


def consent_file(world: World) -> StoredFile:
    """A signed paper, as it was uploaded."""
    return store("dong-y.pdf", [A_PDF], moment("2021-11-01 07:30"), world.cast.minh.pk)


def village_helper(world: World) -> Account:
    """Tám, who helps the people of Đông Các since 2021 and has no other role."""
    account = Account.objects.create_account("tam.dongcac", None, "Trần Thị Tám Hằng", is_officer=True)
    Posting.objects.create(account=account, office=world.cast.commune, role="helper", valid_from=date(2021, 1, 1))
    return account


def helped_intake(world: World, *, account: Account | None = None, office: Office | None = None, **told: Any) -> Intake:
    """Bảy's dossier, complete, with a signed consent unless said otherwise; by Minh at the centre unless said otherwise."""
    account, office = account or world.cast.minh, office or world.cast.center
    file = consent_file(world)
    papers = [Paper(component.pk, file_id=file.pk) for component in world.passport.components.all()]
    by_paper = told.get("way", ConsentWay.PAPER) == ConsentWay.PAPER
    consent = [Paper(None, CONSENT_PAPER, file_id=file.pk)] if by_paper else []
    said: dict[str, Any] = {"way": ConsentWay.PAPER, "paper_file_id": file.pk if by_paper else None, "read_aloud": True}
    return world.intake(
        channel=2,
        owner=Owner("Nguyễn Văn Bảy", id_no=BAY, phone="0912345678"),
        papers=[*papers, *consent],
        help=Help(account.pk, account.full_name, office.pk, **{**said, **told}),
    )


def helped(world: World, at: str = "2021-11-01 08:00", **told: Any) -> Dossier:
    """Handed in for Bảy."""
    intake = helped_intake(world, **told)
    assert intake.help is not None
    actor = actor_of(Account.objects.get(pk=intake.help.account_id), DAY)
    return submission.submit(intake, actor=actor, at=moment(at))

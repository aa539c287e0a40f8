"""Short ways to a vote, for tests."""

from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.ratings.casting import Opinion, cast
from motcua.ratings.kinds import Place
from motcua.ratings.links import link_key
from motcua.ratings.models import Vote
from tests.world import moment

AT = moment("2021-11-04 09:00")


def key_of(dossier: Dossier, place: str = Place.HOME) -> str:
    """The key of the dossier's link."""
    return link_key(dossier.submission_no, dossier.secret, place)


def vote(
    dossier: Dossier, level: str = "satisfied", *, place: str = Place.HOME, at: datetime = AT, **opinion: Any
) -> Vote:
    """The person rates by their link."""
    return cast(
        dossier.submission_no, place=place, key=key_of(dossier, place), opinion=Opinion(level, **opinion), at=at
    )

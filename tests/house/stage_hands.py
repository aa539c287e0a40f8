"""From hand to hand, for pages that speak of it."""

from motcua.dossiers.models import Dossier, Transfer, TransferLine
from tests.world import World, moment


def transferred(world: World, dossier: Dossier) -> int:
    """A list of this dossier from the centre to the Department of Justice, signed by Minh alone."""
    minh, at = world.cast.minh, moment("2021-11-01 10:00")
    given = {"from_office": world.cast.center, "given_by": minh, "given_by_name": minh.full_name, "given_at": at}
    made = Transfer.objects.create(to_office=world.cast.justice, **given)
    TransferLine.objects.create(transfer=made, dossier=dossier, event_seq=1)
    return int(made.pk)

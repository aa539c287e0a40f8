"""What an officer is at the province's own committee, whose word holds for every office."""

from motcua.offices.actors import Actor
from motcua.offices.models import Office


def roles_at_province(actor: Actor) -> frozenset[str]:
    """Roles that this person holds at the province's People's Committee on the day of the actor; one statement."""
    committees = set(
        Office.objects.filter(kind=Office.Kind.PROVINCE, pk__in=actor.offices()).values_list("pk", flat=True)
    )
    return frozenset(role for role, office in actor.postings if office in committees)

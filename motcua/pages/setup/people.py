"""Who may look at the set-up, and as whom they speak to the law."""

from motcua.law.proposals import Person
from motcua.offices.standing import roles_at_province
from motcua.pages.layout.requests import PersonRequest

READERS = ("administrator", "procedure_control", "overseer")


def speaker(request: PersonRequest) -> Person:
    """The person of this request, with their roles at the province's committee; one statement."""
    return Person(request.actor.account_id or 0, request.actor.full_name, roles_at_province(request.actor))

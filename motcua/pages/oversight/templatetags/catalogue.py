"""Words of the catalogue's pages."""

from collections.abc import Iterable

from django import template

from motcua.calendar.limits import Limit
from motcua.catalogue.life.rows import ProposalStep
from motcua.pages.oversight.catalogue.sheets import limits_in_words

register = template.Library()


@register.filter
def limits(value: Iterable[Limit]) -> str:
    """Several limits in the reader's language."""
    return limits_in_words(value)


@register.filter
def proposal_state(value: str) -> str:
    """Where a proposal got to, in words."""
    return str(ProposalStep.State(value).label)

"""`{% settled language %}…{% endsettled %}`: a part of a page that is the same for everybody is put together once."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token

register = template.Library()


class Settled(template.Node):
    """Remembers what it became, by the values that it depends on: few ones, and never a person's."""

    def __init__(self, inside: NodeList, depends_on: list[FilterExpression]) -> None:
        self.inside = inside
        self.depends_on = depends_on
        self.known: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> str:
        key = tuple([value.resolve(context) for value in self.depends_on])
        if (text := self.known.get(key)) is None:
            text = self.known[key] = self.inside.render(context)
        return text


@register.tag
def settled(parser: Parser, token: Token) -> Settled:
    """Name everything that the part depends on; Django's own `cache` pickles, locks and hashes for the same."""
    depends_on = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    inside = parser.parse(("endsettled",))
    parser.delete_first_token()
    return Settled(inside, depends_on)

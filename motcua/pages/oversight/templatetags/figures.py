"""Figures of a wide table: thousands on one page, so each is put together in one step."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from motcua.base import numbers
from motcua.pages.oversight.tables import Cell

register = template.Library()


@register.simple_tag
def figure_cells(cells: Iterable[Cell]) -> SafeString:
    """The cells of one row, each with the way to its dossiers; one by one for a reader on a phone, named by their measure."""
    return format_html_join(
        "", '<td class="figure" data-label="{}">{}</td>', ((cell.name, _shown(cell)) for cell in cells)
    )


def _shown(cell: Cell) -> str:
    shown = numbers.show_count(cell.count)
    return format_html('<a href="{}">{}</a>', cell.address, shown) if cell.address else shown

"""What is to be put on paper at a counter: receipt, label, control slip; and the marks of what was.

A mark says that somebody sent it to the printer, not that the printer had paper: whatever was printed can be printed
again, and every time is kept.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import pikepdf
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.base.typesetting import typeset
from motcua.dossiers.models import Dossier
from motcua.forms.barcode import barcode_svg
from motcua.forms.catalogue import ROOM, Kind
from motcua.forms.issuing import TRACK_PATH, Asked, issued, original_of, preview
from motcua.forms.models import Printing
from motcua.forms.proof import qr_svg
from motcua.forms.words import day_words
from motcua.offices.actors import Actor

LABEL = "label"
# In the order in which a counter needs them. The fee receipt is numbered by `fees` and has its own page.
PAPERS = {Kind.RECEIPT.value: Kind.RECEIPT.label, LABEL: _("Nhãn có mã vạch"), Kind.CONTROL.value: Kind.CONTROL.label}
TEMPLATE = ROOM / "typst/label.typ"


@dataclass(frozen=True, slots=True)
class Printable:
    """One paper of one dossier, with when it was printed, the last time last."""

    dossier: Dossier
    paper: str
    printed: tuple[Printing, ...] = ()

    @property
    def key(self) -> str:
        """How a page names it."""
        return f"{self.dossier.pk}-{self.paper}"

    @property
    def title(self) -> str:
        """What it is."""
        return str(PAPERS[self.paper])


def to_print(dossiers: Iterable[Dossier]) -> list[Printable]:
    """The papers of these dossiers in order, with their marks; a dossier without a code has none yet."""
    accepted = [one for one in dossiers if one.code]
    marks: dict[tuple[int, str], list[Printing]] = defaultdict(list)
    for mark in Printing.objects.filter(dossier__in=accepted).select_related("printed_by").order_by("printed_at", "id"):
        marks[mark.dossier_id, mark.paper].append(mark)
    return [Printable(one, paper, tuple(marks[one.pk, paper])) for one in accepted for paper in PAPERS]


def print_together(wanted: Sequence[Printable], *, actor: Actor, at: datetime, portal: str) -> bytes:
    """All of them as one PDF to print at once, and a mark for each. Raises NotThere where nothing is to be printed."""
    if not wanted:
        raise NotThere(_("Không có giấy nào để in."))
    whole = pikepdf.new()
    for one in wanted:
        with pikepdf.open(io.BytesIO(_content(one, at, portal))) as part:
            whole.pages.extend(part.pages)
    Printing.objects.bulk_create(
        Printing(dossier=one.dossier, paper=one.paper, printed_by_id=actor.account_id, printed_at=at) for one in wanted
    )
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()


def _content(one: Printable, at: datetime, portal: str) -> bytes:
    if one.paper == LABEL:
        return label_pdf(one.dossier, portal)
    asked = Asked(one.dossier.pk, one.paper)
    row = issued(asked)
    return original_of(row) if row and row.file else preview(asked, at=at, portal=portal)


def label_pdf(dossier: Dossier, portal: str) -> bytes:
    """The label of an accepted dossier; it says nothing that the outside of a folder may not say."""
    code = str(dossier.code)
    facts = {
        "code": code,
        "owner_name": _cut(dossier.owner_name, 70),
        "content": _cut(dossier.content, 84),
        "office": dossier.receiving_office.short_name or dossier.receiving_office.name,
        "due": day_words(day_of(dossier.due_at)) if dossier.due_at else "–",
        "barcode": barcode_svg(code),
        "qr": qr_svg(f"{portal}{TRACK_PATH}?ma={code}"),
    }
    made_at = dossier.accepted_at or dossier.submitted_at
    return typeset(TEMPLATE, facts, made_at=made_at, accessible=False)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"

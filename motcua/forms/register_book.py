"""The register of dossiers (sổ theo dõi): one line for each that a unit accepted, numbered through the year.

Law: TT01-2018 9; TT01-2018 10; TT03-2025
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.db.models import Min, OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, Refused
from motcua.base.times import day_of, end_of, start_of
from motcua.base.typesetting import typeset
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.numbering import numbered_by_day, place_in_year
from motcua.dossiers.states import CLOSED, Act, State
from motcua.forms.catalogue import Kind, form_for
from motcua.forms.words import day_words, local, place_name
from motcua.law.store import regime_on
from motcua.offices.models import Office

MOST_LINES = 5000
ENDED_WITHOUT_RESULT = frozenset(CLOSED) - {State.RETURNED}


def lines_of(office: Office, first: date, last: date) -> QuerySet[Dossier]:
    """What the unit accepted from the first to the last day, both inclusive, in the order of acceptance."""
    handed_on = Event.objects.filter(dossier=OuterRef("pk"), act=Act.FORWARD).order_by()
    return (
        Dossier.objects.filter(receiving_office=office, accepted_at__gte=start_of(first), accepted_at__lt=end_of(last))
        .select_related("version", "competent_office")
        .annotate(handed_on_at=Subquery(handed_on.values("dossier").annotate(first=Min("at")).values("first")))
        .order_by("accepted_at", "id")
    )


def register_pdf(office: Office, first: date, last: date, *, at: datetime) -> bytes:
    """The register of a unit for days of one year, first and last inclusive, on A4.

    Raises Invalid (period_wrong) for days of two years or in the wrong order, Refused (register_too_long).
    """
    if last < first or first.year != last.year:
        sentence = _("Sổ lập theo năm: hãy chọn từ ngày, đến ngày trong cùng một năm.")
        raise Invalid(sentence, fields={"last": sentence}, code="period_wrong")
    lines = lines_of(office, first, last)
    count = lines.count()
    if count > MOST_LINES:
        sentence = _("Khoảng này có %(count)s hồ sơ, mỗi lần in được %(most)s. Hãy chọn khoảng ngắn hơn.")
        raise Refused(sentence % {"count": count, "most": MOST_LINES}, code="register_too_long")
    form = form_for(Kind.REGISTER, regime_on(last), last)
    if form is None:
        raise AssertionError("every circular has a register")
    by_day = numbered_by_day(office.pk, last)
    with translation.override("vi"):
        rows = [_row(number, dossier) for number, dossier in sorted(_placed(lines, by_day), key=itemgetter(0))]
    facts = {
        "title": form.title,
        "form_no": form.no,
        "form_source": form.circular_name,
        "superior": office.parent.name if office.parent else "",
        "office": office.name,
        "place_and_day": f"{place_name(office.province)}, {day_words(day_of(at))}",
        "code": f"{office.code_qd20} · {first.year}",
        "year": str(first.year),
        "from": f"{first:%d/%m/%Y}",
        "to": f"{last:%d/%m/%Y}",
        "count": str(count),
        "rows": rows,
        "number": "",
        "proof": "",
        "copy_at": "",
        "seal": "",
        "draft": False,
    }
    return typeset(form.template, facts, made_at=at)


def place_in_register(dossier: Dossier) -> tuple[int, int]:
    """Year of the book and number in it of an accepted dossier, as the unit's register has them."""
    if dossier.accepted_at is None or dossier.code is None:
        raise AssertionError("only what was accepted is in the register")
    day = day_of(dossier.accepted_at)
    return day.year, place_in_year(dossier.code, day, numbered_by_day(dossier.receiving_office_id, day))


def _placed(lines: Iterable[Dossier], by_day: dict[date, int]) -> Iterator[tuple[int, Any]]:
    """Each line with its number through the year."""
    for dossier in lines:
        if dossier.accepted_at is None or dossier.code is None:
            raise AssertionError("only what was accepted is in the register")
        yield place_in_year(dossier.code, day_of(dossier.accepted_at), by_day), dossier


def _row(number: int, dossier: Any) -> list[str]:
    done = dossier.finished_at if dossier.state not in ENDED_WITHOUT_RESULT else None
    note = str(State(dossier.state).label) if dossier.state in ENDED_WITHOUT_RESULT else ""
    return [
        f"{number:02d}",
        dossier.code,
        dossier.version.name,
        "01",
        dossier.owner_name,
        dossier.owner_address,
        dossier.owner_phone,
        dossier.competent_office.short_name or dossier.competent_office.name,
        _short(dossier.accepted_at),
        _short(dossier.due_at),
        _short(dossier.handed_on_at),
        _short(done),
        _short(dossier.returned_at),
        str(ReturnWay(dossier.return_way).label),
        "",
        note,
    ]


def _short(moment: datetime | None) -> str:
    return f"{local(moment):%H:%M\n%d/%m/%y}" if moment else ""

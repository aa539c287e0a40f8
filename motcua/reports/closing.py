"""Closing a period: its figures are frozen with the dossiers behind them, signed, and never touched again.

What is found out later does not change a close. It can be closed again, with a reason; what differs between two closes,
or between a close and what the ledger says now, is shown dossier by dossier (`comparing.py`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.base.canonical import digest
from motcua.base.errors import Forbidden, Invalid
from motcua.base.times import day_of
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.reports.measures import MEASURES, Figures, complete, counted_as
from motcua.reports.models import PeriodClose
from motcua.reports.month import Key, Report, Row, bounds, restrict
from motcua.reports.open_data import is_publishable, publish
from motcua.reports.periods import Period
from motcua.reports.scope import Scope, subtree
from motcua.reports.sets import MEANING, PLACES, members
from motcua.signing.codes import sealed

# Whoever answers for the figures of an office and of what lies below it.
CLOSERS = ("unit_head", "procedure_control")
ABOUT = "chot-so-lieu"

_FREEZE = """
    INSERT INTO reports_frozenfigure (close_id, office_id, measure, dossiers)
    SELECT %(close)s, key, measure, array_agg(dossier_id ORDER BY dossier_id) FROM ({rows}) counted GROUP BY 2, 3
"""
_FIGURES = """
    SELECT office_id, measure, cardinality(dossiers),
        encode(sha256(convert_to(array_to_string(dossiers, ','), 'UTF8')), 'hex')
    FROM reports_frozenfigure WHERE close_id = %s ORDER BY office_id, measure
"""


def closable_offices(actor: Actor, at: datetime) -> frozenset[int]:
    """Offices whose periods this person may close."""
    return subtree(actor.offices(*CLOSERS), day_of(at))


def close_period(
    period: Period, office: Office, *, place: str, reason: str = "", actor: Actor, at: datetime
) -> PeriodClose:
    """Freeze the figures of an office and everything below it.

    Raises Forbidden for who does not answer for the office; Invalid for a period that is not over, an office that did
    not exist then, a second close without a reason or without any difference; Unbalanced.
    """
    account_id = actor.account_id
    if account_id is None or office.pk not in closable_offices(actor, at):
        raise Forbidden(_("Chỉ người phụ trách Bộ phận Một cửa hoặc kiểm soát thủ tục hành chính được chốt số liệu."))
    _check(period, office, place, at)
    with transaction.atomic():
        _one_at_a_time()
        before = PeriodClose.objects.of(period, office.pk, place).last()
        if before is not None and not reason.strip():
            sentence = _("Kỳ này đã chốt: chốt lại thì cần nêu lý do.")
            raise Invalid(sentence, fields={"reason": sentence}, code="close_reason")
        made = _frozen(period, office, place, before, reason.strip(), (account_id, actor.full_name), at)
        if before is not None and (before.digest, before.definition_version) == (made.digest, made.definition_version):
            raise Invalid(_("Số liệu không khác lần chốt trước: không cần chốt lại."), code="close_same")
        frozen_report(made)  # one that does not balance is not kept
        if is_publishable(made):
            publish(made, at)
    return made


def _check(period: Period, office: Office, place: str, at: datetime) -> None:
    if place not in PLACES:
        raise Invalid(_("Chỉ có thể tính theo cơ quan giải quyết hoặc nơi tiếp nhận."), code="place")
    if at < period.end:
        raise Invalid(_("Kỳ chưa kết thúc: chỉ chốt được sau ngày cuối kỳ."), code="period_open")
    if office.valid_from > period.last:
        raise Invalid(
            _("%(office)s chưa có trong kỳ này: cơ quan được lập ngày %(day)s.")
            % {"office": office.name, "day": f"{office.valid_from:%d/%m/%Y}"},
            code="office_not_yet",
        )


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_periodclose IN SHARE ROW EXCLUSIVE MODE")


def _frozen(
    period: Period,
    office: Office,
    place: str,
    before: PeriodClose | None,
    reason: str,
    by: tuple[int, str],
    at: datetime,
) -> PeriodClose:
    scope = scope_of(period, office, place)
    rows, values = counted_rows(period, scope)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('reports_periodclose', 'id'))")
        close_id = cursor.fetchone()[0]
        cursor.execute(_FREEZE.format(rows=rows), {**values, "close": close_id})
    number = before.number + 1 if before else 1
    defined, said = definitions(), figures_digest(close_id)
    version = definition_version(defined)
    about = [ABOUT, period.first.isoformat(), period.last.isoformat(), office.code, place, number, version, said]
    return PeriodClose.objects.create(
        pk=close_id, first=period.first, last=period.last, text=period.text, office=office, place=place, number=number,
        reason=reason, closed_by_id=by[0], closed_by_name=by[1], closed_at=at,
        definitions=defined, definition_version=version, digest=said, signature=sealed(about, at),
    )  # fmt: skip


def scope_of(period: Period, office: Office, place: str) -> Scope:
    """What a close of this office covers: it and everything below it in the tree of the period's last day."""
    return Scope(
        place="receiving" if place == "receiving" else "competent",
        office=office,
        offices=subtree([office.pk], period.last),
    )


def counted_rows(period: Period, scope: Scope) -> tuple[str, dict[str, Any]]:
    """SQL that yields (measure, key: office, dossier_id) of every counted figure as of the period's end; its values."""
    condition, values = restrict(scope)
    sql = f"SELECT m.measure, {PLACES[scope.place]} AS key, m.dossier_id FROM ({members()}) m WHERE {condition}"  # noqa: S608 - only our own fragments are put together
    return sql, {**bounds(period), **values}


def definitions() -> dict[str, Any]:
    """{"meaning": of the sets, "measures": {measure: [name, sentence, law, parts]}}, in Vietnamese whoever asks."""
    with override("vi"):
        said = {row.key: [str(row.name), str(row.sentence), str(row.law), list(row.parts)] for row in MEASURES.values()}
    return {"meaning": MEANING, "measures": said}


def definition_version(said: dict[str, Any]) -> str:
    """Twelve letters that change when a definition does, or the meaning of the sets behind them."""
    return digest(said).hex()[:12]


def figures_digest(close_id: int) -> str:
    """SHA-256 over every frozen figure and the dossiers behind it, as 64 letters."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [close_id])
        return digest([list(row) for row in cursor.fetchall()]).hex()


def frozen_report(close: PeriodClose) -> Report:
    """The report by office that was frozen, laid out as one made now. Raises Unbalanced.

    A measure that did not exist then counts nothing; one that no longer exists is in `close.definitions` alone; one that
    was told apart since (`FORMER`) is read as what all of it was.
    """
    counted: dict[Key, Figures] = defaultdict(dict)
    total: Figures = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [close.pk])
        for office_id, measure_then, count, _hash in cursor.fetchall():
            measure = counted_as(measure_then)
            if measure in MEASURES:
                counted[office_id][measure] = count
                total[measure] += count
    named = Office.objects.filter(pk__in=counted).in_vi_order()
    rows = tuple(Row(office.pk, office.code, office.name, complete(counted[office.pk])) for office in named)
    return Report(close.period, scope_of(close.period, close.office, close.place), "office", rows, complete(total))


def frozen_counts(close: PeriodClose) -> dict[tuple[int, str], int]:
    """{(office, measure): count} of a close, in the measures of today."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, [close.pk])
        return {(office_id, counted_as(measure)): count for office_id, measure, count, _hash in cursor.fetchall()}

"""Why dossiers are late: a leader of the deciding agency says it, and forms II.06đ and II.06g count what was said.

Every dossier that was resolved late in the period, or is open and late at its end, is counted once: columns 10 and 13 of
II.06a together. Law: TT01-2020 2
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import sort_key, tidy
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import leading
from motcua.dossiers.states import State
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.reports.models import LateCause
from motcua.reports.month import bounds, restrict
from motcua.reports.periods import Period
from motcua.reports.scope import Scope
from motcua.reports.sets import PLACES, members
from motcua.reports.statutory.heading import notes_of, sheet_of
from motcua.reports.statutory.shapes import Column, Form, Line, Sheet, values_of

LATE = ("resolved_late", "open_late")
LONGEST = 1000
SHOWN = 3
UNSAID = ""
COLUMNS = (
    Column("3", lazy("Tổng số hồ sơ quá hạn"), LATE, ("4", "5")),
    Column("4", lazy("Đã giải quyết quá hạn"), ("resolved_late",)),
    Column("5", lazy("Đang giải quyết quá hạn"), ("open_late",)),
)


def is_late(dossier: Dossier, at: datetime) -> bool:
    """Resolved after the day it was promised for, or open past it; withdrawn and stopped dossiers are not late."""
    if dossier.due_at is None or dossier.accepted_at is None or dossier.state in (State.WITHDRAWN, State.STOPPED):
        return False
    return day_of(dossier.finished_at or at) > day_of(dossier.due_at)


@transaction.atomic
def say_cause(dossier_id: int, *, cause: str, words: str, proposal: str = "", actor: Actor, at: datetime) -> LateCause:
    """What a leader of its authority says of a late dossier; what was said before stays beside it.

    Raises NotThere for who may not see it, Forbidden for who does not lead its authority or has an interest of their own,
    Refused while it is not late, Invalid for an unknown cause or without words.
    """
    dossier = (
        Dossier.objects.visible_to(actor)
        .select_related("procedure", "version")
        .select_for_update(of=("self",))
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        raise NotThere(_("Không có hồ sơ này."))
    if actor.account_id is None or leading(actor, dossier) is None:
        raise Forbidden(_("Chỉ lãnh đạo cơ quan giải quyết được nêu nguyên nhân quá hạn."))
    if not is_late(dossier, at):
        raise Refused(_("Hồ sơ này không quá hạn."), code="not_late")
    words, proposal = tidy(words), tidy(proposal)
    _check(cause, words, proposal)
    before = LateCause.objects.filter(dossier=dossier).order_by("-number").first()
    if before and (before.cause, before.words, before.proposal) == (cause, words, proposal):
        raise Invalid(_("Điều này đã được ghi."), code="said_already")
    return LateCause.objects.create(
        dossier=dossier,
        number=before.number + 1 if before else 1,
        cause=cause,
        words=words,
        proposal=proposal,
        office_id=dossier.competent_office_id,
        said_by_id=actor.account_id,
        said_by_name=actor.full_name,
        said_at=at,
    )


def _check(cause: str, words: str, proposal: str) -> None:
    wrong = {}
    if cause not in LateCause.Cause.values:
        wrong["cause"] = _("Hãy chọn một nguyên nhân trong danh sách.")
    if not words:
        wrong["words"] = _("Cần nói rõ nguyên nhân.")
    too_long = _("Nhiều nhất %(most)s ký tự.") % {"most": LONGEST}
    wrong |= {name: too_long for name, text in (("words", words), ("proposal", proposal)) if len(text) > LONGEST}
    if wrong:
        raise Invalid(_("Còn thiếu hoặc chưa đúng thông tin."), fields=wrong)


def cause_sheet(form: Form, period: Period, scope: Scope, by: str) -> Sheet:
    """The form filled in: a row for each field or agency and each cause that was given; the causes as known now."""
    late = _late(period, scope, by)
    said = LateCause.objects.said_of(dossier for _key, dossier, _measure in late)
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    texts: dict[tuple[str, str], dict[int, LateCause]] = defaultdict(dict)
    for key, dossier, measure in late:
        cause = said.get(dossier)
        place = (key, cause.cause if cause else UNSAID)
        counted[place][measure] += 1
        if cause:
            texts[place][dossier] = cause
    names = _names({key for key, _cause in counted}, by)
    lines = [
        Line(
            names[key] or _("(chưa ghi lĩnh vực)"),
            values_of(COLUMNS, counted[key, cause]),
            f"{cause or '-'}~{key}",
            by,
            words=_words(cause, texts[key, cause].values()),
        )
        for key, cause in sorted(counted, key=lambda place: (sort_key(names[place[0]]), _order(place[1])))
    ]
    notes = (_("Nguyên nhân lấy theo lần ghi sau cùng."), *notes_of(scope))
    heads = (_("Nguyên nhân quá hạn"), _("Lý do cụ thể"), _("Đề xuất"))
    all_late = Counter(measure for _key, _dossier, measure in late)
    return sheet_of(form, period, scope, by, COLUMNS, lines, all_late, notes=notes, word_heads=heads)


def late_behind(period: Period, scope: Scope, by: str, row: str, wanted: Iterable[str]) -> list[int]:
    """The dossiers behind a figure of these forms; row: `cause~key` as the sheet has it, empty for the whole."""
    chosen = set(wanted)
    late = [(key, dossier) for key, dossier, measure in _late(period, scope, by) if measure in chosen]
    if not row:
        return [dossier for _key, dossier in late]
    cause, _sign, wanted_key = row.partition("~")
    said = LateCause.objects.said_of(dossier for _key, dossier in late)
    wanted_cause = UNSAID if cause == "-" else cause
    return [
        dossier
        for key, dossier in late
        if key == wanted_key and (said[dossier].cause if dossier in said else UNSAID) == wanted_cause
    ]


def _late(period: Period, scope: Scope, by: str) -> list[tuple[str, int, str]]:
    """(field or office, dossier, measure) of every late dossier; one statement."""
    condition, values = restrict(scope)
    key = "v.field" if by == "field" else f"({PLACES[scope.place]})::text"
    sql = f"""
        SELECT {key}, m.dossier_id, m.measure FROM ({members(frozenset(LATE))}) m
        JOIN catalogue_procedureversion v ON v.id = m.version_id
        WHERE m.measure = ANY(%(late)s) AND {condition} ORDER BY m.dossier_id
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(period), **values, "late": list(LATE)})
        return cursor.fetchall()


def _names(keys: set[str], by: str) -> dict[str, str]:
    if by == "field":
        return {key: key for key in keys}
    return {str(pk): name for pk, name in Office.objects.filter(pk__in=map(int, keys)).values_list("pk", "name")}


def _order(cause: str) -> int:
    """In the order of the list; what nobody said stands last."""
    values = LateCause.Cause.values
    return values.index(cause) if cause in values else len(values)


def _words(cause: str, rows: Iterable[LateCause]) -> tuple[str, ...]:
    """The cause in words, and the first of what was said and proposed; the list behind the figure has all of it."""
    found = list(rows)
    name = str(LateCause.Cause(cause).label) if cause else _("Chưa có nguyên nhân")
    reasons = list(dict.fromkeys(row.words for row in found))
    proposals = list(dict.fromkeys(row.proposal for row in found if row.proposal))
    return name, _joined(reasons), _joined(proposals)


def _joined(texts: list[str]) -> str:
    more = len(texts) - SHOWN
    return "; ".join(texts[:SHOWN]) + (_(" … và %(more)s ý khác") % {"more": more} if more > 0 else "")

"""The open dossiers that most likely miss their appointed day, each with its reason in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.ahead.likelihood import Experience, Likelihood, class_of
from motcua.ahead.past import Open, numbered, open_on, past_cases
from motcua.base.times import day_of, start_of
from motcua.dossiers.models import Dossier
from motcua.reports.scope import Scope

SHOWN = 50


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """One dossier of the list."""

    dossier: int
    code: str
    procedure: str
    office: str
    holder: str
    due_at: datetime
    left: int
    found: Likelihood
    why: str


@dataclass(frozen=True, slots=True)
class Likely:
    """`open`: dossiers that a likelihood was asked for; `unknown`: those without like cases; `expected`: the sum of all
    likelihoods; `cases`: what was learned from."""

    rows: tuple[LikelyRow, ...]
    open: int
    unknown: int
    expected: float
    base: float | None
    cases: int


def likeliest(at: datetime, scope: Scope, experience: Experience, shown: int = SHOWN) -> Likely:
    """The likelihood of every open dossier of the scope, the highest told, as an experience has it. Two statements."""
    asked = [(row, experience.likelihood(row.case)) for row in open_on(at, numbered(day_of(at)), scope)]
    known = [(row, found) for row, found in asked if found.value is not None]
    known.sort(key=lambda pair: (-(pair[1].value or 0), pair[0].due_at, pair[0].dossier))
    return Likely(
        tuple(_rows(known[:shown])),
        len(asked),
        len(asked) - len(known),
        sum(found.value or 0 for _row, found in known),
        experience.base,
        experience.cases,
    )


def experience_of(at: datetime) -> Experience:
    """What was known when the day began, counted anew: seconds in a large province, so for commands only."""
    cut = start_of(day_of(at))
    return Experience(past_cases(cut, numbered(day_of(cut))))


def _rows(found: list[tuple[Open, Likelihood]]) -> list[LikelyRow]:
    names = {
        row.pk: row
        for row in Dossier.objects.filter(pk__in=[one.dossier for one, _found in found])
        .select_related("procedure", "at_office", "holder")
        .only("code", "procedure__name", "at_office__name", "holder__full_name")
    }
    made = []
    for one, likelihood in found:
        dossier = names[one.dossier]
        made.append(
            LikelyRow(
                one.dossier,
                dossier.code or "",
                dossier.procedure.name,
                dossier.at_office.name,
                dossier.holder.full_name if dossier.holder else "",
                one.due_at,
                one.case.left,
                likelihood,
                why(one.case.left, likelihood),
            )
        )
    return made


def why(left: int, found: Likelihood) -> str:
    """The reason: whose cases, how many of them missed their day."""
    if found.value is None:
        return _("Chưa có hồ sơ tương tự nào đã qua ngày hẹn.")
    whose = {
        "procedure": _("cùng thủ tục, từng ở bước này"),
        "field": _("cùng lĩnh vực, từng ở bước như thế này"),
        "all": _("của mọi thủ tục, từng ở bước như thế này"),
        "whole": _("của mọi thủ tục, ở mọi bước"),
    }[found.level]
    counted = {"cases": found.like.cases, "late": found.like.late, "whose": whose, "left": _left_words(left)}
    if found.level == "whole":
        return _("Trong %(cases)s lượt hồ sơ %(whose)s, %(late)s không kịp ngày hẹn.") % counted
    return _("Trong %(cases)s hồ sơ %(whose)s khi còn %(left)s, %(late)s không kịp ngày hẹn.") % counted


def _left_words(left: int) -> str:
    """The class of days that was counted, in words."""
    first = class_of(left)
    last = {11: 15, 16: 20, 21: 30, 31: 45}.get(first)
    if first == 46:
        return _("hơn 45 ngày làm việc")
    if last is not None:
        return _("%(first)s–%(last)s ngày làm việc") % {"first": first, "last": last}
    return _("%(days)s ngày làm việc") % {"days": first}

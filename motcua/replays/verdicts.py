"""Published figure, our report's figure, verdict: equal, or a misprint in the publication with its arithmetic.

The report is asked as anybody would ask it; nothing is filtered or adjusted. A figure that is no dossier figure, or
that this report does not measure, says so.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from django.conf import settings

from motcua.base.numbers import percent, show_count
from motcua.offices.models import Office
from motcua.replays import petitions, voices
from motcua.replays.lines import Line, Published, Verdict
from motcua.replays.onsite_verdicts import OF_THE_LIST, of_the_list, there_all_along
from motcua.replays.plans import RESOLVED_FATES, VERTICAL, Fate, Plan
from motcua.replays.scripts import COUNTER, ONLINE, POST, Script
from motcua.replays.stage import Stage
from motcua.reports.month import report
from motcua.reports.periods import Period, between
from motcua.reports.petitions import petition_report
from motcua.reports.scope import Scope, subtree
from motcua.reports.votes import vote_report

Figures = Mapping[str, int]


# How each printed measure is read off a report.
READ: dict[str, Callable[[Figures], int]] = {
    "recv.total": lambda f: f["total"],
    "check.recv.total": lambda f: f["total"],
    "recv.carry_over": lambda f: f["carried_over"],
    "recv.new": lambda f: f["new"],
    "check.recv.new": lambda f: f["new"],
    "recv.direct": lambda f: f["new_counter"],
    "recv.online": lambda f: f["new_online"],
    "recv.postal": lambda f: f["new_post"],
    "dvc34.recv.online": lambda f: f["new_online"],
    "res.total": lambda f: f["resolved"],
    "res.early": lambda f: f["resolved_early"],
    "res.on_time": lambda f: f["resolved_on_time"],
    "res.late": lambda f: f["resolved_late"],
    "res.within": lambda f: f["resolved_early"] + f["resolved_on_time"],
    "ret.postal": lambda f: f["returned_post"],
    "postal.total": lambda f: f["new_post"] + f["returned_post"],
    "proc.total": lambda f: f["open"],
    "check.proc.total": lambda f: f["open"],
    "proc.within": lambda f: f["open_within"],
    "proc.late": lambda f: f["open_late"],
    "wait.supplement": lambda f: f["waiting_supplement"],
    "out.returned_withdrawn": lambda f: f["ended"],
    "recv.onsite4.total": lambda f: f["new_onsite_four"],
    "res.onsite5.total": lambda f: f["resolved_onsite"],
    "res.onsite5.early": lambda f: f["resolved_onsite_early"],
    "res.onsite5.on_time": lambda f: f["resolved_onsite_on_time"],
    "res.onsite5.late": lambda f: f["resolved_onsite_late"],
    "check.res.not_onsite5": lambda f: f["resolved"] - f["resolved_onsite"],
}
# Printed rate → printed part, printed whole.
RATES = {
    "recv.direct_rate": ("recv.direct", "recv.new"),
    "recv.online_rate": ("recv.online", "recv.new"),
    "recv.postal_rate": ("recv.postal", "recv.new"),
    "res.early_rate": ("res.early", "res.total"),
    "res.on_time_rate": ("res.on_time", "res.total"),
    "res.late_rate": ("res.late", "res.total"),
    "res.within_rate": ("res.within", "res.total"),
    "ret.postal_rate": ("ret.postal", "res.total"),
    "rate.very_satisfied_rate": ("rate.very_satisfied", "rate.total"),
    "rate.satisfied_rate": ("rate.satisfied", "rate.total"),
    "recv.onsite4.departments_rate": ("recv.onsite4.departments", "recv.departments"),
    "tthc.delegation_rate": ("tthc.delegation_proposed", "tthc.reviewed"),
    "res.onsite5.early_rate": ("res.onsite5.early", "res.onsite5.total"),
    "res.onsite5.on_time_rate": ("res.onsite5.on_time", "res.onsite5.total"),
    "dvc34.online_rate": ("dvc34.recv.online", "dvc34.res.total"),
    "dvc.level34_rate": ("dvc.level34", "tthc.at_center"),
}
# Printed total → printed parts that must make it up.
SUMS = {
    "recv.total": ("recv.carry_over", "recv.new"),
    "recv.new": ("recv.direct", "recv.online", "recv.postal"),
    "res.total": ("res.within", "res.late"),
    "res.onsite5.total": ("res.onsite5.early", "res.onsite5.on_time", "res.onsite5.late"),
}
# Printed rest (or one that was derived from the print) → printed whole, printed parts that are taken from it.
RESTS = {
    "check.proc.total": ("recv.total", ("res.within", "res.late")),
    "check.res.not_onsite5": ("res.total", ("res.onsite5.total",)),
}
ONSITE_TOTALS = frozenset({"recv.onsite4.total", "res.onsite5.total"})
AGENCIES = {
    "Bảo hiểm xã hội tỉnh": "bao-hiem-xa-hoi-tinh",
    "Sở Công Thương": "so-cong-thuong",
    "Sở Giao thông vận tải": "so-giao-thong-van-tai",
    "Sở Tư pháp": "so-tu-phap",
    "Sở Nông nghiệp và PTNT": "so-nong-nghiep-va-phat-trien-nong-thon",
    "Sở Y tế": "so-y-te",
    "Sở LĐTB&XH": "so-lao-dong-thuong-binh-va-xa-hoi",
}


def published_of(plan: Plan) -> list[Published]:
    """The printed figures of a plan's publication, for its place and period, in the order of the text."""
    path = Path(settings.DATA_DIR) / "replays" / "published.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return [
            Published(row["measure"], row["name"], row["agency"], row["value"], row["unit"])
            for row in csv.DictReader(lines)
            if row["doc"] == plan.doc and row["place"] == plan.place and _same_period(row["period"], plan.period)
        ]


def compare(plan: Plan, scripts: Sequence[Script], scale: int) -> list[Line]:
    """Every printed figure beside what the report says now, as of the end of the period."""
    stage = Stage(plan)
    period = between(plan.first, plan.last)
    here = Scope(place="receiving", offices=subtree([stage.unit.pk], plan.last))
    figures, spoken = _ours(period, here), _Spoken(plan, scripts, scale, period, here)
    printed = published_of(plan)
    counts = {row.measure: _number(row.value) for row in printed if row.unit != "%" and row.measure != "recv.by_agency"}
    expected = planned_figures(plan, scripts)
    by_office = _by_office(plan, scripts, stage, period)
    lines = []
    for row in printed:
        if row.measure in RATES and all(part in counts for part in RATES[row.measure]):
            lines.append(_rate(row, counts))
        elif (said := spoken.of(row.measure)) is not None:
            lines.append(_count(row, *said, counts, scale))
        elif row.measure == "res.within_rate":
            lines.append(_within_rate(row, figures))
        elif (key := (row.measure, row.agency if row.measure == "recv.by_agency" else "")) in by_office:
            lines.append(_count(row, *by_office[key], counts, scale))
        elif row.measure in OF_THE_LIST:
            lines.append(of_the_list(row, plan, counts))
        elif row.measure in READ and _is_of_dossiers(row, plan):
            read = READ[row.measure]
            line = _count(row, read(figures), read(expected), counts, scale)
            lines.append(there_all_along(line, plan) if row.measure in ONSITE_TOTALS else line)
        else:
            lines.append(Line(row, "–", Verdict.OUTSIDE, _outside(row.measure)))
    return lines


class _Spoken:
    """What reports say of votes and petitions, beside what the replay was to bring about."""

    def __init__(self, plan: Plan, scripts: Sequence[Script], scale: int, period: Period, here: Scope) -> None:
        self.plan = plan
        self.votes, self.petitions = vote_report(period, here).total, petition_report(period, here).total
        self.planned_votes = voices.planned_votes(plan, scripts, scale)
        self.planned_petitions = petitions.planned_petitions(plan, scale)

    def of(self, measure: str) -> tuple[int, int] | None:
        """(ours, planned); None for a figure of something else, or of which this publication prints nothing."""
        if (votes := voices.told(self.plan, self.votes, measure)) is not None:
            return votes, self.planned_votes[voices.READ[measure]]
        if (told := petitions.told(self.plan, self.petitions, measure)) is not None:
            return told, self.planned_petitions[petitions.READ[measure]]
        return None


def _by_office(
    plan: Plan, scripts: Sequence[Script], stage: Stage, period: Period
) -> dict[tuple[str, str], tuple[int, int]]:
    """(printed measure, agency) → what the report says of some offices, and what the lives say; agency "" for several."""
    new = {key: _ours(period, _decided_by([office]))["new"] for key, office in stage.offices.items()}
    named = Counter(script.office_key for script in scripts if script.accepted_on >= plan.first)
    ours = _ours(
        period, _decided_by([office for office in stage.offices.values() if office.kind == Office.Kind.DEPARTMENT])
    )
    there = sum(script.onsite and script.office_key not in VERTICAL for script in scripts)
    keys = [key for key in AGENCIES.values() if key in plan.agencies]
    one_by_one = {
        ("recv.by_agency", name): (new[key], named[key]) for name, key in AGENCIES.items() if key in stage.offices
    }
    return one_by_one | {
        ("check.recv.by_agency_sum", ""): (sum(new[key] for key in keys), sum(named[key] for key in keys)),
        ("recv.departments", ""): (ours["new"], named.total() - sum(named[key] for key in VERTICAL)),
        ("recv.onsite4.departments", ""): (ours["new_onsite_four"], there),
    }


def planned_figures(plan: Plan, scripts: Sequence[Script]) -> dict[str, int]:
    """What the report must say if these lives were lived as written."""
    fate = Counter(script.fate for script in scripts)
    new = Counter(script.channel for script in scripts if script.accepted_on >= plan.first)
    there = Counter(script.fate for script in scripts if script.onsite)
    return {
        "total": len(scripts),
        "carried_over": len(scripts) - new.total(),
        "new": new.total(),
        "new_counter": new[COUNTER],
        "new_online": new[ONLINE],
        "new_online_self": new[ONLINE],
        "new_post": new[POST],
        "resolved": sum(fate[each] for each in RESOLVED_FATES),
        "resolved_early": fate[Fate.EARLY],
        "resolved_on_time": fate[Fate.ON_TIME],
        "resolved_late": fate[Fate.LATE],
        "returned_post": sum(script.by_post for script in scripts),
        "open": fate[Fate.OPEN_WITHIN] + fate[Fate.OPEN_LATE],
        "open_within": fate[Fate.OPEN_WITHIN],
        "open_late": fate[Fate.OPEN_LATE],
        "waiting_supplement": fate[Fate.SUPPLEMENT],
        "ended": fate[Fate.WITHDRAWN],
        "new_onsite_four": there.total(),
        "resolved_onsite": sum(there[each] for each in RESOLVED_FATES),
        "resolved_onsite_early": there[Fate.EARLY],
        "resolved_onsite_on_time": there[Fate.ON_TIME],
        "resolved_onsite_late": there[Fate.LATE],
    }


def _ours(period: Period, scope: Scope) -> Figures:
    return report(period, scope).total


def _decided_by(offices: list[Office]) -> Scope:
    return Scope(place="competent", offices=frozenset(office.pk for office in offices))


def _count(row: Published, ours: int, expected: int, counts: Mapping[str, int], scale: int) -> Line:
    """A printed count beside ours; a total that its own printed parts don't make up is a misprint at every scale."""
    printed = _number(row.value)
    shown = show_count(ours)
    if ours != expected:
        return Line(row, shown, Verdict.DIFFERENT)
    right, sum_ = _made_up(row.measure, counts)
    if right is not None and right != printed:
        return Line(row, shown, Verdict.MISPRINT, f"{sum_} = {show_count(right)}, in {show_count(printed)}")
    if scale > 1:
        return Line(row, shown, Verdict.EQUAL, f"{show_count(printed)} : {scale}, kế hoạch {show_count(expected)}")
    return Line(row, shown, Verdict.EQUAL if ours == printed else Verdict.DIFFERENT)


def _made_up(measure: str, counts: Mapping[str, int]) -> tuple[int | None, str]:
    """What a printed total or rest must be by its printed parts, with the sum in words; None where they aren't printed."""
    whole, parts = RESTS.get(measure, ("", SUMS.get(measure, ())))
    needed = (*parts, whole) if whole else parts
    if not parts or any(part not in counts for part in needed):
        return None, ""
    if whole:
        words = " − ".join(show_count(counts[part]) for part in (whole, *parts))
        return counts[whole] - sum(counts[part] for part in parts), words
    return sum(counts[part] for part in parts), " + ".join(show_count(counts[part]) for part in parts)


def _rate(row: Published, counts: Mapping[str, int]) -> Line:
    """A printed rate against its printed part and whole."""
    part, whole = RATES[row.measure]
    printed = Decimal(row.value)
    exact = Decimal(counts[part]) * 100 / counts[whole]
    shown = str(percent(counts[part], counts[whole])).replace(".", ",")
    sum_ = f"{show_count(counts[part])} : {show_count(counts[whole])} = {shown} %"
    # A figure printed with fewer decimals is judged as it was rounded.
    if exact.quantize(printed, ROUND_HALF_UP) == printed:
        return Line(row, shown, Verdict.EQUAL, sum_)
    return Line(row, shown, Verdict.MISPRINT, f"{sum_}, in {row.value.replace('.', ',')} %")


def _within_rate(row: Published, figures: Figures) -> Line:
    """Early and on time of all resolved, from our own report."""
    if not figures["resolved"]:
        return Line(row, "–", Verdict.OUTSIDE, "không có hồ sơ đã giải quyết")
    exact = Decimal(100 * (figures["resolved"] - figures["resolved_late"])) / figures["resolved"]
    ours = exact.quantize(Decimal(1), ROUND_HALF_UP)
    return Line(row, str(ours), Verdict.EQUAL if ours == Decimal(row.value) else Verdict.DIFFERENT)


def _is_of_dossiers(row: Published, plan: Plan) -> bool:
    """Whether the plan says anything about this figure: not every publication prints what came in."""
    return not (plan.name == "thai-binh-2020" and row.measure.startswith("recv."))


def _outside(measure: str) -> str:
    reasons = {
        "tthc": "số thủ tục, không phải số hồ sơ",
        "dvc": "số dịch vụ công, không phải số hồ sơ",
        "rate": "lượt đánh giá: phân hệ đánh giá",
        "pakn": "phản ánh, kiến nghị: phân hệ riêng",
        "org": "số đơn vị",
        "target": "chỉ tiêu",
    }
    return reasons.get(measure.split(".", maxsplit=1)[0], "chưa đo")


def _same_period(printed: str, wanted: str) -> bool:
    # Counts of procedures are printed "đến 7/2019", "2020" …: of the same publication, and told as outside.
    return printed == wanted or not printed.startswith(("Quý", "tháng", "năm", "01/01"))


def _number(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        return -1

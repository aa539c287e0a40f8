"""Who takes which dossiers where, and who works there: read once, small enough to be handed to a process."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from motcua.base.errors import Invalid
from motcua.calendar.limits import LimitKind, Unit
from motcua.catalogue.models import ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import Offer, offer
from motcua.dossiers.kinds import Channel
from motcua.dossiers.routing import ONE_STOP_KINDS, UNITS_BY_LEVEL, competent_office
from motcua.offices.models import Office, Posting
from motcua.replays.stage import StageNotSet

# Of all dossiers of a province, by the kind of unit that takes them in.
SHARES = {"center_province": 0.30, "district_unit": 0.22, "commune_unit": 0.48, "center_commune": 0.48}
COUNTED = frozenset({LimitKind.DURATION, LimitKind.SAME_DAY, LimitKind.NONE})
# Districts took in what communes do now; the catalogue no longer names them.
AS_COMMUNE = {"district_unit": "commune_unit"}
HANDLING = frozenset({"handler", "head", "approver", "clerk"})
Officer = tuple[int, str]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Station:
    """An office: the two codes that numbers begin with, its hours, its officers by role, how slow it is (1: usual)."""

    id: int
    code: str
    code_qd20: str
    schedule: str
    officers: dict[str, Officer]
    slowness: float


@dataclass(frozen=True, slots=True)
class Ware:
    """One case of a procedure as the counter offers it, per channel; `authority`: None is the receiving unit itself."""

    offers: dict[int, Offer]
    authority: int | None


@dataclass(frozen=True, slots=True)
class Draw(Generic[Thing]):
    """Things with the running sums of their weights."""

    things: tuple[Thing, ...]
    sums: tuple[float, ...]

    def one(self, random: Random) -> Thing:
        """One of them, as often as its weight says."""
        return random.choices(self.things, cum_weights=self.sums)[0]


@dataclass(frozen=True, slots=True)
class Province:
    """Everything that lives are drawn from. `wares`: per receiving unit."""

    units: dict[int, Station]
    receiving: Draw[int]
    wares: dict[int, Draw[Ware]]
    edition: int
    applicant: Officer


def read_province(day: date, edition: int, applicant: Officer, *, empty: bool = False) -> Province:
    """The province in force on a day. Raises StageNotSet where no unit or no procedure is there to take a dossier.

    empty: nothing will be drawn, so nothing is read.
    """
    if empty:
        return Province({}, Draw((), ()), {}, edition, applicant)
    units = _units(day)
    by_kind = defaultdict(list)
    offices = [office for office in Office.objects.on(day).order_by("code") if office.pk in units]
    for office in offices:
        if office.kind in ONE_STOP_KINDS and "receiver" in units[office.pk].officers:
            by_kind[office.kind].append(office)
    known = _known_cases()
    wares: dict[int, Draw[Ware]] = {}
    weights: dict[int, float] = {}
    for kind, receivers in by_kind.items():
        offered = _wares(known, kind, receivers[0], units, day)
        able = [office for office in receivers if offered and _can_decide(units[office.pk], kind)]
        sizes = {office.pk: Random(f"size {office.code}").lognormvariate(0, 0.7) for office in able}  # noqa: S311
        for office in able:
            wares[office.pk] = _popular(offered, office.code)
            weights[office.pk] = SHARES.get(kind, 0.1) * sizes[office.pk] / sum(sizes.values())
    if not weights:
        raise StageNotSet("Không có nơi nào tiếp nhận được thủ tục nào: hãy chạy `motcua load demo` trước.")
    receiving = Draw(tuple(weights), tuple(accumulate(weights.values())))
    return Province(units, receiving, wares, edition, applicant)


def _units(day: date) -> dict[int, Station]:
    officers: dict[int, dict[str, Officer]] = defaultdict(dict)
    for posting in Posting.objects.on(day).select_related("account").order_by("id"):
        officers[posting.office_id].setdefault(posting.role, (posting.account_id, posting.account.full_name))
    return {
        office.pk: Station(
            office.pk,
            office.code,
            office.code_qd20,
            office.schedule,
            dict(officers[office.pk]),
            Random(f"pace {office.code}").lognormvariate(0, 0.6),  # noqa: S311
        )
        for office in Office.objects.on(day)
        if office.pk in officers
    }


def _known_cases() -> list[tuple[frozenset[str], dict[int, Offer]]]:
    """Every case that can be accepted now with a certain limit: the kinds of units that take it in, its offers."""
    found = []
    cases = ProcedureCase.objects.filter(version__status=ProcedureVersion.Status.PUBLISHED)
    for pk, levels in cases.order_by("version__procedure__code", "seq").values_list("pk", "version__levels"):
        offers = {channel: _slim(offer(pk, channel)) for channel in Channel.values}
        usable = {channel: one for channel, one in offers.items() if one.accepts_channel and _is_certain(one)}
        if usable:
            found.append((frozenset(kind for level in levels for kind in UNITS_BY_LEVEL.get(level, ())), usable))
    return found


def _slim(one: Offer) -> Offer:
    return replace(one, components=(), to_show=(), notes=(), fees=())


def _is_certain(one: Offer) -> bool:
    """Its end can be counted with the years of the calendar, and somebody decides."""
    limit = one.limit
    if limit is None or limit.kind not in COUNTED or all(step.role != "approver" for step in one.steps):
        return False
    return all(part.unit is not Unit.YEAR and (part.unit is not Unit.MONTH or part.value <= 6) for part in limit.parts)


def _wares(
    known: list[tuple[frozenset[str], dict[int, Offer]]],
    kind: str,
    receiving: Office,
    units: dict[int, Station],
    day: date,
) -> list[Ware]:
    """What units of a kind take in, and who decides it; what the catalogue gives to nobody is left out."""
    deciding: dict[tuple[str | None, str], int | None] = {}
    found = []
    for kinds, offers in known:
        one = next(iter(offers.values()))
        if AS_COMMUNE.get(kind, kind) not in kinds:
            continue
        key = (one.competent_key, one.field)
        if key not in deciding:
            deciding[key] = _authority(key, receiving, day)
        authority = deciding[key]
        if authority == receiving.pk:
            found.append(Ware(offers, None))
        elif authority in units and units[authority].officers.keys() >= HANDLING:
            found.append(Ware(offers, authority))
    return found


def _authority(key: tuple[str | None, str], receiving: Office, day: date) -> int | None:
    try:
        return competent_office(*key, receiving, day).pk
    except Invalid:
        return None


def _can_decide(unit: Station, kind: str) -> bool:
    """A unit that is the authority of its own level needs people for every step."""
    return kind == "center_province" or unit.officers.keys() >= HANDLING


def _popular(wares: list[Ware], code: str) -> Draw[Ware]:
    """A few procedures make most of the work, and not the same ones everywhere: a common order, shaken a little."""
    common, own = Random("ranks"), Random(f"ranks {code}")  # noqa: S311
    order = sorted(range(len(wares)), key=lambda number: common.random() + 0.15 * own.random())
    weights = [0.0] * len(wares)
    for rank, number in enumerate(order):
        weights[number] = 1 / (rank + 3)
    return Draw(tuple(wares), tuple(accumulate(weights)))

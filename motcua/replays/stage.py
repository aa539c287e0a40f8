"""Who and what is on the stage: offices, officers and procedures of the place, read once."""

from __future__ import annotations

from collections import defaultdict

from motcua.calendar.limits import Limit, LimitKind, Unit
from motcua.catalogue.models import LimitRow, ProcedureCase, ProcedureVersion
from motcua.catalogue.offers import offer
from motcua.offices.actors import Actor, actor_of
from motcua.offices.models import Office, Posting
from motcua.replays.plans import Plan
from motcua.replays.scripts import COUNTER, ONLINE, POST, Ware

WARES_PER_OFFICE = 12
LIMITS = range(3, 11)
OWN = "own"
Stock = dict[str | None, list[Ware]]


class StageNotSet(LookupError):
    """Something the replay needs is not in the database; the sentence says what and how to load it."""


class Stage:
    """The offices of a plan with their officers, found by role."""

    def __init__(self, plan: Plan) -> None:
        self.day = plan.first
        self.unit = self._office(plan.province, plan.unit_key)
        self.offices = {
            key: self.unit if key == OWN else self._office(plan.province, key)
            for key in dict.fromkeys([*plan.agencies, *plan.others])
        }
        self._actors: dict[tuple[str, int], Actor] = {}
        self._at_centre: dict[tuple[str, int], Actor] = {}
        wanted = {self.unit.pk, *(office.pk for office in self.offices.values())}
        postings = Posting.objects.on(self.day).filter(office_id__in=wanted).select_related("account").order_by("id")
        for posting in postings:
            if (posting.role, posting.office_id) not in self._actors:
                self._actors[posting.role, posting.office_id] = actor_of(posting.account, self.day)
            if posting.office_id == self.unit.pk:
                there = actor_of(posting.account, self.day)
                for role, office_id in there.roles:
                    self._at_centre.setdefault((role, office_id), there)

    def officer_at_centre(self, role: str, office_id: int) -> Actor:
        """Somebody who is posted at the centre and has this role at this office, in whatever way; else StageNotSet."""
        try:
            return self._at_centre[role, office_id]
        except KeyError:
            name = Office.objects.get(pk=office_id).name
            sentence = f"{name}: không có ai tại Trung tâm giữ vai trò {role} vào ngày {self.day:%d/%m/%Y}."
            raise StageNotSet(sentence) from None

    def officer(self, role: str, office_id: int) -> Actor:
        """Somebody with this role at this office; StageNotSet when nobody is posted there."""
        try:
            return self._actors[role, office_id]
        except KeyError:
            name = Office.objects.get(pk=office_id).name
            raise StageNotSet(f"{name}: không có ai giữ vai trò {role} vào ngày {self.day:%d/%m/%Y}.") from None

    def _office(self, province: str, key: str) -> Office:
        office = Office.objects.on(self.day).filter(province=province, key=key).first()
        if office is None:
            raise StageNotSet(
                f"Không có cơ quan {key} của {province} vào ngày {self.day:%d/%m/%Y}: hãy nạp địa phương trước."
            )
        return office


def wares_of(plan: Plan) -> dict[str, list[Ware]]:
    """Real procedures with a certain limit of 3 to 10 whole working days, per office key; others' where it has none."""
    keys = set(plan.agencies) | set(plan.others)
    return _shared_out(_stock(keys, WARES_PER_OFFICE), keys)


def split_wares(plan: Plan) -> tuple[dict[str, list[Ware]], dict[str, list[Ware]]]:
    """The same in two halves that share no procedure: what goes the usual way, and what is of the list of the centre.

    Every other procedure that can be done at the centre is of the list; or every one of a department, where all are.
    """
    keys = set(plan.agencies) | set(plan.others)
    stock = _stock(keys, 2 * WARES_PER_OFFICE)
    halves: tuple[Stock, Stock] = (defaultdict(list), defaultdict(list))
    if plan.onsite is None:
        return _shared_out(stock, keys), {}
    pairs = [(key, ware) for key in sorted(stock, key=str) for ware in stock[key]]
    fitting = [ware for _key, ware in pairs if ware.fits_centre]
    listed = fitting[::2] if plan.onsite.procedures else [one for one in fitting if one.office_key.startswith("so-")]
    for key, ware in pairs:
        halves[ware in listed][key].append(ware)
    return _shared_out(halves[0], keys), _shared_out(halves[1], keys)


def _stock(keys: set[str], most: int) -> Stock:
    by_key: Stock = defaultdict(list)
    rows = (
        LimitRow.objects.filter(certain=True, version__status=ProcedureVersion.Status.PUBLISHED)
        .select_related("version__procedure")
        .order_by("version__procedure__code", "seq")
    )
    for row in rows:
        key = row.version.procedure.competent_key
        days = whole_days(Limit.from_json(row.limit))
        if days is None or days not in LIMITS or not {COUNTER, ONLINE, POST} <= set(row.channels):
            continue
        group = key if key in keys else None
        known = by_key[group]
        if len(known) < most and row.version.procedure.code not in {ware.code for ware in known}:
            ware = _ware(row, days)
            if ware is not None:
                known.append(ware)
    return by_key


def _shared_out(by_key: Stock, keys: set[str]) -> dict[str, list[Ware]]:
    if not any(by_key.values()):
        raise StageNotSet("Chưa có thủ tục nào trong danh mục: hãy chạy `motcua load demo` trước.")
    spare = by_key.get(None) or next(stock for stock in by_key.values() if stock)
    return {key: by_key.get(key) or spare for key in keys}


def whole_days(limit: Limit) -> int | None:
    """The limit in whole working days; None for any other kind."""
    if limit.kind is not LimitKind.DURATION or len(limit.parts) != 1:
        return None
    part = limit.parts[0]
    return int(part.value) if part.unit is Unit.WORKING_DAY and part.value.denominator == 1 else None


def _ware(row: LimitRow, days: int) -> Ware | None:
    case = ProcedureCase.objects.filter(version_id=row.version_id).order_by("seq").first()
    if case is None:
        return None
    terms = [offer(case.pk, channel) for channel in (COUNTER, ONLINE, POST)]
    if any(term.limit is None or whole_days(term.limit) != days for term in terms):
        return None
    papers = tuple(component.id for component in terms[0].components if component.mandatory)
    procedure = row.version.procedure
    fits = "TINH" in row.version.levels and {"handler", "approver", "clerk"} <= {step.role for step in terms[0].steps}
    return Ware(case.pk, procedure.competent_key or "", days, papers, procedure.code, fits)

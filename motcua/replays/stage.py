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
        wanted = {self.unit.pk, *(office.pk for office in self.offices.values())}
        postings = Posting.objects.on(self.day).filter(office_id__in=wanted).select_related("account").order_by("id")
        for posting in postings:
            if (posting.role, posting.office_id) not in self._actors:
                self._actors[posting.role, posting.office_id] = actor_of(posting.account, self.day)

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
    by_key: dict[str | None, list[Ware]] = defaultdict(list)
    rows = (
        LimitRow.objects.filter(certain=True, version__status=ProcedureVersion.Status.PUBLISHED)
        .select_related("version__procedure")
        .order_by("version__procedure__code", "seq")
    )
    keys = set(plan.agencies) | set(plan.others)
    for row in rows:
        key = row.version.procedure.competent_key
        days = whole_days(Limit.from_json(row.limit))
        if days is None or days not in LIMITS or not {COUNTER, ONLINE, POST} <= set(row.channels):
            continue
        group = key if key in keys else None
        if len(by_key[group]) < WARES_PER_OFFICE:
            ware = _ware(row, days)
            if ware is not None:
                by_key[group].append(ware)
    if not by_key:
        raise StageNotSet("Chưa có thủ tục nào trong danh mục: hãy chạy `motcua load demo` trước.")
    spare = by_key[None] or next(stock for stock in by_key.values() if stock)
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
    return Ware(case.pk, row.version.procedure.competent_key or "", days, papers)

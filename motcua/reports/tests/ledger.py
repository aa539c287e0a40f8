"""Ledgers written straight into the tables, consistent as the acts leave them; and the report counted slowly from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count, pairwise

from motcua.base.times import at_time, day_of
from motcua.catalogue.models import Procedure, ProcedureCase, ProcedureVersion
from motcua.dossiers.models import Dossier, Handover, Stay
from motcua.dossiers.states import WAITING_FOR_ACCEPTANCE, State
from motcua.offices.models import Office
from motcua.people.models import Account
from motcua.reports.periods import Period

S = State
_number = count(1)


def clock(text: str) -> datetime:
    """`2021-11-30 16:10`, in Vietnam."""
    return at_time(date.fromisoformat(text[:10]), datetime.fromisoformat(text).time())


@dataclass
class History:
    """(instant, state) in order of time; `due` is the promise from acceptance on."""

    moments: list[tuple[datetime, State]]
    due: datetime | None = None
    channel: int = 1
    competent: Office | None = None
    receiving: Office | None = None
    way: str = "counter"
    helper: Account | None = None

    @property
    def accepted_at(self) -> datetime | None:
        return next((at for at, state in self.moments if state == S.ACCEPTED), None)

    @property
    def finished_at(self) -> datetime | None:
        ends = (S.FINISHED, S.WITHDRAWN, S.STOPPED)
        return next((at for at, state in self.moments if state in ends), None) if self.accepted_at else None

    def until(self, instant: datetime) -> History:
        """What was known before an instant."""
        known = [moment for moment in self.moments if moment[0] < instant]
        return replace(self, moments=known)


def procedure(code: str = "1.001193", field_name: str = "Hộ tịch") -> ProcedureCase:
    """A procedure with one version and one case."""
    found = ProcedureCase.objects.filter(version__procedure__code=code).first()
    if found:
        return found
    row = Procedure.objects.create(code=code, name=f"Thủ tục {code}")
    version = ProcedureVersion.objects.create(
        procedure=row,
        number=1,
        name=row.name,
        field=field_name,
        digest=b"0" * 32,
        imported_at=clock("2018-01-01 08:00"),
    )
    return ProcedureCase.objects.create(version=version, seq=1)


def write(history: History, case: ProcedureCase) -> Dossier | None:
    """The rows of one dossier; nothing when it was not handed in yet."""
    if not history.moments:
        return None
    assert history.competent and history.receiving
    at, state = history.moments[-1]
    number = next(_number)
    accepted = history.accepted_at
    due = history.due if accepted else None
    returned = next((at for at, state in history.moments if state == S.RETURNED), None)
    dossier = Dossier.objects.create(
        submission_no=f"TN-{number:08d}",
        code=f"X-{number:08d}" if accepted else None,
        regime="r1_2018" if accepted else "",
        secret="s",
        procedure_id=case.version.procedure_id,
        version=case.version,
        case=case,
        channel=history.channel,
        helper=history.helper,
        helper_office=history.receiving if history.helper else None,
        submitter_role="helper" if history.helper else "owner",
        submitter_name=history.helper.full_name if history.helper else "",
        receiving_office=history.receiving,
        competent_office=history.competent,
        owner_name="Nguyễn Văn Mẫu",
        state=state,
        at_office=history.receiving,
        submitted_at=history.moments[0][0],
        accepted_at=accepted,
        due_at=due,
        original_due_at=due,
        finished_at=history.finished_at,
        returned_at=returned,
        returned_way=history.way if returned else "",
        last_seq=len(history.moments),
        last_event_at=at,
    )
    _write_stays(dossier, history)
    handed = {at for at, state in history.moments if state == S.RETURNED}
    Handover.objects.bulk_create(Handover(dossier=dossier, way=history.way, at=at) for at in handed)
    return dossier


def _write_stays(dossier: Dossier, history: History) -> None:
    ends: list[datetime | None] = [*(later for (_, _), (later, _) in pairwise(history.moments)), None]
    accepted = history.accepted_at
    stays = [
        Stay(
            dossier=dossier,
            seq=seq,
            previous_seq=seq - 1 if seq > 1 else None,
            state=state,
            office=history.receiving,
            entered_at=at,
            left_at=left,
            due_at=history.due if accepted and at >= accepted else None,
            stands_still=state in (S.SUPPLEMENT, S.PAYMENT),
        )
        for seq, ((at, state), left) in enumerate(zip(history.moments, ends, strict=True), start=1)
    ]
    Stay.objects.bulk_create(stays)


def slowly(histories: list[History], period: Period) -> Counter[str]:
    """The counted measures, dossier by dossier, as the statute reads."""
    counted: Counter[str] = Counter()
    for history in histories:
        counted.update(_measures(history, period))
    return counted


def _measures(history: History, period: Period) -> list[str]:
    found: list[str] = []
    before, known = history.until(period.start), history.until(period.end)
    if not known.moments:
        return found
    _at, state = known.moments[-1]
    if state in WAITING_FOR_ACCEPTANCE:
        found.append("waiting_acceptance")
    inside = [(at, state) for at, state in known.moments if at >= period.start]
    first_returned = next((at for at, state in known.moments if state == S.RETURNED), None)
    for at, state in inside:
        if state == S.REFUSED:
            found.append("refused")
        if state == S.RETURNED and at == first_returned:
            found.append(f"returned_{history.way}")
        if state == S.WITHDRAWN and not known.accepted_at:
            found.append("withdrawn_before")
    accepted, finished = known.accepted_at, known.finished_at
    if accepted is None:
        return found
    if before.accepted_at and before.finished_at is None:
        found.append("carried_over")
    if not before.accepted_at:
        online = "new_online_helped" if history.helper else "new_online_self"
        found.append({1: "new_counter", 2: online, 3: "new_post"}[history.channel])
    if finished is None:
        found.append(_open(known, state, period))
    elif before.finished_at is None:
        found.append(_ended(known, finished))
    return found


def _open(known: History, state: State, period: Period) -> str:
    if state == S.SUPPLEMENT:
        return "waiting_supplement"
    # Its clock stands still since the duty was told; nothing later makes it late.
    judged = day_of(known.moments[-1][0]) if state == S.PAYMENT else period.last
    return "open_late" if known.due and day_of(known.due) < judged else "open_within"


def _ended(known: History, finished: datetime) -> str:
    how = next((s for at, s in known.moments if at == finished and s in (S.WITHDRAWN, S.STOPPED)), None)
    if how:
        return how.value
    if known.due is None or day_of(finished) == day_of(known.due):
        return "resolved_on_time"
    return "resolved_early" if day_of(finished) < day_of(known.due) else "resolved_late"

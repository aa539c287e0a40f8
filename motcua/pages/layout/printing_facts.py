"""What each slip says about a dossier, read from its rows as they were when the slip was due. Slips are Vietnamese.

Law: TT01-2018 9; TT01-2018 10
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.utils import translation

from motcua.base.numbers import NOTHING, show_vnd
from motcua.base.times import VIETNAM, day_of
from motcua.calendar.store import calendar_for
from motcua.dossiers.clock import ClockEvent, Outcome, outcome
from motcua.dossiers.clock_days import story
from motcua.dossiers.clock_events import clock_event_from_json
from motcua.dossiers.clock_words import summary
from motcua.dossiers.kinds import Channel, ResultKind, ReturnWay
from motcua.dossiers.models import Dossier, Event, Extension, Stay, SupplementRequest
from motcua.dossiers.states import Act, State
from motcua.law.store import RegimeFacts, regime, regime_on
from motcua.offices.models import Office
from motcua.pages.layout.printing import forms, qr_svg


@dataclass(frozen=True)
class Slip:
    """One slip that a dossier has: its kind, its number among those of its kind, and its title."""

    kind: str
    number: int
    title: str


@dataclass
class Source:
    """A dossier with the rows its slips are made of, each read once."""

    dossier: Dossier
    track_page: str

    @cached_property
    def events(self) -> list[Event]:
        """The journal of the dossier, oldest first."""
        return list(self.dossier.events.select_related("office").order_by("seq"))

    @cached_property
    def regime(self) -> RegimeFacts:
        """The regime the dossier was accepted under; before acceptance, that of the day it came in."""
        code = self.dossier.regime
        return regime(code) if code else regime_on(day_of(self.dossier.submitted_at))

    @cached_property
    def requests(self) -> list[SupplementRequest]:
        """What was asked of the applicant, oldest first."""
        return list(self.dossier.supplement_requests.select_related("asked_by").order_by("id"))

    @cached_property
    def extensions(self) -> list[Extension]:
        """The apologies, oldest first."""
        return list(self.dossier.extension_letters.select_related("signed_by").order_by("number"))

    def last(self, *acts: Act) -> Event | None:
        """The newest event of any of these acts."""
        return next((event for event in reversed(self.events) if event.act in acts), None)

    @cached_property
    def start(self) -> tuple[Event, ClockEvent] | None:
        """The event that started the clock, and what it says of time."""
        for event in self.events:
            if event.clock and event.act in (Act.TAKE_IN, Act.ACCEPT):
                return event, clock_event_from_json(event.clock, calendar_for)
        return None


def slips_of(dossier: Dossier, *, officer: bool) -> list[Slip]:
    """The slips that this dossier has now; the control slip is for officers. At most three statements."""
    source = Source(dossier, "")
    found: list[tuple[str, int]] = []
    if dossier.accepted_at:
        found.append(("receipt", 1))
    found += [("supplement", place) for place, _request in enumerate(source.requests, 1)]
    if dossier.state == State.REFUSED or dossier.result_kind == ResultKind.REFUSAL:
        found.append(("refusal", 1))
    if dossier.extensions:
        found += [("apology", letter.number) for letter in source.extensions]
    if dossier.state == State.STOPPED:
        found.append(("stop", 1))
    if dossier.accepted_at and officer:
        found.append(("control", 1))
    known = form_set(source.regime)["forms"]
    return [Slip(kind, number, known[kind]["title"]) for kind, number in found if kind in known]


def form_set(facts: RegimeFacts) -> dict[str, Any]:
    """The set of forms that a regime prescribes."""
    return forms()[facts.forms]


def slip_facts(source: Source, kind: str, number: int, at: datetime) -> tuple[str, dict[str, Any], datetime] | None:
    """Template, facts and instant of one slip; None when the dossier has no such slip."""
    form = form_set(source.regime)["forms"].get(kind)
    if form is None:
        return None
    with translation.override("vi"):
        found = MAKERS[kind](source, number, at)
        if found is None:
            return None
        facts, made_at = found
        return form["template"], {**_head(source, form, made_at, kind, number), **facts}, made_at


Found = tuple[dict[str, Any], datetime] | None


def _receipt(source: Source, number: int, at: datetime) -> Found:
    dossier = source.dossier
    if source.start is None or dossier.accepted_at is None:
        return None
    event, clock = source.start
    given = [paper for paper in dossier.papers.order_by("id") if paper.given_at <= dossier.accepted_at]
    limit = str(clock.limit) if clock.limit else ""
    papers = [
        {
            "no": str(place),
            "name": paper.name + (" (tệp điện tử)" if paper.file_id else ""),
            "originals": str(paper.originals or NOTHING),
            "copies": str(paper.copies or NOTHING),
        }
        for place, paper in enumerate(given, 1)
    ]
    return {
        "channel": str(Channel(dossier.channel).label),
        "sets": "01",
        "papers": papers,
        "limit": limit[:1].upper() + limit[1:],
        "received_at": _moment(dossier.accepted_at),
        "due_at": _moment(dossier.original_due_at) if dossier.original_due_at else "Không quy định thời hạn",
        "why": summary(story([clock])),
        "fee": _fee(dossier.fee_vnd),
        "return_place": _return_place(dossier),
        "signer": event.actor_name,
    }, dossier.accepted_at


def _supplement(source: Source, number: int, at: datetime) -> Found:
    if not 1 <= number <= len(source.requests):
        return None
    request = source.requests[number - 1]
    at_intake = request.stage == SupplementRequest.Stage.INTAKE
    restart = source.regime.supplement_clock == "restart"
    later = "tính lại từ đầu" if restart else "tính tiếp"
    return {
        "items": [
            {"no": str(place), "name": str(item.get("name", "")), "why": str(item.get("why", ""))}
            for place, item in enumerate(request.items, 1)
        ],
        "reason": request.reason,
        "basis": request.basis,
        "clock_note": (
            "Hồ sơ được tiếp nhận khi đã bổ sung đầy đủ các nội dung trên; thời hạn giải quyết chưa tính."
            if at_intake
            else f"Thời hạn giải quyết tạm dừng từ hôm nay và {later} khi nhận đủ phần bổ sung."
        ),
        "signer": request.asked_by.full_name,
        "signer_title": "Người tiếp nhận hồ sơ" if at_intake else "Người thẩm định hồ sơ",
    }, request.asked_at


def _refusal(source: Source, number: int, at: datetime) -> Found:
    event = source.last(Act.REFUSE_INTAKE, Act.REFUSE_RESULT)
    if event is None:
        return None
    at_intake = event.act == Act.REFUSE_INTAKE
    who = source.dossier.receiving_office.name if at_intake else source.dossier.competent_office.name
    what = "từ chối tiếp nhận, giải quyết hồ sơ này" if at_intake else "từ chối giải quyết hồ sơ này sau khi thẩm định"
    return {
        "submitted_at": _moment(source.dossier.submitted_at),
        "decision_sentence": f"{who} {what}.",
        "reason": event.reason,
        "basis": str(event.data.get("basis", "")),
        "signer": event.actor_name,
        "signer_title": "Người tiếp nhận hồ sơ" if at_intake else "Lãnh đạo cơ quan giải quyết",
    }, event.at


def _apology(source: Source, number: int, at: datetime) -> Found:
    letter = next((letter for letter in source.extensions if letter.number == number), None)
    if letter is None:
        return None
    return {
        "accepted_on": f"{_local(source.dossier.accepted_at or letter.signed_at):%d/%m/%Y}",
        "old_due_at": _moment(letter.old_due_at),
        "new_due_at": _moment(letter.new_due_at),
        "reason": letter.reason,
        "extension_no": f"{letter.number:02d}",
        "signer": letter.signed_by.full_name,
        "signer_title": "Lãnh đạo cơ quan giải quyết",
    }, letter.signed_at


def _stop(source: Source, number: int, at: datetime) -> Found:
    event = source.last(Act.STOP)
    if event is None or source.dossier.accepted_at is None:
        return None
    return {
        "received_at": _moment(source.dossier.accepted_at),
        "decision_sentence": f"{source.dossier.competent_office.name} dừng giải quyết hồ sơ này.",
        "reason": event.reason,
        "basis": str(event.data.get("basis", "")),
        "signer": event.actor_name,
        "signer_title": "Lãnh đạo cơ quan giải quyết",
    }, event.at


def _control(source: Source, number: int, at: datetime) -> Found:
    dossier = source.dossier
    if dossier.accepted_at is None:
        return None
    by_instant = {event.at: event for event in source.events}
    rows: list[dict[str, str]] = []
    giver = dossier.owner_name
    for stay in dossier.stays.select_related("office", "holder").order_by("seq"):
        event = by_instant.get(stay.entered_at)
        office = stay.office.short_name or stay.office.name
        taker = office if stay.holder is None else f"{office}\n{stay.holder.full_name}"
        rows.append(
            {
                "no": str(len(rows) + 1),
                "giver": giver if not rows or event is None else f"{giver}\n{event.actor_name}",
                "taker": taker,
                "at": f"{_local(stay.entered_at):%H:%M\n%d/%m/%Y}",
                "work": _work(dossier, stay, event),
                "note": event.reason if event else "",
            }
        )
        giver = office
    return {
        "received_at": _moment(dossier.accepted_at),
        "due_at": _moment(dossier.due_at) if dossier.due_at else "Không quy định thời hạn",
        "rows": rows,
        "printed_at": _moment(at),
        "signer": "",
    }, at


def _work(dossier: Dossier, stay: Stay, event: Event | None) -> str:
    """What was done in one handing over; the one that ends the dossier says how it stands against the promise."""
    words = str(Act(event.act).label) if event else str(State(stay.state).label)
    if dossier.finished_at is None or stay.entered_at != dossier.finished_at:
        return words
    return f"{words}\n({OUTCOMES[outcome(dossier.finished_at, dossier.due_at)]})"


OUTCOMES = {Outcome.EARLY: "trước hạn", Outcome.ON_TIME: "đúng hạn", Outcome.LATE: "quá hạn"}

MAKERS: dict[str, Callable[[Source, int, datetime], Found]] = {
    "receipt": _receipt,
    "supplement": _supplement,
    "refusal": _refusal,
    "apology": _apology,
    "stop": _stop,
    "control": _control,
}
SUFFIXES = {"supplement": "/BS{0}", "refusal": "/TC", "apology": "/XL{0}", "stop": "/DG", "control": "/KS"}


def _head(source: Source, form: dict[str, Any], made_at: datetime, kind: str, number: int) -> dict[str, Any]:
    dossier, office = source.dossier, source.dossier.receiving_office
    code = dossier.code or dossier.submission_no
    address = f"{source.track_page}?ma={code}"
    same = dossier.competent_office_id == dossier.receiving_office_id
    return {
        "title": form["title"],
        "form_no": form["no"],
        "form_source": form_set(source.regime)["source"],
        "agency": "" if same else dossier.competent_office.name,
        "competent": dossier.competent_office.name,
        "unit": office.name,
        "unit_phone": office.phone,
        "unit_address": office.address,
        "code": code,
        "number": code + SUFFIXES.get(kind, "").format(number),
        "secret": dossier.secret,
        "place_and_day": f"{_place(office.province)}, {_day_in_words(day_of(made_at))}",
        "tracking_url": address,
        "tracking_page": source.track_page.partition("://")[2],
        "qr": qr_svg(address),
        "submitter": str(dossier.submitter.get("name") or dossier.owner_name),
        "owner_name": dossier.owner_name,
        "owner_id_no": dossier.owner_id_no,
        "owner_phone": dossier.owner_phone,
        "owner_email": dossier.owner_email,
        "owner_address": dossier.owner_address,
        "content": dossier.content,
    }


@lru_cache(maxsize=64)
def _place(province: str) -> str:
    """The province's own name, as letters are dated with."""
    name = Office.objects.filter(province=province, kind=Office.Kind.PROVINCE).values_list("name", flat=True).first()
    words = (name or "").split()
    return " ".join(words[words.index("tỉnh") + 1 :]) if "tỉnh" in words else (name or "")


def _local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


def _moment(moment: datetime) -> str:
    return f"{_local(moment):%H giờ %M phút, ngày %d/%m/%Y}"


def _day_in_words(day: date) -> str:
    # Decree 30/2020: days below 10 and the months January and February carry a nought before them.
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _fee(amount: int | None) -> str:
    if amount is None:
        return "Theo thông báo của cơ quan giải quyết"
    return show_vnd(amount) if amount else "Không"


def _return_place(dossier: Dossier) -> str:
    if dossier.return_way == ReturnWay.POST:
        return f"Qua bưu chính công ích, đến: {dossier.owner_address or NOTHING}"
    if dossier.return_way == ReturnWay.ONLINE:
        return "Trực tuyến, trong tài khoản của chủ hồ sơ"
    office = dossier.receiving_office
    return f"Tại {office.name}" + (f", {office.address}" if office.address else "")

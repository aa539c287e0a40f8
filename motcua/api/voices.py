"""What people say of the service: rating by link, petitions by everybody, their acts by officers, and the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from math import ceil
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Path, Query, Router, Schema
from pydantic import BaseModel, Field

from motcua.api.bodies import Body
from motcua.api.callers import caller_of, calling, needs
from motcua.api.problems import TooMany
from motcua.api.reading import Code, Count, Id, IdNo, Line, Name, Prose, later
from motcua.api.reporting import Asked, question_of
from motcua.api.shapes import Choice, Moment, OfficeRef
from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of, now
from motcua.offices.actors import ANONYMOUS, Actor
from motcua.offices.models import Office
from motcua.people.guesses import Guesser
from motcua.petitions import acts
from motcua.petitions.acts import Said
from motcua.petitions.journal import is_secret_of
from motcua.petitions.models import Petition
from motcua.petitions.permissions import acts_open_to, sees_person
from motcua.petitions.story import lines
from motcua.petitions.table import Kind, PetitionAct, Way
from motcua.ratings.casting import Opinion, cast
from motcua.reports import petitions as petition_measures
from motcua.reports import votes as vote_measures

ratings = Router(tags=["ratings"])
petitions = Router(tags=["petitions"])
reports = Router(tags=["reports"])
A = PetitionAct


class RateIn(Body):
    submission_no: Code
    place: Literal["home", "counter", "kiosk"] = "home"
    key: Code = Field(..., description="the last part of the link's address")
    level: Literal["very_satisfied", "satisfied", "not_satisfied"]
    reasons: list[Code] = Field([], max_length=9)
    words: Prose = ""


class RatedOut(BaseModel):
    level: str
    number: int = Field(..., description="1 for the first vote, more where one changed one's mind")


@ratings.post("", response=RatedOut, summary=later(gettext_lazy("Đánh giá hồ sơ bằng liên kết")))
def rate(request: HttpRequest, body: RateIn) -> dict[str, Any]:
    """Whoever has the dossier's link rates it, and may change that for some days."""
    opinion = Opinion(body.level, tuple(body.reasons), body.words)
    made = cast(body.submission_no, place=body.place, key=body.key, opinion=opinion, at=now())
    return {"level": made.level, "number": made.number}


class PetitionIn(Body):
    kind: Literal["conduct", "regulation", "both", "complaint"]
    content: Prose = Field(..., min_length=1)
    person_name: Name = Field(..., min_length=1)
    phone: IdNo = ""
    email: Name = ""
    address: Line = ""
    about_office: Code = Field(..., description="code of the office")
    about_person: Name = ""


class SentOut(BaseModel):
    code: str
    secret: str
    due_on: date | None


class FollowIn(Body):
    code: Code
    secret: Code


class LineOut(BaseModel):
    act: str
    at: Moment
    office: str
    who: str
    text: str
    more: str


class PetitionRow(BaseModel):
    id: int
    code: str
    kind: Choice
    state: Choice
    about_office: OfficeRef
    owner_office: OfficeRef
    owner: str | None
    received_at: Moment
    due_on: date | None
    publish_due_on: date | None
    closed_at: Moment | None
    is_late: bool
    seq: int = Field(..., description="number of its last event; send it back as `seen`")


class PetitionOut(PetitionRow):
    content: str
    person_name: str | None = Field(..., description="null where you may not know it")
    possible: list[str] = Field(..., description="acts open to you")
    timeline: list[LineOut]


@petitions.post("/send", response=SentOut, summary=later(gettext_lazy("Gửi phản ánh, kiến nghị")))
def send_petition(request: HttpRequest, body: PetitionIn) -> dict[str, Any]:
    """By everybody; five from one network address within a quarter of an hour, then wait (429)."""
    at = now()
    caller = caller_of(request)
    sender = Guesser.sending_petitions(request.META.get("REMOTE_ADDR", ""))
    if until := sender.closed_until(at):
        sentence = _("Từ địa chỉ mạng này vừa có nhiều phản ánh được gửi. Hãy gửi lại sau ít phút.")
        raise TooMany(sentence, ceil((until - at).total_seconds()))
    names = ("kind", "content", "person_name", "phone", "email", "address", "about_person")
    said = Said(**{name: getattr(body, name) for name in names}, about_office_id=_office(body.about_office).pk)
    made = acts.receive(said, way=Way.PAGE, actor=caller.actor if caller else ANONYMOUS, at=at)
    sender.was_wrong(at)
    return {"code": made.code, "secret": made.secret, "due_on": made.due_on}


@petitions.post("/track", response=PetitionOut, summary=later(gettext_lazy("Theo dõi phản ánh")))
def track_petition(request: HttpRequest, body: FollowIn) -> dict[str, Any]:
    """By code and secret; after 5 wrong guesses wait (429)."""
    at = now()
    guesser = _open(Guesser(body.code, request.META.get("REMOTE_ADDR", "")), at)
    found = _rows().filter(code=body.code.strip().upper()).first()
    if found is None or not is_secret_of(found, body.secret):
        guesser.was_wrong(at)
        raise NotThere(_("Mã phản ánh hoặc mã tra cứu không đúng."))
    return _whole(found, ANONYMOUS, at, is_person=True)


@petitions.get(
    "", auth=needs("petitions:read"), response=list[PetitionRow], summary=later(gettext_lazy("Phản ánh chờ tôi xử lý"))
)
def petition_rows(request: HttpRequest, limit: int = Query(100, ge=1, le=200)) -> list[dict[str, Any]]:
    """Open ones, the most urgent first."""
    caller = calling(request)
    rows = _rows().visible_to(caller.actor).open().by_urgency()[:limit]
    return [_row(one, caller.at) for one in rows]


@petitions.get(
    "/{petition_id}",
    auth=needs("petitions:read"),
    response=PetitionOut,
    summary=later(gettext_lazy("Một phản ánh")),
)
def petition(request: HttpRequest, petition_id: Id) -> dict[str, Any]:
    """Everything about it; whoever is only asked for a statement reads it without the person."""
    caller = calling(request)
    return _whole(_seen(caller.actor, petition_id), caller.actor, caller.at)


class PetitionActIn(Body):
    """What the acts say; each takes its own of these."""

    seen: Count | None = None
    text: Prose = ""
    question: Prose = ""
    agency: Name = ""
    office: Code = ""
    owner_id: Id | None = None
    officer_id: Id | None = None
    on: date | None = None


ActName = Literal[
    "assign", "answer", "publish", "refuse", "ask_more", "give_more", "move", "pass_on", "note_arrival",
    "ask_statement", "give_statement", "reopen",
]  # fmt: skip
# act → (function, what it takes beside the text)
PERFORM: dict[str, tuple[Callable[..., Petition], tuple[str, ...]]] = {
    A.ASSIGN: (acts.assign, ("text", "owner_id", "seen")),
    A.ANSWER: (acts.answer, ("text", "seen")),
    A.PUBLISH: (acts.publish, ("text", "question", "seen")),
    A.REFUSE: (acts.refuse, ("text", "seen")),
    A.ASK_MORE: (acts.ask_more, ("text", "seen")),
    A.GIVE_MORE: (acts.give_more, ("text",)),
    A.MOVE: (acts.move, ("text", "office_id", "seen")),
    A.PASS_ON: (acts.pass_on, ("text", "agency", "seen")),
    A.NOTE_ARRIVAL: (acts.note_arrival, ("on", "seen")),
    A.ASK_STATEMENT: (acts.ask_statement, ("text", "officer_id", "seen")),
    A.GIVE_STATEMENT: (acts.give_statement, ("text", "seen")),
    A.REOPEN: (acts.reopen, ("text",)),
}


@petitions.post(
    "/{petition_id}/{act}",
    auth=needs("petitions:act"),
    response=PetitionOut,
    summary=later(gettext_lazy("Thực hiện một việc với phản ánh")),
)
def petition_act(
    request: HttpRequest, petition_id: Id, act: Annotated[ActName, Path()], body: PetitionActIn
) -> dict[str, Any]:
    """By whoever may; `possible` of the petition names the acts."""
    caller = calling(request)
    _seen(caller.actor, petition_id)
    perform, names = PERFORM[act]
    values: dict[str, Any] = {name: getattr(body, name) for name in names if name != "office_id"}
    if "office_id" in names:
        values["office_id"] = _office(body.office).pk
    missing = [name for name in ("owner_id", "officer_id", "on") if name in values and values[name] is None]
    if missing:
        raise Invalid(_("Cần điền mục này."), fields={name: _("Cần điền mục này.") for name in missing})
    done = perform(petition_id, actor=caller.actor, at=caller.at, **values)
    return _whole(_rows().get(pk=done.pk), caller.actor, caller.at)


class VotesOut(Schema):
    """Votes as they stood at the period's end."""

    period: dict[str, Any]
    place: str
    measures: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    total: dict[str, int]
    satisfaction: dict[str, Any] = Field(..., description="percent with its 95 % interval (Wilson); null for no votes")
    response_rate: str | None


class PetitionsOut(Schema):
    """Petitions as they stood at the period's end: carried_over + new + reopened = done + open."""

    period: dict[str, Any]
    measures: list[dict[str, Any]]
    kinds: list[dict[str, Any]]
    offices: list[dict[str, Any]]
    total: dict[str, int]
    in_time_rate: str | None
    form_05a: dict[str, int]


@reports.get(
    "/ratings", auth=needs("reports:read"), response=VotesOut, summary=later(gettext_lazy("Đánh giá của một kỳ"))
)
def ratings_report(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """By place and level, by office; `by` is not read."""
    return vote_measures.as_json(vote_measures.vote_report(*question_of(request, asked)))


@reports.get(
    "/petitions", auth=needs("reports:read"), response=PetitionsOut, summary=later(gettext_lazy("Phản ánh của một kỳ"))
)
def petitions_report(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """By kind and office, and form II.05a; `by` and `place` are not read."""
    return petition_measures.as_json(petition_measures.petition_report(*question_of(request, asked)))


def _open(guesser: Guesser, at: datetime) -> Guesser:
    if until := guesser.closed_until(at):
        wait = ceil((until - at).total_seconds())
        raise TooMany(_("Bạn đã nhập sai quá nhiều lần. Hãy thử lại sau %(wait)s giây.") % {"wait": wait}, wait)
    return guesser


def _office(code: str) -> Office:
    found = Office.objects.by_code(code.strip()).first()
    if found is None:
        raise Invalid(
            _("Không tìm thấy cơ quan nào như vậy."), fields={"office": _("Không tìm thấy cơ quan nào như vậy.")}
        )
    return found


def _rows() -> Any:
    return Petition.objects.select_related("owner_office", "owner", "about_office")


def _seen(actor: Actor, petition_id: int) -> Petition:
    found: Petition | None = _rows().visible_to(actor).filter(pk=petition_id).first()
    if found is None:
        raise NotThere(_("Không có phản ánh này."))
    return found


def _row(one: Petition, at: datetime) -> dict[str, Any]:
    return {
        "id": one.pk,
        "code": one.code,
        "kind": {"code": one.kind, "label": str(Kind(one.kind).label)},
        "state": {"code": one.state, "label": str(one.get_state_display())},
        "about_office": {"code": one.about_office.code, "name": one.about_office.name},
        "owner_office": {"code": one.owner_office.code, "name": one.owner_office.name},
        "owner": one.owner.full_name if one.owner else None,
        "received_at": one.received_at,
        "due_on": one.due_on,
        "publish_due_on": one.publish_due_on,
        "closed_at": one.closed_at,
        "is_late": one.is_late(day_of(at)),
        "seq": one.last_seq,
    }


def _whole(one: Petition, actor: Actor, at: datetime, *, is_person: bool = False) -> dict[str, Any]:
    knows = is_person or actor.kind == "citizen" or sees_person(actor, one)
    told = lines(one, for_person=is_person or not actor.is_officer) if knows else []
    row = _row(one, at)
    if is_person or not actor.is_officer:
        row["owner"] = None  # who of the office answers is not told
    names = ("act", "at", "office", "who", "text", "more")
    return {
        **row,
        "content": one.content,
        "person_name": one.person_name if knows else None,
        "possible": [str(act) for act in acts_open_to(one, actor, is_person=is_person)],
        "timeline": [{name: getattr(line, name) for name in names} for line in told],
    }

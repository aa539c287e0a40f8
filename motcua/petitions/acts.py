"""Everything that can be done to a petition; each act one function, one transaction, one event.

Law: ND20-2008 9; QD766-2022; ND61-2018 5
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.canonical import digest
from motcua.base.errors import Forbidden, Invalid, Refused
from motcua.base.text import fold, tidy
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier, Event
from motcua.offices.actors import SYSTEM, Actor, actor_of
from motcua.offices.models import Office, Posting
from motcua.people.models import Account
from motcua.petitions import limits
from motcua.petitions.journal import Performance, founding, needed, performing
from motcua.petitions.models import Petition
from motcua.petitions.permissions import WORKING, is_free, offices
from motcua.petitions.routing import office_for
from motcua.petitions.table import ABOUT_SOMEBODY, CHOSEN, Kind, PetitionAct, Way

RECEIVING = ("receiver", "unit_head")
LONGEST = 5000
# What people call officers before their names, folded.
TITLES = frozenset({"ong", "ba", "anh", "chi", "co", "chu", "em", "bac", "dong", "can", "bo", "cong", "chuc", "vien"})


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says. about_officer: the account that it is about, where it is known. topic: a field of procedures;
    with a dossier it is the dossier's own.
    """

    kind: str
    content: str
    person_name: str
    about_office_id: int
    phone: str = ""
    email: str = ""
    address: str = ""
    about_person: str = ""
    about_officer_id: int | None = None
    dossier: Dossier | None = None
    topic: str = ""


@transaction.atomic
def receive(
    said: Said, *, way: str, actor: Actor, at: datetime, owner_office_id: int | None = None, once: str = ""
) -> Petition:
    """A petition comes in: it has an office that answers for it, and a last day, from this minute.

    owner_office_id: the unit at whose counter it is entered; else where `routing` says. once: what the form got when it
    was drawn; the same words sent again under it are the petition that is there. Raises Invalid for what is missing,
    Forbidden at a counter that is not the actor's. Law: ND20-2008 9; QD766-2022
    """
    if way == Way.COUNTER and owner_office_id not in actor.offices(*RECEIVING):
        raise Forbidden(_("Chỉ người tiếp nhận tại nơi này ghi được phản ánh."))
    _check(said)
    sent_as = _sent_as(said, once)
    if sent_as is not None and (before := _sent_before(sent_as)) is not None:
        return before
    dossier = said.dossier
    petition = Petition(
        way=way,
        received_at=at,
        person_name=tidy(said.person_name)[:200],
        person_phone=tidy(said.phone)[:20],
        person_email=tidy(said.email)[:200],
        person_address=tidy(said.address)[:300],
        account_id=actor.account_id if actor.kind == "citizen" else None,
        content=said.content.strip()[:LONGEST],
        dossier=dossier,
        about_office_id=said.about_office_id,
        about_person=tidy(said.about_person)[:200],
        entered_by_id=actor.account_id if actor.is_officer else None,
        kind=said.kind,
        concerned=_concerned(said, day_of(at)),
        owner_office_id=owner_office_id or _routed(said, day_of(at)),
        due_on=limits.answer_by(said.kind, at),
        last_event_at=at,
        sent_as=sent_as,
    )
    return founding(petition, actor=actor, at=at, topic=_topic(said))


def ask(dossier: Dossier, content: str, *, actor: Actor, at: datetime, once: str = "") -> Petition:
    """A question about a dossier, by its owner or whoever showed its secret, to the office that holds it.

    Who asks, and how to answer them, is what the dossier says. It says of nobody that they did wrong, and is no petition.
    Raises Invalid where nothing is asked. Law: TT01-2018 16
    """
    said = Said(
        kind=Kind.QUESTION,
        content=content,
        person_name=dossier.owner_name,
        phone=dossier.owner_phone or dossier.submitter_phone,
        email=dossier.owner_email,
        address=dossier.owner_address,
        about_office_id=dossier.at_office_id,
        dossier=dossier,
    )
    return receive(said, way=Way.LINK, actor=actor, at=at, once=once)


def open_from_vote(dossier: Dossier, words: str, *, at: datetime) -> Petition | None:
    """A case for the head of the unit, because somebody is dissatisfied; None where one is open already.

    Called inside the transaction of the vote. Law: ND61-2018 29
    """
    if Petition.objects.open().filter(dossier=dossier, kind=Kind.DISSATISFIED).exists():
        return None
    said = Said(
        kind=Kind.DISSATISFIED,
        content=words.strip() or _("Không nêu lý do."),
        person_name=dossier.owner_name,
        phone=dossier.owner_phone,
        email=dossier.owner_email,
        about_office_id=dossier.receiving_office_id,
        dossier=dossier,
    )
    return receive(said, way=Way.VOTE, actor=SYSTEM, at=at, owner_office_id=dossier.receiving_office_id)


def open_from_turn(office_id: int, officer_id: int | None, who: str, words: str, *, at: datetime) -> Petition:
    """A case for the head of a unit, because somebody whose name nobody knows was not content with their turn there.

    Called inside the transaction of the vote. Law: ND61-2018 29
    """
    content = words.strip() or _("Không nêu lý do.")
    said = Said(Kind.DISSATISFIED, content, who, office_id, about_officer_id=officer_id)
    return receive(said, way=Way.VOTE, actor=SYSTEM, at=at, owner_office_id=office_id)


def ask_more(petition_id: int, *, text: str, actor: Actor, at: datetime, seen: int | None = None) -> Petition:
    """Ask the person for more, once, within the days of the law; no day runs until they answer. Law: QD766-2022"""
    with performing(PetitionAct.ASK_MORE, petition_id, actor=actor, at=at, seen=seen) as act:
        asked = act.petition.events.filter(act=PetitionAct.ASK_MORE).count()
        if asked > act.petition.reopened:
            raise Refused(_("Đã yêu cầu người gửi nói rõ thêm một lần."), code="asked_already")
        _in_days(act, limits.ASK, _("Đã quá thời hạn yêu cầu nói rõ thêm: phản ánh phải được trả lời."))
        act.petition.due_on = None
        act.say(needed(text))
    return act.petition


def give_more(petition_id: int, *, text: str, actor: Actor, at: datetime, secret: str | None = None) -> Petition:
    """The person says more, or somebody writes down what they said; the days of the answer run from now."""
    with performing(PetitionAct.GIVE_MORE, petition_id, actor=actor, at=at, secret=secret) as act:
        act.petition.due_on = limits.answer_by(act.petition.kind, act.at)
        act.say(needed(text), by_person=not actor.is_officer)
    return act.petition


def refuse(petition_id: int, *, text: str, actor: Actor, at: datetime, seen: int | None = None) -> Petition:
    """Not taken up, with the reason, within the days of the law; later it has to be answered. Law: QD766-2022"""
    with performing(PetitionAct.REFUSE, petition_id, actor=actor, at=at, seen=seen) as act:
        _in_days(act, limits.REFUSE, _("Đã quá thời hạn từ chối: phản ánh phải được trả lời."))
        act.petition.due_on = limits.last_day(limits.REFUSE, _since(act.petition))
        act.petition.closed_at = act.at
        act.say(needed(text))
    return act.petition


def move(
    petition_id: int, *, office_id: int, text: str, actor: Actor, at: datetime, seen: int | None = None
) -> Petition:
    """Another office of the province answers for it from now on; the last day stays. Law: ND20-2008 9"""
    with performing(PetitionAct.MOVE, petition_id, actor=actor, at=at, seen=seen) as act:
        petition = act.petition
        if office_id == petition.owner_office_id:
            sentence = _("Cơ quan này đang xử lý phản ánh.")
            raise Invalid(sentence, fields={"office": sentence}, code="same_office")
        act.say(needed(text), from_office=petition.owner_office_id, late=_is_over(act, limits.FORWARD))
        petition.owner_office_id, petition.owner_id, petition.asked_officer_id = office_id, None, None
    return act.petition


def pass_on(
    petition_id: int, *, agency: str, text: str, actor: Actor, at: datetime, seen: int | None = None
) -> Petition:
    """Another agency is competent: it goes there, and is closed here; late after the days of the law. Law: ND20-2008 9"""
    with performing(PetitionAct.PASS_ON, petition_id, actor=actor, at=at, seen=seen) as act:
        act.petition.due_on = limits.last_day(limits.FORWARD, _since(act.petition))
        act.petition.closed_at = act.at
        act.say(needed(text), agency=tidy(needed(agency, "agency")))
    return act.petition


def note_arrival(petition_id: int, *, on: date, actor: Actor, at: datetime, seen: int | None = None) -> Petition:
    """The day on which the other agency got it."""
    with performing(PetitionAct.NOTE_ARRIVAL, petition_id, actor=actor, at=at, seen=seen) as act:
        if act.petition.closed_at and not day_of(act.petition.closed_at) <= on <= day_of(act.at):
            sentence = _("Ngày nhận phải từ ngày chuyển đến hôm nay.")
            raise Invalid(sentence, fields={"on": sentence}, code="wrong_day")
        act.say("", arrived_on=on.isoformat())
    return act.petition


def assign(
    petition_id: int, *, owner_id: int, actor: Actor, at: datetime, text: str = "", seen: int | None = None
) -> Petition:
    """One person answers for it: posted at its office, not whom it is about. Law: ND61-2018 5"""
    with performing(PetitionAct.ASSIGN, petition_id, actor=actor, at=at, seen=seen) as act:
        account = Account.objects.filter(pk=owner_id, is_active=True).first()
        able = actor_of(account, day_of(act.at)) if account else None
        if able is None or act.petition.owner_office_id not in offices(able, *WORKING):
            sentence = _("Người này không làm việc tại cơ quan xử lý.")
            raise Invalid(sentence, fields={"owner": sentence}, code="not_there")
        if not is_free(able, act.petition):
            sentence = _("Phản ánh liên quan đến người này: không được giao cho họ.")
            raise Invalid(sentence, fields={"owner": sentence}, code="concerned")
        act.petition.owner_id = owner_id
        act.say(text, owner=able.full_name)
    return act.petition


def ask_statement(
    petition_id: int, *, officer_id: int, text: str, actor: Actor, at: datetime, seen: int | None = None
) -> Petition:
    """Whom it is about is asked what they say to it; only then they see it, without the person. Law: ND61-2018 29"""
    with performing(PetitionAct.ASK_STATEMENT, petition_id, actor=actor, at=at, seen=seen) as act:
        asked = Account.objects.filter(pk=officer_id, is_officer=True, is_active=True).first()
        if asked is None:
            sentence = _("Hãy chọn cán bộ cần giải trình.")
            raise Invalid(sentence, fields={"officer": sentence}, code="not_there")
        act.petition.asked_officer_id = officer_id
        act.petition.concerned = sorted({*act.petition.concerned, officer_id})
        if act.petition.owner_id == officer_id:
            sentence = _("Người đang xử lý không thể là người giải trình: hãy phân công người khác trước.")
            raise Invalid(sentence, fields={"officer": sentence}, code="concerned")
        act.say(needed(text), officer=asked.full_name)
    return act.petition


def give_statement(petition_id: int, *, text: str, actor: Actor, at: datetime, seen: int | None = None) -> Petition:
    """What the person it is about says to it. Law: ND61-2018 29"""
    with performing(PetitionAct.GIVE_STATEMENT, petition_id, actor=actor, at=at, seen=seen) as act:
        act.petition.asked_officer_id = None
        act.say(needed(text))
    return act.petition


def answer(petition_id: int, *, text: str, actor: Actor, at: datetime, seen: int | None = None) -> Petition:
    """The answer, which the person reads; from now the days run in which it is published, but a question's. Law: QD766-2022"""
    with performing(PetitionAct.ANSWER, petition_id, actor=actor, at=at, seen=seen) as act:
        act.petition.closed_at = act.at
        act.petition.asked_officer_id = None
        if act.petition.kind != Kind.QUESTION:
            act.petition.publish_due_on = limits.last_day(limits.PUBLISH, act.at)
        act.say(needed(text))
    return act.petition


def publish(
    petition_id: int, *, question: str, text: str, actor: Actor, at: datetime, seen: int | None = None
) -> Petition:
    """Question and answer as everybody may read them: written anew, without persons. Law: QD766-2022"""
    with performing(PetitionAct.PUBLISH, petition_id, actor=actor, at=at, seen=seen) as act:
        words = f"{question} {text}".casefold()
        named = [name for name in (act.petition.person_name, act.petition.person_phone) if name]
        if any(name.casefold() in words for name in named):
            sentence = _("Bản công khai không được có tên hay số điện thoại của người phản ánh.")
            raise Invalid(sentence, fields={"text": sentence}, code="names_the_person")
        act.say(needed(text), question=needed(question, "question"))
    return act.petition


def reopen(petition_id: int, *, text: str, actor: Actor, at: datetime, secret: str | None = None) -> Petition:
    """The person does not accept the answer: once, with a reason, and the days run anew."""
    with performing(PetitionAct.REOPEN, petition_id, actor=actor, at=at, secret=secret) as act:
        petition = act.petition
        petition.reopened = 1
        petition.owner_id = petition.closed_at = petition.publish_due_on = None
        petition.due_on = limits.answer_by(petition.kind, act.at)
        act.say(needed(text))
    return act.petition


def possible_owners(petition: Petition, on: date) -> list[Account]:
    """Who may own it: posted at its office, not concerned."""
    posted = Posting.objects.on(on).filter(office_id=petition.owner_office_id, role__in=WORKING, reserve_for=None)
    barred = [*petition.concerned, *([petition.account_id] if petition.account_id else [])]
    ids = posted.exclude(account_id__in=barred).values("account_id")
    return list(Account.objects.filter(pk__in=ids, is_active=True).order_by("full_name", "id"))


def possible_witnesses(petition: Petition, on: date) -> list[Account]:
    """Whose statement may be asked: whom it is about, and officers of the office it is about."""
    posted = Posting.objects.on(on).filter(office_id=petition.about_office_id, role__in=WORKING).values("account_id")
    found = Account.objects.filter(pk__in=petition.concerned) | Account.objects.filter(pk__in=posted)
    return list(found.filter(is_officer=True, is_active=True).exclude(pk=petition.owner_id).order_by("full_name", "id"))


def _check(said: Said) -> None:
    wrong: dict[str, str] = {}
    if said.kind not in Kind.values:
        wrong["kind"] = _("Hãy chọn loại phản ánh.")
    if not said.content.strip():
        wrong["content"] = _("Hãy viết nội dung phản ánh.")
    if not tidy(said.person_name):
        wrong["person_name"] = _("Hãy cho biết tên người phản ánh.")
    if said.kind == Kind.QUESTION and said.dossier is None:
        wrong["kind"] = _("Câu hỏi phải về một hồ sơ.")
    # A vote and a question are followed from the dossier's own page.
    if said.kind not in (Kind.DISSATISFIED, Kind.QUESTION) and not any(
        map(tidy, (said.phone, said.email, said.address))
    ):
        wrong["phone"] = _("Cần điện thoại, thư điện tử hoặc địa chỉ để trả lời.")
    if not Office.objects.filter(pk=said.about_office_id).exists():
        wrong["about_office"] = _("Hãy chọn cơ quan.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong, code="incomplete")


def _topic(said: Said) -> str:
    return said.dossier.version.field if said.dossier is not None else tidy(said.topic)


def _routed(said: Said, on: date) -> int:
    """A question and a vote stay with the office they are about."""
    if said.kind not in CHOSEN:
        return said.about_office_id
    return office_for(said.kind, _topic(said), Office.objects.get(pk=said.about_office_id), on)


def _sent_as(said: Said, once: str) -> str | None:
    """What a sending is known by; without a key of its form it is known by nothing."""
    if not once:
        return None
    words = {one.name: getattr(said, one.name) for one in fields(said) if one.name != "dossier"}
    return digest({**words, "dossier": said.dossier.pk if said.dossier else None, "once": once}).hex()


def _sent_before(sent_as: str) -> Petition | None:
    """The petition that this sending made already; of two at the same time the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sent_as])
    return Petition.objects.filter(sent_as=sent_as).first()


def _concerned(said: Said, on: date) -> list[int]:
    """Whom it is about: who is named; else everybody who had a hand in the dossier. Law: ND61-2018 5"""
    if said.kind not in ABOUT_SOMEBODY:
        return []
    if said.about_officer_id is not None:
        return [said.about_officer_id]
    if named := officers_named(said.about_person, said.about_office_id, on):
        return named
    if said.dossier is None:
        return []
    acted = Event.objects.filter(dossier=said.dossier, actor__is_officer=True)
    return sorted(set(acted.values_list("actor_id", flat=True)))


def officers_named(words: str, office_id: int, on: date) -> list[int]:
    """Officers of an office whom these words name, the whole name or a part of it; rather one too many than none."""
    said = re.findall(r"\w+", fold(words))
    wanted = set(said) - TITLES
    if not wanted:
        return []
    posted = Posting.objects.on(on).filter(office_id=office_id).values("account_id")
    people = Account.objects.filter(pk__in=posted).values_list("pk", "full_name_folded")
    return sorted(pk for pk, name in people if wanted <= set(name.split()) or name in " ".join(said))


def _since(petition: Petition) -> datetime:
    """From when the days run: since it came in, came back from the person, or was opened again."""
    again = petition.events.filter(act__in=(PetitionAct.GIVE_MORE, PetitionAct.REOPEN)).order_by("-seq").first()
    return again.at if again else petition.received_at


def _is_over(act: Performance, limit: str) -> bool:
    return limits.is_over(limit, _since(act.petition), act.at)


def _in_days(act: Performance, limit: str, sentence: str) -> None:
    if _is_over(act, limit):
        raise Refused(sentence, code="too_late")

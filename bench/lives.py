"""Some dossiers of the last days in the demo province, through the real acts, so that its pages have something to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bench.stage import session_of
from motcua.base.times import at_time, day_of, now
from motcua.catalogue.models import ProcedureCase
from motcua.catalogue.offers import Offer, offer
from motcua.dossiers.acts import decision, processing, reception, submission, supplement
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.kinds import Channel
from motcua.dossiers.models import Dossier
from motcua.dossiers.routing import competent_office, receiving_offices
from motcua.files.store import store
from motcua.forms.issuing import issue_all
from motcua.news import acts as articles
from motcua.news.acts import Text
from motcua.news.voting import vote
from motcua.notices.outbox import take_all
from motcua.offices.actors import SYSTEM, Actor, actor_of
from motcua.offices.models import Office, Posting
from motcua.pages.layout.voices import rating_address
from motcua.people.models import Account

CITIZENS, RECEIVER, OVERSEER = ("0900000001", "0900000007"), "minh", "quang"
BIRTH, AUTHORITY = "1.001193", "so-tu-phap"
# What a paper is called that shows a birth.
BIRTH_NOTE = "Giấy chứng sinh"
# How many dossiers of each kind, and how far they came: handed in; taken in; prepared; before the approver; finished.
FAR = {"submitted": 3, "accepted": 3, "handled": 5, "asked": 2, "approval": 2, "finished": 4}
ITEMS = [{"name": "Bản sao căn cước công dân", "why": "Ảnh mờ, không đọc được số"}]
NEWS = (
    ("Tra cứu hồ sơ bằng mã QR", "Giấy hẹn trả kết quả có mã QR.\n\nDùng điện thoại quét mã để biết hồ sơ đến đâu."),
    (
        "Nộp lệ phí trực tuyến cho hồ sơ nộp tại nhà",
        "Từ hôm nay, người nộp hồ sơ trực tuyến trả phí, lệ phí ngay trên trang hồ sơ.\n\nBiên lai điện tử có ngay sau khi "
        "cổng thanh toán xác nhận.",
    ),
    (
        "Quầy một cửa mở cửa sáng thứ Bảy",
        "Từ tháng 12, Trung tâm tiếp nhận và trả kết quả cả sáng thứ Bảy, từ 7 giờ 30 đến 11 giờ 30.\n\nNgười dân có thể đặt "
        "giờ hẹn trước để khỏi chờ; ai đến không hẹn vẫn được tiếp nhận theo thứ tự.\n\nCác xã, phường giữ giờ làm việc như "
        "hiện nay.",
        "The one-stop counter opens on Saturday mornings",
        "From December the Centre takes dossiers and returns results on Saturday mornings too, from 7:30 to 11:30.",
    ),
)
PLAIN = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000105 00000 n \n"
    b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n170\n%%EOF\n"
)


@dataclass(frozen=True)
class Known:
    """Who looks (their logins), and what they look at."""

    owner: str
    receiver: str
    handler: str
    overseer: str
    draft: int
    handled: Dossier
    finished: Dossier
    rating: str
    month: str
    article: int


def session(login: str) -> str:
    """The cookie of somebody who is logged in."""
    return session_of(Account.objects.get(login=login))


def lived() -> Known:
    """Dossiers at every point of a life, and a draft; where they are there already, the same again beside them."""
    center = Office.objects.on(day_of(now())).get(kind="center_province")
    life = _Life(center)
    made: dict[str, list[Dossier]] = {}
    for place, (far, count) in enumerate(FAR.items()):
        made[far] = [life.led(far, days=place + turn + 1, by=(place + turn) % 2) for turn in range(count)]
    take_all(now())
    finished, handled = made["finished"][0], made["handled"][0]
    Dossier.objects.filter(pk__in=[handled.pk, finished.pk, made["asked"][0].pk]).update(owner_account=life.owner)
    return Known(
        owner=life.owner.login,
        receiver=RECEIVER,
        handler=life.handler.login,
        overseer=OVERSEER,
        draft=_draft(life.owner),
        handled=handled,
        finished=finished,
        rating=rating_address(finished.submission_no, finished.secret),
        month=f"{now():%Y-%m}",
        article=_news(life),
    )


class _Life:
    """Leads dossiers of one real procedure of the Department of Justice through their acts."""

    def __init__(self, center: Office) -> None:
        self.center, self.today = center, day_of(now())
        self.terms = _terms(center)
        self.office = competent_office(self.terms.competent_key, self.terms.field, center, self.today)
        self.citizens = [Account.objects.get(login=login) for login in CITIZENS]
        self.owner, self.handler = self.citizens[0], self.posted(self.office, "handler")

    def posted(self, office: Office, role: str) -> Account:
        """Who works there in this role; somebody with a name where there is one."""
        rows = Posting.objects.filter(office=office, role=role, valid_to=None).select_related("account")
        return sorted((row.account for row in rows), key=lambda one: one.login.startswith("mau."))[0]

    def actor(self, place: str, role: str) -> Actor:
        return actor_of(self.posted(self.center if place == "receiving" else self.office, role), self.today)

    def led(self, far: str, *, days: int, by: int) -> Dossier:
        """Handed in online by a citizen some working days ago, and as far as said."""
        who, at = self.citizens[by], _morning(days)
        file = store("to-khai.pdf", [PLAIN], at, who.pk)
        papers = [Paper(one.id, file_id=file.pk) for one in self.terms.components if one.mandatory]
        whom = Owner(who.full_name, id_no=who.personal_id, phone=who.phone, address="Xã Đông Các", account_id=who.pk)
        intake = Intake(self.terms.case_id, Channel.ONLINE, self.center.pk, whom, papers=papers)
        dossier = submission.submit(intake, actor=actor_of(who, self.today), at=at)
        if far != "submitted":
            self.go_on(dossier.pk, far, at + timedelta(hours=1))
            issue_all(dossier.pk, actor=SYSTEM, at=at + timedelta(hours=8), portal="https://motcua.example")
        return Dossier.objects.get(pk=dossier.pk)

    def go_on(self, one: int, far: str, at: datetime) -> None:
        """Taken in, and from step to step until the approver."""
        reception.accept(one, actor=actor_of(Account.objects.get(login=RECEIVER), self.today), at=at)
        if far == "accepted":
            return
        for place, step in enumerate(self.terms.steps):
            if step.role == "approver" or (far in ("handled", "asked") and step.role == "handler"):
                break
            processing.forward(
                one, actor=self.actor(step.place, step.role), at=at + timedelta(minutes=40 * (place + 1))
            )
        late = at + timedelta(hours=5)
        if far == "asked":
            actor = self.actor("competent", "handler")
            supplement.ask_supplement(one, items=ITEMS, reason="Ảnh mờ", actor=actor, at=late)
        if far == "finished":
            decision.approve(one, actor=self.actor("competent", "approver"), at=late, number="12/QĐ-STP")
            if Dossier.objects.get(pk=one).state == "decided":
                clerk = self.actor("competent", "clerk")
                decision.finish(one, number="12/QĐ-STP", actor=clerk, at=late + timedelta(hours=1))


def _terms(center: Office) -> Offer:
    """The first settled case of the authority that takes dossiers online and passes a handler."""
    cases = ProcedureCase.objects.filter(
        version__status="published", version__levels__contains=["TINH"], version__procedure__competent_key=AUTHORITY
    )
    for case in cases.order_by("version__procedure__code", "seq"):
        terms = offer(case.pk, Channel.ONLINE)
        roles: Sequence[str] = [step.role for step in terms.steps]
        fits = terms.is_settled and terms.accepts_channel and 2 <= len(terms.components) <= 6
        if fits and {"head", "handler", "approver"} <= set(roles):
            return terms
    raise SystemExit("no procedure of the catalogue fits")


def _draft(owner: Account) -> int:
    """A birth to be registered in a commune, with what its page asks."""
    cases = ProcedureCase.objects.filter(version__status="published", version__procedure__code=BIRTH)
    case = cases.filter(components__name__contains=BIRTH_NOTE).order_by("seq", "id").distinct()[0]
    unit = next(one for one in receiving_offices(case.version, day_of(now()), "H54") if "Đông Các" in one.name)
    told = {
        "owner_kind": "1", "owner_name": owner.full_name, "owner_id_no": owner.personal_id, "owner_phone": owner.phone,
        "owner_address": "Thôn Đồi, xã Đông Các", "return_way": "online", "submitter_role": "owner",
    }  # fmt: skip
    actor, at = actor_of(owner, day_of(now())), now()
    draft = submission.save_draft(case.pk, {"office": unit.pk, "owner": told}, actor=actor, at=at)
    paper = case.components.filter(name__contains=BIRTH_NOTE).order_by("seq")[0]
    submission.keep_paper(draft, paper.pk, paper.name, store("giay-chung-sinh.pdf", [PLAIN], at, owner.pk).pk)
    return int(draft.pk)


def _news(life: _Life) -> int:
    """Three articles of the centre; the first is mended after its publication, and read and rated by two people."""
    editor, at = life.actor("receiving", "unit_head"), now()
    made = [articles.write(life.center, Text(*words), actor=editor, at=at) for words in NEWS]
    shown = [articles.publish(one.pk, seen=one.revision, actor=editor, at=at) for one in made]
    first, words = shown[-1], Text(*NEWS[-1])
    articles.change(
        first.pk, life.center, words, reason="Ghi rõ giờ đóng cửa", seen=first.revision, actor=editor, at=at
    )
    for who, stars in zip(life.citizens, (5, 4), strict=True):
        vote(first.pk, stars, actor=actor_of(who, life.today), session="", at=at)
    return int(first.pk)


def _morning(days: int) -> datetime:
    """Eight o'clock so many working days ago."""
    day = day_of(now())
    while days:
        day -= timedelta(days=1)
        days -= day.weekday() < 5
    return at_time(day, time(8))

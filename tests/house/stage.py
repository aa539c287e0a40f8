"""Every address of the house, filled with things that exist: one dossier of Lan's, brought to any point of its life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motcua.calendar.limits import Limit
from motcua.catalogue.group_rows import GroupProposal
from motcua.catalogue.life import events, reviews
from motcua.catalogue.life.legal_acts import Document, legal_act
from motcua.catalogue.life.rows import LifeEvent, OnsiteProcess
from motcua.catalogue.life.tests.made import onsite
from motcua.catalogue.models import LimitRow, Process
from motcua.dossiers.acts import (
    consultation,
    correction,
    decision,
    financial,
    parts,
    processing,
    reception,
    submission,
    supplement,
    verification,
)
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.acts.correction import Again, Grounds, NewResult
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.acts.parts import Plan
from motcua.dossiers.models import Dossier, Outage
from motcua.dossiers.outages import decide, record
from motcua.dossiers.tests import joint
from motcua.dossiers.tests.helping import helped
from motcua.fees.models import Receipt
from motcua.files.store import store
from motcua.forms.issuing import issue_all
from motcua.indices.tests.made import old_table, proposed_table
from motcua.law.tests.settling import QUANG, YEN, proposed, settle_value
from motcua.news.models import Article
from motcua.news.tests.made import article
from motcua.offices.actors import SYSTEM
from motcua.offices.tests.changes import office_change
from motcua.operations.tests.hurry import reminded
from motcua.people.tests.made import correction_request, member, organisation, organisation_request, relative
from motcua.petitions import acts as petitions
from motcua.petitions.acts import Said
from motcua.post.custody import Item, dispatch
from motcua.ratings.links import link_key
from motcua.reports.closing import close_period
from motcua.reports.models import PeriodClose
from motcua.reports.periods import parse_period
from motcua.reports.tests.opening import opened
from motcua.signing import development
from motcua.signing.codes import sealed
from tests.house.stage_hall import hall_values
from tests.house.stage_hands import transferred
from tests.house.stage_money import MONEY_GOALS, money, payment_values
from tests.papers import A_PDF
from tests.pdf_tools import make_pdf
from tests.world import World, moment

ITEMS = [{"name": "Bản sao căn cước công dân", "why": "mờ"}]
ERRORS = ("to_correct", "to_reopen", "to_redate", "corrected")
SHARED_GOALS = ("joinable", "joined", "part_back", "part_done", "joint_done")
NOW = "2021-11-04 09:00"


def routes(patterns: list[Any] | None = None, prefix: str = "/", names: str = "") -> Iterator[tuple[str, str]]:
    """Every route of the house: its name with the room's, and its address as it is written."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, address, f"{one.app_name}:" if one.app_name else names)
        elif isinstance(one, URLPattern):
            yield f"{names}{one.name}", address


@dataclass
class Stage:
    """Lan's dossier, and what fills the addresses that speak of it."""

    dossier: Dossier
    values: dict[str, Any]

    def address(self, written: str) -> str:
        """`/quay/ho-so/<int:dossier_id>/` with the dossier's own number."""
        while "<" in written:
            before, _, rest = written.partition("<")
            name, _, after = rest.partition(">")
            written = f"{before}{self.values[name.rpartition(':')[2]]}{after}"
        return written


def shared(world: World, goal: str) -> Dossier:
    """Lan's dossier of two agencies: joinable, joined (Sơn's part is 1, Hoa's 2 after it), part_back, part_done, joint_done."""
    joint.joined(world)
    dossier = lead(world, "handled")
    hoa, son, one = world.actor("hoa"), world.actor("son"), dossier.pk
    if goal == "joinable":
        return dossier
    plans = [
        Plan(1, world.cast.commune.pk, "Xác nhận cư trú", Limit.parse("5wd")),
        Plan(2, world.cast.justice.pk, "Đăng ký", Limit.parse("2wd"), waits_for=(1,)),
    ]
    parts.open_parts(one, plans=plans, actor=hoa, at=moment("2021-11-01 14:00"))
    if goal == "part_back":
        parts.return_part(one, part=1, reason="Không thuộc địa bàn", actor=son, at=moment("2021-11-02 08:00"))
    if goal in ("part_done", "joint_done"):
        at = moment("2021-11-02 08:00")
        file = store("xac-nhan.pdf", [make_pdf("Xác nhận", at)], at, world.cast.son.pk)
        parts.finish_part(one, part=1, summary="Có cư trú", file_id=file.pk, actor=son, at=at)
    if goal == "joint_done":
        tuan, at = world.actor("tuan"), moment("2021-11-02 09:00")
        parts.finish_part(one, part=2, summary="Đã đăng ký", actor=tuan, at=at)
        processing.forward(one, actor=hoa, at=at)
        decision.approve(one, actor=tuan, at=at)
        decision.finish(one, number="12/GP-STP", actor=world.actor("nga"), at=at)
    return dossier


def lead(world: World, goal: str) -> Dossier:
    """Lan's online dossier, at the goal: submitted, pre_supplement, handled, asked, supplement, asked_once, unanswered,
    hindered, payment, immediate, approval, decided, finished, or one of ERRORS.
    """
    minh, thanh, hoa, tuan, nga = (world.actor(name) for name in ("minh", "thanh", "hoa", "tuan", "nga"))
    at = moment("2021-11-01 08:00")
    file = store("to-khai.pdf", [A_PDF], at, world.cast.lan.pk)
    case = world.immediate() if goal == "immediate" else world.passport
    papers = [Paper(component.pk, file_id=file.pk) for component in case.components.all()]
    dossier = submission.submit(world.online(case_id=case.pk, papers=papers), actor=world.actor("lan"), at=at)
    one = dossier.pk
    if goal == "pre_supplement":
        reception.ask_at_intake(one, items=ITEMS, reason="Mờ", actor=minh, at=at)
    if goal in ("submitted", "pre_supplement"):
        return dossier
    reception.accept(one, actor=minh, at=moment("2021-11-01 09:00"))
    if goal == "immediate":
        return dossier
    processing.forward(one, actor=minh, at=moment("2021-11-01 10:00"))
    processing.forward(one, to_account_id=world.cast.hoa.pk, actor=thanh, at=moment("2021-11-01 11:00"))
    if goal == "unanswered":
        settle_value("r1_2018", "supplement_wait_days", 1, on=date(2021, 11, 1))
    if goal == "hindered":
        broken_down()
    if goal in ("supplement", "unanswered", "hindered"):
        supplement.ask_supplement(one, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-11-02 08:00"))
    if goal == "asked_once":
        settle_value("r1_2018", "supplement_override", "leader", on=date(2021, 11, 1))
        supplement.ask_supplement(one, items=ITEMS, reason="Mờ", actor=hoa, at=moment("2021-11-02 08:00"))
        supplement.receive_supplement(one, papers=[], actor=minh, at=moment("2021-11-03 08:00"))
    if goal == "payment":
        facts: dict[str, Any] = {
            "content": "Lệ phí trước bạ",
            "document_no": "12/TB-CCT",
            "payee": "Chi cục Thuế",
            "amount_vnd": 1_500_000,
        }
        financial.ask_financial_duty(one, **facts, actor=hoa, at=moment("2021-11-02 08:00"))
    if goal in ("handled", "supplement", "asked_once", "unanswered", "hindered", "payment", "asked"):
        return dossier
    processing.forward(one, actor=hoa, at=moment("2021-11-02 10:00"))
    if goal == "approval":
        return dossier
    result = store("ket-qua.pdf", [make_pdf("Kết quả", at)], at, world.cast.tuan.pk)
    decision.approve(one, actor=tuan, at=moment("2021-11-03 10:00"), file_id=result.pk)
    if goal != "decided":
        decision.finish(one, number="12/GP-STP", actor=nga, at=moment("2021-11-03 15:00"))
    if goal in ERRORS:
        err(world, dossier, goal)
    return dossier


def err(world: World, dossier: Dossier, goal: str) -> None:
    """An error that Thành says and Tuấn may correct: in the result, in the way, in the promised day; or did."""
    thanh, at = world.actor("thanh"), moment("2021-11-04 08:00")
    grounds = Grounds("Sai tên", "Nhập nhầm", "45/BB-STP", date(2021, 11, 4))
    if goal == "to_redate":
        correction.propose_date(dossier.pk, grounds=grounds, new_day=date(2021, 11, 15), actor=thanh, at=at)
        return
    file = store("ban-dung.pdf", [make_pdf("Bản đúng", at)], at, world.cast.thanh.pk)
    remedy = Again(3) if goal == "to_reopen" else NewResult("12a/GP-STP", file_id=file.pk)
    correction.propose_correction(dossier.pk, grounds=grounds, remedy=remedy, actor=thanh, at=at)
    if goal == "corrected":
        correction.correct_result(dossier.pk, actor=world.actor("tuan"), at=moment("2021-11-04 08:30"))


def inquiries(world: World, dossier: Dossier) -> dict[str, Any]:
    """Two offices were asked, of which the commune answered with a file; of two verifications one is recorded."""
    one, hoa, cast = dossier.pk, world.actor("hoa"), world.cast
    at = moment("2021-11-02 08:00")
    file = store("y-kien.pdf", [A_PDF], at, cast.son.pk)
    questions = [Question(cast.industry.pk, "Ngành nghề?", days=3), Question(cast.commune.pk, "Nơi ở?", days=3)]
    consultation.consult(one, questions=questions, actor=hoa, at=moment("2021-11-01 14:00"))
    asked, answered = dossier.consultations.order_by("id")
    consultation.answer_consultation(
        one, consultation_id=answered.pk, answer="Ở thật", file_id=file.pk, actor=world.actor("son"), at=at
    )
    meeting: dict[str, Any] = {"participants": "Sở, xã", "content": "Nơi ở", "needs_applicant": True, "actor": hoa}
    for begins, ends in (("2021-11-02 09:00", "2021-11-02 10:00"), ("2021-11-04 08:00", "2021-11-04 09:30")):
        when: dict[str, Any] = {"begins_at": moment(begins), "ends_at": moment(ends)}
        verification.plan_verification(one, place="Nhà bà Lan", **when, **meeting, at=at)
    done, planned = dossier.verifications.order_by("id")
    verification.record_verification(
        one,
        verification_id=done.pk,
        minutes="Đã xem",
        attended="Hoa",
        file_id=file.pk,
        actor=hoa,
        at=moment("2021-11-02 10:00"),
    )
    return {
        "asked_id": asked.pk,
        "consultation_id": answered.pk,
        "planned_id": planned.pk,
        "verification_id": done.pk,
    }


def papers_of(world: World, dossier: Dossier) -> str:
    """Whoever may sign can; the dossier's papers are issued; the text of a genuine code."""
    since, at = moment("2021-10-01 08:00"), moment(NOW)
    development.for_person(world.cast.tuan.pk, world.cast.tuan.full_name, world.cast.justice.name, since)
    development.for_office(world.cast.justice.pk, world.cast.justice.name, since)
    issue_all(dossier.pk, actor=SYSTEM, at=at, portal="http://testserver")
    return sealed(["F01@TT01", str(dossier), "9.000001", 0, 0, "01/TN", 2021, world.cast.center.code], at)


def voices(world: World, dossier: Dossier) -> dict[str, Any]:
    """Bảy's petition about the Department of Justice, as Minh wrote it down; Thành owns it. The link for rating."""
    said = Said("conduct", "Trả lời không rõ", "Nguyễn Văn Bảy", world.cast.justice.pk, phone="0912345678")
    unit, at = world.cast.center.pk, moment("2021-11-01 14:00")
    one = petitions.receive(said, way="counter", actor=world.actor("minh"), at=at, owner_office_id=unit)
    petitions.move(one.pk, office_id=world.cast.justice.pk, text="Thuộc Sở", actor=world.actor("dung"), at=at)
    petitions.assign(one.pk, owner_id=world.cast.thanh.pk, actor=world.actor("tuan"), at=at)
    key = link_key(dossier.submission_no, dossier.secret, "home")
    return {"petition_id": one.pk, "act": "tra-loi", "place": "nha", "voice_key": key}


def outage() -> Outage:
    """An outage of a night, which waits for its decision."""
    began, ended = moment("2021-10-20 20:00"), moment("2021-10-21 04:00")
    known = Outage.objects.filter(began_at=began).first()
    grounds: dict[str, Any] = {"what": "Nâng cấp cơ sở dữ liệu", "document": "TB 5/TB-STTTT"}
    return known or record(began_at=began, ended_at=ended, **grounds, by=YEN, at=moment(NOW))


def october(world: World) -> PeriodClose:
    """The centre's October, closed."""
    period, centre = parse_period("2021-10"), world.cast.center
    known = PeriodClose.objects.of(period, centre.pk, "receiving").first()
    return known or close_period(period, centre, place="receiving", actor=world.actor("dung"), at=moment(NOW))


def broken_down() -> None:
    """An outage of a morning that a second person approved."""
    began, ended = moment("2021-11-03 08:00"), moment("2021-11-03 11:00")
    if not Outage.objects.filter(began_at=began).exists():
        made = record(began_at=began, ended_at=ended, what="Hỏng", document="BB 6", by=YEN, at=moment(NOW))
        decide(made.pk, approved=True, by=QUANG, at=moment(NOW))


def group_proposal() -> GroupProposal:
    """A group of two parts, which waits for its decision."""
    part = {"code": "", "agency": "", "task": "", "limit": "1wd", "limit_source": ""}
    parts = [
        {"number": 1, "name": "Đăng ký", "office": "lead", "waits_for": [], **part},
        {"number": 2, "name": "Cấp thẻ", "office": "so-cong-thuong", "waits_for": [1], **part},
    ]
    content = {
        "key": "stage", "codes": ["9.000001"], "name": "Nhóm đề nghị", "decision": "12/QĐ-UBND", "decided_on": "2021-10-20",
        "province": "", "lead": "Sở Tư pháp", "source": "", "confidence": "found", "parts": parts,
    }  # fmt: skip
    facts: dict[str, Any] = {
        "valid_from": date(2021, 12, 1),
        "reason": "Theo quyết định mới",
        "proposed_at": moment(NOW),
    }
    facts |= {"proposed_by": YEN.account_id, "proposer_name": YEN.name, "content": content}
    return GroupProposal.objects.get_or_create(key="stage", defaults=facts)[0]


def onsite_process(world: World) -> dict[str, Any]:
    """A process at the centre for a list of next year, which waits for its decision, as addresses speak of it."""
    places = ("receiving", "", "onsite", "onsite", "", "receiving")
    known = OnsiteProcess.objects.first()
    made = known or onsite(world.cast, "four", places, "9.000002", date(2022, 1, 4), approved=False)
    return {"onsite_id": made.pk, "mode": "four"}


def life_of_the_catalogue(world: World) -> dict[str, Any]:
    """A procedure that was suspended and is proposed to be decentralised, as addresses speak of them."""
    by, at, codes = world.cast.quang, moment("2021-10-01 08:00"), ["9.000003"]
    act = legal_act(Document("7/QĐ-UBND", date(2021, 10, 1), "chairman", "Chủ tịch UBND tỉnh"), by=by, at=at)
    event = LifeEvent.objects.filter(procedure__code__in=codes).first()
    if event is None:
        (event,) = events.record(codes, events.Happening("suspended", date(2021, 10, 1), act), by=by, at=at)
    review = reviews.open_review("Rà soát 2021", began_on=date(2021, 10, 1), act=act, by=by, at=at)
    facts: dict[str, Any] = {"kind": "delegate", "words": "Ủy quyền cho xã", "on": date(2021, 10, 1)}
    reviews.propose(review, codes, **facts, by=by, at=at)
    proposal = review.proposals.get()
    values = {"event_id": event.pk, "reviewed_id": proposal.pk, "process_id": Process.objects.get(is_default=True).pk}
    return {**values, "what": "vong-doi", "of": "danh-muc"}


def acting_for(world: World) -> dict[str, Any]:
    """Bảy represents an organisation and named the company's bookkeeper; another is asked for; a dossier is helped in."""
    made, by = organisation(world.cast, NOW), world.cast.bay
    representation = by.mandates_held.get(principal_id=made.account_id)
    return {
        "relative_id": relative(world.cast, NOW).pk,
        "organisation_id": made.pk,
        "representation_id": representation.pk,
        "mandate_id": member(made, world.cast.company, by, NOW, may_file=True).pk,
        "organisation_request_id": organisation_request(world.cast, NOW).pk,
        "helped_no": helped(world, at=NOW).submission_no,
    }


def draft_of(world: World) -> Any:
    """A draft of Lan's."""
    return submission.save_draft(
        world.passport.pk,
        {
            "office": world.cast.center.pk,
            "owner": {"owner_kind": "1", "owner_name": "Trần Thị Lan", "owner_id_no": "000190000001",
                      "owner_phone": "0900000001", "owner_address": "Xã Đông Các", "return_way": "online"},
        },
        actor=world.actor("lan"),
        at=moment(NOW),
    )  # fmt: skip


# Parts of addresses that are the same wherever the dossier stands.
FIXED = {
    "code": "9.000001", "contact": "thu-dien-tu", "kind": "receipt", "row_id": 1, "number": 1, "version": 1, "rest": "khong-co", "part": 1,
    "key": "max_extensions", "situation_key": "sinh-con", "notice_id": 1, "delivery_id": 1, "kiosk_id": 1,
    "passkey_id": 1,
}  # fmt: skip


def set_stage(world: World, goal: str) -> Stage:
    """The dossier at its goal, a draft of Lan's, and the values for every address."""
    ways = money if goal in MONEY_GOALS else shared if goal in SHARED_GOALS else lead
    dossier = ways(world, goal)
    asked = inquiries(world, dossier) if goal == "asked" else {}
    dossier.refresh_from_db()
    proof = papers_of(world, dossier)
    draft = draft_of(world)
    old_table()
    paper = dossier.papers.order_by("id").first()
    assert paper is not None
    draft_paper = submission.keep_paper(draft, None, "Ảnh", paper.file_id or 0)
    item = Item(f"EB{dossier.pk}VN", "Trần Thị Lan", world.cast.center.pk)
    receipt = Receipt.objects.first()
    values = {
        **FIXED,
        "outage_id": outage().pk,
        "group_proposal_id": group_proposal().pk,
        "table_proposal_id": proposed_table().pk,
        **onsite_process(world),
        "dossier_id": dossier.pk,
        **dict.fromkeys(("submission_no", "ref"), dossier.submission_no),
        "office_id": world.cast.center.pk,
        "case_id": world.passport.pk,
        "draft_id": draft.pk,
        "paper_id": paper.pk,
        "file_id": paper.file_id,
        "text": proof,
        "limit_row_id": LimitRow.objects.get(version=world.doubtful.version_id).pk,
        "receipt_id": receipt.pk if receipt else 0,
        "book_id": receipt.book_id if receipt else 0,
        "parcel_id": dispatch(item, actor=world.actor("minh"), at=moment("2021-11-03 08:00")).pk,
        "draft_paper_id": draft_paper.pk,
        "article_id": (Article.objects.first() or article(world.cast)).pk,
        "correction_request_id": correction_request(world.cast, NOW).pk,
        **acting_for(world),
        **voices(world, dossier),
        "proposal_id": proposed("r1_2018", "max_extensions", 2, on=date(2021, 12, 1)).pk,
        "close_id": october(world).pk,
        "office_code": world.cast.justice.code_qd20,
        "reminder_id": reminded(world, dossier, NOW),
        "transfer_id": transferred(world, dossier),
        **opened(world),
        "office_change_id": office_change().pk,
        **life_of_the_catalogue(world),
        **payment_values(dossier),
        **hall_values(world, NOW),
        **asked,
    }
    return Stage(dossier, values)

"""What a person hands in, checked once for every way of coming in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.postgresql import prepared
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.catalogue.models import Component, ProcedureVersion
from motcua.catalogue.offers import Offer, offer
from motcua.dossiers import writing
from motcua.dossiers.assistance import Help, help_faults
from motcua.dossiers.kinds import Channel, Origin, OwnerKind, ReturnWay, SubmitterRole
from motcua.dossiers.models import Dossier
from motcua.dossiers.on_screen import filled_json, form_faults
from motcua.dossiers.persons import ALONE, Submitter, return_way_fault, submitter_faults
from motcua.dossiers.routing import competent_office, named_authority, one_stop_unit, support_unit
from motcua.dossiers.writing import Papers
from motcua.offices.models import Office
from motcua.people.models import bare_number


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom the dossier is about, as stated at the counter or in the account."""

    name: str
    kind: int = OwnerKind.CITIZEN
    id_no: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper handed in: for which component (None: one more), how many, as which stored file, or filled in as text.

    typed: what was typed into the fields of the component's form, by key, right or wrong; None where it has no form.
    reused_from_id, reused_as: out of which earlier dossier of the person's it was taken, if it was (`vault`).
    """

    component_id: int | None
    name: str = ""
    originals: int = 0
    copies: int = 0
    file_id: int | None = None
    text: str = ""
    reused_from_id: int | None = None
    reused_as: str = ""
    typed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything a new dossier is made of. help: who hands it in online for an owner that can't do it alone."""

    case_id: int
    channel: int
    receiving_office_id: int
    owner: Owner
    competent_office_id: int | None = None
    papers: Sequence[Paper] = ()
    content: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    submitter: Submitter = ALONE
    support_office_id: int | None = None
    help: Help | None = None
    return_way: str = ReturnWay.COUNTER
    device: str = "web"
    origin: str = Origin.LIVE
    origin_ref: str | None = None
    # The account that hands in online where that is not the owner's own; None: it is.
    brought_by_id: int | None = None


def checked(intake: Intake, at: datetime, *, complete: bool, authority_may_wait: bool = False) -> tuple[Dossier, Offer]:
    """A dossier, not yet written, and the offer it rests on.

    complete: every mandatory component must be there (papers that a database replaces may be missing).
    authority_may_wait: where the catalogue names no authority, the receiving unit stands in until acceptance.
    Raises Invalid with one sentence per field.
    """
    terms = offer(intake.case_id, intake.channel)
    wrong = _wrong_fields(intake, terms, complete, day_of(at))
    if wrong:
        raise Invalid(_("Hồ sơ còn thiếu hoặc chưa đúng thông tin."), fields=wrong)
    receiving = one_stop_unit(intake.receiving_office_id, day_of(at))
    if receiving is None:
        sentence = _("Nơi này không tiếp nhận hồ sơ vào ngày này.")
        raise Invalid(sentence, fields={"receiving_office": sentence})
    competent_id = _competent_id(intake, terms, receiving, at, authority_may_wait)
    owner = intake.owner
    return Dossier(
        procedure_id=terms.procedure_id,
        version_id=terms.version_id,
        case_id=intake.case_id,
        channel=intake.channel,
        device=intake.device,
        origin=intake.origin,
        origin_ref=intake.origin_ref,
        receiving_office=receiving,
        competent_office_id=competent_id or receiving.pk,
        authority_open=competent_id is None,
        at_office_id=receiving.pk,
        owner_account_id=owner.account_id,
        owner_kind=owner.kind,
        owner_name=tidy(owner.name),
        owner_id_no=bare_number(owner.id_no),
        owner_phone=owner.phone.strip(),
        owner_email=owner.email.strip(),
        owner_address=tidy(owner.address),
        **_submitter_columns(intake),
        support_office_id=support_unit(
            _support_id(intake, receiving, competent_id), receiving.pk, competent_id, day_of(at)
        ),
        helper_id=intake.help.account_id if intake.help else None,
        helper_office_id=intake.help.office_id if intake.help else None,
        content=tidy(intake.content) or terms.procedure_name[:1000],
        answers=dict(intake.answers),
        return_way=intake.return_way,
        fee_vnd=fee_of(terms),
    ), terms


def _support_id(intake: Intake, receiving: Office, competent_id: int | None) -> int | None:
    """Who helps at a third place makes it the place of support."""
    if intake.help is None or intake.help.office_id in (receiving.pk, competent_id):
        return intake.support_office_id
    return intake.help.office_id


def _competent_id(intake: Intake, terms: Offer, receiving: Office, at: datetime, may_wait: bool) -> int | None:
    """Whom the catalogue names; a person's word counts only where it names nobody. A replay says who it was then.

    None: nobody is named yet, which is for the officer who accepts, and not for the citizen, to do.
    """
    if intake.competent_office_id is not None and intake.origin != Origin.LIVE:
        return intake.competent_office_id
    try:
        return competent_office(terms.competent_key, terms.field, receiving, day_of(at)).pk
    except Invalid:
        return None if may_wait else named_authority(intake.competent_office_id, receiving, day_of(at)).pk


def fee_of(terms: Offer) -> int | None:
    """The whole fee in đồng; None while any part of it has to be said by a person."""
    total = 0
    for fee in terms.fees:
        if fee.amount_vnd is None:
            return None
        total += fee.amount_vnd
    return total


def papers_given(papers: Sequence[Paper], terms: Offer, on: date) -> Papers:
    """What is kept of the papers, column by column."""
    names = {component.id: component.name for component in terms.components}
    return (
        [paper.component_id for paper in papers],
        [tidy(paper.name) or names.get(paper.component_id or 0, "") for paper in papers],
        [paper.originals for paper in papers],
        [paper.copies for paper in papers],
        [paper.file_id for paper in papers],
        [paper.text.strip() for paper in papers],
        [paper.reused_from_id for paper in papers],
        [paper.reused_as for paper in papers],
        [filled_json(paper.typed, paper.component_id, terms, on) for paper in papers],
    )


def write_papers(dossier: Dossier, papers: Sequence[Paper], terms: Offer, at: datetime) -> None:
    """Keep papers that come to a dossier that is already there, in one statement."""
    if papers:
        writing.write_papers(dossier, papers_given(papers, terms, day_of(at)), at)


def _wrong_fields(intake: Intake, terms: Offer, complete: bool, on: date) -> dict[str, str]:
    return {
        **_wrong_terms(intake, terms, on),
        **_wrong_owner(intake),
        **_wrong_submitter(intake, on),
        **_wrong_papers(intake, terms, complete, on),
    }


def _wrong_terms(intake: Intake, terms: Offer, on: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    closed = terms.closed_on(on)
    if terms.status != ProcedureVersion.Status.PUBLISHED:
        wrong["case"] = _("Thủ tục này đã có phiên bản mới hoặc hết hiệu lực: hãy chọn lại thủ tục.")
    elif closed is not None:
        # What was handed in before the day goes on; only new dossiers are not taken.
        wrong["case"] = _("Thủ tục này không nhận hồ sơ mới: %(why)s.") % {"why": str(closed.label).lower()}
    if intake.channel not in Channel.values:
        wrong["channel"] = _("Cách nộp không hợp lệ.")
    elif not terms.accepts_channel:
        wrong["channel"] = _("Thủ tục này không tiếp nhận theo cách nộp đã chọn.")
    if intake.return_way not in ReturnWay.values:
        wrong["return_way"] = _("Cách nhận kết quả không hợp lệ.")
    return wrong


def _wrong_owner(intake: Intake) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not tidy(intake.owner.name):
        wrong["owner_name"] = _("Cần họ tên hoặc tên tổ chức của chủ hồ sơ.")
    elif len(intake.owner.name) > 200:
        wrong["owner_name"] = _("Tên dài quá 200 ký tự.")
    for name, value, most in (
        ("owner_id_no", intake.owner.id_no, 20),
        ("owner_phone", intake.owner.phone, 20),
        ("owner_email", intake.owner.email, 200),
        ("owner_address", intake.owner.address, 300),
        ("content", intake.content, 1000),
    ):
        if len(value) > most:
            wrong[name] = _("Không được dài quá %(most)s ký tự.") % {"most": most}
    return wrong


def _wrong_submitter(intake: Intake, on: date) -> dict[str, str]:
    """An account speaks for its own person; whoever hands in for another says so. Law: ND61-2018 16"""
    if intake.help is not None:
        return _wrong_help(intake, intake.help, on)
    is_online = intake.channel == Channel.ONLINE
    wrong = submitter_faults(
        intake.submitter,
        owner_name=intake.owner.name,
        owner_id_no=intake.owner.id_no,
        on=on,
        account_id_no=_account_id_no(intake.brought_by_id or intake.owner.account_id) if is_online else "",
    )
    if fault := return_way_fault(intake.submitter, intake.return_way, is_online=is_online):
        wrong["return_way"] = fault
    return wrong


def _wrong_help(intake: Intake, told: Help, on: date) -> dict[str, str]:
    """Somebody at a unit hands in for the owner: online only, from their own account, with the owner's consent."""
    wrong = help_faults(
        told,
        owner_kind=intake.owner.kind,
        owner_name=intake.owner.name,
        owner_id_no=intake.owner.id_no,
        helper_id_no=_account_id_no(told.account_id),
        return_way=intake.return_way,
        files={paper.file_id for paper in intake.papers},
    )
    if intake.channel != Channel.ONLINE or intake.owner.account_id is not None:
        wrong["channel"] = _("Chỉ giúp nộp trực tuyến, bằng tài khoản của người giúp.")
    if one_stop_unit(told.office_id, on) is None:
        wrong["help_office"] = _("Nơi giúp nộp phải là một Bộ phận Một cửa đang hoạt động vào ngày này.")
    return wrong


def _account_id_no(account_id: int | None) -> str:
    found = prepared("select personal_id from people_account where id = %s", [account_id]).fetchone()
    return str(found[0]) if found else ""


def _submitter_columns(intake: Intake) -> dict[str, Any]:
    """The columns of who brought it; an owner's own name is not said twice."""
    told = intake.submitter.tidied()
    if intake.help is not None:
        told = Submitter(SubmitterRole.HELPER, tidy(intake.help.name))
    if told.role == SubmitterRole.OWNER:
        told = ALONE
    return {f"submitter_{field.name}": getattr(told, field.name) for field in fields(told)}


def _wrong_papers(intake: Intake, terms: Offer, complete: bool, on: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    known = {component.id for component in terms.components}
    if any(paper.component_id is not None and paper.component_id not in known for paper in intake.papers):
        wrong["papers"] = _("Có giấy tờ không thuộc thành phần hồ sơ của thủ tục này.")
    on_screen = {component.id for component in terms.components if component.kind == Component.Kind.ON_SCREEN}
    given = {
        paper.component_id
        for paper in intake.papers
        if paper.component_id not in on_screen
        or paper.file_id is not None
        or paper.text.strip()
        or paper.typed is not None
    }
    missing = [c.name for c in terms.components if c.mandatory and not c.replaced_by_database and c.id not in given]
    if complete and missing:
        wrong["papers"] = _("Còn thiếu: %(names)s") % {"names": "; ".join(name[:120] for name in missing)}
    if faults := form_faults(intake.papers, terms, on):
        wrong["papers"] = " ".join([*([wrong["papers"]] if wrong else []), *faults])
    return wrong

"""Who brings a dossier and who may collect its result: the persons beside the owner, judged here for every way in.

Pure; no tables. Law: ND61-2018 6; ND61-2018 16; BLDS-2015 135
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from motcua.base.text import tidy
from motcua.dossiers.kinds import ReturnWay, SubmitterRole
from motcua.people.models import bare_number

# A personal number (12 digits), an old identity card (9), or a passport.
ID_NO = re.compile(r"\d{12}|\d{9}|(?=[0-9]*[A-Z])[A-Z0-9]{6,9}")
LONGEST = {"name": 200, "phone": 20, "relation": 100, "authority_no": 100}
# In whose own account a result may be put: the owner's, or that of somebody who stands in the owner's place.
STANDS_FOR_OWNER = frozenset({SubmitterRole.OWNER, SubmitterRole.AGENT, SubmitterRole.HELPER})


@dataclass(frozen=True, slots=True)
class Submitter:
    """Who brought the dossier, in which role; the owner alone needs no words. `authority_*`: by what an agent acts."""

    role: str = SubmitterRole.OWNER
    name: str = ""
    id_no: str = ""
    phone: str = ""
    relation: str = ""
    authority_no: str = ""
    authority_on: date | None = None

    @property
    def is_agent(self) -> bool:
        return self.role == SubmitterRole.AGENT

    @property
    def brings(self) -> bool:
        """Whether this person, and not the owner, hands the dossier in: a helper only helps."""
        return self.role in (SubmitterRole.SUBMITTER, SubmitterRole.AGENT)

    @property
    def stands_for_owner(self) -> bool:
        """Whether their account takes a result in the owner's place; a helper uses the owner's own account."""
        return self.role in STANDS_FOR_OWNER

    @property
    def by_what(self) -> str:
        """The relation, or the authority with its day, as it is shown; empty for an owner or helper."""
        if self.authority_on is not None:
            return f"{self.authority_no}, {self.authority_on:%d/%m/%Y}"
        return self.authority_no or self.relation

    def tidied(self) -> Submitter:
        """As it is stored."""
        return replace(
            self,
            name=tidy(self.name),
            id_no=bare_number(self.id_no),
            phone=tidy(self.phone),
            relation=tidy(self.relation),
            authority_no=tidy(self.authority_no),
        )


# The owner, and nobody else.
ALONE = Submitter()


def submitter_faults(
    submitter: Submitter, *, owner_name: str, owner_id_no: str, on: date, account_id_no: str = ""
) -> dict[str, str]:
    """What is wrong with the statement who brought the dossier on that day, a sentence per field; empty: nothing.

    account_id_no: identity number of the account that hands in online; empty where there is none.
    """
    if submitter.role not in SubmitterRole.values:
        return {"submitter_role": _("Hãy chọn người nộp là ai.")}
    told = submitter.tidied()
    wrong = {**_wrong_lengths(told), **_wrong_words(told, owner_name, owner_id_no), **_wrong_authority(told, on)}
    return wrong | (_wrong_account(told, owner_id_no, account_id_no) if account_id_no and not wrong else {})


def _wrong_lengths(told: Submitter) -> dict[str, str]:
    return {
        f"submitter_{name}": _("Không được dài quá %(most)s ký tự.") % {"most": most}
        for name, most in LONGEST.items()
        if len(getattr(told, name)) > most
    }


def _wrong_words(told: Submitter, owner_name: str, owner_id_no: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if told.role == SubmitterRole.OWNER:
        if told != ALONE and told.name != tidy(owner_name):
            wrong["submitter_role"] = _("Đã ghi thông tin của người khác: hãy chọn người này nộp với tư cách gì.")
        return wrong
    if not told.name:
        wrong["submitter_name"] = _("Cần họ tên của người này.")
    if not told.id_no and told.brings:
        wrong["submitter_id_no"] = _("Cần số định danh hoặc hộ chiếu của người nộp để ghi trên giấy tiếp nhận.")
    elif told.id_no and not ID_NO.fullmatch(told.id_no):
        wrong["submitter_id_no"] = id_no_rule()
    elif told.id_no and told.id_no == bare_number(owner_id_no):
        wrong["submitter_id_no"] = _("Đây là số của chủ hồ sơ: chủ hồ sơ tự nộp thì chọn “Chủ hồ sơ”.")
    elif told.role == SubmitterRole.HELPER and told.name == tidy(owner_name) and not told.id_no:
        wrong["submitter_name"] = _("Đây là tên chủ hồ sơ: hãy ghi người đã giúp.")
    if told.phone and not 8 <= sum(sign.isdigit() for sign in told.phone) <= 15:
        wrong["submitter_phone"] = _("Số điện thoại có 8 đến 15 chữ số.")
    if told.role == SubmitterRole.SUBMITTER and not told.relation:
        wrong["submitter_relation"] = _("Cần nêu quan hệ với chủ hồ sơ: con, vợ, chồng, nhân viên…")
    return wrong


def _wrong_authority(told: Submitter, on: date) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if told.is_agent:
        if not told.authority_no:
            wrong["submitter_authority_no"] = _("Người được ủy quyền phải có giấy ủy quyền hoặc giấy tờ đại diện.")
        if told.authority_on is None:
            wrong["submitter_authority_on"] = _("Cần ngày của giấy ủy quyền hoặc giấy tờ đại diện.")
        elif told.authority_on > on:
            wrong["submitter_authority_on"] = _("Ngày này còn ở phía trước.")
    elif told.role != SubmitterRole.OWNER and (told.authority_no or told.authority_on):
        wrong["submitter_authority_no"] = _("Có giấy ủy quyền thì chọn “Người được ủy quyền, đại diện”.")
    return wrong


def _wrong_account(told: Submitter, owner_id_no: str, account_id_no: str) -> dict[str, str]:
    """An account speaks for its own person: whoever hands in for somebody else says so."""
    person = told.id_no if told.brings else bare_number(owner_id_no)
    if not person or person == bare_number(account_id_no):
        return {}
    if told.brings:
        return {"submitter_id_no": _("Số này khác số định danh của tài khoản đang nộp.")}
    return {"submitter_role": _("Tài khoản này không phải của chủ hồ sơ: hãy chọn bạn nộp với tư cách gì.")}


def id_no_rule() -> str:
    """How an identity number looks, as a sentence."""
    return _("Số định danh có 12 chữ số (chứng minh nhân dân cũ 9 chữ số); hộ chiếu có 6 đến 9 chữ cái, chữ số.")


@dataclass(frozen=True, slots=True)
class Collector:
    """Who takes a result at the counter; `by`: owner, agent (named when the dossier came in), new_agent."""

    name: str
    id_no: str
    by: str
    authorisation: str = ""


def collector(
    submitter: Submitter, *, owner_name: str, owner_id_no: str, taker: str, id_no: str, authorisation: str
) -> tuple[Collector, dict[str, str]]:
    """Who takes the result at the counter, and what forbids it, a sentence per field.

    The owner; the agent whom the dossier names, with the same identity number; anybody else with an authority of
    their own. Whoever only brought the dossier, or helped, is anybody else. Law: ND61-2018 6; BLDS-2015 135
    """
    name, number, paper = tidy(taker) or owner_name, bare_number(id_no), tidy(authorisation)
    owner_no = bare_number(owner_id_no)
    if name == owner_name and (not number or not owner_no or number == owner_no):
        return Collector(name, number, "owner", paper), {}
    if submitter.is_agent and submitter.name == name and number and number == submitter.id_no:
        return Collector(name, number, "agent", paper or submitter.by_what), {}
    return Collector(name, number, "new_agent", paper), _wrong_collector(submitter, owner_name, name, number, paper)


def _wrong_collector(submitter: Submitter, owner_name: str, name: str, number: str, paper: str) -> dict[str, str]:
    if not paper and submitter.is_agent and submitter.name == name:
        return {"taken_by_id_no": _("Cần số giấy tờ đúng như đã ghi của người được ủy quyền khi nộp hồ sơ.")}
    if not paper and name == owner_name:
        return {"taken_by_id_no": _("Số này khác số của chủ hồ sơ: người khác nhận thì cần giấy ủy quyền.")}
    wrong: dict[str, str] = {}
    if not paper:
        wrong["authorisation"] = _("Người nhận không phải chủ hồ sơ: cần giấy ủy quyền.")
    if not number:
        wrong["taken_by_id_no"] = _("Cần số giấy tờ tùy thân của người nhận thay.")
    elif not ID_NO.fullmatch(number):
        wrong["taken_by_id_no"] = id_no_rule()
    return wrong


def return_way_fault(submitter: Submitter, way: str, *, is_online: bool) -> str | None:
    """Why the result can't go back that way; None: it can. An account takes a result only in the owner's place."""
    if way == ReturnWay.ONLINE and is_online and not submitter.stands_for_owner:
        return _("Kết quả trực tuyến chỉ trả vào tài khoản của chủ hồ sơ hoặc của người được ủy quyền.")
    return None

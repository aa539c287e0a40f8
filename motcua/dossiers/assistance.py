"""Who hands in online for somebody that can't do it alone, and what shows that this person wants it. Pure; no tables.

The helper is an officer or a helper posted at a one-stop unit and uses their own account; the dossier is the person's.
What shows the consent is kept: in the dossier (a signed paper) and in the event of the submission (all of it).
Law: ND61-2018 16; LBVDLCN-2025
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.text import fold, tidy
from motcua.dossiers.kinds import ConsentWay, OwnerKind, ReturnWay
from motcua.dossiers.persons import ID_NO, id_no_rule
from motcua.people.models import bare_number

# What a draft keeps when it is written for somebody else: the office in whose name.
HELPING_AT = "helping"
# What the signed paper is called among the papers of a dossier; stored, so never translated.
CONSENT_PAPER = "Văn bản đồng ý nhờ giúp nộp hồ sơ trực tuyến"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A code that was read out: its row, the telephone it went to (national form), and when."""

    pk: int
    phone: str
    sent_at: datetime
    confirmed_at: datetime

    def as_json(self) -> dict[str, Any]:
        """As the event of the submission keeps it."""
        when = {"sent_at": self.sent_at.isoformat(), "confirmed_at": self.confirmed_at.isoformat()}
        return {"code": self.pk, "phone": self.phone, **when}


@dataclass(frozen=True, slots=True)
class Help:
    """Who helps, at which unit, and the consent: by a signed paper (its stored file), before a witness, or by a code that
    went to the person's telephone (which only the act of handing in fills in).

    read_aloud: everything was read to the person, who agreed.
    """

    account_id: int
    name: str
    office_id: int
    way: str
    paper_file_id: int | None = None
    witness_name: str = ""
    witness_id_no: str = ""
    read_aloud: bool = False
    code: Confirmed | None = None

    def as_json(self) -> dict[str, Any]:
        """As the event of the submission keeps it; a stored file never changes, so its number names its content."""
        said: dict[str, Any] = {"account": self.account_id, "office": self.office_id, "way": self.way}
        if self.way == ConsentWay.PAPER:
            return said | {"paper": self.paper_file_id}
        if self.code is not None:
            return said | self.code.as_json()
        return said | {"witness": tidy(self.witness_name), "witness_id_no": bare_number(self.witness_id_no)}


def consent_faults(told: Help, *, owner_name: str, owner_id_no: str, helper_id_no: str) -> dict[str, str]:
    """What the consent lacks beside its paper, a sentence per field; the person has a number, and is another than the helper.

    helper_id_no: of the helper's account, where it is known.
    """
    wrong = _wrong_person(bare_number(owner_id_no), bare_number(helper_id_no))
    if told.way not in ConsentWay.values:
        return wrong | {"help_way": _("Hãy chọn người này đồng ý bằng cách nào.")}
    if told.way == ConsentWay.WITNESS:
        wrong |= _wrong_witness(told, owner_name, bare_number(owner_id_no), bare_number(helper_id_no))
    return wrong


def help_faults(
    told: Help,
    *,
    owner_kind: int,
    owner_name: str,
    owner_id_no: str,
    helper_id_no: str,
    return_way: str,
    files: Collection[int | None],
) -> dict[str, str]:
    """Why this can't be handed in with help, a sentence per field; empty: it can. files: stored files of its papers."""
    wrong = consent_faults(told, owner_name=owner_name, owner_id_no=owner_id_no, helper_id_no=helper_id_no)
    if owner_kind != OwnerKind.CITIZEN:
        wrong["owner_kind"] = _("Chỉ giúp công dân nộp; tổ chức tự nộp hoặc ủy quyền.")
    if told.way == ConsentWay.PAPER and (told.paper_file_id is None or told.paper_file_id not in files):
        wrong["help_paper"] = _("Cần tải lên văn bản đồng ý có chữ ký của người được giúp.")
    if told.way == ConsentWay.CODE and told.code is None:
        wrong["code"] = _("Cần mã mà người được giúp nhận trên điện thoại của mình.")
    if not told.read_aloud:
        wrong["read_aloud"] = _("Cần đọc lại toàn bộ nội dung cho người này nghe và được người này đồng ý.")
    if fault := helped_return_fault(return_way):
        wrong["return_way"] = fault
    return wrong


def helped_return_fault(way: str) -> str | None:
    """Why the result can't go back that way; None: it can. The helper's account never takes it."""
    if way == ReturnWay.ONLINE:
        return _("Người được giúp không nộp bằng tài khoản của mình nên kết quả trả tại quầy hoặc qua bưu chính.")
    return None


def _wrong_person(owner_no: str, helper_no: str) -> dict[str, str]:
    if not ID_NO.fullmatch(owner_no):
        return {"owner_id_no": id_no_rule()}
    if owner_no == helper_no:
        return {"owner_id_no": _("Đây là số của chính bạn: hãy tự nộp bằng tài khoản của mình.")}
    return {}


def _wrong_witness(told: Help, owner_name: str, owner_no: str, helper_no: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    name, number = tidy(told.witness_name), bare_number(told.witness_id_no)
    if not name:
        wrong["help_witness_name"] = _("Cần họ tên người làm chứng.")
    elif len(name) > 200:
        wrong["help_witness_name"] = _("Tên dài quá 200 ký tự.")
    if not ID_NO.fullmatch(number):
        wrong["help_witness_id_no"] = id_no_rule()
    elif number == owner_no:
        wrong["help_witness_id_no"] = _("Đây là số của chủ hồ sơ: người làm chứng phải là người khác.")
    elif number == helper_no or (not helper_no and fold(name) == fold(told.name)):
        wrong["help_witness_id_no"] = _("Người giúp không tự làm chứng: hãy nhờ người khác.")
    elif fold(name) == fold(owner_name):
        wrong["help_witness_name"] = _("Đây là tên chủ hồ sơ: hãy ghi người làm chứng.")
    return wrong

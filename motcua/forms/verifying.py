"""Is the result of a dossier still what was issued: the bytes, who signed it and when, and its QR code, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.base.times import VIETNAM
from motcua.dossiers.models import Dossier, Result
from motcua.files.check import PDF
from motcua.files.store import open_file
from motcua.forms.proof import proof_in_pdf, read_proof
from motcua.signing import checking
from motcua.signing.checking import Signature
from motcua.signing.codes import VERSION


class Code(StrEnum):
    """What the QR code that a file carries is worth."""

    ABSENT = "absent"
    GENUINE = "genuine"
    FOREIGN = "foreign"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a result. is_intact: its bytes are those that were issued. code: of its QR code."""

    is_intact: bool
    sha256: str
    signatures: tuple[Signature, ...]
    code: Code
    code_sentence: str

    @property
    def holds(self) -> bool:
        """Signed, every signature good, the bytes those that were issued, and no QR code that says otherwise."""
        are_good = bool(self.signatures) and all(one.is_good for one in self.signatures)
        return self.is_intact and are_good and self.code in (Code.ABSENT, Code.GENUINE)

    @property
    def is_bent(self) -> bool:
        """Something is wrong with it; nobody having signed is not."""
        return not self.holds and (bool(self.signatures) or not self.is_intact or self.code != Code.ABSENT)

    @property
    def sentence(self) -> str:
        """The whole in one sentence: who signed and when, or what is wrong."""
        if not self.is_intact:
            return _("Đừng dùng tệp này: nó không còn đúng từng byte như khi phát hành. Hãy báo cơ quan giải quyết.")
        bad = next((one for one in self.signatures if not one.is_good), None)
        if bad is not None:
            return _("Đừng dùng tệp này: %(verdict)s.") % {"verdict": bad.verdict.label}
        if self.code in (Code.FOREIGN, Code.FORGED):
            return _("Đừng dùng tệp này: %(why)s") % {"why": self.code_sentence}
        if not self.signatures:
            return _(
                "Tệp này còn nguyên như khi phát hành, nhưng không có chữ ký số nên người khác không tự kiểm tra được."
            )
        who = "; ".join(_signed_words(one) for one in self.signatures)
        return _("Chữ ký còn đúng và tệp chưa bị thay đổi: %(who)s.") % {"who": who}


def check_result(dossier: Dossier, at: datetime) -> Checked:
    """Everything that can be checked of a result. Raises NotThere where there is no PDF."""
    result = Result.objects.filter(dossier=dossier).select_related("file").first()
    if result is None or result.file is None or result.file.media_type != PDF:
        raise NotThere(_("Không có tệp này."))
    try:
        with open_file(result.file) as file:
            content = file.read()
    except FileNotFoundError:
        return Checked(False, "", (), Code.ABSENT, _("Tệp không còn trong kho."))
    found = sha256(content).hexdigest()
    return check_content(content, found == result.file.sha256, dossier, at)


def check_content(content: bytes, is_intact: bool, dossier: Dossier, at: datetime) -> Checked:
    """The same of bytes at hand. What is no PDF any more has no signatures, and is not intact."""
    digest = sha256(content).hexdigest()
    try:
        signatures = tuple(checking.check(content, at))
        code, said = _code_of(content, dossier)
    except Invalid as fault:
        return Checked(False, digest, (), Code.ABSENT, str(fault))
    return Checked(is_intact, digest, signatures, code, said)


def _code_of(content: bytes, dossier: Dossier) -> tuple[Code, str]:
    text = proof_in_pdf(content)
    # Other programs write keywords of their own there.
    if VERSION not in text:
        return Code.ABSENT, _("Tệp không mang mã QR của hệ thống này; chữ ký số là căn cứ để kiểm tra.")
    try:
        proof = read_proof(text)
    except Invalid as fault:
        return Code.FORGED, str(fault)
    words = {"title": proof.form.title, "number": f"{proof.number} ({proof.year})", "code": proof.code}
    if proof.code != str(dossier):
        return Code.FOREIGN, _("Mã QR là của hồ sơ khác: %(code)s.") % words
    return Code.GENUINE, _("Mã QR là thật và của hồ sơ này: %(title)s, số %(number)s.") % words


def _signed_words(one: Signature) -> str:
    if one.signed_at is None:
        return one.signer
    return _("%(who)s ký lúc %(at)s") % {
        "who": one.signer,
        "at": f"{one.signed_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
    }

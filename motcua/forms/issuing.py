"""Papers go out once: a number from the register, facts frozen, a file with its hash; whoever asks again gets the same.

First the number and the facts, in one short transaction; then the file, set and sealed outside of it (a timestamp
server may be slow); then the file is put beside the number. If the middle fails, the next request goes on from there
with the same number. Law: TT01-2018 9; TT01-2018 10
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere, Refused
from motcua.base.times import day_of
from motcua.base.typesetting import typeset
from motcua.dossiers.models import Dossier
from motcua.files.store import open_file, store
from motcua.forms.catalogue import Kind, form_by_id
from motcua.forms.facts import Writing, write
from motcua.forms.models import IssuedForm
from motcua.forms.proof import CODE_PATH, make_proof, qr_svg
from motcua.forms.sources import Paper, Source
from motcua.forms.words import local, moment_words
from motcua.offices.actors import Actor
from motcua.signing import pens
from motcua.signing.certificates import pick
from motcua.signing.models import Certificate

TRACK_PATH = "/ho-so/tra-cuu/"
# Letters of the office carry its seal; a receipt is signed by the receiver's hand.
SEALED = frozenset({Kind.SUPPLEMENT, Kind.REFUSAL, Kind.APOLOGY, Kind.STOP})
WITH_NAMES = ("procedure", "receiving_office__parent", "competent_office__parent", "support_office")
_NEXT = """
INSERT INTO forms_register AS register (office_id, series, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (office_id, series, year) DO UPDATE SET last = register.last + 1 RETURNING id, last
"""


@dataclass(frozen=True)
class Asked:
    """Which paper of which dossier."""

    dossier_id: int
    kind: str
    occasion: int = 1


def issue(asked: Asked, *, actor: Actor, at: datetime, portal: str) -> IssuedForm:
    """The issued paper: made now, or the one that was issued before.

    portal: address of the portal as people reach it, e.g. https://dichvucong.example (without a slash at the end).
    Raises NotThere when the dossier calls for no such paper. Where sealing fails the number is kept, and asking
    again goes on from there.
    """
    row = issued(asked) or _number(asked, actor, at, portal)
    if row.file_id is None:
        _complete(row, at)
        row.refresh_from_db()
    return row


def issue_all(dossier_id: int, *, actor: Actor, at: datetime, portal: str) -> list[IssuedForm]:
    """Every paper for the applicant that the dossier calls for and that is not issued yet."""
    source = Source(_dossier(dossier_id))
    there = {(row.kind, row.occasion) for row in IssuedForm.objects.filter(dossier_id=dossier_id, file__isnull=False)}
    wanted = [paper for paper in source.papers() if (paper.kind, paper.occasion) not in there]
    return [issue(Asked(dossier_id, paper.kind, paper.occasion), actor=actor, at=at, portal=portal) for paper in wanted]


def issued(asked: Asked) -> IssuedForm | None:
    """The paper, if it was issued."""
    rows = IssuedForm.objects.select_related("file", "sealed_with")
    return rows.filter(dossier_id=asked.dossier_id, kind=asked.kind, occasion=asked.occasion).first()


def original_of(row: IssuedForm) -> bytes:
    """The issued file, byte for byte."""
    if row.file is None:
        raise Refused(_("Phiếu đã có số nhưng chưa được đóng dấu số xong. Hãy phát hành lại."), code="form_unfinished")
    with open_file(row.file) as file:
        return file.read()


def copy_of(row: IssuedForm, at: datetime) -> bytes:
    """The same paper with the same number, marked as a copy printed at `at`; not sealed."""
    sealed_at = row.file.stored_at if row.file else None
    return _set(row.form_id, row.facts, row.sealed_with, row.dated_at, sealed_at=sealed_at, copy_at=at)


def preview(asked: Asked, *, at: datetime, portal: str) -> bytes:
    """The paper as it would go out, without number, code and seal, marked as a draft; the control slip as it stands.

    Raises NotThere when the dossier calls for no such paper.
    """
    source, paper = _wanted(asked, at)
    writing = write(source, paper, portal + TRACK_PATH)
    is_draft = paper.kind != Kind.CONTROL
    facts = {**writing.facts, "number": "", "proof": "", "code_address": "", "draft": is_draft}
    return _set(paper.form.id, facts, None, paper.dated_at)


def _dossier(dossier_id: int) -> Dossier:
    found = Dossier.objects.select_related(*WITH_NAMES).filter(pk=dossier_id).first()
    if found is None:
        raise NotThere(_("Không có hồ sơ này."))
    return found


def _wanted(asked: Asked, at: datetime) -> tuple[Source, Paper]:
    source = Source(_dossier(asked.dossier_id))
    paper = source.paper(asked.kind, asked.occasion, at)
    if paper is None:
        raise NotThere(_("Hồ sơ này không có phiếu như vậy."))
    return source, paper


def _number(asked: Asked, actor: Actor, at: datetime, portal: str) -> IssuedForm:
    """Give the paper its number and freeze what it says; two who ask at once get one paper."""
    source, paper = _wanted(asked, at)
    if not paper.form.series:
        raise Refused(_("Phiếu này đi cùng hồ sơ, không vào sổ riêng: chỉ cần in."), code="form_has_no_register")
    writing = write(source, paper, portal + TRACK_PATH)
    try:
        with transaction.atomic():
            return _numbered(source.dossier, paper, writing, actor, at, portal)
    except IntegrityError:
        row = issued(asked)
        if row is None:
            raise
        return row


def _numbered(dossier: Dossier, paper: Paper, writing: Writing, actor: Actor, at: datetime, portal: str) -> IssuedForm:
    """The register's row stays locked until the commit: no number is given twice, and a failure leaves no gap."""
    year = day_of(paper.dated_at).year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [writing.office.pk, paper.form.series, year])
        register_id, number = cursor.fetchone()
    number_text = f"{number:02d}/{paper.form.series}"
    proof = make_proof(
        form_id=paper.form.id,
        code=writing.facts["code"],
        procedure_code=dossier.procedure.code,
        accepted_at=dossier.accepted_at,
        due_at=writing.due_at,
        number=number_text,
        year=year,
        office_code=writing.office.code,
        at=at,
    )
    said = {"number": number_text, "proof": proof, "code_address": f"{portal}{CODE_PATH}{proof}", "draft": False}
    return IssuedForm.objects.create(
        dossier=dossier,
        form_id=paper.form.id,
        kind=paper.kind,
        occasion=paper.occasion,
        register_id=register_id,
        number=number,
        dated_at=paper.dated_at,
        issued_at=at,
        issued_by_id=actor.account_id,
        issued_by_name=actor.full_name,
        facts={**writing.facts, **said},
    )


def _complete(row: IssuedForm, at: datetime) -> None:
    """Set the file, seal it where the office has a seal, and put it beside its number; whoever is first wins."""
    seal = _seal_of(row, at)
    document = _set(row.form_id, row.facts, seal, row.dated_at, sealed_at=at)
    if seal is not None:
        document = pens.sign(document, pens.take(seal, at), at=at, reason=row.title, visible=False)
    file = store(f"{row.facts['code']}-{row.kind}-{row.occasion}.pdf", [document], at, row.issued_by_id)
    IssuedForm.objects.filter(pk=row.pk, file=None).update(
        file=file, sealed_with=seal, sha256=sha256(document).hexdigest()
    )


def _seal_of(row: IssuedForm, at: datetime) -> Certificate | None:
    """The seal of the office whose register the number is from; None where it has none that may sign now."""
    if row.kind not in SEALED or row.register is None:
        return None
    try:
        return pick(Certificate.objects.of_office(row.register.office_id).exclude(key_name=""), at)
    except Refused:
        return None


def _set(
    form_id: str,
    facts: dict[str, Any],
    seal: Certificate | None,
    made_at: datetime,
    *,
    sealed_at: datetime | None = None,
    copy_at: datetime | None = None,
) -> bytes:
    address = facts["code_address"]
    shown = {
        **facts,
        "qr": qr_svg(address) if address else "",
        "seal": facts["office"] if seal else "",
        "seal_note": "Chứng thư số thử nghiệm, không có giá trị pháp lý" if seal and seal.is_development else "",
        "sealed_at": f"{local(sealed_at):%H:%M %d/%m/%Y}" if seal and sealed_at else "",
        "copy_at": moment_words(copy_at) if copy_at else "",
    }
    return typeset(form_by_id(form_id).template, shown, made_at=made_at)

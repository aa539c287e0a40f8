"""Documents that rows of the catalogue's life rest on, and finding the procedures that they name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.catalogue.life.rows import LegalAct
from motcua.catalogue.models import Procedure

MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Document:
    """What a person types of a document."""

    number: str
    signed_on: date
    issuer: str
    issued_by: str
    effective_on: date | None = None
    shortened: bool = False


def legal_act(document: Document, *, by: Any, at: datetime) -> LegalAct:
    """The row of a document, made when it isn't there yet. Raises Invalid when what is there says otherwise."""
    number, issued_by = tidy(document.number), tidy(document.issued_by)
    wrong = {
        name: _("Không được để trống.") for name, value in (("number", number), ("issued_by", issued_by)) if not value
    }
    if document.issuer not in LegalAct.Issuer.values:
        wrong["issuer"] = _("Không hợp lệ.")
    if document.effective_on is not None and document.effective_on < document.signed_on:
        wrong["effective_on"] = _("Ngày có hiệu lực không được trước ngày ký.")
    if wrong:
        raise Invalid(_("Văn bản còn thiếu hoặc chưa đúng thông tin."), fields=wrong)
    facts = {"effective_on": document.effective_on, "issuer": document.issuer, "shortened": document.shortened}
    act, made = LegalAct.objects.get_or_create(
        number=number,
        signed_on=document.signed_on,
        issued_by=issued_by,
        defaults={**facts, "entered_by": by, "entered_at": at},
    )
    if not made and any(getattr(act, name) != value for name, value in facts.items()):
        sentence = _("Văn bản này đã được ghi với ngày hiệu lực, thẩm quyền hoặc trình tự khác.")
        raise Invalid(sentence, fields={"number": sentence}, code="act_differs")
    return act


def procedures_named(codes: Iterable[str], *, lock: bool = False) -> list[Procedure]:
    """The procedures with these codes, in the order given, each once. Raises Invalid naming every code that is unknown."""
    wanted = list(dict.fromkeys(code for given in codes if (code := tidy(given))))
    rows = Procedure.objects.select_for_update(of=("self",)) if lock else Procedure.objects.all()
    found = {row.code: row for row in rows.filter(code__in=wanted).order_by("id")}
    missing = [code for code in wanted if code not in found]
    if missing or not wanted:
        shown = ", ".join(missing[:MOST_SHOWN]) + ("…" if len(missing) > MOST_SHOWN else "")
        sentence = (
            _("Không có thủ tục mang mã: %(codes)s.") % {"codes": shown}
            if missing
            else _("Cần ít nhất một mã thủ tục.")
        )
        raise Invalid(sentence, fields={"codes": sentence}, code="unknown_procedure")
    return [found[code] for code in wanted]

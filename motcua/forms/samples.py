"""A sample of every form, marked MẪU, for whoever wants to see the papers before the first dossier. No row is touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from motcua.base.typesetting import typeset
from motcua.forms.catalogue import FEE_RECEIPT, ROOM, Form, Kind, forms
from motcua.forms.proof import qr_svg

# Scanned, it leads to a page that says that this is no genuine paper.
ADDRESS = "https://minh-hoa.example/kt/MAU"
PLACE_AND_DAY = "Minh Hoạ, ngày 01 tháng 01 năm 2000"


def samples(made_at: datetime) -> Iterator[tuple[str, bytes]]:
    """(name without ending, PDF) of each form of each circular, and of the receipt for fees."""
    for form in forms():
        yield form.id.replace("@", "-"), typeset(form.template, sample_facts(form), made_at=made_at)
    yield "bien-lai", typeset(FEE_RECEIPT, sample_receipt(), made_at=made_at)


def sample_facts(form: Form) -> dict[str, Any]:
    """Everything that a form's template asks for."""
    letter = form.kind in (Kind.SUPPLEMENT, Kind.REFUSAL, Kind.APOLOGY, Kind.STOP)
    numbered = {
        "number": f"00/{form.series}" if form.series else "",
        "proof": "",
        "code_address": ADDRESS if form.series else "",
        "qr": qr_svg(ADDRESS),
    }
    shown = {
        "seal": _data()["all"]["competent"] if letter else "",
        "seal_note": "Mẫu, không có giá trị pháp lý",
        "sealed_at": "10:00 01/01/2000",
        "copy_at": "",
        "draft": False,
        "sample": True,
    }
    named = {
        "title": form.title,
        "form_id": form.id,
        "form_no": form.no,
        "form_source": form.circular_name,
        "place_and_day": PLACE_AND_DAY,
    }
    return {**_data()["all"], **_data()[form.kind.value], **named, **numbered, **shown}


def sample_receipt() -> dict[str, Any]:
    """The same for the receipt of phí and lệ phí."""
    return {**_data()["fee"], "draft": False, "sample": True}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((ROOM / "samples.json").read_text(encoding="utf-8"))
    return read

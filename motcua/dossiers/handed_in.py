"""What is handed in to us, on every way in: examined (`files`), its signatures looked at (`signing`), then kept.

Law: ND45-2020 10
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.base.errors import Invalid
from motcua.files import store
from motcua.files.check import PDF
from motcua.files.models import StoredFile
from motcua.files.receiving import MOST_PHOTOS, Examined, as_one_pdf, examine
from motcua.files.sentences import note_words
from motcua.signing.checking import Verdict, check

UNSIGNED = "none"
# The document itself proves it; whom we don't know, or can't read, is for the officer to judge.
CERTAINLY_BAD = (Verdict.BROKEN, Verdict.CHANGED, Verdict.EXPIRED, Verdict.REVOKED)
UNSURE = (Verdict.UNREADABLE, Verdict.UNTRUSTED)
WORST_FIRST = (*CERTAINLY_BAD, *UNSURE, Verdict.GOOD)


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is kept, and what the person should look at."""

    file: StoredFile
    notes: tuple[str, ...] = ()


def take_in(name: str, chunks: Iterable[bytes], at: datetime, by: int | None) -> Taken:
    """Examine one file and keep it as it came. Raises Invalid with a sentence that says what to do; then nothing is kept."""
    return keep(examine(name, chunks), at, by)


def take_in_photos(
    name: str, photos: Sequence[bytes], at: datetime, by: int | None
) -> tuple[Taken | None, Mapping[int, Invalid]]:
    """Photos kept as one upright PDF, and those that could not be taken: place → why. Raises Invalid."""
    if len(photos) > MOST_PHOTOS:
        sentence = _("Mỗi tệp ghép từ không quá %(most)s ảnh. Hãy gửi làm nhiều lần.") % {"most": MOST_PHOTOS}
        raise Invalid(sentence, code="too_many_photos")
    joined = as_one_pdf(name, photos)
    return (keep(joined.pdf, at, by) if joined.pdf else None), joined.refused


def keep(examined: Examined, at: datetime, by: int | None) -> Taken:
    """Keep what was examined, once its signatures are looked at. Raises Invalid (signature_invalid)."""
    verdict = signatures_of(examined, at)
    notes = tuple(note_words(code) for code in examined.notes)
    if verdict in UNSURE:
        notes += (_("%(verdict)s; cán bộ sẽ xem xét") % {"verdict": Verdict(verdict).label},)
    return Taken(store.keep_examined(examined, at, by, verdict), notes)


def signatures_of(examined: Examined, at: datetime) -> str:
    """The worst verdict on the signatures of a file; `none` where nobody signed. Raises Invalid where one is bad."""
    verdict = worst_verdict(examined.content, at) if examined.signed else UNSIGNED
    if verdict in CERTAINLY_BAD:
        words = str(Verdict(verdict).label)
        sentence = _(
            "Chữ ký số không hợp lệ: %(verdict)s. Hãy gửi tệp gốc đúng như khi được ký, hoặc mang bản giấy đến quầy."
        )
        raise Invalid(sentence % {"verdict": words[:1].lower() + words[1:]}, code="signature_invalid")
    return verdict


def worst_verdict(pdf: bytes, at: datetime) -> str:
    """The worst that is true of any signature of a PDF; `none` where there is none."""
    try:
        verdicts = {one.verdict for one in check(pdf, at)}
    except Invalid:
        return Verdict.UNREADABLE
    return next((one for one in WORST_FIRST if one in verdicts), UNSIGNED)


def file_words(stored: StoredFile) -> str:
    """What the technical check found when the file came in: pages, signatures, and whether a scanner saw it.

    Nothing for files from before there was a check.
    """
    if not stored.signatures:
        return ""
    words = []
    if stored.pages:
        words.append(ngettext("%(n)s trang", "%(n)s trang", stored.pages) % {"n": stored.pages})
    if stored.signatures in Verdict.values:
        words.append(str(Verdict(stored.signatures).label))
    elif stored.media_type == PDF:
        words.append(_("Không có chữ ký số"))
    words.append(_("đã quét vi-rút") if stored.is_scanned else _("chưa quét vi-rút"))
    return " · ".join(words)

"""The words of a notice: the province's own from a day on, else the bundled ones; and what may stand in them.

Outside the portal nothing personal is said: no name, no procedure, no reason; a link leads to where it is read after
logging in. The dossier's secret is in none of them; the link for rating gives no other right. Law: LBVDLCN-2025
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid
from motcua.base.times import VIETNAM, day_of
from motcua.notices.kinds import FOR_OFFICERS, SHORT, Kind
from motcua.notices.models import Wording
from motcua.offices.actors import Actor

LANGUAGES = ("vi", "en")
FORMS = ("long", "short")
NAME = re.compile(r"\{(\w*)\}")
PART = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
SHORT_NAMES = frozenset({"code", "due", "last_day", "begins", "answer_by", "link", "rate_link"})
OFFICE_NAMES = frozenset({"count", "days", "codes", "office", "last_day", "link"})
LONG_NAMES = SHORT_NAMES | {"office", "place"}
# Two parts of a message without marks; what is longer costs a third.
LONGEST_SHORT = 306
PLAIN = re.compile(r"[\x20-\x7e\n]*")
INSTANTS = frozenset({"due", "begins", "answer_by"})
Key = tuple[str, str, str]
Said = tuple[str, str]


@cache
def bundled() -> Mapping[Key, Said]:
    """The words that come along, by kind, language and form."""
    file = json.loads((settings.DATA_DIR / "notices" / "texts.json").read_text(encoding="utf-8"))
    return {
        (kind, language, form): (words[0], words[1])
        for kind, languages in file["words"].items()
        for language, forms in languages.items()
        for form, words in forms.items()
    }


def words_on(day: date, kinds: Iterable[str]) -> Mapping[Key, Said]:
    """The words of these kinds that hold on a day; one statement."""
    rows = Wording.objects.filter(kind__in=set(kinds), valid_from__lte=day).order_by("valid_from", "id")
    own = {(one.kind, one.language, one.form): (one.subject, one.body) for one in rows}
    return {**bundled(), **own}


def render(template: str, facts: Mapping[str, Any]) -> str:
    """A text with its facts; a [[part]] of which a name is unknown is left out, else an unknown name is a dash."""
    known = {name: _shown(name, value) for name, value in facts.items() if value not in (None, "")}

    def part(found: re.Match[str]) -> str:
        return found[1] if set(NAME.findall(found[1])) <= set(known) else ""

    return NAME.sub(lambda found: known.get(found[1], "–"), PART.sub(part, template))


def _shown(name: str, value: Any) -> str:
    if name in INSTANTS:
        moment = datetime.fromisoformat(str(value)).astimezone(VIETNAM)
        return f"{moment:%H:%M %d/%m/%Y}" if name == "begins" else f"{moment:%d/%m/%Y}"
    if name == "last_day":
        return f"{date.fromisoformat(str(value)[:10]):%d/%m/%Y}"
    return str(value)


def faults(kind: str, language: str, form: str, subject: str, body: str) -> dict[str, str]:
    """What is wrong with somebody's own words, by field; nothing is right."""
    wrong: dict[str, str] = {}
    if kind not in Kind.values or (form == "short" and kind not in SHORT):
        wrong["kind"] = str(_("Không gửi tin nhắn cho loại thông báo này."))
    if language not in LANGUAGES or form not in FORMS:
        wrong["language"] = str(_("Chỉ có tiếng Việt và tiếng Anh, dài và ngắn."))
    allowed = OFFICE_NAMES if kind in FOR_OFFICERS else SHORT_NAMES if form == "short" else LONG_NAMES
    unknown = sorted({*NAME.findall(body), *NAME.findall(subject)} - allowed)
    if unknown:
        wrong["body"] = _("Không được dùng: %(names)s. Chỉ dùng: %(allowed)s.") % {
            "names": ", ".join(unknown),
            "allowed": ", ".join(sorted(allowed)),
        }
    elif not body.strip():
        wrong["body"] = str(_("Cần có nội dung."))
    elif form == "short" and not PLAIN.fullmatch(body):
        wrong["body"] = str(_("Tin nhắn viết không dấu."))
    elif form == "short" and len(body) > LONGEST_SHORT - 100:
        wrong["body"] = _("Tin nhắn dài nhất %(most)d ký tự.") % {"most": LONGEST_SHORT - 100}
    return wrong


def set_wording(
    kind: str, language: str, form: str, *, subject: str, body: str, valid_from: date, actor: Actor, at: datetime
) -> Wording:
    """Other words from a day on that has not begun. Raises Forbidden for who does not administer, Invalid."""
    if not actor.offices("administrator"):
        raise Forbidden(_("Chỉ quản trị được sửa lời thông báo."))
    wrong = faults(kind, language, form, subject, body)
    if valid_from <= day_of(at):
        wrong["valid_from"] = str(_("Chỉ đổi từ một ngày chưa tới."))
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    said = {"subject": subject, "body": body, "set_by_name": actor.full_name, "set_at": at}
    return Wording.objects.create(kind=kind, language=language, form=form, valid_from=valid_from, **said)

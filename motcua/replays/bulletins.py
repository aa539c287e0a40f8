"""The bulletin that our report of a replayed month becomes, beside the sentences that were published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from motcua.replays.plans import Plan
from motcua.replays.stage import Stage
from motcua.reports.bulletin.writing import bulletin
from motcua.reports.periods import Period, between, parse_period
from motcua.reports.scope import Scope, subtree
from motcua.reports.texts.checking import Checked, check_text
from motcua.reports.texts.verdicts import Verdict


def published_text(doc: str) -> str:
    """The paragraphs with figures of a publication, as printed; `doc` is its number. Raises LookupError."""
    whole = (Path(settings.DATA_DIR) / "replays" / "published.txt").read_text(encoding="utf-8")
    for block in re.split(r"^### ", whole, flags=re.MULTILINE)[1:]:
        title, _, text = block.partition("\n")
        if title.startswith(f"{doc} "):
            kept = [line for line in re.sub("[⟦⟧]", "", text).strip().split("\n\n") if check_text(line).figures]
            return "\n\n".join(kept)
    raise LookupError(doc)


def beside(plan: Plan) -> Iterator[str]:
    """Both texts in Markdown, each with what the checker says of it."""
    stage = Stage(plan)
    scope = Scope(place="receiving", office=stage.unit, offices=subtree([stage.unit.pk], plan.last))
    ours = bulletin(_period(plan), scope)
    printed = published_text(plan.doc)
    yield "### Đã công bố"
    yield ""
    yield from _quoted(printed)
    yield f"> — {_said(check_text(printed))}"
    yield ""
    yield "### Bản tin của ta"
    yield ""
    yield from _quoted("\n\n".join(f"**{one.title}.** {one.text.strip()}" for one in ours.paragraphs))
    yield f"> — {_said(check_text(ours.text))}"


def _period(plan: Plan) -> Period:
    """The period under the name that it has, where it is a month or a quarter."""
    month, quarter = f"{plan.first:%Y-%m}", f"{plan.first.year}-Q{(plan.first.month + 2) // 3}"
    named = (parse_period(text) for text in (month, quarter))
    return next(
        (one for one in named if (one.first, one.last) == (plan.first, plan.last)), between(plan.first, plan.last)
    )


def _quoted(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield f"> {line}".rstrip()
    yield ">"


def _said(checked: Checked) -> str:
    holds = len(checked.of(Verdict.HOLDS))
    said = f"`motcua check-text`: {len(checked.mistakes) + holds} quan hệ kiểm được, {len(checked.mistakes)} sai"
    return said + "".join(f"; {one.words}" for one in checked.mistakes) + "."

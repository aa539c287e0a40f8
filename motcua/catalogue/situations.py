"""What happens in people's lives, and the procedures that it brings: `data/search/situations.json`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.base.text import fold
from motcua.catalogue.aliases import in_full, says, words_of
from motcua.catalogue.models import ProcedureVersion


@dataclass(frozen=True, slots=True)
class Step:
    """Procedures that belong together, by their national codes, the likeliest first."""

    vi: str
    en: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that happens; `key` is its place in addresses, the rest is what people read in either language, `said` is how they
    speak of it, folded.
    """

    key: str
    vi: str
    en: str
    lead_vi: str
    lead_en: str
    said: tuple[str, ...]
    steps: tuple[Step, ...]


@cache
def situations() -> dict[str, Situation]:
    """All of them by key, in the order of the file."""
    path = Path(settings.DATA_DIR) / "search" / "situations.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["situations"]
    return {
        row["key"]: Situation(
            **{name: row[name] for name in ("key", "vi", "en", "lead_vi", "lead_en")},
            said=tuple(fold(words) for words in row["words"].split(";")),
            steps=tuple(Step(step["vi"], step["en"], tuple(step["codes"])) for step in row["steps"]),
        )
        for row in rows
    }


def situations_of(text: str) -> list[Situation]:
    """What somebody speaks of in everyday words, as they stand in the file; usually none or one."""
    asked = in_full(words_of(fold(text)))
    return [one for one in situations().values() if any(says(asked, said) for said in one.said)]


@dataclass(frozen=True, slots=True)
class OfferedStep:
    """A step with the versions that are published now; never empty."""

    step: Step
    versions: tuple[ProcedureVersion, ...]


def offered(key: str) -> tuple[Situation, tuple[OfferedStep, ...]]:
    """A situation with what of it is published here, in one statement. Raises NotThere."""
    situation = situations().get(key)
    if situation is None:
        raise NotThere(_("Không có mục này."))
    codes = {code for step in situation.steps for code in step.codes}
    rows = ProcedureVersion.objects.select_related("procedure")
    published = rows.filter(procedure__code__in=codes, status=ProcedureVersion.Status.PUBLISHED)
    by_code = {version.procedure.code: version for version in published}
    steps = (
        OfferedStep(step, tuple(by_code[code] for code in step.codes if code in by_code)) for step in situation.steps
    )
    return situation, tuple(step for step in steps if step.versions)

"""The vault: papers that a person handed in before and results they were given, offered instead of a new upload.

Only the person's own, or that of the organisation they write for: what lies in dossiers of that one account. A paper is taken out of the vault as it lay there, with
the trace of where from; whether it still holds is said as far as the house knows, and judged by the officer.
Law: ND45-2020 10; ND107-2021
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.base.text import fold
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.acts.submission import own_draft, same_paper
from motcua.dossiers.handed_in import CERTAINLY_BAD, UNSIGNED, worst_verdict
from motcua.dossiers.kinds import ResultKind
from motcua.dossiers.models import Dossier, Draft, DraftPaper, GivenPaper, Result, ReusedAs
from motcua.dossiers.states import WITH_RESULT
from motcua.dossiers.visibility import writes_for
from motcua.files.check import PDF
from motcua.files.models import StoredFile
from motcua.files.store import is_intact, once_more, open_file
from motcua.offices.actors import Actor
from motcua.people.models import bare_number

MOST_HELD = 300
SHORTEST_NAME = 6  # letters; a shorter name is found in too many others


@dataclass(frozen=True, slots=True)
class Held:
    """One paper of the vault: what it is, of whom, since when, and what is known of its worth."""

    key: str
    name: str
    kind: ReusedAs
    owner_name: str
    dossier: str
    procedure: str
    since: datetime
    file: StoredFile
    dossier_id: int
    names: tuple[str, ...]
    is_replaced: bool = False

    def fits(self, component: str) -> bool:
        """Is it by its name what a procedure asks for? The same name, or a result that the demand names."""
        wanted = fold(component)
        return any(name == wanted or (self.kind is ReusedAs.RESULT and name in wanted) for name in self.names)


def held_by(account_id: int | None) -> list[Held]:
    """Everything in this person's vault, the newest first; of equal contents under one name only the newest."""
    return [] if account_id is None else _held_in(Dossier.objects.filter(owner_account_id=account_id))


def held_at_counter(number: str, actor: Actor) -> list[Held]:
    """What a person with this number handed in or was given before, out of dossiers that this officer may see."""
    bare = bare_number(number)
    return _held_in(Dossier.objects.visible_to(actor).filter(owner_id_no=bare)) if bare else []


def _held_in(dossiers: QuerySet[Dossier]) -> list[Held]:
    found = [*_results(dossiers), *_papers(dossiers)]
    found.sort(key=lambda one: one.since, reverse=True)
    seen: set[tuple[str, str]] = set()
    kept = []
    for one in found:
        mark = (one.file.sha256, fold(one.name))
        if mark not in seen:
            seen.add(mark)
            kept.append(one)
    return kept[:MOST_HELD]


def for_draft(draft: Draft, actor: Actor) -> list[Held]:
    """What is offered beside a draft: the papers of whom it is written for, as long as one may hand in for them."""
    is_whole = actor.acting_for is None or not actor.acting_for.dossiers
    return held_by(actor.owner_id) if is_whole and writes_for(actor, draft) else []


def choose(draft_id: int, component_id: int | None, key: str, *, actor: Actor, at: datetime) -> DraftPaper:
    """Put a paper of the vault beside a draft, for one of its components. Chosen twice it is there once.

    Raises NotThere for what isn't this person's, Invalid for a file that is lost, changed or badly signed.
    """
    held = next((one for one in for_draft(own_draft(draft_id, actor), actor) if one.key == key), None)
    if held is None or actor.account_id is None:
        raise NotThere(_("Trong kho giấy tờ của bạn không có giấy này."))
    verdict = _worth(held, at)
    with transaction.atomic():
        draft = own_draft(draft_id, actor, lock=True)
        if component_id is not None and not draft.case.components.filter(pk=component_id).exists():
            raise NotThere(_("Giấy tờ này không thuộc thành phần hồ sơ của thủ tục."))
        there = same_paper(draft, component_id, held.file.sha256)
        if there is not None:
            return there
        file = once_more(held.file, at, actor.account_id, verdict)
        Draft.objects.filter(pk=draft.pk).update(saved_at=at)
        return DraftPaper.objects.create(
            draft=draft,
            component_id=component_id,
            name=held.name,
            file=file,
            reused_from_id=held.dossier_id,
            reused_as=held.kind,
        )


def take_out(held: Held, component_id: int, *, at: datetime, by: int) -> Paper:
    """A held paper as it is handed in once more, for a component. Raises Invalid for a lost, changed or badly signed file."""
    file = once_more(held.file, at, by, _worth(held, at))
    return Paper(component_id, held.name, file_id=file.pk, reused_from_id=held.dossier_id, reused_as=held.kind)


def _worth(held: Held, at: datetime) -> str:
    if not is_intact(held.file):
        raise Invalid(_("Tệp này không còn nguyên vẹn trong kho. Hãy tải lên bản của bạn."), code="vault_file_changed")
    verdict = _verdict(held.file, at)
    if verdict in CERTAINLY_BAD:
        raise Invalid(_("Chữ ký số của giấy này không còn đúng. Hãy tải lên bản khác."), code="signature_invalid")
    return verdict


def _verdict(file: StoredFile, at: datetime) -> str:
    """What was found of its signatures, or is found now where nobody looked."""
    if file.signatures or file.media_type != PDF:
        return file.signatures or UNSIGNED
    with open_file(file) as content:
        return worst_verdict(content.read(), at)


def _papers(dossiers: QuerySet[Dossier]) -> Iterable[Held]:
    given = (
        GivenPaper.objects.filter(dossier__in=dossiers, file__isnull=False)
        .select_related("file", "dossier__version")
        .order_by("-given_at", "-id")[:MOST_HELD]
    )
    for paper in given:
        if paper.file is not None:
            names = [paper.name or paper.file.name]
            yield _held(paper, ReusedAs.PAPER, names, paper.given_at, paper.file)


def _results(dossiers: QuerySet[Dossier]) -> Iterable[Held]:
    """What was granted and still stands; of several of one procedure for one owner the last is the one in force."""
    granted = (
        Result.objects.filter(
            dossier__in=dossiers,
            dossier__state__in=WITH_RESULT,
            kind=ResultKind.GRANTED,
            file__isnull=False,
        )
        .select_related("file", "dossier__version")
        .order_by("-decided_at", "-id")[:MOST_HELD]
    )
    later: set[tuple[int, str, str]] = set()
    for result in granted:
        dossier = result.dossier
        mark = (dossier.procedure_id, dossier.owner_id_no, dossier.owner_name)
        names = [str(one["name"]) for one in dossier.version.results if one.get("name")]
        if result.file is not None:
            one = _held(result, ReusedAs.RESULT, names, result.decided_at, result.file)
            yield replace(one, is_replaced=mark in later)
        later.add(mark)


def _held(row: GivenPaper | Result, kind: ReusedAs, names: list[str], since: datetime, file: StoredFile) -> Held:
    dossier = row.dossier
    procedure = dossier.version.name
    name = names[0] if len(names) == 1 else _("Kết quả: %(procedure)s") % {"procedure": procedure}
    return Held(
        key=f"{kind}-{row.pk}",
        name=name,
        kind=kind,
        owner_name=dossier.owner_name,
        dossier=dossier.code or dossier.submission_no,
        procedure=procedure,
        since=since,
        file=file,
        dossier_id=dossier.pk,
        names=tuple(folded for one in names if len(folded := fold(one)) >= SHORTEST_NAME),
    )

"""Writing procedures: set-based, in chunks; each chunk is one transaction, so a stop in the middle leaves whole rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.base.text import fold
from motcua.base.times import day_of
from motcua.catalogue.agencies import competent_key
from motcua.catalogue.content import VersionContent, content_of, part_digest, version_digest
from motcua.catalogue.lexicon import forget_lexicon
from motcua.catalogue.models import (
    Component,
    FeeRow,
    LimitRow,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    SourcePart,
)

CHUNK = 200
LOCK = 0x6D6F7463  # one load at a time
Row = dict[str, Any]
Status = ProcedureVersion.Status


@dataclass(slots=True)
class Counts:
    """What a load did to procedures; read = new + changed + unchanged + refused."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class _Next:
    """A version about to be written."""

    procedure: Procedure
    number: int
    digest: bytes
    content: VersionContent
    previous: int | None


def load(
    parts: dict[str, dict[str, Row]], at: datetime, on_progress: Callable[[int, int], None] = lambda done, all_: None
) -> Counts:
    """Bring the catalogue to what the rows say. `parts`: part → code → row; codes without a known core are left alone.

    Unchanged procedures are not touched; a changed one gets a new published version and its old one is retired,
    with its children as they were, for the dossiers that hold it.
    """
    counts = Counts()
    codes = sorted(parts["core"].keys() | _known(set().union(*parts.values()) - parts["core"].keys()))
    for start in range(0, len(codes), CHUNK):
        _load_chunk(codes[start : start + CHUNK], parts, at, counts)
        on_progress(min(start + CHUNK, len(codes)), len(codes))
    forget_lexicon()
    return counts


def _known(codes: set[str]) -> set[str]:
    return set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))


@transaction.atomic
def _load_chunk(codes: list[str], parts: dict[str, dict[str, Row]], at: datetime, counts: Counts) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    procedures = {p.code: p for p in Procedure.objects.filter(code__in=codes).select_related("current")}
    stored = _stored_digests(codes)
    fresh = {
        (code, part): part_digest(part, rows[code]) for part, rows in parts.items() for code in codes if code in rows
    }
    _add_procedures([code for code in codes if code not in procedures], parts["core"], procedures)
    _store_parts({key: value for key, value in fresh.items() if stored.get(key) != value}, parts, procedures)
    digests: dict[str, dict[str, bytes]] = {code: {} for code in codes}
    for (code, part), value in (stored | fresh).items():
        digests[code][part] = value
    touched = []
    for code in codes:
        current = procedures[code].current
        if current is not None and bytes(current.digest) == version_digest(digests[code]):
            counts.unchanged += code in parts["core"]
            continue
        touched.append(code)
        if current is None:
            counts.new += 1
        else:
            counts.changed += 1
    _write([_next_version(procedures[code], digests[code], body) for code, body in _bodies(touched).items()], at)


def _stored_digests(codes: list[str]) -> dict[tuple[str, str], bytes]:
    rows = SourcePart.objects.filter(procedure__code__in=codes).values_list("procedure__code", "part", "digest")
    return {(code, part): bytes(value) for code, part, value in rows}


def _add_procedures(codes: list[str], core: dict[str, Row], procedures: dict[str, Procedure]) -> None:
    made = Procedure.objects.bulk_create([Procedure(code=code, name=core[code]["name"]) for code in codes])
    procedures.update({procedure.code: procedure for procedure in made})


def _store_parts(
    changed: dict[tuple[str, str], bytes], parts: dict[str, dict[str, Row]], procedures: dict[str, Procedure]
) -> None:
    SourcePart.objects.bulk_create(
        [
            SourcePart(procedure=procedures[code], part=part, digest=value, body=parts[part][code])
            for (code, part), value in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["procedure", "part"],
        update_fields=["digest", "body"],
    )


def _bodies(codes: list[str]) -> dict[str, dict[str, Row]]:
    """All known source rows of these procedures, those of earlier loads included."""
    bodies: dict[str, dict[str, Row]] = {code: {} for code in codes}
    rows = SourcePart.objects.filter(procedure__code__in=codes).values_list("procedure__code", "part", "body")
    for code, part, body in rows:
        bodies[code][part] = body
    return bodies


def _next_version(procedure: Procedure, digests: dict[str, bytes], bodies: dict[str, Row]) -> _Next:
    current = procedure.current
    return _Next(
        procedure,
        current.number + 1 if current else 1,
        version_digest(digests),
        content_of(bodies),
        current.pk if current else None,
    )


def _write(nexts: list[_Next], at: datetime) -> None:
    """Drafts with their children first, then the old retired, then the new published."""
    versions = ProcedureVersion.objects.bulk_create(
        [
            ProcedureVersion(
                procedure=n.procedure,
                number=n.number,
                digest=n.digest,
                imported_at=at,
                valid_from=day_of(at),
                **n.content.fields,
            )
            for n in nexts
        ]
    )
    _write_cases(list(zip(versions, nexts, strict=True)))
    _write_limits(list(zip(versions, nexts, strict=True)))
    ProcedureVersion.objects.filter(pk__in=[n.previous for n in nexts if n.previous]).update(
        status=Status.RETIRED, valid_to=day_of(at)
    )
    ProcedureVersion.objects.filter(pk__in=[v.pk for v in versions]).update(status=Status.PUBLISHED, published_at=at)
    for version, following in zip(versions, nexts, strict=True):
        _point_to(following.procedure, version)
    _update_procedures([n.procedure for n in nexts])


def _update_procedures(procedures: list[Procedure]) -> None:
    """One statement for the chunk; Django's bulk_update takes ten times as long to write its own."""
    columns = ("pk", "name", "current_id", "competent_key", "search_name", "search_text")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update catalogue_procedure p
            set name = u.name, current_id = u.current, competent_key = u.key, search_name = u.plain, search_text = u.more
            from unnest(%s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[])
                as u(id, name, current, key, plain, more)
            where p.id = u.id
            """,
            [[getattr(procedure, column) for procedure in procedures] for column in columns],
        )


def _point_to(procedure: Procedure, version: ProcedureVersion) -> None:
    procedure.current = version
    procedure.name = version.name
    if procedure.competent_by_id is None:
        procedure.competent_key = competent_key(version.executing, version.field)
    procedure.search_name = fold(version.name)
    procedure.search_text = fold(" ".join([procedure.code, version.field, *version.executing]))


def _write_cases(pairs: list[tuple[ProcedureVersion, _Next]]) -> None:
    cases, papers = [], []
    for version, following in pairs:
        for seq, (title, components) in enumerate(following.content.cases, 1):
            cases.append(ProcedureCase(version=version, seq=seq, title=title))
            papers.append(components)
    ProcedureCase.objects.bulk_create(cases)
    Component.objects.bulk_create(
        [
            Component(
                case=case,
                seq=seq,
                name=paper.name,
                section=paper.section,
                form_name=paper.form_name,
                originals=paper.originals,
                copies=paper.copies,
                mandatory=paper.mandatory,
                kind=paper.kind,
                channels=list(paper.channels),
                unsure_channels=list(paper.unsure_channels),
                fields=list(paper.fields),
            )
            for case, components in zip(cases, papers, strict=True)
            for seq, paper in enumerate(components, 1)
        ],
        batch_size=2000,
    )


def _write_limits(pairs: list[tuple[ProcedureVersion, _Next]]) -> None:
    rows, fees = [], []
    for version, following in pairs:
        for seq, limit in enumerate(following.content.limits, 1):
            rows.append(
                LimitRow(
                    version=version,
                    seq=seq,
                    channels=limit.channels,
                    limit=limit.reading.limit.to_json(),
                    source_text=limit.source_text,
                    note=limit.note,
                    certain=limit.reading.certain,
                    doubt=limit.reading.doubt,
                )
            )
            fees.append(limit.fees)
    LimitRow.objects.bulk_create(rows)
    FeeRow.objects.bulk_create(
        [
            FeeRow(
                limit_row=row,
                seq=seq,
                kind=reading.kind,
                amount_vnd=reading.amount_vnd,
                currency=reading.currency,
                amount_foreign=reading.amount_foreign,
                note=note,
                source_text=printed,
                certain=reading.certain,
                doubt=reading.doubt,
            )
            for row, of_row in zip(rows, fees, strict=True)
            for seq, (reading, note, printed) in enumerate(of_row, 1)
        ],
        batch_size=2000,
    )

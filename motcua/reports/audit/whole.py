"""What must be true of everything together: numbers of a day, letters, reports of every month, seals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db import connection

from motcua.dossiers.models import Event, Seal
from motcua.dossiers.seals import NO_ROOT, chained, hashes_between, merkle_root
from motcua.dossiers.states import Act
from motcua.offices.models import Office
from motcua.reports.audit.findings import Finding, Kind
from motcua.reports.measures import Unbalanced, complete
from motcua.reports.month import count_anew
from motcua.reports.periods import parse_period
from motcua.reports.scope import Place, Scope

PLACES: tuple[Place, ...] = ("competent", "receiving")
Tick = Callable[[str, int], None]

# Numbers of an office and day: as the codes say them, against the counter; a day's numbers run from 1 without a hole.
_NUMBERS = """
WITH given AS (
    SELECT d.receiving_office_id AS office_id, (d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day,
        count(*) AS codes, count(DISTINCT split_part(d.code, '-', 3)::int) AS numbers,
        max(split_part(d.code, '-', 3)::int) AS highest,
        bool_and(split_part(d.code, '-', 1) IN (o.code, o.code_qd20)
            AND split_part(d.code, '-', 2) = to_char(d.accepted_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYMMDD')) AS named
    FROM dossiers_dossier d JOIN offices_office o ON o.id = d.receiving_office_id
    WHERE d.code ~ '^[^-]+-[0-9]{6}-[0-9]{1,9}$' GROUP BY 1, 2
)
SELECT coalesce(g.office_id, c.office_id), coalesce(g.day, c.day), coalesce(g.codes, 0), coalesce(g.highest, 0), c.last
FROM given g FULL JOIN dossiers_numbercounter c ON c.office_id = g.office_id AND c.day = g.day
WHERE g.codes IS DISTINCT FROM g.numbers OR g.highest IS DISTINCT FROM g.numbers
    OR g.highest IS DISTINCT FROM c.last OR NOT g.named
ORDER BY 2, 1
"""
_MISNAMED = "SELECT coalesce(code, submission_no) FROM dossiers_dossier WHERE code !~ '^[^-]+-[0-9]{6}-[0-9]{1,9}$'"

# The letters and slips beside the events: as many as the events say.
_LETTERS = """
SELECT coalesce(d.code, d.submission_no), d.supplements, s.asked, d.extensions, e.signed, d.returned_at IS NOT NULL, h.given,
    d.returned_way, h.ways[1], d.times_corrected, a.approved
FROM dossiers_dossier d
LEFT JOIN (SELECT dossier_id, count(*) AS asked FROM dossiers_supplementrequest WHERE stage = 'appraisal' GROUP BY 1) s
    ON s.dossier_id = d.id
LEFT JOIN (SELECT dossier_id, count(*) AS signed FROM dossiers_extension GROUP BY 1) e ON e.dossier_id = d.id
LEFT JOIN (
    SELECT dossier_id, count(*) AS given, array_agg(way ORDER BY at) AS ways FROM dossiers_handover GROUP BY 1
) h ON h.dossier_id = d.id
LEFT JOIN (SELECT dossier_id, count(*) AS corrected FROM dossiers_formerresult GROUP BY 1) c ON c.dossier_id = d.id
LEFT JOIN (SELECT dossier_id, count(*) AS approved FROM dossiers_correction WHERE is_approved GROUP BY 1) a
    ON a.dossier_id = d.id
WHERE d.supplements <> coalesce(s.asked, 0) OR d.extensions <> coalesce(e.signed, 0)
    OR (d.returned_at IS NOT NULL) <> (coalesce(h.given, 0) >= 1) OR h.given > 1 + coalesce(c.corrected, 0)
    OR d.returned_way <> coalesce(h.ways[1], '') OR d.times_corrected <> coalesce(a.approved, 0)
"""
# Requests beyond the law and financial duties: as many as the journal says.
_BESIDE = f"""
WITH said AS (
    SELECT dossier_id, count(*) FILTER (WHERE act = '{Act.ASK_SUPPLEMENT_AGAIN.value}') AS beyond,
        count(*) FILTER (WHERE act = '{Act.ASK_FINANCIAL_DUTY.value}') AS told,
        count(*) FILTER (WHERE act = '{Act.RECORD_FINANCIAL_DUTY.value}') AS done
    FROM dossiers_event GROUP BY 1
), kept AS (
    SELECT dossier_id, sum(beyond) AS beyond, sum(told) AS told, sum(done) AS done FROM (
        SELECT dossier_id, 1 AS beyond, 0 AS told, 0 AS done FROM dossiers_supplementrequest WHERE beyond
        UNION ALL
        SELECT dossier_id, 0, 1, (recorded_at IS NOT NULL)::int FROM dossiers_financialduty
    ) one GROUP BY 1
)
SELECT coalesce(d.code, d.submission_no), s.beyond, k.beyond, s.told, k.told, s.done, k.done
FROM dossiers_dossier d LEFT JOIN said s ON s.dossier_id = d.id LEFT JOIN kept k ON k.dossier_id = d.id
WHERE (coalesce(s.beyond, 0), coalesce(s.told, 0), coalesce(s.done, 0))
    <> (coalesce(k.beyond, 0), coalesce(k.told, 0), coalesce(k.done, 0))
"""  # noqa: S608 - only our own words are put together


def numbers(_tick: Tick) -> Iterator[Finding]:
    """A number is given once per office and day, in order, and says its office and day. Law: TT01-2018 19"""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        rows = cursor.fetchall()
        cursor.execute(_MISNAMED)
        misnamed = cursor.fetchall()
    names = dict(Office.objects.filter(pk__in={row[0] for row in rows}).values_list("pk", "name"))
    for office_id, day, codes, highest, last in rows:
        what = f"{names[office_id]} {day}: {codes} codes, highest {highest}, counter {last}"
        yield Finding(Kind.NUMBER, "", what)
    for (code,) in misnamed:
        yield Finding(Kind.NUMBER, code, "code")


def letters(_tick: Tick) -> Iterator[Finding]:
    """Requests, apologies, hand-overs and corrections are as many as the dossier says, and the first way back is its way."""
    with connection.cursor() as cursor:
        cursor.execute(_LETTERS)
        for (
            code,
            asked,
            slips,
            extended,
            signed,
            returned,
            given,
            way,
            first_way,
            corrected,
            approved,
        ) in cursor.fetchall():
            what = f"{asked}/{slips or 0} {extended}/{signed or 0} {int(returned)}/{given or 0}"
            what += f" {way}/{first_way or ''} {corrected}/{approved or 0}"
            yield Finding(Kind.COUNTERS, code, what)


def beside(_tick: Tick) -> Iterator[Finding]:
    """Requests beyond the law and financial duties are as many as the journal says."""
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE)
        for code, *counts in cursor.fetchall():
            yield Finding(Kind.COUNTERS, code, "/".join(str(count or 0) for count in counts))


def balance(tick: Tick) -> Iterator[Finding]:
    """In every month with an event the report of every office balances, by authority and by receiving unit."""
    for month in months():
        tick("months", 1)
        period = parse_period(f"{month:%Y-%m}")
        for place in PLACES:
            rows, _total = count_anew(period, Scope(place=place), "office")
            for key, figures in rows.items():
                tick("report_rows", 1)
                try:
                    complete(figures)
                except Unbalanced as error:
                    name = Office.objects.get(pk=key).name
                    yield Finding(Kind.UNBALANCED, "", f"{period.key} {place} {name}: {error.detail}")


def months() -> list[date]:
    """The Vietnamese months in which anything happened, by their first days."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date FROM dossiers_event ORDER BY 1"
        )
        return [row[0] for row in cursor.fetchall()]


def seals(tick: Tick) -> Iterator[Finding]:
    """Every seal is what its events and the seal before make of it."""
    previous, covered, expected = NO_ROOT, None, 1
    for seal in Seal.objects.order_by("number"):
        tick("seals", 1)
        root, events = merkle_root(hashes_between(covered, seal.covers_to))
        tick("sealed_events", events)
        wrong = [
            name
            for name, holds in (
                ("number", seal.number == expected),
                ("previous", bytes(seal.previous_root) == previous),
                ("from", seal.covers_from == covered),
                ("events", seal.events == events),
                ("root", bytes(seal.root) == chained(seal.number, seal.covers_to, events, previous, root)),
            )
            if not holds
        ]
        if wrong:
            yield Finding(Kind.SEAL, "", f"{seal.number}: {', '.join(wrong)}")
        previous, covered, expected = bytes(seal.root), seal.covers_to, seal.number + 1


def unsealed() -> int:
    """Events that no seal covers yet."""
    last = Seal.objects.order_by("-number").first()
    return (Event.objects.filter(recorded_at__gt=last.covers_to) if last else Event.objects.all()).count()


WHOLE = (numbers, letters, beside, balance, seals)

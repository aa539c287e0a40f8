"""Internal processes as decisions print them: roles, places and limits of steps; and the default one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from motcua.base.canonical import digest
from motcua.base.text import fold
from motcua.catalogue.models import Process, ProcessStep

Row = dict[str, Any]
Role, Place = ProcessStep.Role, ProcessStep.Place
HOURS_OF = {"NGAY": 8, "NGAY_LAM_VIEC": 8, "GIO": 1, "GIO_LAM_VIEC": 1}
_LOOKS = re.compile(r"xem xet|kiem tra|tham dinh|tham tra|cho y kien|ky nhay|phan cong|trinh lanh dao")
_RECEIVES = re.compile(
    r"tn ?& ?tkq|tiep nhan|tra ket qua|mot cua|ttpvhcc|trung tam phuc vu hanh chinh cong|ccmc|nhan ho so|buu chinh|buu dien"
)
_ISSUES = re.compile(r"van thu|dong dau|hanh chinh - quan tri|hanh chinh – quan tri")
_LEADS_OFFICE = re.compile(
    r"lanh dao (?:so|ubnd|uy ban|co quan|van phong ubnd|trung tam|co so|nha truong|chi cuc|ban|don vi|thanh pho|tinh|xa)"
    r"|^(?:giam doc|chu tich|pho chu tich|hieu truong|thu truong|truong ban|chi huy truong)|^(?:ubnd|uy ban nhan dan)"
    r"|lanh dao uy ban|ky duyet|phe duyet$"
)
# "tại Trung tâm", not "chuyển về Trung tâm": where a step is done, not where its result goes.
_AT_CENTRE = re.compile(
    r"tai (?:cho|(?:ttpvhcc|tt pvhcc|bo phan mot cua|trung tam (?:pvhcc|hcc|phuc vu hanh chinh cong|hanh chinh cong))"
    r"(?: (?:cap )?tinh)?|trung tam(?: tinh)?(?=$|[;,.)]))"
)
_WORKS_THERE = re.compile(
    r"lanh dao|giam doc|chu tich|truong phong|van thu|tham dinh|tham tra|thu ly|phe duyet|dong dau"
)
_LEADS_ROOM = re.compile(r"lanh dao (?:phong|bo phan|doi)|truong phong|pho truong phong|lanh dao van phong|^lanh dao")

# The columns of a table that a decision itself prints; the compiler's counts are recounted here.
DEMANDED = ("decision", "title", "tthc_codes", "nearest_code_before", "total_raw", "total_value", "total_unit")
DEFAULT_KEY = "default"
DEFAULT_STEPS = (
    (Role.RECEIVER, Place.RECEIVING, "Tiếp nhận, kiểm tra hồ sơ, lập Giấy tiếp nhận và hẹn trả kết quả"),
    (Role.HEAD, Place.COMPETENT, "Phân công công chức thụ lý"),
    (Role.HANDLER, Place.COMPETENT, "Thẩm định hồ sơ, dự thảo kết quả"),
    (Role.APPROVER, Place.COMPETENT, "Phê duyệt kết quả"),
    (Role.CLERK, Place.COMPETENT, "Vào sổ, đóng dấu, chuyển kết quả về nơi tiếp nhận"),
    (Role.RECEIVER, Place.RECEIVING, "Trả kết quả cho tổ chức, cá nhân"),
)


def role_of(role_text: str, content: str) -> str:
    """Which of the five roles a printed cell means; where it doesn't say, whoever is named handles."""
    who, what = fold(role_text), fold(content)
    who = re.sub(r"^(?:[-+]\s*)?(?:cong chuc|vien chuc|can bo|chuyen vien)\s+(?=van thu)", "", who)
    if works_at_centre(role_text):
        who = _AT_CENTRE.sub("", who).strip()
    if _RECEIVES.search(who) and not _LEADS_ROOM.match(who):
        return Role.RECEIVER
    if _ISSUES.search(who):
        return Role.CLERK
    if _LEADS_OFFICE.search(who):
        return Role.APPROVER
    if _LEADS_ROOM.search(who):
        return Role.HEAD
    return Role.RECEIVER if not who and _RECEIVES.search(what) and not _LOOKS.search(what) else Role.HANDLER


def works_at_centre(role_text: str) -> bool:
    """Whether a printed cell puts somebody who appraises, leads, approves or seals at the centre (not who receives)."""
    who = fold(role_text)
    elsewhere = _AT_CENTRE.sub("", who)
    return elsewhere != who and not _RECEIVES.search(elsewhere) and _WORKS_THERE.search(elsewhere) is not None


def place_of(role: str, role_text: str) -> str:
    """Where a step is done: the receiver's where it is received, one that says so at the centre, others at the agency."""
    if role == Role.RECEIVER:
        return Place.RECEIVING
    return Place.ONSITE if works_at_centre(role_text) else Place.COMPETENT


def mode_of(steps: Iterable[tuple[str, str]]) -> str:
    """How much of a process of (role, place) is done at the centre: four, five, or empty where it leaves it.

    Four: appraised and approved there; the seal may be elsewhere. Five: sealed there too. Law: TT01-2018 6
    """
    known = set(steps)
    there = {role for role, place in known if place == Place.ONSITE}
    away = {role for role, place in known if place == Place.COMPETENT}
    if not {Role.HANDLER, Role.APPROVER} <= there or away - {Role.CLERK}:
        return ""
    return "five" if Role.CLERK in there and not away else "four"


def hours_of(value: Decimal | None, unit: str) -> Decimal | None:
    """Working hours of a printed time: 8 hours are one working day; None for a time without a number."""
    factor = HOURS_OF.get(unit)
    return None if value is None or factor is None else value * factor


def is_usable(steps: Iterable[Row]) -> bool:
    """Receives first, has an approver at the competent office, and returns last: only such a table can run."""
    pattern = "".join(
        "r" if step["role"] == Role.RECEIVER else "a" if step["role"] == Role.APPROVER else "c" for step in steps
    )
    return re.fullmatch(r"r+[ca]*a[ca]*r+", pattern) is not None


def load_processes(tables: list[Row], step_rows: list[Row], at: datetime) -> tuple[int, list[str]]:
    """Keep every table of the decisions; (how many are new, warnings where the steps' sum isn't the stated total).

    A table that changed becomes a new row and the old one is retired: dossiers under way keep theirs.
    """
    by_process: dict[str, list[Row]] = defaultdict(list)
    for row in step_rows:
        by_process[row["process_id"]].append(row)
    wanted, warnings = {}, []
    for table in tables:
        steps = [_step(row) for row in sorted(by_process[table["process_id"]], key=lambda row: _whole(row["seq"]))]
        fields = _fields(table, steps)
        wanted[fields["source_key"]] = (fields, steps)
        if fields["sum_matches"] is False:
            warnings.append(
                _(
                    "Quy trình %(title)s (%(decision)s): tổng các bước %(sum)s giờ, quyết định ghi %(total)s; thời hạn công bố mới có hiệu lực."
                )
                % {
                    "title": table["title"][:60],
                    "decision": table["decision"],
                    "sum": fields["sum_hours"],
                    "total": table["total_raw"][-40:],
                }
            )
    return _write(wanted, at), warnings


@transaction.atomic
def _write(wanted: dict[str, tuple[Row, list[Row]]], at: datetime) -> int:
    known = set(Process.objects.filter(source_key__in=wanted).values_list("source_key", flat=True))
    missing = [pair for key, pair in wanted.items() if key not in known]
    stems = [fields["source_key"].rsplit("/", 1)[0] + "/" for fields, _steps in missing]
    old = [
        p.pk
        for p in Process.objects.filter(retired_at=None, is_default=False)
        if p.source_key.rsplit("/", 1)[0] + "/" in stems
    ]
    Process.objects.filter(pk__in=old).update(retired_at=at)
    processes = Process.objects.bulk_create([Process(**fields) for fields, _steps in missing])
    ProcessStep.objects.bulk_create(
        [
            ProcessStep(process=process, seq=seq, **step)
            for process, (_fields_, steps) in zip(processes, missing, strict=True)
            for seq, step in enumerate(steps, 1)
        ]
    )
    return len(processes)


def processes_for(codes: Iterable[str]) -> dict[str, Process]:
    """code → the process that its dossiers go by: its own by the same preference as an offer's, else the default; one
    statement.
    """
    wanted = set(codes)
    rows = Process.objects.filter(Q(is_default=True) | Q(codes__overlap=sorted(wanted)), usable=True, retired_at=None)
    found: dict[str, Process] = {}
    default = None
    for process in rows.order_by(
        "inherited", F("sum_matches").desc(nulls_last=True), F("decided_on").desc(nulls_last=True), "id"
    ):
        if process.is_default:
            default = process
        for code in wanted.intersection(process.codes):
            found.setdefault(code, process)
    return found | ({code: default for code in wanted if code not in found} if default else {})


def copy_placed(base: Process, places: Sequence[str], key: str) -> Process:
    """A process like another, each of its steps at the place named for it, or left out (empty); not yet anybody's.

    Raises ValueError unless there is one place for every step.
    """
    rows = [(step, place) for step, place in zip(base.steps.order_by("seq"), places, strict=True) if place]
    mark = digest([key, [[step.pk, place] for step, place in rows]])
    names = ("decision", "decided_on", "province", "title")
    made = Process.objects.create(
        source_key=f"{key}/{mark.hex()[:12]}",
        digest=mark,
        usable=is_usable({"role": step.role} for step, _place in rows),
        mode=mode_of((step.role, place) for step, place in rows),
        **{name: getattr(base, name) for name in names},
    )
    ProcessStep.objects.bulk_create(
        ProcessStep(
            process=made,
            seq=seq,
            place=place,
            **{
                name: getattr(step, name)
                for name in ("role", "role_text", "content", "time_text", "value", "unit", "counted")
            },
        )
        for seq, (step, place) in enumerate(rows, 1)
    )
    return made


def differing() -> list[Process]:
    """The printed tables whose steps do not add up to the total that the decision prints, by decision; one statement."""
    return list(Process.objects.filter(sum_matches=False, retired_at=None).order_by("decision", "title", "id"))


def other_unit() -> list[Process]:
    """The printed tables whose steps are in working days and whose total is in days, or the other way round, although
    the numbers agree: eight hours are counted for both, so the sum says nothing of it; two statements.
    """
    found = []
    rows = Process.objects.filter(sum_matches=True, retired_at=None).order_by("decision", "title", "id")
    for process in rows.prefetch_related("steps"):
        units, total = {step.unit for step in process.steps.all() if step.counted}, fold(process.stated_total)
        is_working = "lam viec" in total
        if units == {"NGAY" if is_working else "NGAY_LAM_VIEC"} and "gio" not in total:
            found.append(process)
    return found


def ensure_default() -> Process:
    """The process of procedures that have none of their own: data rows, without step limits."""
    process, made = Process.objects.get_or_create(
        is_default=True,
        defaults={
            "source_key": DEFAULT_KEY,
            "digest": digest([list(map(str, step)) for step in DEFAULT_STEPS]),
            "title": "Quy trình chung",
            "usable": True,
        },
    )
    if made:
        ProcessStep.objects.bulk_create(
            [
                ProcessStep(
                    process=process,
                    seq=seq,
                    role=role,
                    place=place,
                    role_text=str(role.label),
                    content=content,
                    counted=False,
                )
                for seq, (role, place, content) in enumerate(DEFAULT_STEPS, 1)
            ]
        )
    return process


def _fields(table: Row, steps: list[Row]) -> Row:
    own = table["tthc_codes"].split()
    near = table.get("nearest_code_before", "").split()
    mark = digest(
        [[table.get(name, "") for name in DEMANDED], [[str(value) for value in step.values()] for step in steps]]
    )
    hours = [hours for step in steps if (hours := hours_of(step["value"], step["unit"])) is not None]
    stated = hours_of(_number(table.get("total_value")), table.get("total_unit", ""))
    total = sum(hours, Decimal(0))
    return {
        "source_key": f"{table.get('source_file', '')}/{table['process_id']}/{mark.hex()[:12]}",
        "digest": mark,
        "codes": own or near,
        "inherited": not own and bool(near),
        "decision": table["decision"],
        "decided_on": _day(table.get("date", "")),
        "province": table.get("province", ""),
        "title": table["title"],
        "stated_total": table["total_raw"],
        "stated_hours": stated,
        "sum_hours": total if hours else None,
        "sum_matches": None if stated is None else stated == total,
        "usable": is_usable(steps),
        "mode": mode_of((step["role"], step["place"]) for step in steps),
        "source": table.get("source_file", ""),
    }


def _step(row: Row) -> Row:
    role = role_of(row["role"], row.get("content", ""))
    value = _number(row.get("time_value"))
    return {
        "role_text": row["role"],
        "role": role,
        "place": place_of(role, row["role"]),
        "content": row.get("content", ""),
        "time_text": row["time_raw"],
        "value": value,
        "unit": row.get("time_unit", ""),
        "counted": value is not None,
    }


def _number(text: str | None) -> Decimal | None:
    try:
        value = Decimal(text or "")
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value < 10000 else None


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 10**9


def _day(text: str) -> date | None:
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None

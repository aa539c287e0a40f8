"""Data that would spoil the figures: each kind is a named check with a sentence, a list, and the page of the act that mends it.

Nothing is ever mended here: a row that is wrong is set right by the act that would have written it.
Law: ND61-2018 8; ND61-2018 21
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Invalid, NotThere
from motcua.base.times import day_of, start_of
from motcua.dossiers.states import IN_HAND, State
from motcua.operations.sets import OPEN, states

RETURN_DAYS = 30
PAGE = 50


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of bad row. `route`: the page that mends it, asked with the dossier or petition; `mend`: how, in words."""

    key: str
    name: Any
    sentence: Any
    route: str
    mend: Any
    sql: str


_OF_DOSSIER = "d.id, NULL::bigint, d.receiving_office_id, d.competent_office_id"
_POSTED = """SELECT FROM offices_posting p WHERE p.valid_from <= %(day)s
    AND (p.valid_to IS NULL OR p.valid_to > %(day)s)"""
# Who serves at an office answers for those that it took over, also by way of others (see `offices.actors`).
_HEIRS = """(WITH RECURSIVE heir (id) AS (
    SELECT d.at_office_id UNION
    SELECT s.to_office_id FROM heir JOIN offices_succession s ON s.from_office_id = heir.id
    WHERE s.is_default AND s."on" <= %(day)s
) SELECT id FROM heir)"""
_PLACES = "(d.at_office_id, d.competent_office_id, d.receiving_office_id)"
_HELD = f"{OPEN} AND d.state IN ({states(*IN_HAND)})"

CHECKS: dict[str, Check] = {
    row.key: row
    for row in (
        Check(
            "no_due",
            lazy("Không có ngày hẹn trả"),
            lazy("Đã tiếp nhận, đang giải quyết, không có ngày hẹn trả, dù mọi thời hạn của thủ tục đều tính được."),
            "desk:propose_date",
            lazy(
                "Cán bộ cơ quan giải quyết hoặc phụ trách Bộ phận Một cửa đề nghị đính chính ngày hẹn trả theo thời hạn của thủ "
                "tục; lãnh đạo cơ quan phê duyệt."
            ),
            f"""SELECT {_OF_DOSSIER} FROM dossiers_dossier d WHERE {_HELD} AND d.due_at IS NULL
            AND EXISTS (SELECT FROM catalogue_limitrow l WHERE l.version_id = d.version_id)
            AND NOT EXISTS (SELECT FROM catalogue_limitrow l WHERE l.version_id = d.version_id
                AND (NOT l.certain OR l.limit->>'kind' NOT IN ('duration', 'same-day')))""",  # noqa: S608
        ),
        Check(
            "not_returned",
            lazy("Có kết quả quá 30 ngày chưa trả"),
            lazy("Đã có kết quả hơn 30 ngày mà chưa ghi là đã trả: kết quả chưa đến tay người nộp, hoặc quên ghi."),
            "counter:hand_over",
            lazy("Mời người nộp đến nhận, rồi ghi trả kết quả."),
            f"""SELECT {_OF_DOSSIER} FROM dossiers_dossier d
            WHERE {OPEN} AND d.state = '{State.FINISHED.value}' AND d.finished_at < %(month_ago)s""",  # noqa: S608
        ),
        Check(
            "holder_gone",
            lazy("Người giữ không còn được phân công"),
            lazy("Đang ở trong tay một người không còn được phân công ở nơi hồ sơ nằm, hoặc đã khoá tài khoản."),
            "desk:dossier",
            lazy("Lãnh đạo nơi đó chuyển hồ sơ cho người khác, hoặc người quản trị phân công lại."),
            f"""SELECT {_OF_DOSSIER} FROM dossiers_dossier d WHERE {_HELD} AND d.holder_id IS NOT NULL
            AND (NOT EXISTS ({_POSTED} AND p.account_id = d.holder_id AND p.office_id IN {_PLACES})
                AND NOT EXISTS ({_POSTED} AND p.account_id = d.holder_id AND p.office_id IN {_HEIRS})
            OR EXISTS (SELECT FROM people_account a WHERE a.id = d.holder_id AND NOT a.is_active))""",  # noqa: S608
        ),
        Check(
            "closed_office",
            lazy("Nằm ở cơ quan đã giải thể"),
            lazy("Chưa xong mà nằm ở cơ quan không còn nữa, và không cơ quan nào kế tục."),
            "desk:dossier",
            lazy("Ghi cơ quan kế tục vào cây cơ quan; hồ sơ sẽ có người giải quyết."),
            f"""SELECT {_OF_DOSSIER} FROM dossiers_dossier d JOIN offices_office o ON o.id = d.at_office_id
            WHERE {OPEN} AND o.valid_to <= %(day)s AND NOT EXISTS (
                SELECT FROM offices_succession s WHERE s.from_office_id = o.id AND s.is_default AND s."on" <= %(day)s)""",  # noqa: S608
        ),
        Check(
            "nobody_there",
            lazy("Nơi hồ sơ nằm không có cán bộ"),
            lazy("Chưa xong, chưa ai nhận, và nơi hồ sơ nằm không có cán bộ nào được phân công: không ai thấy để làm."),
            "desk:dossier",
            lazy("Người quản trị phân công cán bộ cho cơ quan đó."),
            f"""SELECT {_OF_DOSSIER} FROM dossiers_dossier d WHERE {_HELD} AND d.holder_id IS NULL
            AND NOT EXISTS ({_POSTED} AND p.office_id IN (d.at_office_id, d.competent_office_id))
            AND NOT EXISTS ({_POSTED} AND p.office_id IN {_HEIRS})""",  # noqa: S608
        ),
        Check(
            "no_number",
            lazy("Kết quả không có số"),
            lazy("Kết quả đã phát hành mà không có số, ký hiệu, dù quy trình có bước cho số: không đối chiếu được."),
            "desk:propose_correction",
            lazy("Đề nghị đính chính kết quả, ghi số cho đúng."),
            f"""SELECT {_OF_DOSSIER} FROM dossiers_dossier d JOIN dossiers_result r ON r.dossier_id = d.id
            WHERE d.state IN ({states(State.FINISHED, State.RETURNED)}) AND r.number = ''
            AND EXISTS (SELECT FROM catalogue_processstep s WHERE s.process_id = d.process_id AND s.role = 'clerk')""",  # noqa: S608
        ),
        Check(
            "petition_alone",
            lazy("Phản ánh không gắn hồ sơ"),
            lazy("Phản ánh đến từ liên kết của hồ sơ hoặc từ đánh giá, mà không còn biết là hồ sơ nào."),
            "desk:petition",
            lazy("Mở phản ánh, trả lời hoặc chuyển đúng nơi."),
            """SELECT NULL::bigint, p.id, p.about_office_id, p.owner_office_id FROM petitions_petition p
            WHERE p.way IN ('link', 'vote') AND p.dossier_id IS NULL""",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Bad:
    """One bad row: a dossier or a petition, at an office."""

    dossier_id: int | None
    petition_id: int | None
    code: str
    office: str
    state: str
    at: datetime

    @property
    def key(self) -> int:
        """What its page is asked with."""
        return self.dossier_id or self.petition_id or 0


@dataclass(frozen=True, slots=True)
class BadPage:
    """Bad rows in the order of their numbers; `next`: what to ask `after` for the following page."""

    rows: tuple[Bad, ...]
    next: str


def quality(at: datetime, allowed: frozenset[int] | None) -> dict[str, int]:
    """How many rows each check finds among what somebody may see (None: all); one statement."""
    counted = " UNION ALL ".join(
        f"SELECT '{check.key}', count(*) FROM ({_rows(check)}) m WHERE {_ALLOWED}"  # noqa: S608 - our own fragments
        for check in CHECKS.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(counted, _values(at, allowed))
        return dict(cursor.fetchall())


def bad_rows(at: datetime, allowed: frozenset[int] | None, check: str, *, after: str = "") -> BadPage:
    """What a check finds, page by page. Raises NotThere for an unknown one, Invalid for a damaged mark."""
    if check not in CHECKS:
        raise NotThere(_("Không có phép kiểm tra này."))
    if after and (not after.isdecimal() or len(after) > 18):
        raise Invalid(_("Địa chỉ của trang tiếp theo không đúng. Hãy mở lại danh sách."), code="cursor")
    sql = f"""
        SELECT m.dossier_id, m.petition_id, coalesce(d.code, d.submission_no, p.code), o.name,
            coalesce(d.state, p.state), coalesce(d.last_event_at, p.last_event_at)
        FROM ({_rows(CHECKS[check])}) m LEFT JOIN dossiers_dossier d ON d.id = m.dossier_id
        LEFT JOIN petitions_petition p ON p.id = m.petition_id
        JOIN offices_office o ON o.id = coalesce(d.at_office_id, m.competent_office_id)
        WHERE {_ALLOWED} AND coalesce(m.dossier_id, m.petition_id) > %(after)s
        ORDER BY coalesce(m.dossier_id, m.petition_id) LIMIT {PAGE + 1}
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**_values(at, allowed), "after": int(after or 0)})
        found = [Bad(*row) for row in cursor.fetchall()]
    return BadPage(tuple(found[:PAGE]), str(found[PAGE - 1].key) if len(found) > PAGE else "")


_ALLOWED = """(%(allowed)s::bigint[] IS NULL
    OR m.receiving_office_id = ANY(%(allowed)s) OR m.competent_office_id = ANY(%(allowed)s))"""


def _rows(check: Check) -> str:
    return f"SELECT * FROM ({check.sql}) found (dossier_id, petition_id, receiving_office_id, competent_office_id)"  # noqa: S608


def _values(at: datetime, allowed: frozenset[int] | None) -> dict[str, Any]:
    day = day_of(at)
    return {
        "day": day,
        "month_ago": start_of(day - timedelta(days=RETURN_DAYS)),
        "allowed": None if allowed is None else list(allowed),
    }

"""Further sets of dossiers, for form 07a/BTP: what stands in one set of `sets.py` told apart, and what was paid.

The same columns and bounds as there. They are counted for that form alone, so that no other report is longer for them.
"""

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.states import State
from motcua.fees.kinds import EntryKind, Way
from motcua.reports.measures import MEASURES, ONLINE, Measure
from motcua.reports.sets import ACCEPTED, DONE, SOURCES, WAITS

_SAME = """m.dossier_id, m.competent_office_id, m.receiving_office_id, m.procedure_id, m.version_id, m.lay_at, m.holder_id,
    m.due_at, m.at"""

# The online level that the procedure had on the day of acceptance, in whichever scheme spoke last; the four levels of
# ND43-2011 are read as ND42-2022 reads them: 4 is whole, 3 is partial.
ONLINE_BY_LEVEL = f"""
SELECT m.measure || CASE WHEN l.level IN ('full', '4') THEN '_full' WHEN l.level IN ('partial', '3') THEN '_partial'
    ELSE '_other' END AS measure, {_SAME}
FROM ({ACCEPTED}) m LEFT JOIN LATERAL (
    SELECT level FROM catalogue_servicelevel v
    WHERE v.procedure_id = m.procedure_id AND v.valid_from <= (m.at AT TIME ZONE INTERVAL '7 hours')::date
    ORDER BY v.valid_from DESC, v.id DESC LIMIT 1
) l ON true WHERE m.measure IN ('new_online_self', 'new_online_helped')
"""  # noqa: S608 - only our own fragments are put together

# Received by a unit that is neither of the deciding authority's own place, nor below it, nor of the same provincial level.
BOUNDARY = f"""
SELECT 'new_boundary' AS measure, {_SAME} FROM ({ACCEPTED}) m
JOIN offices_office r ON r.id = m.receiving_office_id JOIN offices_office c ON c.id = m.competent_office_id
WHERE r.id <> c.id AND r.parent_id IS DISTINCT FROM c.id AND c.parent_id IS DISTINCT FROM r.id
    AND NOT (r.level = 'province' AND c.level = 'province')
"""  # noqa: S608 - only our own fragments are put together

# Who is asked to complete it first, or whose procedure has no limit for the answer, is not late.
WAITS_IN_TIME = f"""
SELECT CASE WHEN d.answer_due_at IS NULL OR d.answer_due_at >= %(end)s OR EXISTS (
        SELECT FROM dossiers_stay x
        WHERE x.dossier_id = m.dossier_id AND x.entered_at = m.at AND x.state = '{State.PRE_SUPPLEMENT.value}'
    ) THEN 'waiting_in_time' ELSE 'waiting_late' END AS measure, {_SAME}
FROM ({WAITS}) m JOIN dossiers_dossier d ON d.id = m.dossier_id
"""  # noqa: S608 - only our own fragments are put together

LATE_WITH_LETTER = f"""
SELECT CASE WHEN EXISTS (SELECT FROM dossiers_extension x WHERE x.dossier_id = m.dossier_id AND x.signed_at <= m.at)
    THEN 'late_with_letter' ELSE 'late_without_letter' END AS measure, {_SAME}
FROM ({DONE}) m WHERE m.measure = 'resolved_late'
"""  # noqa: S608 - only our own fragments are put together

# Each dossier once in a period, by the way of the last payment in it.
PAID = f"""
SELECT DISTINCT ON (d.id)
    CASE WHEN e.way = '{Way.GATEWAY.value}' OR e.channel = 2 THEN 'paid_online' ELSE 'paid_direct' END AS measure,
    d.id AS dossier_id, d.competent_office_id, d.receiving_office_id, d.procedure_id, d.version_id,
    d.receiving_office_id AS lay_at, e.by_id AS holder_id, d.due_at, e.at
FROM fees_entry e JOIN dossiers_dossier d ON d.bill_id = e.bill_id
WHERE e.kind = '{EntryKind.PAID.value}' AND e.at >= %(start)s AND e.at < %(end)s
ORDER BY d.id, e.at DESC, e.seq DESC
"""  # noqa: S608 - only our own fragments are put together

_OF_LEVELS = (
    (
        "full",
        _("Trực tuyến toàn trình"),
        _("Tiếp nhận mới qua mạng, ngày tiếp nhận thủ tục ở mức toàn trình (trước đây là mức độ 4)."),
    ),
    (
        "partial",
        _("Trực tuyến một phần"),
        _("Tiếp nhận mới qua mạng, ngày tiếp nhận thủ tục ở mức một phần (trước đây là mức độ 3)."),
    ),
    (
        "other",
        _("Trực tuyến khác"),
        _("Tiếp nhận mới qua mạng mà ngày tiếp nhận thủ tục không ở mức toàn trình hay một phần."),
    ),
)
# Handed in by oneself, or with help, and each of them by the level.
BY_LEVEL = tuple(f"{key}_{level}" for key in ONLINE for level, _name, _sentence in _OF_LEVELS)

MORE: dict[str, Measure] = {
    row.key: row
    for row in (
        *(
            Measure(f"{key}_{level}", name, sentence, "ND42-2022")
            for key in ONLINE
            for level, name, sentence in _OF_LEVELS
        ),
        Measure(
            "new_boundary",
            _("Không phụ thuộc địa giới"),
            _(
                "Tiếp nhận mới ở một nơi không phải của cơ quan giải quyết, không ngay trên hay ngay dưới cơ quan đó, "
                "và không cùng ở cấp tỉnh với cơ quan đó."
            ),
            "ND309-2026 7",
        ),
        Measure(
            "waiting_in_time",
            _("Chờ tiếp nhận, trong hạn"),
            _("Cuối kỳ đã nộp, chưa được tiếp nhận, chưa quá hạn trả lời hoặc đang chờ người nộp hoàn thiện."),
            "ND45-2020 11",
        ),
        Measure(
            "waiting_late",
            _("Chờ tiếp nhận, quá hạn"),
            _("Cuối kỳ đã nộp, chưa được tiếp nhận và đã quá hạn trả lời."),
            "ND45-2020 11",
        ),
        Measure(
            "late_with_letter",
            _("Quá hạn, đã có thư xin lỗi"),
            _("Có kết quả sau ngày hẹn trả; trước đó có văn bản xin lỗi và hẹn lại."),
            "ND61-2018 19(9)",
        ),
        Measure(
            "late_without_letter",
            _("Quá hạn, chưa có thư xin lỗi"),
            _("Có kết quả sau ngày hẹn trả mà không có văn bản xin lỗi và hẹn lại."),
            "ND61-2018 19(9)",
        ),
        Measure(
            "paid_online",
            _("Thanh toán trực tuyến"),
            _("Hồ sơ có khoản thu trong kỳ, lần thu sau cùng qua cổng thanh toán hoặc qua mạng."),
            "ND61-2018 22",
        ),
        Measure(
            "paid_direct",
            _("Thanh toán trực tiếp"),
            _("Hồ sơ có khoản thu trong kỳ, lần thu sau cùng tại quầy hoặc chuyển khoản."),
            "ND61-2018 22",
        ),
    )
}
MORE_SOURCES: dict[str, frozenset[str]] = {
    ONLINE_BY_LEVEL: frozenset(BY_LEVEL),
    BOUNDARY: frozenset({"new_boundary"}),
    WAITS_IN_TIME: frozenset({"waiting_in_time", "waiting_late"}),
    LATE_WITH_LETTER: frozenset({"late_with_letter", "late_without_letter"}),
    PAID: frozenset({"paid_online", "paid_direct"}),
}
ALL_SOURCES = {**SOURCES, **MORE_SOURCES}
ALL_MEASURES = {**MEASURES, **MORE}

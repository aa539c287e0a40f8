"""A reorganisation: offices open, offices close, succession says who follows whom, officers go along."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.offices.models import Office, Succession
from motcua.offices.province import Row, one_at_a_time, read_rows, write_offices

NAME = re.compile(r"(?P<province>.+)-(?P<day>\d{4}-\d{2}-\d{2})-successions")
BASIS = {
    date(2024, 11, 1): "Nghị quyết 1201/NQ-UBTVQH15 ngày 28/9/2024",
    date(2025, 3, 1): "Nghị định 45/2025/NĐ-CP",
    date(2025, 7, 1): "Nghị quyết 202/2025/QH15, Nghị định 118/2025/NĐ-CP",
}

CLOSE_OFFICES = """
update offices_office set valid_to = %(day)s
where id in (select from_office_id from offices_succession where "on" = %(day)s)
  and (valid_to is null or valid_to > %(day)s)
"""
# Officers of a closed office serve on at its default successor, in the same role; each goes only once.
POST_ON = """
insert into offices_posting (account_id, office_id, role, valid_from, valid_to, reserve_for_id, basis,
                             procedures, fields)
select distinct on (p.account_id, s.to_office_id, p.role)
       p.account_id, s.to_office_id, p.role, greatest(p.valid_from, %(day)s), p.valid_to, p.reserve_for_id, s.basis,
       p.procedures, p.fields
from offices_posting p
join offices_succession s on s.from_office_id = p.office_id and s."on" = %(day)s and s.is_default
where (p.valid_to is null or p.valid_to > %(day)s)
  and not exists (
    select from offices_posting q
    where q.account_id = p.account_id and q.office_id = s.to_office_id and q.role = p.role
      and (q.valid_to is null or q.valid_to > greatest(p.valid_from, %(day)s)))
order by p.account_id, s.to_office_id, p.role, p.valid_from
"""
END_POSTINGS = """
update offices_posting p set valid_to = %(day)s
from offices_succession s
where s.from_office_id = p.office_id and s."on" = %(day)s and p.valid_from < %(day)s
  and (p.valid_to is null or p.valid_to > %(day)s)
"""
DROP_POSTINGS = """
delete from offices_posting p using offices_succession s
where s.from_office_id = p.office_id and s."on" = %(day)s and p.valid_from >= %(day)s
"""


def days_known() -> dict[date, str]:
    """The reorganisations there is data for: day to the beginning of their files' names."""
    folder = Path(settings.DATA_DIR / "offices")
    found = (NAME.fullmatch(path.stem) for path in folder.glob("*-successions.csv"))
    days = {date.fromisoformat(match["day"]): f"{match['province']}-{match['day']}" for match in found if match}
    return dict(sorted(days.items()))


def reorganise(day: date) -> list[dict[str, int | str]]:
    """Bring the tree to what it is on a day: every known reorganisation up to it, inclusive, in order.

    Doing it twice changes nothing. Raises NotThere when none is known on that day, or the province isn't loaded.
    Law: ND118-2025
    """
    known = days_known()
    if day not in known:
        days = ", ".join(one.isoformat() for one in known)
        raise NotThere(_("Không có đợt sắp xếp nào vào ngày này. Có: %(days)s.") % {"days": days})
    return [apply(one, name) for one, name in known.items() if one <= day]


@transaction.atomic
def apply(day: date, name: str) -> dict[str, int | str]:
    """One reorganisation, whole or not at all."""
    rows = read_rows(f"{name}-successions")
    opened = read_rows(f"{name}-opened")
    one_at_a_time()
    check_loaded(rows, opened)
    opened_counts = write_offices(opened)
    successions = write_successions(rows, day)
    with connection.cursor() as cursor:
        counts = {}
        for count, statement in {
            "closed": CLOSE_OFFICES,
            "postings": POST_ON,
            "postings_ended": END_POSTINGS,
            "postings_dropped": DROP_POSTINGS,
        }.items():
            cursor.execute(statement, {"day": day})
            counts[count] = cursor.rowcount
    return {"day": day.isoformat(), "opened": opened_counts["new"], **successions, **counts}


def check_loaded(rows: list[Row], opened: list[Row]) -> None:
    """Every office that is to close must be there."""
    needed = {row["from_code"] for row in rows} - {row["code"] for row in opened}
    missing = needed - set(Office.objects.filter(code__in=needed).values_list("code", flat=True))
    if missing:
        example = min(missing)
        raise NotThere(
            _("Thiếu %(count)s cơ quan cần sắp xếp, ví dụ %(code)s. Hãy nạp tỉnh trước.")
            % {"count": len(missing), "code": example}
        )


def write_successions(rows: list[Row], day: date) -> dict[str, int]:
    """Succession rows that aren't there yet, counted by kind."""
    ids = dict(Office.objects.values_list("code", "pk"))
    there = set(Succession.objects.filter(on=day).values_list("from_office_id", "to_office_id"))
    fresh = [
        Succession(
            from_office_id=ids[row["from_code"]],
            to_office_id=ids[row["to_code"]],
            kind=row["kind"],
            on=day,
            basis=BASIS.get(day, ""),
            is_default=row["is_default"] == "1",
        )
        for row in rows
        if (ids[row["from_code"]], ids[row["to_code"]]) not in there
    ]
    Succession.objects.bulk_create(fresh)
    counts = dict.fromkeys((str(kind) for kind in Succession.Kind.values), 0)
    for succession in fresh:
        counts[succession.kind] += 1
    return counts

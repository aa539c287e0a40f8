"""The people of the demo: a named cast, and synthetic officers so that every office can work.

None of them exists. The synthetic ones say so in their names and can't log in.
"""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Refused
from motcua.base.times import day_of
from motcua.offices.models import Office, Posting
from motcua.people.models import Account

PROVINCE = "H54"
BASIS = "Dữ liệu mẫu"
CAST_FILE = Path(settings.DATA_DIR) / "offices" / "demo_people.csv"
FIRST_DAY = date(2018, 6, 21)

# Every office in force on the day gets one synthetic person per post; where few work, one person has several roles.
SYNTHETIC = """
with posts (kinds, post, title, roles) as (values
  ('{center_province,district_unit,commune_unit,center_commune}'::text[], 'tiepnhan', 'Cán bộ tiếp nhận', '{receiver}'::text[]),
  ('{department,vertical_agency}', 'tiepnhan', 'Cán bộ tiếp nhận', '{receiver}'),
  ('{department,vertical_agency,district_unit,commune_unit,center_commune,center_province}', 'thuly', 'Cán bộ thụ lý', '{handler}'),
  ('{department,vertical_agency,district_unit,center_province}', 'truongphong', 'Lãnh đạo phòng', '{head}'),
  ('{department,vertical_agency,district_unit,center_province}', 'lanhdao', 'Lãnh đạo cơ quan', '{approver}'),
  ('{department,vertical_agency,district_unit,center_province}', 'vanthu', 'Văn thư', '{clerk}'),
  ('{commune_unit,center_commune}', 'lanhdao', 'Lãnh đạo xã', '{head,approver,clerk}')
), seats as (
  select o.id as office_id, o.valid_from, 'mau.' || lower(o.code_qd20) || '.' || p.post as login,
         p.title || ' (mẫu) – ' || o.short_name as full_name, p.roles
  from offices_office o join posts p on o.kind = any(p.kinds)
  where o.province = %(province)s and o.valid_from <= %(day)s and (o.valid_to is null or o.valid_to > %(day)s)
), made as (
  insert into people_account (login, password, full_name, email, phone, personal_id,
                              is_officer, is_active, is_demo, language, created_at)
  select login, '!', full_name, '', '', '', true, true, true, 'vi', %(at)s from seats
  on conflict (login) do nothing
  returning id, login
)
insert into offices_posting (account_id, office_id, role, valid_from, basis)
select m.id, s.office_id, r.role, s.valid_from, %(basis)s
from made m join seats s using (login) cross join lateral unnest(s.roles) as r(role)
"""


def cast_rows() -> list[dict[str, str]]:
    """The named cast as the project's data has it."""
    with CAST_FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def refuse_among_real_people() -> None:
    """Demo accounts never come into a database in which real officers work; citizens who tried the portal may stay."""
    if Account.objects.filter(is_demo=False, is_officer=True).exists():
        raise Refused(_("Cơ sở dữ liệu đã có tài khoản thật; không tạo tài khoản mẫu."), code="real_people")


@transaction.atomic
def make_cast(at: datetime, password: str | None) -> dict[str, Account]:
    """The named cast with their postings; those that exist stay as they are, passwords too. Key to account."""
    refuse_among_real_people()
    rows = cast_rows()
    there = Account.objects.in_bulk([row["login"] for row in rows], field_name="login")
    fresh = [row for row in rows if row["login"] not in there]
    # One hash for all: they share one password, and a hash costs a tenth of a second.
    hashed = make_password(password)
    Account.objects.bulk_create(account_of(row, hashed, at) for row in fresh)
    accounts = Account.objects.in_bulk([row["login"] for row in rows], field_name="login")
    Posting.objects.bulk_create(postings_of(fresh, accounts))
    return {row["key"]: accounts[row["login"]] for row in rows}


def account_of(row: dict[str, str], hashed: str, at: datetime) -> Account:
    """An unsaved account from a row of the cast."""
    return Account(
        login=row["login"],
        password=hashed,
        full_name=row["full_name"],
        email=row["email"],
        phone=row["phone"],
        personal_id=row["personal_id"],
        is_officer=row["kind"] == "officer",
        is_demo=True,
        created_at=at,
    )


def postings_of(rows: list[dict[str, str]], accounts: dict[str, Account]) -> Iterable[Posting]:
    """Unsaved postings of the cast, each from its office's first day; an office that isn't loaded gives none."""
    offices = {office.key: office for office in Office.objects.filter(province=PROVINCE).order_by("valid_from")}
    for row in rows:
        office = offices.get(row["office"])
        for role in row["roles"].split() if office else ():
            yield Posting(
                account=accounts[row["login"]],
                office=office,
                role=role,
                valid_from=office.valid_from if office else FIRST_DAY,
                basis=BASIS,
            )


def make_synthetic_officers(at: datetime, province: str = PROVINCE) -> int:
    """Synthetic receivers, handlers, heads, approvers and clerks for every office in force; how many postings are new."""
    refuse_among_real_people()
    with connection.cursor() as cursor:
        cursor.execute(SYNTHETIC, {"province": province, "day": day_of(at), "at": at, "basis": BASIS})
        return cursor.rowcount

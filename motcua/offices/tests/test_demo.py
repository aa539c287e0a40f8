"""The people of the demo."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from motcua.base.errors import Refused
from motcua.offices.demo import make_cast, make_synthetic_officers
from motcua.offices.models import Office, Posting
from motcua.people.models import Account
from tests.cast import Cast

AT = datetime(2021, 11, 1, 1, 0, tzinfo=UTC)


def test_every_office_that_works_has_a_receiver_a_handler_and_an_approver(empty: None, province: None) -> None:
    make_synthetic_officers(AT)
    for role in ("receiver", "handler", "approver"):
        served = Posting.objects.filter(role=role).values("office_id")
        assert list(Office.objects.exclude(pk__in=served).values_list("kind", flat=True)) == ["province"]


def test_synthetic_officers_say_so_and_cannot_log_in(empty: None, province: None) -> None:
    assert make_synthetic_officers(AT) > 0
    assert make_synthetic_officers(AT) == 0
    assert all("(mẫu)" in one.full_name and not one.has_usable_password() for one in Account.objects.all())


def test_a_citizen_who_tried_the_portal_does_not_end_the_demo(empty: None, province: None) -> None:
    Account.objects.create_account("lan@example.vn", "một mật khẩu dài", "Lan")
    assert make_synthetic_officers(AT) > 0


def test_the_demo_never_comes_among_real_people(empty: None, province: None) -> None:
    Account.objects.create_account("canbo", "một mật khẩu dài", "Cán Bộ Thật", is_officer=True)
    with pytest.raises(Refused, match="đã có tài khoản thật"):
        make_cast(AT, "x")
    with pytest.raises(CommandError, match="đã có tài khoản thật"):
        call_command("load_demo", "--people-only")


def test_the_cast_is_made_once(cast: Cast) -> None:
    again = make_cast(AT, password=None)
    assert again["minh"] == cast.minh
    assert Posting.objects.filter(account=cast.son).count() == 3


def test_load_demo_writes_the_accounts_where_only_the_owner_reads(
    empty: None, settings: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STATE_DIR = tmp_path  # type: ignore[attr-defined]
    call_command("load_demo", "--people-only")
    place = tmp_path / "accounts.txt"
    first = place.read_text(encoding="utf-8")
    assert place.stat().st_mode & 0o077 == 0
    assert first in capsys.readouterr().out
    password = first.split("\n")[0].rsplit(": ", 1)[1]
    assert Account.objects.get_by_natural_key("MINH").check_password(password)
    call_command("load_demo", "--people-only")
    assert place.read_text(encoding="utf-8") == first


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_load_one_demo(empty: None, settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.STATE_DIR = tmp_path  # type: ignore[attr-defined]

    def start(_: int) -> None:
        call_command("load_demo", "--people-only", stdout=StringIO())
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, range(2)))
    assert Office.objects.filter(province="H54").count() == 292
    assert Account.objects.filter(login="minh").count() == 1

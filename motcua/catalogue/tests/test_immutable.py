"""The database itself refuses to change what was published or confirmed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from motcua.calendar.limits import Limit
from motcua.catalogue.models import FeeRow, LimitRow, Procedure, ProcedureVersion
from motcua.catalogue.pending import confirm_fee, confirm_limit
from motcua.catalogue.processes import ensure_default
from motcua.catalogue.tests.source_rows import whole
from motcua.people.models import Account

pytestmark = pytest.mark.usefixtures("empty")
AT = datetime(2026, 7, 20, 8, 0, tzinfo=UTC)

REFUSED = [
    "update catalogue_procedureversion set name = 'Khác'",
    "update catalogue_procedureversion set status = 'draft'",
    "update catalogue_procedureversion set laws = '{}', status = 'retired'",
    "delete from catalogue_procedureversion",
    "update catalogue_procedurecase set title = 'Khác'",
    "delete from catalogue_component",
    "update catalogue_component set mandatory = false",
    "insert into catalogue_component (case_id, seq, name, section, form_name, originals, copies, mandatory, kind,"
    " channels, unsure_channels) select id, 99, 'Thêm', '', '', 1, 0, true, 'hand_in', '{}', '{}' from catalogue_procedurecase",
    "update catalogue_limitrow set certain = true, doubt = ''",
    """update catalogue_limitrow set "limit" = '{"kind": "none"}'""",
    "delete from catalogue_limitrow",
    "update catalogue_feerow set amount_vnd = 1",
    "delete from catalogue_feerow",
    "update catalogue_limitconfirmation set basis = 'Khác'",
    "delete from catalogue_limitconfirmation",
    "update catalogue_feeconfirmation set amount_vnd = 1",
    "delete from catalogue_feeconfirmation",
    "update catalogue_processstep set role = 'clerk'",
    "delete from catalogue_processstep",
    "update catalogue_process set title = 'Khác'",
]


@pytest.fixture
def published(tmp_path: Path) -> ProcedureVersion:
    call_command("load_procedures", str(whole(tmp_path / "a", "1.000001")), as_json=True)
    account = Account.objects.create_account("nguoi.xac.nhan", None, "Phạm Văn Minh")
    confirm_limit(LimitRow.objects.get(), Limit.parse("5wd"), account, AT, "Quyết định 1/QĐ-UBND")
    confirm_fee(FeeRow.objects.get(), 0, account, AT, "Quyết định 1/QĐ-UBND")
    ensure_default()
    version = Procedure.objects.get().current
    assert version is not None
    return version


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses(published: ProcedureVersion, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_version_may_be_retired_and_not_brought_back(published: ProcedureVersion) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update catalogue_procedureversion set status = 'retired', valid_to = '2026-08-01'")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.update(status="published")


def test_a_draft_may_change_and_go(published: ProcedureVersion) -> None:
    draft = ProcedureVersion.objects.create(
        procedure=published.procedure, number=2, name="Dự thảo", digest=b"x", imported_at=AT
    )
    draft.cases.create(seq=1)
    ProcedureVersion.objects.filter(pk=draft.pk).update(name="Dự thảo 2")
    draft.cases.all().delete()
    assert draft.delete()[0] == 1

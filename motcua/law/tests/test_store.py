"""The regime of a day, its parameters, and who may set another value."""

import json
from datetime import UTC, date, datetime, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from motcua.base.errors import Invalid, NotThere
from motcua.law.facts import PARAMETERS, RegimeError, check_value
from motcua.law.models import RegimeParameter, Revision
from motcua.law.store import current_revision, load_presets, regime, regime_on, set_parameter

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture
def presets(db):
    load_presets(DATA, at=AT)
    current_revision()


@pytest.mark.usefixtures("presets")
@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2018, 6, 21), "r1_2018"),
        (date(2021, 12, 5), "r1_2018"),
        (date(2021, 12, 6), "r2_2021"),
        (date(2025, 6, 30), "r2_2021"),
        (date(2025, 7, 1), "r3_2025"),
        (date(2026, 7, 1), "r5_2026"),
        (date(2026, 8, 4), "r5_2026"),
        (date(2026, 8, 5), "r6_2026"),
        (date(2030, 1, 1), "r6_2026"),
    ],
)
def test_the_regime_follows_the_day_of_acceptance(day, code):
    assert regime_on(day).code == code


@pytest.mark.usefixtures("presets")
def test_before_the_first_decree_there_is_no_regime():
    with pytest.raises(NotThere, match="20/06/2018"):
        regime_on(date(2018, 6, 20))
    with pytest.raises(NotThere):
        regime("r9")


@pytest.mark.usefixtures("presets")
def test_the_first_regime_is_that_of_decree_61():
    facts = regime("r1_2018")
    assert (facts.supplement_clock, facts.max_supplements, facts.max_extensions) == ("restart", 1, 1)
    assert (facts.ineligible_return_days, facts.online_ack_hours) == (3, 8)
    assert facts.transfer_cutoff == time(15)
    assert facts.starts_shifted_after() is None
    assert (facts.tiers, facts.forms, facts.code_scheme) == (3, "TT01-2018", "qcvn102_2016")
    assert facts.article("19(4)") == "ND61-2018 19(4)"


@pytest.mark.usefixtures("presets")
def test_the_latest_regime_has_two_tiers_kiosks_and_no_boundary():
    facts = regime("r6_2026")
    assert (facts.tiers, facts.kiosk, facts.cross_boundary, facts.portal_mode) == (2, True, "nationwide", "national")
    assert (facts.forms, facts.report_form, facts.forbid_known_data) == ("TT03-2025", "07a/BTP", True)
    assert facts.article("17") == "ND118-2025 17"


@pytest.mark.usefixtures("presets")
def test_presets_are_complete_and_loaded_once():
    assert load_presets(DATA, at=AT) == 0
    assert RegimeParameter.objects.count() == 5 * len(PARAMETERS)
    assert Revision.objects.count() == 1


@pytest.mark.usefixtures("presets")
def test_a_person_sets_another_value_with_a_document_and_the_old_one_is_kept():
    set_parameter("r3_2025", "max_extensions", 2, basis="QĐ 12/QĐ-UBND", approved_by="Trần Thị Hoa", at=AT)
    assert regime("r3_2025").max_extensions == 1
    current_revision()
    assert regime("r3_2025").max_extensions == 2
    assert "1 (ND118-2025 19) → 2" in Revision.objects.latest("id").note


@pytest.mark.usefixtures("presets")
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("max_extensions", "2"), ("max_extensions", -1), ("max_extensions", None), ("max_extensions", True),
        ("supplement_clock", "maybe"), ("supplement_clock", ["restart"]), ("transfer_cutoff", "25:00"),
        ("transfer_cutoff", 15), ("kiosk", 1), ("no_such", 1),
    ],
)  # fmt: skip
def test_nonsense_values_are_refused(key, value):
    with pytest.raises(RegimeError):
        set_parameter("r3_2025", key, value, basis="QĐ", approved_by="Hoa", at=AT)
    assert Revision.objects.count() == 1


@pytest.mark.usefixtures("presets")
def test_a_value_needs_a_name_and_a_document():
    with pytest.raises(Invalid):
        set_parameter("r3_2025", "max_extensions", 2, basis=" ", approved_by="Hoa", at=AT)
    with pytest.raises(NotThere):
        set_parameter("r9", "max_extensions", 2, basis="QĐ", approved_by="Hoa", at=AT)


def test_numbers_may_be_open_only_where_the_law_leaves_them_open():
    assert check_value("max_extension_days", None) is None


@pytest.mark.usefixtures("presets")
def test_after_the_first_look_a_regime_costs_no_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        current_revision()
        regime("r1_2018")
        regime_on(date(2026, 11, 22))


def test_an_incomplete_preset_is_refused_whole(empty, tmp_path):
    presets = json.loads((DATA / "law" / "regimes.json").read_text(encoding="utf-8"))
    del presets["regimes"][0]["parameters"]["max_extensions"]
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "regimes.json").write_text(json.dumps(presets), encoding="utf-8")
    with pytest.raises(RegimeError, match="max_extensions"):
        load_presets(tmp_path, at=AT)
    assert not RegimeParameter.objects.exists()


@pytest.mark.usefixtures("presets")
def test_a_value_is_set_from_the_command_line():
    words = ("--basis", "QĐ 12/QĐ-UBND", "--approved-by", "Trần Thị Hoa")
    call_command("set_parameter", "r3_2025", "max_extensions", "2", *words, stdout=StringIO())
    call_command("set_parameter", "r3_2025", "supplement_clock", "resume", *words, stdout=StringIO())
    current_revision()
    assert (regime("r3_2025").max_extensions, regime("r3_2025").supplement_clock) == (2, "resume")
    with pytest.raises(CommandError) as refused:
        call_command("set_parameter", "r3_2025", "max_extensions", "many", *words)
    assert refused.value.returncode == 2

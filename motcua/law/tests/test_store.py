"""The regime of a day, and the values that hold for a dossier accepted on it."""

from datetime import UTC, date, datetime, time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from motcua.base.errors import NotThere
from motcua.law.models import RegimeParameter, Scope
from motcua.law.presets import load_presets
from motcua.law.store import current_revision, narrowed, regime, regime_on
from motcua.law.tests.settling import settle_value
from motcua.law.tests.test_presets import DATA

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def presets(db: None) -> None:
    load_presets(DATA, at=AT)
    current_revision()


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
def test_the_regime_follows_the_day_of_acceptance(day: date, code: str) -> None:
    assert regime_on(day).code == code


def test_before_the_first_decree_there_is_no_regime() -> None:
    with pytest.raises(NotThere, match="20/06/2018"):
        regime_on(date(2018, 6, 20))
    with pytest.raises(NotThere):
        regime("r9", date(2021, 1, 1))


def test_the_first_regime_is_that_of_decree_61() -> None:
    facts = regime_on(date(2018, 6, 21))
    assert (facts.supplement_clock, facts.max_supplements, facts.max_extensions) == ("restart", 1, 1)
    assert (facts.ineligible_return_days, facts.online_ack_hours) == (3, 8)
    assert facts.transfer_cutoff == time(15)
    assert facts.starts_shifted_after() is None
    assert (facts.tiers, facts.forms, facts.code_scheme) == (3, "TT01-2018", "qcvn102_2016")
    assert facts.article("19(4)") == "ND61-2018 19(4)"


def test_the_latest_regime_has_two_tiers_kiosks_and_no_boundary() -> None:
    facts = regime_on(date(2026, 8, 5))
    assert (facts.tiers, facts.kiosk, facts.cross_boundary, facts.portal_mode) == (2, True, "nationwide", "national")
    assert (facts.forms, facts.report_form, facts.forbid_known_data) == ("TT03-2025", "07a/BTP", True)
    assert facts.article("17") == "ND118-2025 17"


def test_a_text_in_force_within_a_regime_changes_it_from_its_own_day() -> None:
    assert regime_on(date(2022, 8, 14)).service_levels == "four_levels"
    assert regime_on(date(2022, 8, 15)).service_levels == "full_partial"
    assert regime_on(date(2025, 9, 14)).forms == "TT01-2018"
    assert regime_on(date(2025, 9, 15)).forms == "TT03-2025"


def test_a_dossier_in_hand_keeps_what_it_was_accepted_under() -> None:
    settle_value("r3_2025", "max_extensions", 2, on=date(2025, 11, 1))
    assert regime("r3_2025", date(2025, 10, 31)).max_extensions == 1
    assert regime("r3_2025", date(2025, 11, 1)).max_extensions == 2
    assert regime_on(date(2026, 8, 5)).max_extensions == 1, "another regime is another law"


def test_the_narrower_place_counts_before_the_wider() -> None:
    assert not narrowed()
    day = date(2021, 11, 1)
    settle_value("r1_2018", "supplement_wait_days", 30, on=day)
    settle_value("r1_2018", "supplement_wait_days", 20, on=day, scope=Scope.FIELD, target="Hộ tịch")
    settle_value("r1_2018", "supplement_wait_days", 10, on=day, scope=Scope.PROCEDURE, target="9.000001")
    assert narrowed()
    asked = [{"procedure": "9.000001", "field": "Hộ tịch"}, {"procedure": "9.000002", "field": "Hộ tịch"}, {}]
    assert [regime_on(day, **names).supplement_wait_days for names in asked] == [10, 20, 30]
    assert regime_on(date(2021, 10, 31), **asked[0]).supplement_wait_days is None


def test_a_place_that_gives_up_its_own_value_follows_the_wider_again() -> None:
    day, later = date(2021, 11, 1), date(2021, 11, 15)
    settle_value("r1_2018", "supplement_clock", "resume", on=day)
    settle_value("r1_2018", "supplement_clock", ends=True, on=later)
    assert regime_on(date(2021, 11, 14)).supplement_clock == "resume"
    assert regime_on(later).supplement_clock == "restart"


def test_of_two_values_for_one_day_the_later_approved_counts() -> None:
    settle_value("r1_2018", "max_extensions", 2, on=date(2021, 11, 1))
    settle_value("r1_2018", "max_extensions", 3, on=date(2021, 11, 1))
    assert regime_on(date(2021, 11, 1)).max_extensions == 3


def test_each_value_ends_where_the_next_begins() -> None:
    settle_value("r1_2018", "max_extensions", 2, on=date(2021, 10, 1))
    settle_value("r1_2018", "max_extensions", 3, on=date(2021, 11, 1))
    rows = RegimeParameter.objects.filter(regime__code="r1_2018", key="max_extensions").with_end()
    assert [(row.scope, row.valid_from, vars(row)["valid_to"]) for row in rows.order_by("id")] == [
        ("preset", date(2018, 6, 21), date(2021, 12, 6)),
        ("province", date(2021, 10, 1), date(2021, 11, 1)),
        ("province", date(2021, 11, 1), date(2021, 12, 6)),
    ]


def test_after_the_first_look_a_regime_costs_no_statement(django_assert_num_queries) -> None:
    settle_value("r6_2026", "online_ack_hours", 4, on=date(2026, 12, 1), scope=Scope.FIELD, target="Hộ tịch")
    with django_assert_num_queries(1):
        current_revision()
        regime("r1_2018", date(2021, 1, 1))
        assert regime_on(date(2026, 12, 1), field="Hộ tịch").online_ack_hours == 4


def test_the_command_lists_regimes_and_says_what_one_holds() -> None:
    def ask(*words: str) -> str:
        out = StringIO()
        call_command("regime", *words, stdout=out)
        return out.getvalue()

    assert ask().count("\n") == 5
    assert "r6_2026   05/08/2026 – …" in ask()
    sheet = ask("r1_2018", "--on", "2021-11-01")
    assert "max_extensions               1 lần  (ND61-2018 19(9))" in sheet
    assert '"value": "15:00"' in ask("--on", "2021-11-01", "--json")
    with pytest.raises(CommandError) as refused:
        ask("r9")
    assert refused.value.returncode == 2

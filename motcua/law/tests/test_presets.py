"""The regimes that come with the software: complete, in order, loaded once."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from motcua.law.checking import RegimeError
from motcua.law.facts import DECLARED
from motcua.law.models import Regime, RegimeParameter, Revision
from motcua.law.presets import load_presets

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[3] / "data"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[Callable[[list[dict[str, Any]]], None]], Path]:
    """The bundled file with something changed."""

    def changed(change: Callable[[list[dict[str, Any]]], None]) -> Path:
        presets = json.loads((DATA / "law" / "regimes.json").read_text(encoding="utf-8"))
        change(presets["regimes"])
        (tmp_path / "law").mkdir(exist_ok=True)
        (tmp_path / "law" / "regimes.json").write_text(json.dumps(presets), encoding="utf-8")
        return tmp_path

    return changed


def test_every_parameter_stands_in_every_regime(empty: None) -> None:
    load_presets(DATA, at=AT)
    for regime in Regime.objects.all():
        assert set(regime.regimeparameters.values_list("key", flat=True)) == set(DECLARED), regime.code


def test_presets_are_loaded_once(empty: None) -> None:
    assert load_presets(DATA, at=AT) > 5 * len(DECLARED)
    assert load_presets(DATA, at=AT) == 0
    assert Revision.objects.count() == 1


def test_a_regime_inherits_what_the_one_before_it_ended_with(empty: None) -> None:
    load_presets(DATA, at=AT)
    first = RegimeParameter.objects.get(regime__code="r3_2025", key="service_levels")
    assert (first.value, first.basis, first.valid_from) == ("full_partial", "ND42-2022", date(2025, 7, 1))


def test_an_incomplete_preset_is_refused_whole(empty: None, file: Any) -> None:
    def forget(regimes: list[dict[str, Any]]) -> None:
        del regimes[0]["parameters"]["max_extensions"]

    with pytest.raises(RegimeError, match="max_extensions"):
        load_presets(file(forget), at=AT)
    assert not RegimeParameter.objects.exists()


@pytest.mark.parametrize("end", ["2021-12-05", "2021-12-07", None])
def test_regimes_that_leave_a_gap_or_overlap_are_refused(empty: None, file: Any, end: str | None) -> None:
    def end_elsewhere(regimes: list[dict[str, Any]]) -> None:
        regimes[0]["valid_to"] = end

    with pytest.raises(RegimeError, match=r"r1_2018 và r2_2021 .*12/2021"):
        load_presets(file(end_elsewhere), at=AT)


def test_a_new_parameter_of_the_software_comes_into_a_database_that_has_the_regimes(empty: None, file: Any) -> None:
    load_presets(DATA, at=AT)
    with_fewer = RegimeParameter.objects.count()

    def nothing_else(regimes: list[dict[str, Any]]) -> None:
        regimes[0]["parameters"]["max_extensions"] = [7, "", "low"]

    assert load_presets(file(nothing_else), at=AT) == 0, "what stands is left alone"
    assert RegimeParameter.objects.count() == with_fewer
    assert RegimeParameter.objects.get(regime__code="r1_2018", key="max_extensions").value == 1


def test_the_open_regime_ends_where_its_successor_begins(empty: None, file: Any) -> None:
    load_presets(DATA, at=AT)

    def succeed(regimes: list[dict[str, Any]]) -> None:
        regimes[-1]["valid_to"] = "2027-01-01"
        regimes.append(
            {"code": "r7", "name": "mới", "valid_from": "2027-01-01", "valid_to": None, "basis": "X",
             "follows": "r6_2026", "parameters": {}}
        )  # fmt: skip

    assert load_presets(file(succeed), at=AT) == 1 + len(DECLARED)
    assert Regime.objects.get(code="r6_2026").valid_to == date(2027, 1, 1)

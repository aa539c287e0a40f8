"""Open data: closed months only, true numbers, small ones hidden for good, checked with nothing but the files."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from motcua.base.errors import Invalid, NotThere
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.offices.models import Office
from motcua.reports.closing import close_period, frozen_report
from motcua.reports.models import OpenMonth, PeriodClose
from motcua.reports.open_data import (
    HEADS,
    KEYS,
    MANIFEST,
    MEASURES_PUBLISHED,
    is_publishable,
    latest_close,
    publish,
    threshold,
    verify,
    write_files,
)
from motcua.reports.periods import parse_period
from motcua.reports.suppression import ALL, Cell, Published, with_sums
from motcua.reports.tests.ledger import History, clock, procedure, write
from motcua.reports.tests.opening import province, published
from motcua.reports.tests.test_suppression import breadth, solved
from motcua.signing.codes import new_code_key
from tests.world import World, moment

pytestmark = pytest.mark.django_db
K = 5


def many(count: int, office: Office, code: str, field: str, channel: int = 1) -> None:
    case = procedure(code, field)
    for place in range(count):
        at = clock(f"2021-11-{place % 28 + 1:02d} 09:00")
        write(History([(at, State.ACCEPTED)], None, channel, competent=office, receiving=office), case)


@pytest.fixture
def november(world: World) -> OpenMonth:
    """Three offices and three fields, some of them small."""
    many(12, world.cast.justice, "8.000001", "Hộ tịch")
    many(2, world.cast.justice, "8.000002", "Chứng thực")
    many(9, world.cast.industry, "8.000002", "Chứng thực")
    many(7, world.cast.industry, "8.000003", "Hóa chất")
    many(8, world.cast.commune, "8.000001", "Hộ tịch")
    many(6, world.cast.commune, "8.000002", "Chứng thực")
    many(1, world.cast.commune, "8.000003", "Hóa chất", channel=2)
    return published(world)


def read(made: OpenMonth) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made.csv)))


def test_the_files_say_what_was_closed(november: OpenMonth) -> None:
    rows = read(november)
    assert tuple(rows[0]) == HEADS and {row["month"] for row in rows} == {"2021-11"}
    said = json.loads(november.json)
    assert [row["value"] for row in said["rows"]] == [int(row["value"]) if row["value"] else None for row in rows]
    total = frozen_report(november.close).total
    sums = {row["measure"]: row["value"] for row in rows if row["office"] == row["field"] == ALL}
    assert int(sums["new_counter"]) == total["new_counter"] == 44
    assert sums["new_online"] == ""  # one dossier alone
    assert said["unit"] == "hồ sơ" and said["threshold"] == K and "CC BY" in said["licence"]
    assert {row["key"] for row in said["measures"]} == set(MEASURES_PUBLISHED)
    assert all(row["sentence"] for row in said["measures"])


def test_no_hidden_number_of_the_files_can_be_recomputed(november: OpenMonth) -> None:
    """The attack: everything that the published CSV says, put into equations."""
    tables: dict[str, dict[Cell, str]] = defaultdict(dict)
    for row in read(november):
        tables[row["measure"]][row["office_code"], row["field"]] = row["value"]
    true: dict[str, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    for dossier in Dossier.objects.select_related("competent_office", "version"):
        measure = {1: "new_counter", 2: "new_online"}[dossier.channel]
        true[measure][dossier.competent_office.code_qd20, dossier.version.field] += 1
    for measure, table in tables.items():
        made = Published(
            {cell: int(value) for cell, value in table.items() if value},
            frozenset(cell for cell, value in table.items() if not value),
        )
        sums = with_sums(true[measure])
        assert set(sums) == set(table) and all(sums[cell] == count for cell, count in made.numbers.items())
        assert solved(true[measure], made) == {}
        assert all(count >= K for count in made.numbers.values())
        assert all(breadth(true[measure], made, cell) >= K for cell in made.hidden), measure
    hidden = {cell for cell, value in tables["new_counter"].items() if not value}
    assert ("H54.03", "Chứng thực") in hidden or len(hidden) >= 4
    assert (ALL, ALL) not in hidden


def test_there_is_nothing_personal_in_the_files(november: OpenMonth) -> None:
    for text in (november.csv, november.json, november.manifest):
        assert "Nguyễn Văn Mẫu" not in text and "TN-" not in text and "X-0" not in text


def test_only_whole_months_of_the_province_by_authority_are_published(world: World) -> None:
    def closed(text: str, place: str, office: Office, who: str) -> PeriodClose:
        actor = world.actor(who)
        return close_period(parse_period(text), office, place=place, actor=actor, at=moment("2022-01-05 08:00"))

    for close in (
        closed("2021-10", "receiving", province(), "quang"),
        closed("2021-10", "receiving", world.cast.center, "dung"),
        closed("2021-Q3", "competent", province(), "quang"),
    ):
        assert not is_publishable(close)
        with pytest.raises(Invalid):
            publish(close, moment("2022-01-05 08:00"))
    assert not OpenMonth.objects.exists()
    with pytest.raises(NotThere, match="chưa được tỉnh chốt"):
        latest_close("2021-10")
    made = closed("2021-10", "competent", province(), "quang").open_month
    assert publish(made.close, moment("2022-02-01 08:00")) == made and read(made) == []


def test_closed_again_it_is_published_again_and_the_first_stays(world: World, november: OpenMonth) -> None:
    many(20, world.cast.commune, "8.000001", "Hộ tịch")
    again = published(world, at="2021-12-05 08:00", reason="Nhập bổ sung")
    assert latest_close("2021-11") == again.close != november.close
    assert OpenMonth.objects.get(pk=november.pk).csv == november.csv != again.csv


def test_the_database_refuses_another_word(november: OpenMonth) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        OpenMonth.objects.update(csv="")
    with pytest.raises(DatabaseError), transaction.atomic():
        OpenMonth.objects.all().delete()


def test_the_threshold_is_a_parameter_with_dates() -> None:
    assert threshold(parse_period("2021-11").last) == threshold(parse_period("2025-11").last) == K


def test_a_folder_is_checked_with_nothing_else(november: OpenMonth, tmp_path: Path) -> None:
    written = write_files(november, tmp_path)
    assert {path.name for path in written} == {"H54-2021-11.csv", "H54-2021-11.json", MANIFEST, KEYS}
    said = verify(tmp_path)
    assert said["period"]["month"] == "2021-11" and len(said["files"]) == 2
    assert verify(tmp_path, tmp_path / KEYS) == said
    new_code_key(moment("2031-01-01 08:00"))
    assert verify(tmp_path) == said  # the keys of that day are with the files


@pytest.mark.parametrize("bent", ["csv", "manifest", "signature", "own_keys", "lost", "empty", "list", "name"])
def test_whoever_bends_a_file_is_found_out(november: OpenMonth, tmp_path: Path, bent: str) -> None:
    write_files(november, tmp_path)
    manifest, table = tmp_path / MANIFEST, tmp_path / "H54-2021-11.csv"
    keys = tmp_path / "keys.json"
    keys.write_text((tmp_path / KEYS).read_text())
    said = json.loads(manifest.read_text())
    if bent == "csv":
        table.write_text(table.read_text().replace("published", "Published", 1))
    elif bent == "manifest":
        manifest.write_text(json.dumps(said | {"threshold": 1}))
    elif bent == "signature":
        manifest.write_text(json.dumps(said | {"signature": said["signature"][:-4] + "AAAA"}))
    elif bent == "own_keys":
        keys.write_text(json.dumps({"keys": [{"id": "00000000", "public": "A" * 43}]}))
    elif bent == "lost":
        table.unlink()
    elif bent == "empty":
        manifest.write_text("")
    elif bent == "list":
        manifest.write_text("[]")
    else:
        del said["files"][0]["name"]
        manifest.write_text(json.dumps(said))
    with pytest.raises((Invalid, NotThere)):
        verify(tmp_path, keys)


def test_the_commands(november: OpenMonth, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("open_data", "2021-11", out=tmp_path)
    assert "H54-2021-11.csv" in capsys.readouterr().out
    call_command("open_data", "verify", str(tmp_path))
    assert "Đúng" in capsys.readouterr().out
    (tmp_path / "H54-2021-11.csv").write_text("x")
    with pytest.raises(SystemExit) as caught:
        call_command("open_data", "verify", str(tmp_path))
    assert caught.value.code == 1 and "SHA-256" in capsys.readouterr().err
    for words in (("2021-10", str(tmp_path)), ("2021-11",), ("x", str(tmp_path))):
        with pytest.raises(SystemExit) as caught:
            call_command("open_data", *words)
        assert caught.value.code == 2

"""What a form asks comes with the procedure's sources, is refused where it contradicts itself, and is frozen with the version."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from motcua.catalogue.content import content_of
from motcua.catalogue.form_fields import FieldsRefused, condition, read_fields
from motcua.catalogue.models import Channel, Component, ProcedureVersion
from motcua.catalogue.offers import forget_offers, offer
from motcua.catalogue.tests.source_rows import core, dossier, whole, write

SEEDED = Path(settings.DATA_DIR) / "procedures"


def text(key: str = "name", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": "text", "label": {"vi": "Họ tên", "en": "Name"}} | more


def yes_no(key: str = "has") -> dict[str, Any]:
    return {"key": key, "kind": "yes_no", "label": {"vi": "Có cha", "en": "Has a father"}}


@pytest.mark.parametrize(
    "rows",
    [
        "chữ",
        [text()] * 2,
        [text("Tên")],
        [text(kind="colour")],
        [text(label={"vi": "Họ tên"})],
        [text(label={"vi": "Họ tên", "en": " "})],
        [text(colour="red")],
        [text(required="yes")],
        [text(longest=0)],
        [text(longest=True)],
        [text(pattern="(")],
        [text(pattern="a+")],
        [text(past=True)],
        [text(kind="number", usual="1")],
        [text(choices=[{"key": "a", "vi": "A", "en": "A"}])],
        [text(kind="choice")],
        [text(kind="choice", choices=[{"key": "a", "vi": "A", "en": "A"}] * 2)],
        [text(kind="number", least=5, most=4)],
        [text(kind="money", decimals=2)],
        [text(only_if={"key": "has", "among": ["yes"]}), yes_no()],
        [text("other"), text(only_if={"key": "other", "among": ["yes"]})],
        [yes_no(), text(only_if={"key": "has", "among": ["maybe"]})],
        [yes_no(), text(only_if={"key": "has", "among": []})],
        [text(f"k{number}") for number in range(81)],
    ],
)
def test_fields_that_contradict_themselves_are_refused(rows: Any) -> None:
    with pytest.raises(FieldsRefused):
        read_fields(rows)


def test_a_condition_is_said_in_the_reader_s_words() -> None:
    fields = read_fields([yes_no(), text(only_if={"key": "has", "among": ["yes"]})])
    assert condition(fields[0], fields) == ""
    assert condition(fields[1], fields) == "Chỉ khai khi mục “Có cha” là “Có”."
    with translation.override("en"):
        assert condition(fields[1], fields) == "Only if “Has a father” is “Yes”."
        assert str(fields[1].label) == "Name"


def rows_of(name: str) -> dict[str, Any]:
    path = SEEDED / name
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return {row["code"]: row for row in map(json.loads, content.splitlines())}


def test_every_seeded_form_belongs_to_one_paper_of_its_procedure() -> None:
    cores, dossiers = rows_of("core.jsonl.gz"), rows_of("dossier.jsonl.gz")
    forms = rows_of("forms.jsonl")
    models = json.loads((Path(settings.DATA_DIR) / "model_dossiers.json").read_text(encoding="utf-8"))["dossiers"]
    assert set(forms) == {row["code"] for row in models}
    for code, form in forms.items():
        made = content_of({"core": cores[code], "dossier": dossiers[code], "form": form})
        for _title, papers in made.cases:
            asking = [paper for paper in papers if paper.fields]
            assert len(asking) == 1 and asking[0].mandatory, code
            assert len(read_fields(list(asking[0].fields))) >= 10


@pytest.mark.usefixtures("empty")
def test_a_form_makes_a_version_is_asked_online_only_and_frozen(tmp_path: Path) -> None:
    folder = whole(tmp_path / "a", "1.000001")
    write(folder / "dossier.jsonl.gz", [dossier("1.000001", "Tờ khai", "Giấy chứng sinh")])
    load(folder)
    form = {"code": "1.000001", "src": "ours", "component": "tờ khai", "fields": [text()]}
    assert load(write(tmp_path / "form.jsonl", [form]))["changed"] == 1
    assert load(tmp_path / "form.jsonl")["unchanged"] == 0  # what has no core row is not counted
    version = ProcedureVersion.objects.get(status="published")
    assert version.number == 2
    forget_offers()
    case = version.cases.get()
    online, direct = (offer(case.pk, way).components for way in (Channel.ONLINE, Channel.DIRECT))
    assert [(one.kind, [field.key for field in one.fields]) for one in online] == [
        ("hand_in", ["name"]),
        ("hand_in", []),
    ]
    assert [(one.kind, one.fields) for one in direct] == [("hand_in", ()), ("hand_in", ())]
    with pytest.raises(IntegrityError), transaction.atomic():
        Component.objects.filter(case=case).update(fields=[])
    with connection.cursor() as cursor:
        cursor.execute("select number from catalogue_procedureversion where status = 'retired'")
        assert cursor.fetchall() == [(1,)]


@pytest.mark.usefixtures("empty")
def test_a_wrong_form_is_told_with_its_line_and_the_procedure_stays(tmp_path: Path) -> None:
    wrong = {"code": "1.000001", "src": "ours", "component": "Tờ khai", "fields": [text(kind="colour")]}
    nowhere = {"code": "1.000001", "src": "ours", "component": " ", "fields": [text()]}
    write(tmp_path / "a.jsonl", [core(), wrong, nowhere])
    told = io.StringIO()
    call_command("load_procedures", str(tmp_path / "a.jsonl"), as_json=True, stdout=io.StringIO(), stderr=told)
    assert "dòng 2: mục “name”" in told.getvalue() and "dòng 3: mẫu khai phải nói" in told.getvalue()
    assert not Component.objects.exclude(fields=[]).exists()


def load(path: Path) -> dict[str, int]:
    out = io.StringIO()
    call_command("load_procedures", str(path), as_json=True, stdout=out, stderr=io.StringIO())
    figures: dict[str, int] = json.loads(out.getvalue())
    return figures

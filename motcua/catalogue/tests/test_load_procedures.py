"""Loading twice changes nothing, a change makes a version, damage is told with its line and spoils nothing else."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from motcua.catalogue import loading
from motcua.catalogue.models import Component, LimitRow, Procedure, ProcedureVersion, SourcePart
from motcua.catalogue.tests.source_rows import channel, core, dossier, prose, whole, write

pytestmark = pytest.mark.usefixtures("empty")


def load(*paths: Path, **options: Any) -> tuple[dict[str, int], str]:
    out, told = io.StringIO(), io.StringIO()
    call_command("load_procedures", *map(str, paths), as_json=True, stdout=out, stderr=told, **options)
    return json.loads(out.getvalue()), told.getvalue()


def counts(read: int, new: int = 0, changed: int = 0, unchanged: int = 0, person: int = 0, refused: int = 0) -> Any:
    return {
        "read": read, "new": new, "changed": changed, "unchanged": unchanged, "needs_person": person, "refused": refused,
    }  # fmt: skip


def test_a_folder_is_loaded_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    folder = whole(tmp_path / "a", "1.000001", "1.000002")
    assert load(folder)[0] == counts(2, new=2)
    before = list(ProcedureVersion.objects.values_list("pk", "number", "status"))
    assert load(folder)[0] == counts(2, unchanged=2)
    assert list(ProcedureVersion.objects.values_list("pk", "number", "status")) == before
    version = Procedure.objects.get(code="1.000001").current
    assert version is not None
    assert (version.status, version.steps_text, version.competent_key) == ("published", "Bước 1: Nộp hồ sơ.", "ubnd-xa")
    papers = Component.objects.filter(case__version=version).values_list("name", "mandatory")
    assert list(papers) == [("Tờ khai", True), ("Giấy xác nhận (nếu có)", False)]


def test_files_in_any_order_and_one_by_one_end_in_the_same_catalogue(tmp_path: Path) -> None:
    folder = whole(tmp_path / "a", "1.000001")
    assert load(folder / "prose.jsonl.gz", folder / "core.jsonl")[0] == counts(1, new=1, person=1)
    assert load(folder / "dossier.jsonl.gz")[0] == counts(0 + 1, changed=1)
    assert load(folder)[0] == counts(1, unchanged=1)
    assert Procedure.objects.get().current.number == 2  # type: ignore[union-attr]


def test_a_changed_row_makes_a_new_version_and_leaves_the_old_one_whole(tmp_path: Path) -> None:
    load(whole(tmp_path / "a", "1.000001", "1.000002"))
    old = ProcedureVersion.objects.get(procedure__code="1.000001")
    rows = [core(channels=[channel("3 Ngày làm việc", 3, "NGAY_LAM_VIEC")]), core("1.000002")]
    assert load(write(tmp_path / "b.jsonl", rows))[0] == counts(2, changed=1, unchanged=1)
    old.refresh_from_db()
    new = Procedure.objects.get(code="1.000001").current
    assert new is not None
    assert (old.status, new.status, old.number, new.number) == ("retired", "published", 1, 2)
    assert [row.limit["parts"] for row in LimitRow.objects.filter(version__in=[old, new]).order_by("version")] == [
        [["5", "wd"]],
        [["3", "wd"]],
    ]
    assert Component.objects.filter(case__version=old).count() == 2
    assert Component.objects.filter(case__version=new).count() == 2  # the papers known from the earlier load


def test_only_local_procedures_unless_all_are_wanted(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [core(), core("1.000002", local=False), core("5.000003", local=None)])
    assert load(file)[0]["read"] == 1
    assert load(file, all=True)[0] == counts(3, new=2, unchanged=1, person=3)


DAMAGED = {
    "{not json": "không phải JSON",
    "[1, 2]": "không phải một đối tượng",
    json.dumps(core() | {"code": None}): "thiếu mã",
    json.dumps(core(" ")): "thiếu mã",
    json.dumps(core("1.000009", name="")): "thiếu tên",
    json.dumps(core("1.000009", name="x" * 5000)): "dài quá",
    json.dumps(core("1.000009", channels="x")): "channels",
    json.dumps(core("1.000009", channels=[{"channels": ["FAX"]}])): "hình thức nộp",
    json.dumps(core("1.000009", channels=[channel("5 Ngày", "năm", "NGAY")])): "value",
    json.dumps(core("1.000009", channels=[channel("5 Ngày", 10**30, "NGAY")])): "value",
    json.dumps(core("1.000009", channels=[channel("5 Ngày", fees=[{"amount": [1]}])])): "mức phí",
    json.dumps(core("1.000009", local="yes")): "local",
    json.dumps(core("1.000009", name="a\x00b")): "U+0000",
    json.dumps(core("1.000009", name="\ud800")): "UTF-8",
    json.dumps(core("1.000009")).replace('"value": 5', '"value": NaN'): "NaN",
    json.dumps(core("1.000001", name="Khác")): "đã có ở dòng 1",
    json.dumps(dossier("1.000009") | {"groups": [{"case": 5}]}): "sai kiểu",
    json.dumps(dossier("1.000009") | {"groups": [{"items": [{"name": "a", "original": -1}]}]}): "số bản",
    "[" * 200_000: "JSON",
}


@pytest.mark.parametrize(("line", "reason"), DAMAGED.items(), ids=list(DAMAGED.values()))
def test_a_damaged_row_is_told_with_its_line_and_the_rest_is_loaded(tmp_path: Path, line: str, reason: str) -> None:
    figures, told = load(write(tmp_path / "a.jsonl", [core(), line, core("1.000002")]))
    assert (figures["read"], figures["new"], figures["refused"]) == (3, 2, 1)
    assert "a.jsonl, dòng 2" in told
    assert reason in told


def test_bytes_that_are_not_utf8_and_lines_without_end_are_refused(tmp_path: Path) -> None:
    good = json.dumps(core()).encode() + b"\n"
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"code": "\xff"}\n' + b"x" * (5 << 20) + b"\n" + good)
    figures, told = load(file)
    assert (figures["new"], figures["refused"]) == (1, 2)
    assert "dòng 1: không phải UTF-8" in told
    assert "dòng 2: dòng dài quá" in told


def test_a_truncated_archive_gives_what_it_still_holds(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    rows = [core(f"1.{n:06d}", name=f"Thủ tục {n} {'%x' % (n * 7919**9)}") for n in range(1, 400)]
    file.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode())[:-3000])
    figures, told = load(file)
    assert 0 < figures["new"] < 399
    assert figures["refused"] in (1, 2)  # the broken stream, and perhaps the line it broke in
    assert "bị cắt giữa chừng" in told


def test_a_path_that_is_not_there_stops_before_anything_is_loaded(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", [core()])
    with pytest.raises(CommandError, match="nowhere"):
        load(file, tmp_path / "nowhere")
    with pytest.raises(CommandError, match="không có tệp"):
        load((tmp_path / "empty").mkdir() or tmp_path / "empty")  # type: ignore[func-returns-value]
    assert not Procedure.objects.exists()


def test_a_file_without_one_readable_row_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        load(write(tmp_path / "a.jsonl", ["nonsense"]))


def test_a_stop_in_the_middle_leaves_whole_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "CHUNK", 2)
    calls = []

    def stop(procedure: Procedure, version: ProcedureVersion) -> None:
        calls.append(procedure)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(procedure, version)

    real = loading._point_to
    folder = whole(tmp_path / "a", "1.000001", "1.000002", "1.000003", "1.000004")
    monkeypatch.setattr(loading, "_point_to", stop)
    with pytest.raises(KeyboardInterrupt):
        load(folder)
    assert list(Procedure.objects.values_list("code", flat=True).order_by("code")) == ["1.000001", "1.000002"]
    assert not ProcedureVersion.objects.filter(status="draft").exists()
    monkeypatch.undo()
    assert load(folder)[0] == counts(4, new=2, unchanged=2)


def test_several_limits_of_one_channel_all_wait_for_a_person(tmp_path: Path) -> None:
    rows = [channel(f"{n} Ngày làm việc", n, "NGAY_LAM_VIEC", channels=["TRUC_TIEP"]) for n in (5, 8)]
    rows.append(channel("3 Ngày làm việc", 3, "NGAY_LAM_VIEC", channels=["TRUC_TUYEN"]))
    assert (
        load(write(tmp_path / "a.jsonl", [core(channels=rows)]), write(tmp_path / "d.jsonl", [dossier()]))[0][
            "needs_person"
        ]
        == 1
    )
    assert list(LimitRow.objects.values_list("doubt", flat=True)) == ["several_limits", "several_limits", ""]


def test_headings_make_cases_only_where_they_say_so(tmp_path: Path) -> None:
    groups = [
        {"case": "* Giấy tờ phải nộp:", "items": [{"name": "Tờ khai"}]},
        {"case": "- Trường hợp cấp mới:", "items": [{"name": "Bản vẽ"}]},
        {"case": "b) Đối với cấp lại", "items": [{"name": "Giấy cũ"}]},
        {"case": "Trường hợp ủy quyền thực hiện thủ tục:", "items": [{"name": "Giấy ủy quyền"}]},
    ]
    load(
        write(tmp_path / "a.jsonl", [core(), core("1.000002"), prose()]),
        write(
            tmp_path / "d.jsonl",
            [dossier() | {"groups": groups}, dossier("1.000002") | {"groups": groups[:1] + groups[3:]}],
        ),
    )
    version = Procedure.objects.get(code="1.000001").current
    cases = [(case.title, [paper.name for paper in case.components.all()]) for case in version.cases.all()]  # type: ignore[union-attr]
    assert cases == [
        ("Trường hợp cấp mới", ["Tờ khai", "Bản vẽ"]),
        ("b) Đối với cấp lại", ["Tờ khai", "Giấy cũ", "Giấy ủy quyền"]),
    ]
    single = Procedure.objects.get(code="1.000002").current
    assert [case.title for case in single.cases.all()] == [""]  # type: ignore[union-attr]
    assert Component.objects.get(case__version=single, name="Giấy ủy quyền").mandatory is False


def test_the_bundle_gives_the_same_rows_as_the_files_it_was_made_from(tmp_path: Path) -> None:
    folder = whole(
        tmp_path / "a", "1.000001", "1.000002", dossier_cases=1, also_in=["B"], older_time=[{"time_raw": "x"}]
    )
    write(folder / "half.jsonl", [core("1.000003", channels=[channel("1.5 Ngày làm việc", 1.5, "NGAY_LAM_VIEC")])])
    assert load(folder)[0]["new"] == 3
    call_command("bundle_procedures", str(folder), to=tmp_path / "bundle", stdout=io.StringIO())
    digests = sorted(bytes(value) for value in SourcePart.objects.values_list("digest", flat=True))
    assert load(tmp_path / "bundle")[0]["unchanged"] == 3
    assert sorted(bytes(value) for value in SourcePart.objects.values_list("digest", flat=True)) == digests

"""Whether a result is still what was issued, in words: good, bent, somebody else's, gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from motcua.base.errors import NotThere
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests import lives
from motcua.files.models import StoredFile
from motcua.files.store import open_file, path_of
from motcua.forms.issuing import Asked, issue, original_of
from motcua.forms.results import sign
from motcua.forms.tests.test_results import AT, SINCE, approved
from motcua.forms.verifying import Code, check_content, check_result
from motcua.signing import development
from tests.world import World, reread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def signed(world: World) -> Dossier:
    """A result that Tuấn signed."""
    development.for_person(world.cast.tuan.pk, world.cast.tuan.full_name, world.cast.justice.name, SINCE)
    return reread(sign(approved(world).pk, actor=world.actor("tuan"), at=AT))


def stored(dossier: Dossier) -> StoredFile:
    assert dossier.result.file is not None
    return dossier.result.file


def content_of(dossier: Dossier) -> bytes:
    with open_file(stored(dossier)) as file:
        return file.read()


def test_a_good_result_says_who_signed_it_and_when(world: World, signed: Dossier) -> None:
    found = check_result(signed, AT)
    assert found.holds and not found.is_bent and found.is_intact
    assert f"{world.cast.tuan.full_name} (thử nghiệm) ký lúc 11:00 03/11/2021" in found.sentence
    assert found.code == Code.ABSENT and found.sha256 == stored(signed).sha256


def test_an_unsigned_result_is_not_bent_and_holds_nothing(world: World) -> None:
    found = check_result(reread(approved(world)), AT)
    assert not found.holds and not found.is_bent and "không có chữ ký số" in found.sentence


@pytest.mark.parametrize("bend", ["one byte", "cut", "garbage", "more"])
def test_a_bent_file_says_so(world: World, signed: Dossier, bend: str) -> None:
    content = content_of(signed)
    spot = content.index(b"/ByteRange") // 2
    bent = {
        "one byte": content[:spot] + bytes([content[spot] ^ 1]) + content[spot + 1 :],
        "cut": content[: len(content) // 2],
        "garbage": b"hello",
        "more": content + b"\n% more\n",
    }[bend]
    place = path_of(stored(signed).sha256)
    place.chmod(0o644)
    place.write_bytes(bent)
    found = check_result(signed, AT)
    assert not found.holds and found.is_bent and "Đừng dùng tệp này" in found.sentence
    assert found.sha256 != stored(signed).sha256


def test_a_changed_text_breaks_the_signature_whatever_the_store_says(world: World, signed: Dossier) -> None:
    content = content_of(signed)
    spot = content.index(b"stream") + 20
    bent = content[:spot] + bytes([content[spot] ^ 1]) + content[spot + 1 :]
    found = check_content(bent, True, signed, AT)
    assert not found.holds and "Đừng dùng tệp này" in found.sentence


def test_a_file_that_is_gone_is_told(signed: Dossier) -> None:
    path_of(stored(signed).sha256).unlink()
    found = check_result(signed, AT)
    assert found.is_bent and "không còn" in found.code_sentence
    with pytest.raises(NotThere):
        check_result(Dossier(pk=0), AT)


def test_the_code_in_the_file_is_of_this_dossier_or_it_says_whose(world: World) -> None:
    mine, other = lives.finished(world), lives.finished(world)
    portal = "http://testserver"
    paper = original_of(issue(Asked(mine.pk, "receipt"), actor=world.actor("minh"), at=AT, portal=portal))
    found = check_content(paper, True, mine, AT)
    assert found.code == Code.GENUINE and "của hồ sơ này" in found.code_sentence
    foreign = check_content(paper, True, other, AT)
    assert foreign.code == Code.FOREIGN and foreign.is_bent and str(mine) in foreign.sentence
    at = paper.index(b"MC1.") + 40
    forged = check_content(
        paper[:at] + (b"A" if paper[at : at + 1] != b"A" else b"B") + paper[at + 1 :], True, mine, AT
    )
    assert forged.code == Code.FORGED and forged.is_bent

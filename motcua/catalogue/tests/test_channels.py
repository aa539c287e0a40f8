"""What a person hands in by each channel, over real rows of the bundle."""

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.catalogue.models import ProcedureCase
from motcua.catalogue.offers import Offer, forget_offers, offer
from motcua.catalogue.tests.source_rows import write

pytestmark = pytest.mark.usefixtures("empty")
CODES = {
    "1.000894", "1.001193", "1.000656", "2.000635", "1.004772", "1.011671", "1.001776", "1.001612", "1.004979",
    "1.012783",
}  # fmt: skip
DIRECT, ONLINE, POST = 1, 2, 3


@pytest.fixture
def loaded(empty: None, tmp_path: Path) -> Iterator[None]:
    """These procedures as the bundle has them."""
    for part in ("core", "dossier"):
        with gzip.open(settings.DATA_DIR / "procedures" / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
            write(tmp_path / f"{part}.jsonl", [row for row in map(json.loads, file) if row["code"] in CODES])
    call_command("load_procedures", str(tmp_path), as_json=True, stdout=io.StringIO(), stderr=io.StringIO())
    forget_offers()
    yield
    forget_offers()


def terms_of(code: str, channel: int, seq: int = 1) -> Offer:
    return offer(ProcedureCase.objects.get(version__procedure__code=code, seq=seq).pk, channel)


def demanded(terms: Offer) -> list[str]:
    """The first words of what everybody must hand in."""
    return [" ".join(one.name.strip("- ").split()[:4]) for one in terms.components if one.mandatory]


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("code", "channel", "names"),
    [
        ("1.000894", DIRECT, ["Tờ khai đăng ký"]),
        ("1.000894", ONLINE, ["Mẫu hộ tịch điện"]),
        ("1.000894", POST, []),
        ("1.001193", DIRECT, ["Giấy chứng sinh; trường", "Tờ khai đăng ký"]),
        ("1.001193", ONLINE, ["Giấy chứng sinh; trường", "Mẫu hộ tịch điện"]),
        ("1.001193", POST, ["Giấy chứng sinh; trường", "Tờ khai đăng ký"]),
        ("1.000656", DIRECT, ["Giấy báo tử hoặc", "Tờ khai đăng ký"]),
        ("2.000635", DIRECT, ["Tờ khai đề nghị"]),
        ("2.000635", ONLINE, ["Mẫu điện tử tương"]),
        ("1.011671", DIRECT, ["Phiếu yêu cầu cung"]),
        ("1.011671", ONLINE, ["Tệp tin chứa giấy"]),
    ],
)
def test_what_everybody_hands_in_by_a_channel(code: str, channel: int, names: list[str]) -> None:
    assert demanded(terms_of(code, channel)) == names


@pytest.mark.usefixtures("loaded")
def test_a_paper_of_another_channel_is_not_listed() -> None:
    online = [one.name for one in terms_of("1.001193", ONLINE).components]
    assert not any("Tờ khai" in name for name in online)
    direct = [one.name for one in terms_of("1.001193", DIRECT).components]
    assert not any("điện tử tương tác" in name for name in direct)


@pytest.mark.usefixtures("loaded")
def test_what_the_source_leaves_open_waits_for_a_person_and_is_not_demanded() -> None:
    """Marriage takes dossiers by post too, but no paper is named for it: the form may be meant, and nobody knows."""
    [form] = [one for one in terms_of("1.000894", POST).components if one.needs_person]
    assert "Tờ khai đăng ký kết hôn" in form.name
    assert not form.mandatory
    # A form on paper “when online or by post” beside a form on the screen: as printed it would be both.
    unsure = [one.name for one in terms_of("1.004772", ONLINE).components if one.needs_person]
    assert len(unsure) == 1
    assert "Tờ khai" in unsure[0]
    assert any(one.kind == "on_screen" and one.mandatory for one in terms_of("1.004772", ONLINE).components)


@pytest.mark.usefixtures("loaded")
def test_papers_to_be_shown_are_listed_apart_and_sent_as_copies_by_post() -> None:
    direct, post = terms_of("1.000894", DIRECT), terms_of("1.000894", POST)
    assert any("Hộ chiếu/Thẻ căn cước" in one.name for one in direct.to_show)
    assert not any("Hộ chiếu/Thẻ căn cước" in one.name for one in direct.components)
    assert not any(one.mandatory for one in direct.to_show)
    assert post.to_show == ()
    assert any("Hộ chiếu/Thẻ căn cước" in one.name for one in post.components)
    assert {one.kind for one in terms_of("1.001776", DIRECT).to_show} == {"show"}
    assert terms_of("1.001776", ONLINE).to_show == ()


@pytest.mark.usefixtures("loaded")
def test_what_only_explains_is_no_paper() -> None:
    terms = terms_of("1.001193", DIRECT)
    assert any("người tiếp nhận có trách nhiệm" in note.lower() for note in terms.notes)
    assert not any("Người tiếp nhận" in one.name for one in (*terms.components, *terms.to_show))


@pytest.mark.usefixtures("loaded")
def test_a_procedure_that_names_no_channel_asks_the_same_by_all() -> None:
    names = [[one.name for one in terms_of("1.001612", channel).components] for channel in (DIRECT, ONLINE, POST)]
    assert names[0]
    assert names[0] == names[1] == names[2]

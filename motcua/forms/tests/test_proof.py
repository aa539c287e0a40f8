"""The QR code of a paper: it opens with the public key, says what the paper says, and no other paper's."""

from __future__ import annotations

from pathlib import Path

import pytest

from motcua.base.errors import Invalid
from motcua.base.times import parse_local
from motcua.dossiers.tests import lives
from motcua.forms.issuing import Asked, copy_of, issue, original_of, preview
from motcua.forms.proof import proof_in_pdf, qr_svg, read_proof
from motcua.forms.tests.test_papers import PORTAL
from motcua.signing.codes import new_code_key, sealed
from tests.pdf_tools import run_tool
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 08:05")


def test_a_code_says_what_the_paper_says(world: World) -> None:
    dossier = lives.accepted(world)
    row = issue(Asked(dossier.pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    assert row.facts["code_address"].startswith(f"{PORTAL}/kt/MC1.")
    proof = read_proof(row.facts["code_address"])
    assert (proof.form.id, proof.code, proof.procedure_code) == ("F01@TT01", dossier.code, "9.000001")
    assert (proof.accepted_at, proof.due_at) == (dossier.accepted_at, dossier.original_due_at)
    assert (proof.number, proof.year, proof.office_code) == ("01/TN", 2021, world.cast.center.code)
    assert proof.key.signs_now


def test_a_code_names_nobody(world: World) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    proof = repr(read_proof(row.facts["proof"]))
    assert "Trần" not in proof and "000190000001" not in proof and row.dossier.secret not in proof


def test_a_file_carries_the_code_of_its_picture(world: World) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    for document in (original_of(row), copy_of(row, AT)):
        assert read_proof(proof_in_pdf(document)).number == "01/TN"
    draft = preview(Asked(lives.accepted(world).pk, "receipt"), at=AT, portal=PORTAL)
    with pytest.raises(Invalid, match="không phải mã xác thực"):
        read_proof(proof_in_pdf(draft))


def test_old_papers_stay_genuine_after_a_new_key(world: World) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    new_code_key(parse_local("2022-01-01 08:00"))
    assert not read_proof(row.facts["proof"]).key.signs_now


@pytest.mark.parametrize("facts", [["F01@TT01"], ["F99@TT01", "", "", 0, 0, "", 2021, ""], "x", 7])
def test_a_genuine_text_that_is_no_paper_is_refused(world: World, facts: object) -> None:
    with pytest.raises(Invalid):
        read_proof(sealed(facts, AT))


def test_a_code_fits_a_stamp_of_27_millimetres(world: World) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    assert len(row.facts["code_address"]) < 330
    assert 'height="' in qr_svg(row.facts["code_address"])


def test_the_printed_picture_is_read_by_a_scanner(world: World, tmp_path: Path) -> None:
    row = issue(Asked(lives.accepted(world).pk, "receipt"), actor=world.actor("minh"), at=AT, portal=PORTAL)
    run_tool("pdftoppm", original_of(row), tmp_path, "-r", "200", "-png", "-singlefile", after=[str(tmp_path / "page")])
    picture = (tmp_path / "page.png").read_bytes()
    assert run_tool("zbarimg", picture, tmp_path, "-q", "--raw").splitlines()[0] == row.facts["code_address"]

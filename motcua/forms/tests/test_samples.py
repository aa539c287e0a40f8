"""Samples of every form: marked as such across, and made of the same facts as the real papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from motcua.base.errors import Invalid
from motcua.dossiers.tests.purse import book, paid_procedure, pay, taken_in
from motcua.fees.models import Receipt
from motcua.forms.catalogue import Form, Kind, forms
from motcua.forms.facts import write
from motcua.forms.fee_receipt import facts_printed
from motcua.forms.issuing import Asked, issue
from motcua.forms.models import IssuedForm, Register
from motcua.forms.proof import proof_in_pdf, read_proof
from motcua.forms.samples import ADDRESS, sample_facts, sample_receipt, samples
from motcua.forms.sources import Source
from motcua.forms.tests.test_papers import PORTAL, text_of
from motcua.forms.tests.test_standards import Year
from tests.pdf_tools import assert_archived
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2026-11-02 08:00")
# What only the printing of one copy adds to the facts of a paper.
PRINTING = {"qr", "seal", "seal_note", "sealed_at", "copy_at", "sample"}


@pytest.mark.parametrize("form", [form for form in forms() if form.kind != Kind.REGISTER], ids=lambda form: form.id)
def test_a_sample_says_what_the_paper_says_and_nothing_else(world: World, form: Form) -> None:
    year = Year(world, form.circular)
    dossier = year.dossier(form.kind)
    if form.kind == Kind.CONTROL:
        paper = Source(dossier).paper("control", 1, year.at(5))  # type: ignore[arg-type]
        assert paper is not None
        real = set(write(Source(dossier), paper, PORTAL).facts) | {"number", "proof", "code_address", "draft"}
    else:
        asked = Asked(dossier.pk, form.kind)
        real = set(issue(asked, actor=year.actor("minh"), at=year.at(5), portal=PORTAL).facts)  # type: ignore[arg-type]
    assert set(sample_facts(form)) - PRINTING == real


def test_a_sample_receipt_says_what_a_receipt_says(world: World) -> None:
    book(world)
    dossier = pay(world, taken_in(world, paid_procedure()))
    real = facts_printed(Receipt.objects.get(), str(dossier))
    assert set(sample_receipt()) - PRINTING == set(real)
    assert {frozenset(line) for line in sample_receipt()["lines"]} == {frozenset(line) for line in real["lines"]}


def test_every_form_has_a_sample_that_nobody_takes_for_a_paper(tmp_path: Path) -> None:
    call_command("print_sample_forms", to=str(tmp_path / "mau"), verbosity=0)
    made = {path.stem: path.read_bytes() for path in (tmp_path / "mau").iterdir()}
    assert set(made) == {form.id.replace("@", "-") for form in forms()} | {"bien-lai"}
    for name, document in made.items():
        assert_archived(document, "")
        assert "MẪU – dữ liệu giả định, không có giá trị" in text_of(document), name
        with pytest.raises(Invalid):
            read_proof(proof_in_pdf(document))
    with pytest.raises(Invalid):
        read_proof(ADDRESS)
    assert not IssuedForm.objects.exists() and not Register.objects.exists()
    assert dict(samples(AT)) == dict(samples(AT))


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("print_sample_forms", to=str(tmp_path / "x"), verbosity=0)

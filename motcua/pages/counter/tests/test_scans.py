"""Scans go straight into the papers of a procedure: one by one, or as a stack; and what is here already is offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier, GivenPaper
from motcua.pages.counter.scans import in_order
from motcua.pages.counter.tests.test_take_in import filled, send
from motcua.readings.models import Reading
from tests.house.pages import assert_good_page
from tests.papers import A_PDF
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def pdf(name: str, more: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, A_PDF + more, "application/pdf")


def papers_of(dossier: Dossier) -> list[tuple[int | None, str]]:
    rows = GivenPaper.objects.filter(dossier=dossier).select_related("file").order_by("component_id", "id")
    return [(row.component_id, row.file.name if row.file else "") for row in rows]


COMPONENTS: Any = [SimpleNamespace(id=number) for number in (11, 12, 13)]


@pytest.mark.parametrize(
    ("names", "filled", "places"),
    [
        (["a.pdf", "b.pdf", "c.pdf"], set(), [11, 12, 13]),
        (["3.pdf", "01-don.pdf", "x.pdf"], set(), [13, 11, 12]),
        (["a.pdf", "b.pdf"], {11}, [12, 13]),
        (["2.pdf", "2 mat sau.pdf", "a.pdf"], set(), [12, 12, 11]),
        (["a.pdf", "b.pdf", "c.pdf", "d.pdf"], set(), [11, 12, 13, 13]),
        (["scan20211101.pdf", "99.pdf", "20211101.pdf"], set(), [11, 12, 13]),
        ([], set(), []),
    ],
)
def test_a_stack_goes_to_the_papers_by_number_or_in_order(
    names: list[str], filled: set[int], places: list[int]
) -> None:
    assert in_order(names, COMPONENTS, filled) == places


def test_a_scan_of_its_own_and_a_stack_are_one_dossier_s_papers(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    first, second = world.passport.components.order_by("id")
    typed = filled(world, minh)
    typed |= {
        f"c{first.pk}_files": [pdf("don.pdf")],
        "scans": [pdf("can-cuoc.pdf", b"%2"), pdf("1-trang-2.pdf", b"%3")],
    }
    assert send(world, minh, typed).status_code == 302
    assert papers_of(Dossier.objects.get()) == [
        (first.pk, "don.pdf"),
        (first.pk, "1-trang-2.pdf"),
        (second.pk, "can-cuoc.pdf"),
    ]


def test_scans_stay_when_something_else_is_wrong(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    first = world.passport.components.order_by("id")[0]
    typed = filled(world, minh, owner_name="")
    answer = send(world, minh, {**typed, f"c{first.pk}_files": [pdf("don.pdf")]})
    assert "don.pdf" in assert_good_page(answer, 422)
    kept = answer.context["form"]["kept_scans"].value()
    assert send(world, minh, {**typed, "owner_name": "Lan", "kept_scans": kept}).status_code == 302
    assert (first.pk, "don.pdf") in papers_of(Dossier.objects.get())


def test_a_file_that_is_none_is_said_and_the_others_are_kept(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    typed = filled(world, minh, scans=[SimpleUploadedFile("1.pdf", b"MZ no paper"), pdf("2.pdf")])
    answer = send(world, minh, typed)
    html = assert_good_page(answer, 422)
    assert "1.pdf" in str(answer.context["form"].errors["scans"]) and "2.pdf" in html
    assert not Dossier.objects.exists()
    for nonsense in ("x", "eyJ4IjoxfQ:1:y"):
        assert send(world, minh, {**typed, "scans": [], "kept_scans": nonsense, "owner_name": ""}).status_code == 422


def test_what_a_person_has_here_is_offered_instead_and_taken_with_where_from(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    first, second = world.passport.components.order_by("id")
    send(world, minh, filled(world, minh, **{f"c{first.pk}_files": [pdf("don.pdf")]}))
    earlier = Dossier.objects.get()
    asked = {"so": "000190000001", "truong_hop": str(world.passport.pk)}
    html = minh.post("/quay/nguoi/", asked).content.decode()
    paper = GivenPaper.objects.get(dossier=earlier, component=first)
    assert f'value="paper-{paper.pk}"' in html
    assert f"paper-{paper.pk}" not in logged_in("hien").post("/quay/nguoi/", asked).content.decode()
    typed = filled(world, minh, own=[f"paper-{paper.pk}", "paper-999999"])
    del typed[f"c{first.pk}"]
    assert send(world, minh, typed).status_code == 302
    assert Reading.objects.filter(dossier=earlier, through="file", account=world.cast.minh).count() == 1
    again = GivenPaper.objects.get(dossier=Dossier.objects.latest("id"), component=first)
    assert (again.reused_from_id, again.reused_as) == (earlier.pk, "paper")
    assert again.file is not None and paper.file is not None and again.file.sha256 == paper.file.sha256
    assert second.pk in {one.component_id for one in Dossier.objects.latest("id").papers.all()}

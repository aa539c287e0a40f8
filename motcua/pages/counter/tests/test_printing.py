"""What is still to be printed, all at once; and once more when the printer was out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.forms.models import Printing
from motcua.forms.printing import label_pdf
from motcua.pages.counter.tests.test_take_in import filled, send
from motcua.readings.models import Reading
from tests.house.pages import assert_good_page
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def test_receipt_label_and_control_slip_are_one_print_and_each_is_marked(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh))
    one = Dossier.objects.get()
    html = assert_good_page(minh.get("/quay/in/"))
    assert html.count(" checked") == 3
    readings = Reading.objects.count()
    keys = [f"{one.pk}-{paper}" for paper in ("receipt", "label", "control")]
    answer = minh.post("/quay/in/", {"paper": keys})
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) >= 3
    assert sorted(Printing.objects.values_list("paper", flat=True)) == ["control", "label", "receipt"]
    assert Reading.objects.count() == readings + 1
    assert " checked" not in assert_good_page(minh.get("/quay/in/"))


def test_the_printer_was_out_and_it_is_printed_once_more(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh))
    key = f"{Dossier.objects.get().pk}-label"
    for _ in range(2):
        assert minh.post("/quay/in/", {"paper": key}).status_code == 200
    assert Printing.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        Printing.objects.all().delete()


def test_nothing_chosen_and_nothing_of_another_s(world: World, logged_in: LogIn) -> None:
    minh, dung = logged_in("minh"), logged_in("dung")
    send(world, minh, filled(world, minh))
    key = f"{Dossier.objects.get().pk}-receipt"
    for client, sent in (
        (minh, {}),
        (minh, {"paper": "x"}),
        (dung, {"paper": key}),
        (logged_in("hien"), {"paper": key}),
    ):
        assert client.post("/quay/in/", sent).status_code == 302
    assert not Printing.objects.exists()


def test_a_label_is_one_small_page(world: World, logged_in: LogIn) -> None:
    minh = logged_in("minh")
    send(world, minh, filled(world, minh, owner_name="Công ty trách nhiệm hữu hạn " * 6, content="Rất dài " * 60))
    with pikepdf.open(io.BytesIO(label_pdf(Dossier.objects.get(), "https://motcua.example"))) as pdf:
        (page,) = pdf.pages
        assert [round(float(one)) for one in page.mediabox] == [0, 0, 255, 128]

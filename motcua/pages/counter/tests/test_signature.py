"""Whoever takes a result signs on the screen, or on a slip that is scanned; the file is kept with its hash."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from motcua.dossiers.models import Handover
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.house.stage import NOW, lead
from tests.papers import A_PDF
from tests.world import World

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _when_it_is_finished(settings: Any, tmp_path: Path, clock: WallClock) -> None:
    settings.FILES_ROOT = tmp_path
    clock(NOW)


def drawn() -> str:
    picture = Image.new("RGB", (720, 220), "white")
    ImageDraw.Draw(picture).line([(40, 150), (300, 60), (420, 170), (680, 80)], fill="black", width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"


def hand_over(client: Client, dossier: Any, **sent: Any) -> Any:
    page = client.get(f"/quay/ho-so/{dossier.pk}/tra-ket-qua/")
    assert "Chủ hồ sơ" in assert_good_page(page)
    typed = {"seen": page.context["form"]["seen"].value(), "way": "counter", "taken_by": dossier.owner_name}
    return client.post(f"/quay/ho-so/{dossier.pk}/tra-ket-qua/", {**typed, **sent})


def test_what_is_drawn_on_the_screen_is_kept_with_its_hash(world: World, logged_in: LogIn) -> None:
    dossier, minh = lead(world, "finished"), logged_in("minh")
    assert hand_over(minh, dossier, signature=drawn()).status_code == 302
    kept = Handover.objects.get()
    assert kept.signature is not None and kept.signature.name == "chu-ky.png"
    assert dossier.events.latest("seq").data["signature"] == kept.signature.sha256


def test_a_signed_slip_that_is_scanned_is_kept_too(world: World, logged_in: LogIn) -> None:
    dossier, minh = lead(world, "finished"), logged_in("minh")
    slip = SimpleUploadedFile("phieu.pdf", A_PDF, "application/pdf")
    assert hand_over(minh, dossier, file=slip).status_code == 302
    signature = Handover.objects.get().signature
    assert signature is not None and signature.name == "phieu.pdf"


@pytest.mark.parametrize("signature", ["data:image/png;base64,@@", "data:image/png;base64,aGVsbG8="])
def test_what_is_no_picture_is_refused_and_nothing_is_handed_over(
    signature: str, world: World, logged_in: LogIn
) -> None:
    dossier, minh = lead(world, "finished"), logged_in("minh")
    assert_good_page(hand_over(minh, dossier, signature=signature), 422)
    assert not Handover.objects.exists()


def test_by_post_nobody_signs_here_and_without_a_signature_it_goes_as_before(world: World, logged_in: LogIn) -> None:
    dossier, minh = lead(world, "finished"), logged_in("minh")
    assert hand_over(minh, dossier, signature="drawn").status_code == 302
    assert Handover.objects.get().signature is None

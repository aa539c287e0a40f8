"""What a person handed in before, or was given, is offered instead of an upload; only their own, with its trace."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from motcua.base.errors import NotThere
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import vault
from motcua.dossiers.acts import submission
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.models import Dossier, Draft, DraftPaper, GivenPaper, Result, ReusedAs
from motcua.dossiers.tests.lives import finished
from motcua.files.models import StoredFile
from motcua.files.store import path_of, store
from tests.house.pages import assert_good_page
from tests.papers import A_PDF
from tests.world import World, moment

pytestmark = pytest.mark.django_db
BEFORE = moment("2021-10-04 08:00")
OWNER = {
    "owner_kind": "1",
    "owner_name": "Trần Thị Lan",
    "owner_id_no": "000190000001",
    "owner_phone": "0900000001",
    "owner_address": "Xã Đông Các",
    "return_way": "online",
}


@pytest.fixture
def earlier(world: World, watch: Any) -> Dossier:
    """Lan's dossier of October, with a file for each paper."""
    file = store("can-cuoc.pdf", [A_PDF], BEFORE, world.cast.lan.pk)
    papers = [Paper(one.pk, file_id=file.pk) for one in world.passport.components.all()]
    return submission.submit(world.online(papers=papers), actor=world.actor("lan"), at=BEFORE)


@pytest.fixture
def draft(lan: Client, world: World) -> Draft:
    lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk})
    return Draft.objects.get()


def test_an_earlier_paper_is_offered_chosen_and_handed_in(
    lan: Client, earlier: Dossier, draft: Draft, world: World
) -> None:
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/giay-to/"))
    assert html.count("Dùng giấy đã có này") == 2 and earlier.submission_no in html
    for paper in earlier.papers.all():
        address = f"/nop-ho-so/{draft.pk}/kho-giay-to/?giay={paper.component_id}"
        for _click in range(2):
            assert lan.post(address, {"held": f"paper-{paper.pk}"}).status_code == 302
    assert draft.papers.count() == 2
    assert f"lấy từ hồ sơ {earlier.submission_no}" in lan.get(f"/nop-ho-so/{draft.pk}/giay-to/").content.decode()
    lan.post(f"/nop-ho-so/{draft.pk}/thong-tin/", OWNER)
    lan.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})
    later = Dossier.objects.exclude(pk=earlier.pk).get()
    assert {(one.reused_from_id, one.reused_as) for one in later.papers.all()} == {(earlier.pk, ReusedAs.PAPER)}
    assert later.events.get(act="submit").data["reused_from"] == [earlier.pk]
    # Who may open the file of the one dossier learns nothing of the other.
    assert not {one.file_id for one in later.papers.all()} & {one.file_id for one in earlier.papers.all()}
    assert StoredFile.objects.filter(pk__in=later.papers.values("file")).values("sha256").distinct().count() == 1


def test_a_result_is_offered_where_the_demand_names_it(world: World, watch: Any, lan: Client, draft: Draft) -> None:
    dossier = finished(world)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    file = store("giay-phep.pdf", [A_PDF], BEFORE, world.cast.tuan.pk)
    Result.objects.filter(dossier=dossier).update(file=file)
    assert [one.kind for one in vault.held_by(world.cast.lan.pk)] == [ReusedAs.RESULT]
    held = vault.held_by(world.cast.lan.pk)[0]
    assert held.name == "Kết quả: Cấp hộ chiếu thử nghiệm" and not held.fits("Bản sao hộ chiếu phổ thông")
    named = vault.Held(**{**_facts(held), "names": ("ho chieu pho thong",)})
    assert named.fits("Bản sao Hộ chiếu phổ thông còn hạn") and not named.fits("Bản sao căn cước")
    paper = vault.choose(draft.pk, None, held.key, actor=world.actor("lan"), at=watch.at)
    assert (paper.reused_as, paper.reused_from, paper.file.stored_by) == ("result", dossier, world.cast.lan.pk)
    assert paper.file.signatures == "none"


def _facts(held: vault.Held) -> dict[str, Any]:
    return {name: getattr(held, name) for name in held.__dataclass_fields__}


def test_a_result_that_is_not_in_force_is_not_offered(world: World, watch: Any) -> None:
    dossier = finished(world)
    file = store("giay-phep.pdf", [A_PDF], BEFORE, None)
    Result.objects.filter(dossier=dossier).update(file=file)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
    for change in ({"kind": "refusal"}, {"kind": "granted", "file": None}):
        Result.objects.filter(dossier=dossier).update(**change)
        assert vault.held_by(world.cast.lan.pk) == []
    assert ProcedureVersion.objects.exists()


def test_only_the_newest_result_of_a_procedure_is_in_force(world: World, watch: Any) -> None:
    for number in range(2):
        dossier = finished(world)
        file = store(f"{number}.pdf", [A_PDF.replace(b"595", b"59%d" % number)], BEFORE, None)
        Dossier.objects.filter(pk=dossier.pk).update(owner_account=world.cast.lan)
        at = moment(f"2021-11-0{number + 4} 09:00")
        Result.objects.filter(dossier=dossier).update(file=file, decided_at=at)
    assert [(one.file.name, one.is_replaced) for one in vault.held_by(world.cast.lan.pk)] == [
        ("1.pdf", False),
        ("0.pdf", True),
    ]


def test_nobody_reaches_into_anothers_vault(earlier: Dossier, lan: Client, bay: Client, world: World) -> None:
    bay.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk})
    draft, paper = Draft.objects.get(), earlier.papers.first()
    assert paper is not None and vault.held_by(world.cast.bay.pk) == [] and vault.held_by(None) == []
    page = f"/nop-ho-so/{draft.pk}/kho-giay-to/"
    assert "Kho chưa có giấy nào" in assert_good_page(bay.get(page))
    assert bay.post(page, {"held": f"paper-{paper.pk}"}).status_code == 404
    assert lan.post(page, {"held": f"paper-{paper.pk}"}).status_code == 404  # the draft is Bảy's
    for key in ("", "paper-0", "paper-x", "result-1; drop", f"paper-{paper.pk} "):
        assert bay.post(page, {"held": key}).status_code == 404
    assert not DraftPaper.objects.exists()


def test_a_paper_for_a_component_of_another_procedure(earlier: Dossier, draft: Draft, world: World, watch: Any) -> None:
    paper, other = earlier.papers.first(), world.commune.components.first()
    assert paper is not None and other is not None
    with pytest.raises(NotThere):
        vault.choose(draft.pk, other.pk, f"paper-{paper.pk}", actor=world.actor("lan"), at=watch.at)


def test_a_file_that_was_changed_in_the_store_is_not_used(lan: Client, earlier: Dossier, draft: Draft) -> None:
    paper = earlier.papers.first()
    assert paper is not None and paper.file is not None
    path_of(paper.file.sha256).write_bytes(b"khac")
    answer = lan.post(f"/nop-ho-so/{draft.pk}/kho-giay-to/", {"held": f"paper-{paper.pk}"})
    assert "không còn nguyên vẹn" in assert_good_page(answer, 422)
    assert not draft.papers.exists()


def test_choosing_loses_nothing_that_was_chosen_beside_it(lan: Client, earlier: Dossier, draft: Draft) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = earlier.papers.first()
    assert paper is not None
    sent = {"held": f"paper-{paper.pk}", "file-more": SimpleUploadedFile("them.pdf", A_PDF)}
    lan.post(f"/nop-ho-so/{draft.pk}/kho-giay-to/?giay={paper.component_id}", sent)
    assert set(draft.papers.values_list("component_id", "reused_as")) == {(None, ""), (paper.component_id, "paper")}


def test_the_database_refuses_a_reuse_without_its_source(earlier: Dossier) -> None:
    paper = earlier.papers.first()
    assert paper is not None
    with pytest.raises(IntegrityError, match="reuse_says_whence"), transaction.atomic():
        GivenPaper.objects.filter(pk=paper.pk).update(reused_as="paper")

"""A form that is filled in on the screen is handed in with what was declared, or as a file."""

import pytest
from django.db import connection

from motcua.base.errors import Invalid
from motcua.catalogue.models import Component
from motcua.catalogue.offers import forget_offers
from motcua.dossiers.acts.intake import Paper
from motcua.dossiers.acts.submission import submit
from motcua.files.models import StoredFile
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NINE = moment("2021-11-01 09:00")


def test_it_counts_only_with_words_or_a_file(on_screen: Component, world: World) -> None:
    others = [Paper(one.pk) for one in world.passport.components.exclude(pk=on_screen.pk)]
    for text in ("", "   "):
        with pytest.raises(Invalid) as error:
            submit(world.online(papers=[*others, Paper(on_screen.pk, text=text)]), actor=world.actor("lan"), at=NINE)
        assert on_screen.name in error.value.fields["papers"]
    papers = [*others, Paper(on_screen.pk, text=" Họ tên: Trần Thị Lan\nSinh ngày: 2/9/1990 ")]
    dossier = submit(world.online(papers=papers), actor=world.actor("lan"), at=NINE)
    assert dossier.papers.get(component=on_screen).text == "Họ tên: Trần Thị Lan\nSinh ngày: 2/9/1990"


def test_the_filled_in_form_may_come_as_a_file(on_screen: Component, world: World) -> None:
    file = StoredFile.objects.create(
        name="mau.pdf", media_type="application/pdf", size_bytes=1, sha256="0" * 64, stored_at=NINE
    )
    others = [Paper(one.pk) for one in world.passport.components.exclude(pk=on_screen.pk)]
    papers = [*others, Paper(on_screen.pk, file_id=file.pk)]
    assert submit(world.online(papers=papers), actor=world.actor("lan"), at=NINE).papers.count() == len(papers)


@pytest.fixture
def on_screen(world: World) -> Component:
    """The passport's form, for the online channel only."""
    with connection.cursor() as cursor:
        cursor.execute("alter table catalogue_component disable trigger user")
        cursor.execute(
            "update catalogue_component set kind = 'on_screen', channels = '{2}' where case_id = %s and seq = 1",
            [world.passport.pk],
        )
        cursor.execute("alter table catalogue_component enable trigger user")
    forget_offers()
    return world.passport.components.get(seq=1)

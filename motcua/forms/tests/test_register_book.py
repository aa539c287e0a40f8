"""The register: every accepted dossier of the unit once, numbered through the year."""

from __future__ import annotations

from datetime import date

import pytest

from motcua.base.errors import Invalid
from motcua.dossiers.tests import lives
from motcua.forms.facts import write
from motcua.forms.register_book import lines_of, place_in_register, register_pdf
from motcua.forms.sources import Source
from motcua.forms.tests.test_papers import text_of
from tests.world import World, moment

pytestmark = pytest.mark.django_db
AT = moment("2021-12-01 08:00")


def test_lines_go_on_from_month_to_month(world: World) -> None:
    first = lives.accepted(world, "2021-10-29 08:00")
    second = lives.finished(world)
    lives.submitted(world)
    text = text_of(register_pdf(world.cast.center, date(2021, 11, 1), date(2021, 11, 30), at=AT))
    assert str(second.code) in text.replace("- ", "-") and str(first.code) not in text
    assert "02" in text and "1 hồ sơ" in text and "09:00 01/11/21" in text and "15:00 03/11/21" in text
    assert "SỔ THEO DÕI HỒ SƠ" in text and "Mẫu số 06" in text


def test_a_register_is_of_one_unit(world: World) -> None:
    lives.accepted(world)
    assert not lines_of(world.cast.commune, date(2021, 11, 1), date(2021, 11, 30)).exists()
    assert lines_of(world.cast.center, date(2021, 11, 1), date(2021, 11, 1)).count() == 1


@pytest.mark.parametrize(("first", "last"), [("2021-11-30", "2021-11-01"), ("2021-12-01", "2022-01-31")])
def test_a_register_is_of_one_year(world: World, first: str, last: str) -> None:
    with pytest.raises(Invalid, match="cùng một năm"):
        register_pdf(world.cast.center, date.fromisoformat(first), date.fromisoformat(last), at=AT)


def test_the_receipt_names_the_place_that_the_register_has(world: World) -> None:
    """Two of one day in the order of their codes, whatever the clock of the counter said; the year counts on."""
    lives.accepted(world, "2021-10-29 08:00")
    early = lives.accepted(world, "2021-11-01 10:00")
    late = lives.accepted(world, "2021-11-01 09:00")
    assert [place_in_register(one) for one in (early, late)] == [(2021, 2), (2021, 3)]
    facts = write(Source(late), next(iter(Source(late).papers())), "https://minh-hoa.example/").facts
    assert (facts["book"], facts["order"]) == ("2021", "03")
    rows = text_of(register_pdf(world.cast.center, date(2021, 11, 1), date(2021, 11, 30), at=AT)).replace("- ", "-")
    assert rows.index(str(early.code)) < rows.index(str(late.code))


def test_a_new_year_begins_a_new_book(world: World) -> None:
    lives.accepted(world, "2021-12-31 08:00")
    assert place_in_register(lives.accepted(world, "2022-01-04 08:00")) == (2022, 1)

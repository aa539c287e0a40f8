"""Reorganisations: the merging of communes of 1 November 2024 and the two-tier model of 1 July 2025."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from motcua.base.errors import NotThere
from motcua.offices.models import Office, Posting, Succession
from motcua.offices.reorganise import reorganise
from tests.cast import Cast, office

TWO_TIERS = date(2025, 7, 1)
KIND = Office.Kind


def of_kind(kind: Office.Kind, day: date) -> int:
    return Office.objects.on(day).filter(kind=kind).count()


def test_communes_go_from_260_to_242_to_65_and_districts_end(province: None) -> None:
    reorganise(TWO_TIERS)
    assert of_kind(KIND.COMMUNE_UNIT, date(2024, 10, 31)) == 260
    assert of_kind(KIND.COMMUNE_UNIT, date(2024, 11, 1)) == 242
    assert of_kind(KIND.DISTRICT_UNIT, date(2025, 6, 30)) == 8
    assert of_kind(KIND.COMMUNE_UNIT, TWO_TIERS) == of_kind(KIND.DISTRICT_UNIT, TWO_TIERS) == 0
    assert of_kind(KIND.CENTER_COMMUNE, TWO_TIERS) == 65
    assert of_kind(KIND.CENTER_PROVINCE, TWO_TIERS) == 1


def test_doing_it_twice_changes_nothing(province: None) -> None:
    first = reorganise(TWO_TIERS)
    second = reorganise(TWO_TIERS)
    assert [one["opened"] for one in first] == [10, 5, 84]
    assert all(count == 0 for one in second for name, count in one.items() if name != "day")


def test_every_closed_office_has_exactly_one_default_successor(province: None) -> None:
    reorganise(TWO_TIERS)
    for closed in Office.objects.exclude(valid_to=None).prefetch_related("successions"):
        assert sum(one.is_default for one in closed.successions.all()) == 1, closed
        assert all(one.on == closed.valid_to for one in closed.successions.all())


def test_a_commune_of_2021_is_followed_through_two_mergers(province: None) -> None:
    """Đô Lương → Liên An Đô (1/11/2024) → Bắc Tiên Hưng (1/7/2025), as the two resolutions say."""
    reorganise(TWO_TIERS)
    first = Succession.objects.get(from_office=office("xa-do-luong-12691"))
    assert (first.to_office.short_name, first.on, first.kind) == ("Xã Liên An Đô", date(2024, 11, 1), "merge")
    second = Succession.objects.get(from_office=first.to_office)
    assert (second.to_office.short_name, second.on) == ("Xã Bắc Tiên Hưng", TWO_TIERS)


def test_a_district_is_divided_among_its_communes(province: None) -> None:
    reorganise(TWO_TIERS)
    successions = Succession.objects.filter(from_office=office("huyen-dong-hung"), kind="split")
    assert successions.count() == 10
    assert successions.get(is_default=True).to_office.short_name == "Xã Đông Hưng"


def test_an_earlier_day_stops_there(province: None) -> None:
    reorganise(date(2024, 11, 1))
    assert of_kind(KIND.COMMUNE_UNIT, date(2026, 1, 1)) == 242
    assert of_kind(KIND.DISTRICT_UNIT, date(2026, 1, 1)) == 8


def test_an_unknown_day_and_a_missing_province_are_told(empty: None) -> None:
    with pytest.raises(NotThere, match="2024-11-01, 2025-03-01, 2025-07-01"):
        reorganise(date(2025, 1, 1))
    with pytest.raises(NotThere, match="Hãy nạp tỉnh trước"):
        reorganise(TWO_TIERS)
    assert not Office.objects.exists()


def test_officers_serve_on_at_the_successor(cast: Cast) -> None:
    reorganise(TWO_TIERS)
    before, after = Posting.objects.filter(account=cast.hanh, role="receiver").order_by("valid_from")
    assert (before.valid_to, after.valid_from) == (TWO_TIERS, TWO_TIERS)
    assert after.office.short_name == "Xã Đông Hưng"
    assert cast.actor("hanh", date(2025, 6, 30)).offices("receiver") == {before.office_id}
    assert after.office_id in cast.actor("hanh", TWO_TIERS).offices("receiver")


def test_what_is_open_at_a_closed_office_can_be_finished_by_its_successor_only(cast: Cast) -> None:
    """Đông Các, Đông Hợp … and the district of Đông Hưng went to the new commune Đông Hưng; Đông Kinh did not."""
    reorganise(TWO_TIERS)
    hanh = cast.actor("hanh", TWO_TIERS)
    for taken_over in ("xa-dong-cac-12757", "xa-dong-hop-12751", "huyen-dong-hung"):
        assert hanh.has("receiver", office(taken_over).pk)
    assert not hanh.has("receiver", office("xa-dong-kinh-12748").pk)
    assert not hanh.has("approver", office("xa-dong-cac-12757").pk)
    in_force = Office.objects.on(TWO_TIERS).filter(pk__in=hanh.offices("receiver"))
    assert [one.short_name for one in in_force] == ["Xã Đông Hưng"]


def test_a_posting_that_was_to_begin_later_begins_at_the_successor(cast: Cast) -> None:
    Posting.objects.create(account=cast.khang, office=cast.district, role="head", valid_from=date(2025, 9, 1))
    reorganise(TWO_TIERS)
    posting = Posting.objects.get(account=cast.khang, role="head")
    assert (posting.office.short_name, posting.valid_from) == ("Xã Đông Hưng", date(2025, 9, 1))


def test_the_command_prints_counts_as_json(province: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reorganise", "2025-07-01", "--json")
    assert '"day": "2025-07-01", "opened": 84' in capsys.readouterr().out


def test_a_day_that_does_not_exist_is_told(db: None) -> None:
    with pytest.raises(CommandError, match="không phải là ngày"):
        call_command("reorganise", "2025-02-30")


def test_the_head_of_a_successor_sees_the_district_but_not_the_communes_that_went_elsewhere(cast: Cast) -> None:
    reorganise(TWO_TIERS)
    other = Succession.objects.get(from_office=office("xa-dong-kinh-12748"), on=TWO_TIERS).to_office
    Posting.objects.create(account=cast.khang, office=other, role="unit_head", valid_from=TWO_TIERS)
    seen = cast.actor("khang", TWO_TIERS).overseen
    assert {other.pk, office("xa-dong-kinh-12748").pk, office("huyen-dong-hung").pk} <= seen
    assert not {office("xa-dong-cac-12757").pk, office("xa-dong-hop-12751").pk} & seen
    assert len(seen) < 12
    quang = cast.actor("quang", TWO_TIERS).overseen
    assert quang >= set(Office.objects.filter(province="H54").values_list("pk", flat=True))

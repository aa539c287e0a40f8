"""What happened to a procedure stays as it was told; what follows from it is derived."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from motcua.base.errors import Invalid, Refused
from motcua.catalogue.life.events import Happening, Standing, correct, record, standings
from motcua.catalogue.life.rows import LifeEvent
from motcua.catalogue.life.tests.made import AT, act, calendar, officer, procedures
from motcua.people.models import Account

__all__ = ["calendar", "officer"]
pytestmark = pytest.mark.usefixtures("empty")


def tell(officer: Account, codes: list[str], kind: str, on: date, **more: object) -> list[LifeEvent]:
    without = kind in ("made_public", "posted", "in_use")
    facts = {"act": None if without else act(officer), **more}
    return record(codes, Happening(kind, on, **facts), by=officer, at=AT)  # type: ignore[arg-type]


def standing(on: date) -> list[Standing]:
    return list(standings(on).values())


def test_a_new_procedure_is_in_use_only_from_the_day_it_is_put_into_use(officer: Account) -> None:
    (code,) = procedures(1)
    decided = act(officer, "05/2021/QĐ-UBND", effective_on=date(2021, 11, 20))
    record([code], Happening("decided", date(2021, 11, 1), act=decided), by=officer, at=AT)
    for kind, day in (("announced", 8), ("made_public", 12), ("posted", 12), ("in_use", 20)):
        tell(officer, [code], kind, date(2021, 11, day))
    assert standing(date(2021, 11, 19)) == [Standing.COMING]
    assert standing(date(2021, 11, 20)) == [Standing.IN_USE]


def test_a_suspended_procedure_comes_back_and_an_abolished_one_does_not(officer: Account) -> None:
    codes = procedures(1)
    tell(officer, codes, "suspended", date(2021, 11, 10))
    with pytest.raises(Refused, match="đang tạm ngừng"):
        tell(officer, codes, "suspended", date(2021, 11, 11))
    tell(officer, codes, "resumed", date(2021, 11, 20))
    tell(officer, codes, "abolished", date(2021, 12, 1))
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        tell(officer, codes, "in_use", date(2021, 12, 2))
    tell(officer, codes, "made_public", date(2021, 12, 2))
    days = [date(2021, 11, 9), date(2021, 11, 10), date(2021, 11, 20), date(2021, 12, 1)]
    assert [standing(day) for day in days] == [[], ["suspended"], ["in_use"], ["abolished"]]


def test_one_thing_is_recorded_for_all_named_procedures_or_for_none(officer: Account) -> None:
    codes = procedures(3)
    with pytest.raises(Invalid, match=r"9\.999999"):
        tell(officer, [*codes, "9.999999"], "suspended", date(2021, 11, 10))
    assert not LifeEvent.objects.exists()
    assert len(tell(officer, [*codes, codes[0]], "suspended", date(2021, 11, 10))) == 3


def test_a_turn_needs_its_act_and_a_replacement_its_successor(officer: Account) -> None:
    codes = procedures(2)
    with pytest.raises(Invalid) as error:
        record(codes[:1], Happening("replaced", date(2021, 11, 10)), by=officer, at=AT)
    assert set(error.value.fields) == {"number", "replaced_by"}
    with pytest.raises(Refused, match="chính nó"):
        tell(officer, codes[:1], "replaced", date(2021, 11, 10), replaced_by=codes[0])
    (event,) = tell(officer, codes[:1], "replaced", date(2021, 11, 10), replaced_by=codes[1])
    assert event.replaced_by is not None
    assert event.replaced_by.code == codes[1]
    with pytest.raises(Invalid, match="thông tin"):
        tell(officer, codes, "amended", date(2021, 10, 31))


def test_a_mistake_is_corrected_by_a_further_row_with_its_reason(officer: Account) -> None:
    codes = procedures(1)
    (event,) = tell(officer, codes, "abolished", date(2021, 11, 10))
    with pytest.raises(Invalid):
        correct(event.pk, note=" ", by=officer, at=AT, on=date(2021, 11, 11))
    correct(event.pk, note="Nhầm mã thủ tục", by=officer, at=AT, on=date(2021, 11, 11))
    with pytest.raises(Refused):
        correct(event.pk, note="Lần nữa", by=officer, at=AT, on=date(2021, 11, 11))
    assert standing(date(2021, 11, 12)) == []
    assert LifeEvent.objects.count() == 2


def test_nothing_recorded_is_ever_changed_or_deleted(officer: Account) -> None:
    (event,) = tell(officer, procedures(1), "suspended", date(2021, 11, 10))
    for change in (
        lambda: LifeEvent.objects.filter(pk=event.pk).update(note="khác"),
        event.delete,
        lambda: type(event.act).objects.update(number="1"),  # type: ignore[union-attr]
    ):
        with pytest.raises(DatabaseError, match="chỉ được thêm"), transaction.atomic():
            change()

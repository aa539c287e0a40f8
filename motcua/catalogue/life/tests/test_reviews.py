"""A review looks at procedures and proposes; its share counts procedures, each once."""

from datetime import date
from typing import Any

import pytest

from motcua.base.errors import Invalid, Refused
from motcua.catalogue.life.reviews import figures, move, open_review, propose, with_state
from motcua.catalogue.life.rows import Review
from motcua.catalogue.life.tests.made import AT, act, officer, procedures
from motcua.people.models import Account

__all__ = ["officer"]
pytestmark = pytest.mark.usefixtures("empty")
DAY = date(2021, 11, 1)


def review(officer: Account) -> Review:
    return open_review("Rà soát năm 2021", began_on=DAY, act=act(officer), by=officer, at=AT)


def test_398_of_1685_procedures_are_23_62_percent(officer: Account) -> None:
    codes = procedures(1685)
    found = review(officer)
    for kind, some in (("keep", codes), ("decentralise", codes[:398]), ("delegate", codes[:10])):
        propose(found, some, kind=kind, words="Chuyển về cấp xã", on=DAY, by=officer, at=AT)
    propose(found, codes[:50], kind="decentralise", words="Lần nữa", on=DAY, by=officer, at=AT)
    counted = figures(found)
    assert (counted.reviewed, counted.proposed["decentralise"]) == (1685, 398)
    assert str(counted.share("decentralise")) == "23.62"
    assert with_state().count() == 408


def test_a_review_of_nothing_has_no_share(officer: Account) -> None:
    assert figures(review(officer)).share("decentralise") is None


def test_a_proposal_is_submitted_decided_by_an_act_and_carried_out(officer: Account) -> None:
    with pytest.raises(Invalid, match="nội dung"):
        propose(review(officer), procedures(1), kind="delegate", words=" ", on=DAY, by=officer, at=AT)
    (made,) = propose(
        review(officer), procedures(1, start=1), kind="delegate", words="Ủy quyền", on=DAY, by=officer, at=AT
    )
    with pytest.raises(Refused, match="Đã đề xuất"):
        move(made.pk, "carried_out", on=DAY, act=act(officer), by=officer, at=AT)
    move(made.pk, "submitted", on=DAY, act=None, by=officer, at=AT)
    with pytest.raises(Invalid, match="văn bản"):
        move(made.pk, "approved", on=DAY, act=None, by=officer, at=AT)
    move(made.pk, "approved", on=DAY, act=act(officer), by=officer, at=AT)
    move(made.pk, "carried_out", on=DAY, act=act(officer), by=officer, at=AT)
    with pytest.raises(Refused):
        move(made.pk, "rejected", on=DAY, act=act(officer), by=officer, at=AT)
    moved: Any = with_state().get()
    assert moved.state == "carried_out"

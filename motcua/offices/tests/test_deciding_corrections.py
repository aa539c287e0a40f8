"""Who decides what somebody wants corrected of their name or number, and that it stays on record."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.offices.deciding_corrections import decide_correction, may_decide
from motcua.people.correcting import ask_correction
from motcua.people.models import Account, CorrectionRequest, ProvidedIdentity, Relative
from tests.cast import Cast
from tests.world import moment

pytestmark = pytest.mark.django_db
AT = moment("2021-11-01 09:00")


def asked(account: Account, number: str = "001190000056") -> CorrectionRequest:
    account.personal_id = "001190000055"
    account.save()
    return ask_correction(account, personal_id=number, why="Ghi nhầm", at=AT)


def decide(cast: Cast, request: CorrectionRequest, name: str = "yen", *, is_granted: bool = True) -> CorrectionRequest:
    return decide_correction(request.pk, is_granted=is_granted, answer="Đúng", actor=cast.actor(name), at=AT)


@pytest.mark.parametrize("name", ["lan", "hoa", "quang", "dung", "nobody"])
def test_only_an_administrator_sees_it(name: str, cast: Cast) -> None:
    request = asked(cast.hoa)
    with pytest.raises(NotThere):
        decide(cast, request, name)


def test_nobody_decides_the_own_nor_under_a_second_account_nor_a_relative_s(cast: Cast) -> None:
    own = asked(cast.yen, "001190000057")
    with pytest.raises(Forbidden):
        decide(cast, own)
    second = asked(cast.minh)
    Account.objects.filter(pk=cast.yen.pk).update(personal_id="001190000055")
    with pytest.raises(Forbidden):
        decide(cast, second)
    Account.objects.filter(pk=cast.yen.pk).update(personal_id="")
    assert may_decide(cast.actor("yen"), second)
    Relative.objects.create(account=cast.yen, full_name="Chồng", relation="chồng", id_no="001190000056", declared_at=AT)
    with pytest.raises(Forbidden):
        decide(cast, second)


def test_refused_nothing_changes(cast: Cast) -> None:
    decide(cast, asked(cast.hoa), is_granted=False)
    cast.hoa.refresh_from_db()
    assert cast.hoa.personal_id == "001190000055"


def test_another_number_than_the_verified_one_is_not_verified(cast: Cast) -> None:
    lan = cast.lan
    lan.personal_id, lan.number_verified_at = "001190000055", AT
    lan.save()
    facts = {"full_name": "L", "level": 2, "linked_at": AT, "last_used_at": AT}
    ProvidedIdentity.objects.create(account=lan, issuer="https://x", subject="s", personal_id=lan.personal_id, **facts)
    decide(cast, asked(lan))
    lan.refresh_from_db()
    assert (lan.personal_id, lan.number_verified_at) == ("001190000056", None)
    assert ProvidedIdentity.objects.get().ended_at == AT


@pytest.mark.parametrize(
    "words", [{}, {"personal_id": "12", "why": "Ghi nhầm"}, {"personal_id": "001190000056", "why": "x"}]
)
def test_what_is_asked_must_be_something(words: dict[str, str], cast: Cast) -> None:
    cast.hoa.personal_id = "001190000055"
    with pytest.raises(Invalid):
        ask_correction(cast.hoa, **{"why": "Ghi nhầm", **words}, at=AT)


@pytest.mark.parametrize(
    "sql",
    [
        "update people_correctionrequest set is_granted = false",
        "update people_correctionrequest set answer = 'khác'",
        "delete from people_correctionrequest",
    ],
)
def test_what_was_decided_stays_as_it_was(sql: str, cast: Cast) -> None:
    decide(cast, asked(cast.hoa))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_was_asked_is_not_bent_before_it_is_decided(cast: Cast) -> None:
    asked(cast.hoa)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update people_correctionrequest set personal_id = '001190000099'")

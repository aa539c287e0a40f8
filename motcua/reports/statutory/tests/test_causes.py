"""Causes of being late: who may say them, of what, and that the forms count every late dossier once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State
from motcua.reports.models import LateCause
from motcua.reports.scope import Scope
from motcua.reports.statutory.causes import late_behind, say_cause
from motcua.reports.statutory.filling import fill
from motcua.reports.statutory.forms import FORMS
from motcua.reports.statutory.tests.test_filling import NOVEMBER, TODAY, ledger
from motcua.reports.tests.ledger import clock
from tests.cast import Cast

__all__ = ["ledger"]
AT = clock("2021-12-01 08:00")
DAY = date(2021, 12, 1)


def late_of(cast: Cast, office: str) -> Dossier:
    """The commune's is open past its day, the department's was resolved after it."""
    channel = 3 if office == "justice" else 1
    return Dossier.objects.get(
        competent_office=getattr(cast, office), channel=channel, due_at=clock("2021-11-17 17:00"),
        state=State.FINISHED if office == "justice" else State.ACCEPTED,
    )  # fmt: skip


def test_every_late_dossier_is_counted_once_and_as_in_06a(ledger: Cast) -> None:
    whole = fill(FORMS["II.06a"], NOVEMBER, Scope(), TODAY).total
    for code in ("II.06dd", "II.06g"):
        made = fill(FORMS[code], NOVEMBER, Scope(), TODAY)
        assert (made.total["4"], made.total["5"]) == (whole["10"], whole["13"]) == (1, 1)
        assert {line.words[0] for line in made.lines} == {"Chưa có nguyên nhân"}


def test_what_is_said_last_counts_and_the_rest_stays(ledger: Cast) -> None:
    dossier, tuan = late_of(ledger, "justice"), ledger.actor("tuan", DAY)
    say_cause(dossier.pk, cause="opinion", words="Chờ ý kiến", actor=tuan, at=AT)
    second = say_cause(dossier.pk, cause="complex", words="Phải xác minh", proposal="Gia hạn", actor=tuan, at=AT)
    assert (second.number, second.said_by_name, LateCause.objects.count()) == (2, tuan.full_name, 2)
    with pytest.raises(Invalid):
        say_cause(dossier.pk, cause="complex", words=" Phải  xác minh ", proposal="Gia hạn", actor=tuan, at=AT)
    made = fill(FORMS["II.06dd"], NOVEMBER, Scope(), TODAY)
    assert [(line.values["3"], line.words[0]) for line in made.lines] == [
        (1, "Hồ sơ phức tạp, phải kiểm tra, xác minh nhiều lần"),
        (1, "Chưa có nguyên nhân"),
    ]
    for line in made.lines:
        assert len(late_behind(NOVEMBER, Scope(), "field", line.row, ("resolved_late", "open_late"))) == 1
    assert late_behind(NOVEMBER, Scope(), "field", made.lines[0].row, ("open_late",)) == []


def test_who_may_not(ledger: Cast) -> None:
    dossier = late_of(ledger, "justice")
    for name in ("hoa", "nga", "quang", "minh"):
        with pytest.raises(Forbidden):
            say_cause(dossier.pk, cause="other", words="X", actor=ledger.actor(name, DAY), at=AT)
    for name in ("khang", "lan", "nobody", "son"):
        with pytest.raises(NotThere):
            say_cause(dossier.pk, cause="other", words="X", actor=ledger.actor(name, DAY), at=AT)
    Dossier.objects.filter(pk=dossier.pk).update(owner_account=ledger.tuan)
    with pytest.raises(Forbidden):
        say_cause(dossier.pk, cause="other", words="X", actor=ledger.actor("tuan", DAY), at=AT)
    assert not LateCause.objects.exists()


def test_of_what_is_late_only_and_with_a_cause_in_words(ledger: Cast) -> None:
    tuan, son = ledger.actor("tuan", DAY), ledger.actor("son", DAY)
    for dossier in Dossier.objects.filter(state=State.FINISHED, competent_office=ledger.justice, channel__lt=3):
        with pytest.raises(Refused):
            say_cause(dossier.pk, cause="other", words="X", actor=tuan, at=AT)
    for dossier in Dossier.objects.filter(state__in=(State.WITHDRAWN, State.STOPPED)):
        with pytest.raises(Refused):
            say_cause(dossier.pk, cause="other", words="X", actor=son, at=AT)
    late = late_of(ledger, "commune")
    for wrong in (
        {"cause": "laziness", "words": "X"},
        {"cause": "other", "words": "  "},
        {"cause": "other", "words": "x" * 1001},
    ):
        with pytest.raises(Invalid):
            say_cause(late.pk, actor=son, at=AT, **wrong)
    with pytest.raises(Refused):
        say_cause(late.pk, cause="other", words="X", actor=son, at=clock("2021-11-17 23:59"))


def test_what_was_said_cannot_be_bent(ledger: Cast) -> None:
    say_cause(late_of(ledger, "commune").pk, cause="other", words="X", actor=ledger.actor("son", DAY), at=AT)
    for sql in ("UPDATE reports_latecause SET words = 'Y'", "DELETE FROM reports_latecause"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

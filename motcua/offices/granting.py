"""Postings, delegations and absences, as a person with the right notes them.

What has come into force ends and stays on record; only what never did can be struck out.

Postings are the administrator's, from the staff list that the chairman approves. Who decides delegates in person;
whoever leads an office may also note it for those who serve there, as they may note who is away.
Law: ND61-2018 11; ND61-2018 12
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.offices.actors import DELEGABLE, Actor
from motcua.offices.models import Absence, Delegation, Office, Posting, Role

Row = TypeVar("Row", Posting, Delegation, Absence)
# Roles that lead the others at an office.
LEADING = ("head", "approver", "unit_head")
# What only the database can see, two requests being faster than each other.
SENTENCES = {
    "delegation_no_chain": lazy("Người được ủy quyền không được ủy quyền lại."),
    "delegation_once_at_a_time": lazy("Việc này đã được ủy quyền cho người khác trong những ngày đó."),
    "posting_once_at_a_time": lazy("Người này đã giữ vai trò đó tại đây trong những ngày đó."),
    "absence_once_at_a_time": lazy("Người này đã được ghi vắng mặt trong những ngày đó."),
}


def led_by(actor: Actor) -> frozenset[int]:
    """Offices for whose people this person notes absences and delegations: those that they lead in their own right."""
    return frozenset(office for role, office in actor.postings if role in LEADING)


def may_post(actor: Actor) -> bool:
    """Postings are noted by an administrator, who has no part in any dossier."""
    return any(role == Role.ADMINISTRATOR for role, _office in actor.postings)


def post(posting: Posting, *, actor: Actor) -> Posting:
    """Note a posting: ordinary, in reserve for somebody, or sent by an agency. Raises Invalid, Forbidden."""
    if not may_post(actor):
        raise Forbidden(_("Chỉ quản trị được ghi phân công cán bộ."))
    if not posting.account.is_officer:
        raise _wrong("account", _("Người này không phải là cán bộ."))
    return _note(posting)


def end_posting(posting_id: int, *, on: date, actor: Actor) -> Posting:
    """The first day on which a posting no longer counts."""
    if not may_post(actor):
        raise Forbidden(_("Chỉ quản trị được ghi phân công cán bộ."))
    return _end(Posting, posting_id, on)


def delegate(
    *,
    from_account_id: int,
    to_account_id: int,
    office_id: int,
    valid_from: date,
    valid_to: date | None,
    document: str,
    actor: Actor,
    at: datetime,
    procedures: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> Delegation:
    """Note who decides for whom at an office, for some procedures (codes) or fields, or for all.

    Days are half-open and may not lie in the past. Raises Invalid, Forbidden.
    """
    if from_account_id != actor.account_id and office_id not in led_by(actor):
        raise Forbidden(_("Chỉ người có thẩm quyền hoặc lãnh đạo cơ quan đó được ghi ủy quyền."))
    _not_in_the_past(valid_from, at)
    if not tidy(document):
        raise _wrong("document", _("Cần văn bản ủy quyền."))
    if not _posted(from_account_id, office_id, valid_from).filter(role__in=DELEGABLE, reserve_for=None).exists():
        raise _wrong("from_account", _("Người ủy quyền không có thẩm quyền tại cơ quan này vào ngày đó."))
    if not _posted(to_account_id, None, valid_from).exists():
        raise _wrong("to_account", _("Người được ủy quyền không được phân công ở đâu vào ngày đó."))
    return _note(
        Delegation(
            from_account_id=from_account_id,
            to_account_id=to_account_id,
            office_id=office_id,
            procedures=list(procedures),
            fields=list(fields),
            valid_from=valid_from,
            valid_to=valid_to,
            document=tidy(document),
            noted_by_id=_person(actor),
            noted_at=at,
        )
    )


def end_delegation(delegation_id: int, *, on: date, actor: Actor) -> Delegation:
    """Take a delegation back from a day on: by whoever gave it, or who leads there."""
    found = Delegation.objects.filter(pk=delegation_id).first()
    if found is None or not _concerns(actor, found.from_account_id, {found.office_id}):
        raise NotThere(_("Không có ủy quyền này."))
    return _end(Delegation, delegation_id, on)


def note_absence(
    *,
    account_id: int,
    stand_in_id: int | None,
    valid_from: date,
    valid_to: date,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Absence:
    """Note that somebody is away on days [valid_from, valid_to), and who does their work. Raises Invalid, Forbidden."""
    _not_in_the_past(valid_from, at)
    places = set(_posted(account_id, None, valid_from).values_list("office_id", flat=True))
    if not _concerns(actor, account_id, places):
        raise Forbidden(_("Chỉ chính người đó hoặc lãnh đạo cơ quan được ghi vắng mặt."))
    if stand_in_id is not None and not _posted(stand_in_id, None, valid_from).filter(office_id__in=places).exists():
        raise _wrong("stand_in", _("Người thay phải cùng cơ quan với người vắng mặt vào ngày đó."))
    return _note(
        Absence(
            account_id=account_id,
            stand_in_id=stand_in_id,
            valid_from=valid_from,
            valid_to=valid_to,
            reason=tidy(reason),
            noted_by_id=_person(actor),
            noted_at=at,
        )
    )


def end_absence(absence_id: int, *, on: date, actor: Actor, at: datetime) -> Absence:
    """Somebody is back sooner: by themselves, or by who leads where they serve."""
    found = Absence.objects.filter(pk=absence_id).first()
    places = set(_posted(found.account_id, None, day_of(at)).values_list("office_id", flat=True)) if found else set()
    if found is None or not _concerns(actor, found.account_id, places):
        raise NotThere(_("Không có dòng vắng mặt này."))
    return _end(Absence, absence_id, on)


def arrangeable_offices(actor: Actor, on: date) -> list[Office]:
    """Offices at which this person may delegate or note who is away, in Vietnamese order."""
    return list(Office.objects.on(on).filter(pk__in=led_by(actor)).in_vi_order())


def _person(actor: Actor) -> int:
    if actor.account_id is None:
        raise Forbidden(_("Việc này phải do một người thực hiện."))
    return actor.account_id


def _concerns(actor: Actor, account_id: int, places: set[int]) -> bool:
    return account_id == actor.account_id or not led_by(actor).isdisjoint(places)


def _posted(account_id: int, office_id: int | None, on: date) -> QuerySet[Posting]:
    rows = Posting.objects.on(on).filter(account_id=account_id)
    return rows if office_id is None else rows.filter(office_id=office_id)


def _not_in_the_past(day: date, at: datetime) -> None:
    if day < day_of(at):
        raise _wrong("valid_from", _("Không ghi lùi ngày: hãy chọn từ hôm nay trở đi."))


def _wrong(name: str, sentence: str) -> Invalid:
    return Invalid(sentence, fields={name: sentence})


def _note(row: Row) -> Row:
    """Write a row, or say in words which of its constraints refuses it."""
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        fields = {name: "; ".join(sentences) for name, sentences in error.message_dict.items()}
        raise Invalid(
            " ".join(fields.values()), fields={name: text for name, text in fields.items() if name != NON_FIELD_ERRORS}
        ) from None
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if name not in SENTENCES:
            raise
        raise Invalid(SENTENCES[name], code=name) from None
    return row


def _end(model: type[Row], row_id: int, on: date) -> Row:
    """Let a row end on a day, its first without force; a row that begins no sooner is struck out."""
    still = Q(valid_to=None) | Q(valid_to__gt=on)
    found = model._default_manager.filter(still, pk=row_id).first()
    if found is None:
        raise Refused(_("Dòng này không có hoặc đã kết thúc."))
    if found.valid_from >= on:
        found.delete()
        return found
    found.valid_to = on
    found.save(update_fields=["valid_to"])
    return found

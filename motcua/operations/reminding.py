"""Reminders that persons send, and their answers. Who may: whoever oversees, heads a unit or controls procedures.

Law: ND61-2018 8
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import OPEN
from motcua.offices.actors import Actor
from motcua.offices.models import Office
from motcua.operations.models import Addressee, Reason, Reminder, ReminderAnswer
from motcua.operations.sets import bounds, members
from motcua.reports.scope import REPORTERS, offices_reported_to

LONGEST = 1000
LONGEST_WAIT = timedelta(days=60)


def may_remind(actor: Actor, dossier: Dossier, on: date) -> bool:
    """Whoever reports on one of its two offices; that they may see it is asked elsewhere."""
    return any(may_remind_office(actor, one, on) for one in {dossier.receiving_office_id, dossier.competent_office_id})


def may_remind_office(actor: Actor, office_id: int, on: date) -> bool:
    """Whoever reports on the office."""
    if not actor.offices(*REPORTERS):
        return False
    allowed = offices_reported_to(actor, on)
    return allowed is None or office_id in allowed


@transaction.atomic
def remind_of_dossier(dossier_id: int, *, words: str, answer_by: date | None, actor: Actor, at: datetime) -> Reminder:
    """Remind whoever holds the dossier, or the leaders where it lies, that it waits; an answer is expected by a day.

    answer_by: inclusive. Raises NotThere, Forbidden; Refused for a dossier that is over; Invalid beside the fields.
    """
    dossier = Dossier.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=dossier_id).first()
    if dossier is None:
        raise NotThere(_("Không có hồ sơ này."))
    if not may_remind(actor, dossier, day_of(at)):
        raise Forbidden(_("Bạn không có quyền đôn đốc hồ sơ này."))
    if dossier.state not in OPEN:
        raise Refused(_("Hồ sơ đã xong, không còn gì để đôn đốc."), code="is_over")
    said, until = _checked(words, answer_by, at)
    return Reminder.objects.create(
        reason=Reason.ASKED,
        dossier=dossier,
        office_id=dossier.at_office_id,
        addressee=Addressee.HOLDER if dossier.holder_id else Addressee.LEADERS,
        holder_id=dossier.holder_id,
        words=said,
        answer_by=until,
        sent_by_id=actor.account_id,
        sent_by_name=actor.full_name,
        sent_at=at,
    )


@transaction.atomic
def remind_office(office_id: int, *, words: str, answer_by: date | None, actor: Actor, at: datetime) -> Reminder:
    """Remind the leaders of an office of everything that it has late now; the list is kept as it is now.

    Raises NotThere for an office that is not theirs, Refused where nothing is late, Invalid beside the fields.
    """
    office = Office.objects.filter(pk=office_id).first()
    if office is None or not may_remind_office(actor, office_id, day_of(at)):
        raise NotThere(_("Không có cơ quan này."))
    said, until = _checked(words, answer_by, at)
    late = late_of(office_id, at)
    if not late:
        raise Refused(_("Cơ quan này không có hồ sơ nào quá hạn."), code="nothing_late")
    return Reminder.objects.create(
        reason=Reason.ASKED,
        late=late,
        office=office,
        addressee=Addressee.LEADERS,
        words=said,
        answer_by=until,
        sent_by_id=actor.account_id,
        sent_by_name=actor.full_name,
        sent_at=at,
    )


@transaction.atomic
def answer(reminder_id: int, *, words: str, actor: Actor, at: datetime) -> ReminderAnswer:
    """Say what is done about it, once. Raises NotThere for whom it is not for, Refused the second time, Invalid."""
    reminder = Reminder.objects.for_person(actor).filter(pk=reminder_id).select_for_update(of=("self",)).first()
    if reminder is None or actor.account_id is None:
        raise NotThere(_("Không có đôn đốc này."))
    if ReminderAnswer.objects.filter(reminder=reminder).exists():
        raise Refused(_("Đôn đốc này đã được trả lời."), code="answered_already")
    said = tidy(words)
    if len(said) < 5:
        sentence = _("Hãy viết đã làm gì, hoặc bao giờ xong.")
        raise Invalid(sentence, fields={"words": sentence})
    return ReminderAnswer.objects.create(
        reminder=reminder,
        words=said[:LONGEST],
        answered_by_id=actor.account_id,
        answered_by_name=actor.full_name,
        answered_at=at,
    )


def late_of(office_id: int, at: datetime) -> list[int]:
    """Ids of the dossiers that are late now and are an office's to decide or lie there, in ascending order."""
    sql = f"""
        SELECT m.dossier_id FROM ({members("competent", "late")}) m JOIN dossiers_dossier x ON x.id = m.dossier_id
        WHERE m.measure = 'late' AND %(office)s IN (m.office_id, x.at_office_id) ORDER BY 1
    """  # noqa: S608 - only our own fragments are put together
    with connection.cursor() as cursor:
        cursor.execute(sql, {**bounds(at), "office": office_id})
        return [row[0] for row in cursor.fetchall()]


def reminders_of(dossier_id: int) -> list[Reminder]:
    """Everything that was sent about a dossier, the newest first, each with its answer; for whoever sees the dossier."""
    rows = Reminder.objects.filter(dossier_id=dossier_id)
    return list(rows.select_related("office", "holder", "answer").order_by("-sent_at", "-id"))


def _checked(words: str, answer_by: date | None, at: datetime) -> tuple[str, date]:
    said, today = tidy(words), day_of(at)
    wrong = {}
    if len(said) < 5:
        wrong["words"] = _("Hãy viết đôn đốc việc gì.")
    elif len(said) > LONGEST:
        wrong["words"] = _("Dài nhất %(most)s ký tự.") % {"most": LONGEST}
    if answer_by is None or answer_by < today:
        wrong["answer_by"] = _("Ngày trả lời không được trước hôm nay.")
    elif answer_by > today + LONGEST_WAIT:
        wrong["answer_by"] = _("Ngày trả lời không được quá 60 ngày kể từ hôm nay.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    assert answer_by is not None
    return said, answer_by

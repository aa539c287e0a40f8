"""The applicant owes another body something before the dossier can go on: told, paid there, proved at the unit.

Law: ND61-2018 19
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.catalogue.offers import offer
from motcua.dossiers import steps
from motcua.dossiers.acts.intake import Paper, write_papers
from motcua.dossiers.clock import ClockEvent
from motcua.dossiers.clock_events import Cause, ClockKind
from motcua.dossiers.journal import Key, Performance, performing
from motcua.dossiers.models import Dossier, FinancialDuty
from motcua.dossiers.pauses import goes_on_by, stands_still
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor


def ask_financial_duty(
    dossier_id: Key,
    *,
    content: str,
    document_no: str,
    payee: str,
    amount_vnd: int | None = None,
    pay_by: date | None = None,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> FinancialDuty:
    """Tell the applicant what is to be paid, to whom, by which document; the clock stands still if the regime says so.

    amount_vnd: whole đồng above 0; None where the other body fixes it. pay_by: the last day, inclusive, not before
    today. Law: ND61-2018 19
    """
    with performing(Act.ASK_FINANCIAL_DUTY, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        _check_asked(content, document_no, payee, amount_vnd, pay_by, day_of(performance.at))
        stated = {"content": content.strip(), "document_no": tidy(document_no), "payee": tidy(payee)}
        performance.say(**stated, amount_vnd=amount_vnd, pay_by=pay_by and pay_by.isoformat())
        performance.place(dossier.receiving_office_id, step=dossier.step, holder_id=None)
        if stands_still(Cause.FINANCIAL, performance.regime):
            performance.clock(_event(performance, ClockKind.PAUSE))
        return FinancialDuty.objects.create(
            dossier_id=dossier.pk,
            number=dossier.financial_duties.count() + 1,
            **stated,
            amount_vnd=amount_vnd,
            pay_by=pay_by,
            asked_by_id=performance.person,
            asked_at=performance.at,
        )


def record_financial_duty(
    dossier_id: Key,
    *,
    proof_no: str,
    paid_on: date,
    file_id: int | None = None,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> Dossier:
    """Record at the unit that the duty is done: number of the proof, day of payment; the clock goes on.

    paid_on: not in the future. file_id: the proof as a stored file, kept with the dossier's papers.
    Law: ND61-2018 19
    """
    with performing(Act.RECORD_FINANCIAL_DUTY, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        number = tidy(proof_no)
        _check_proof(number, paid_on, day_of(performance.at))
        duty = dossier.financial_duties.get(recorded_at=None)
        name = _("Chứng từ thực hiện nghĩa vụ tài chính số %(number)s") % {"number": number}
        paper = Paper(None, name, copies=0 if file_id else 1, file_id=file_id)
        write_papers(dossier, [paper], offer(dossier.case_id, dossier.channel), performance.at)
        duty.proof_no, duty.paid_on = number, paid_on
        duty.recorded_by_id, duty.recorded_at = performance.person, performance.at
        duty.save()
        if dossier.stands_still:
            performance.clock(_event(performance, goes_on_by(Cause.FINANCIAL, performance.regime)))
        performance.place(steps.office_of_current(dossier), step=dossier.step, holder_id=duty.asked_by_id)
        performance.say(proof_no=number, paid_on=paid_on.isoformat())
    return dossier


def _check_asked(
    content: str, document_no: str, payee: str, amount_vnd: int | None, pay_by: date | None, today: date
) -> None:
    wrong: dict[str, str] = {}
    if not content.strip():
        wrong["content"] = _("Cần nêu nghĩa vụ tài chính phải thực hiện.")
    if not tidy(document_no):
        wrong["document_no"] = _("Cần số, ký hiệu văn bản thông báo.")
    if not tidy(payee):
        wrong["payee"] = _("Cần nêu nơi thu.")
    if amount_vnd is not None and amount_vnd <= 0:
        wrong["amount_vnd"] = _("Số tiền phải lớn hơn 0 đồng; để trống nếu nơi thu xác định.")
    if pay_by is not None and pay_by < today:
        wrong["pay_by"] = _("Hạn thực hiện không thể trước hôm nay.")
    if wrong:
        raise Invalid(_("Thông tin về nghĩa vụ tài chính còn thiếu hoặc chưa đúng."), fields=wrong)


def _check_proof(number: str, paid_on: date, today: date) -> None:
    wrong: dict[str, str] = {}
    if not number:
        wrong["proof_no"] = _("Cần số chứng từ.")
    if paid_on > today:
        wrong["paid_on"] = _("Ngày nộp không thể sau hôm nay.")
    if wrong:
        raise Invalid(_("Chứng từ còn thiếu hoặc chưa đúng thông tin."), fields=wrong)


def _event(performance: Performance, kind: ClockKind) -> ClockEvent:
    # No article of a decree says that it stands still: the parameter does.
    return ClockEvent(kind, performance.at, performance.calendar, cause=Cause.FINANCIAL)

"""Scenes in which others come in: who finds an error and who decides it, offices that are asked, agencies that share the work."""

from __future__ import annotations

from datetime import timedelta

from motcua.base.times import day_of
from motcua.calendar.limits import Limit
from motcua.dossiers.acts import consultation, correction, handover, parts, verification
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.acts.correction import Again, Grounds, NewResult
from motcua.dossiers.acts.parts import Plan
from motcua.dossiers.kinds import Origin, ReturnWay
from motcua.dossiers.models import Consultation, Dossier, Verification
from motcua.replays.rehearsal import OTHERS, Life, Scene

REASON = "Tập dượt"


def result_corrected_before_it_is_collected(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    life.decide()
    _find_wrong(life, NewResult(number="12a/QĐ"))
    correction.correct_result(life.pk, actor=life.company.another_approver, at=life.soon())
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def result_corrected_after_it_was_collected(life: Life) -> None:
    handed_over(life)
    _find_wrong(life, NewResult(number="12a/QĐ"))
    correction.correct_result(life.pk, actor=life.company.another_approver, at=life.soon())
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def handled_again_before_it_is_collected(life: Life) -> None:
    life.take_in()
    life.reach_decision()
    life.decide()
    _handle_again(life)


def handled_again_after_it_was_collected(life: Life) -> None:
    handed_over(life)
    _handle_again(life)


def day_corrected(life: Life) -> None:
    """Once refused, then approved."""
    life.take_in()
    life.forward()
    due = day_of(Dossier.objects.get(pk=life.pk).due_at or life.watch)
    for is_right in (False, True):
        new_day = life.company.calendar.add_working_days(due, 1)
        approver, other = life.company.of_authority("approver"), life.company.another_approver
        correction.propose_date(life.pk, grounds=_grounds(life), new_day=new_day, actor=approver, at=life.soon())
        if is_right:
            correction.correct_date(life.pk, actor=other, at=life.soon())
        else:
            correction.refuse_correction(life.pk, reason=REASON, actor=other, at=life.soon())


def others_are_asked(life: Life) -> None:
    """Two are asked; one answers, the other is not asked any more."""
    life.take_in()
    life.forward()
    handler, stage = life.company.of_authority("handler"), life.company.stage
    asked = [stage.offices[key].pk for key in OTHERS]
    questions = [Question(office, REASON, days=2) for office in asked]
    consultation.consult(life.pk, questions=questions, actor=handler, at=life.soon())
    answered, dropped = Consultation.objects.filter(dossier=life.pk).order_by("id")
    other = stage.officer("handler", answered.office_id)
    consultation.answer_consultation(life.pk, consultation_id=answered.pk, answer=REASON, actor=other, at=life.soon())
    consultation.drop_consultation(life.pk, consultation_id=dropped.pk, reason=REASON, actor=handler, at=life.soon())


def verified_on_the_spot(life: Life) -> None:
    """One is moved and held, another called off."""
    life.take_in()
    life.forward()
    handler = life.company.of_authority("handler")
    for _unused in range(2):
        begins = life.watch + timedelta(hours=1)
        verification.plan_verification(
            life.pk, place=REASON, begins_at=begins, ends_at=begins + timedelta(hours=1), participants=REASON,
            content=REASON, needs_applicant=True, actor=handler, at=life.soon(),
        )  # fmt: skip
    held, called_off = Verification.objects.filter(dossier=life.pk).order_by("id")
    begins = held.begins_at + timedelta(minutes=30)
    verification.move_verification(
        life.pk, verification_id=held.pk, place=REASON, begins_at=begins, ends_at=begins + timedelta(hours=1),
        reason=REASON, actor=handler, at=life.soon(),
    )  # fmt: skip
    verification.cancel_verification(
        life.pk, verification_id=called_off.pk, reason=REASON, actor=handler, at=life.soon()
    )
    life.wait(1)
    verification.record_verification(
        life.pk, verification_id=held.pk, minutes=REASON, attended=REASON, actor=handler, at=life.soon()
    )


def _grounds(life: Life) -> Grounds:
    return Grounds(wrong=REASON, reason=REASON, document_no="1/BB", document_on=day_of(life.watch))


def _find_wrong(life: Life, remedy: NewResult | Again) -> None:
    approver = life.company.of_authority("approver")
    correction.propose_correction(life.pk, grounds=_grounds(life), remedy=remedy, actor=approver, at=life.soon())


def _handle_again(life: Life) -> None:
    """From the first step at the authority, and to its end."""
    first = next(step for step in life.piece.terms.steps if step.place == "competent")
    _find_wrong(life, Again(step=first.seq))
    correction.reopen(life.pk, actor=life.company.another_approver, at=life.soon())
    life.steps_done = life.piece.terms.steps.index(first)
    life.reach_decision()
    life.decide()


def handed_over(life: Life) -> None:
    """Through to its end."""
    life.take_in()
    life.reach_decision()
    life.decide()
    handover.hand_over(life.pk, way=ReturnWay.COUNTER, actor=life.company.of_unit("receiver"), at=life.soon())


def shared_between_agencies(life: Life) -> None:
    """Two agencies: one puts its part off and does it; the other gives it back, it is given again as a third, and dropped."""
    life.origin = Origin.DEMO
    life.take_in(life.company.pieces.interlinked)
    life.forward()
    company, stage = life.company, life.company.stage
    first, second = (stage.offices[key].pk for key in OTHERS)
    lead, day = company.of_authority("approver"), Limit.working_days(1)
    plans = [Plan(1, first, REASON, day), Plan(2, second, REASON, day, waits_for=(1,))]
    parts.open_parts(life.pk, plans=plans, actor=lead, at=life.soon())
    handler = stage.officer("handler", first)
    parts.take_part(life.pk, part=1, actor=handler, at=life.soon())
    chief = stage.officer("approver", first)
    new_day = company.calendar.add_working_days(day_of(life.watch), 3)
    parts.extend_part(life.pk, part=1, new_day=new_day, reason=REASON, actor=chief, at=life.soon())
    parts.propose_part(life.pk, part=1, summary=REASON, actor=handler, at=life.soon())
    parts.finish_part(life.pk, part=1, summary=REASON, actor=chief, at=life.soon())
    parts.return_part(life.pk, part=2, reason=REASON, actor=stage.officer("head", second), at=life.soon())
    parts.assign_part(life.pk, part=2, plan=Plan(2, first, REASON, day), reason=REASON, actor=lead, at=life.soon())
    parts.drop_part(life.pk, part=3, reason=REASON, actor=lead, at=life.soon())
    life.reach_decision()
    life.decide()


SCENES: tuple[Scene, ...] = (
    result_corrected_before_it_is_collected,
    result_corrected_after_it_was_collected,
    handled_again_before_it_is_collected,
    handled_again_after_it_was_collected,
    day_corrected,
    others_are_asked,
    verified_on_the_spot,
    shared_between_agencies,
)

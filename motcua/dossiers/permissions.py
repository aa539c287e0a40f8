"""Who may see a dossier and who may do what to it: one table of named predicates, asked everywhere.

A predicate that does not know says no. Every predicate is asked of the person in one capacity: in their own right, or
by one power that is limited or another person's (see `Actor.capacities`); whether the power covers the procedure, and
whether the person is free of an own interest, is decided here for all of them.
Law: ND61-2018 9; ND61-2018 11; ND61-2018 12; ND61-2018 19
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.dossiers import steps
from motcua.dossiers.states import RESOLVED, Act
from motcua.dossiers.visibility import business_offices, has_helped, is_asked, owns
from motcua.offices.actors import Actor
from motcua.people.capacities import ActingFor

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

Predicate = Callable[[Actor, "Dossier"], bool]


def serves(actor: Actor, dossier: Dossier) -> bool:
    """An officer of one of its two offices, or who oversees one: whoever is only asked for an opinion does not."""
    return not business_offices(actor).isdisjoint({dossier.receiving_office_id, dossier.competent_office_id})


def is_owner(actor: Actor, dossier: Dossier) -> bool:
    """The applicant whom the dossier belongs to, or who acts for them, how far ever."""
    return owns(actor, dossier)


def files_for_owner(actor: Actor, dossier: Dossier) -> bool:
    """Anybody with an account may hand in, and take back, for themselves; for another, whoever was named to."""
    return owns(actor, dossier) and actor.may_as_applicant("file")


def answers_for_owner(actor: Actor, dossier: Dossier) -> bool:
    """The applicant, or whoever was named to supplement for them."""
    return owns(actor, dossier) and actor.may_as_applicant("answer")


def may_pay_for(actor: Actor, dossier: Dossier) -> bool:
    """Whether this person may go on to pay: anybody whom the link reached, for the secret is the dossier's; but whoever
    chose to act for its owner only by their role, and no more when that is over. Law: BLDS-2015 140"""
    if actor.acting_for is None or actor.acting_for.principal_id != dossier.owner_account_id:
        return True
    return owns(actor, dossier) and actor.may_as_applicant("pay")


def receives_here(actor: Actor, dossier: Dossier) -> bool:
    """A receiver, or the head, of the one-stop unit that took the dossier."""
    return actor.has("receiver", dossier.receiving_office_id) or actor.has("unit_head", dossier.receiving_office_id)


def holds(actor: Actor, dossier: Dossier) -> bool:
    """The officer in whose hand the dossier is, or who stands in for them, still posted at its office."""
    return dossier.holder_id in actor.persons and dossier.at_office_id in actor.offices()


def may_pick_up(actor: Actor, dossier: Dossier) -> bool:
    """Nobody holds it, and the officer has the role of its step where it lies, or at its authority where they sit."""
    step = steps.current_step(dossier)
    return dossier.holder_id is None and step is not None and _works_here(actor, step.role, dossier)


def heads_place(actor: Actor, dossier: Dossier) -> bool:
    """The head of the office where the dossier lies, or of its authority where they sit at the centre."""
    return _works_here(actor, "head", dossier)


def sits_there(actor: Actor, dossier: Dossier) -> bool:
    """Whether the officer is posted where a step at the centre is done; true of every other step. Law: TT01-2018 6"""
    return not steps.is_onsite(dossier) or dossier.receiving_office_id in actor.seats


def _works_here(actor: Actor, role: str, dossier: Dossier) -> bool:
    if steps.is_onsite(dossier) and dossier.at_office_id == dossier.receiving_office_id:
        return actor.has(role, dossier.competent_office_id) and dossier.receiving_office_id in actor.seats
    return actor.has(role, dossier.at_office_id)


def handles_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """A handler, head or approver of the competent office."""
    return dossier.competent_office_id in actor.offices("handler", "head", "approver")


def leads_authority(actor: Actor, dossier: Dossier) -> bool:
    """A head or approver of the competent office."""
    return dossier.competent_office_id in actor.offices("head", "approver")


def works_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """Whoever prepares, leads, decides or seals at the competent office; a commune has one leader, who must decide."""
    return dossier.competent_office_id in actor.offices("handler", "head", "approver", "clerk")


def approves_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """An approver of the competent office."""
    return actor.has("approver", dossier.competent_office_id)


def approves_there(actor: Actor, dossier: Dossier) -> bool:
    """An approver of the competent office; of a dossier at the centre, one who is posted there."""
    return approves_for_authority(actor, dossier) and sits_there(actor, dossier)


def issues_there(actor: Actor, dossier: Dossier) -> bool:
    """Who numbers and seals for the competent office; at the centre, who is posted there."""
    return issues_for_authority(actor, dossier) and sits_there(actor, dossier)


def receives_undecided(actor: Actor, dossier: Dossier) -> bool:
    """A receiver, where the process knows no decision: what the unit itself certifies needs no other power."""
    return not steps.needs_decision(dossier) and receives_here(actor, dossier)


def issues_for_authority(actor: Actor, dossier: Dossier) -> bool:
    """The clerk of the competent office, or its approver where it has none at hand."""
    return dossier.competent_office_id in actor.offices("clerk", "approver")


def has_signed(actor: Actor, dossier: Dossier) -> bool:
    """Whether their signature is on the result already; for whoever only seals, whether the office's seal is."""
    events = dossier.events.of_the_result_that_holds()
    if actor.has("approver", dossier.competent_office_id):
        return events.filter(actor_id=actor.account_id, data__signed_as="person").exists()
    return events.filter(data__signed_as="office").exists()


def has_still_to_sign(actor: Actor, dossier: Dossier) -> bool:
    """Whoever issues for the authority, once."""
    return issues_for_authority(actor, dossier) and not has_signed(actor, dossier)


def heads_unit(actor: Actor, dossier: Dossier) -> bool:
    """The head of the one-stop unit that took the dossier."""
    return actor.has("unit_head", dossier.receiving_office_id)


def only_the_system(actor: Actor, dossier: Dossier) -> bool:
    """Nobody: what the program does to all dossiers alike, once two persons have said so, is no one's own act."""
    return False


def approves_another_s_correction(actor: Actor, dossier: Dossier) -> bool:
    """An approver of the competent office who is not whoever proposed it, nor stands in for them, nor is stood in for.

    The same person under a second account, or a declared relative, is told by the identity number. Law: ND61-2018 21
    """
    if dossier.proposal is None or not approves_for_authority(actor, dossier):
        return False
    hands = (dossier.proposal.proposed_by, dossier.proposal.proposed_for)
    return not any(hand and (hand.pk in actor.persons or hand.personal_id in actor.kin) for hand in hands)


def decides_another_s_or_takes_back(actor: Actor, dossier: Dossier) -> bool:
    """Whoever may approve it may refuse it, and whoever proposed it may take it back: nothing is changed by that."""
    if approves_another_s_correction(actor, dossier):
        return True
    proposal = dossier.proposal
    return proposal is not None and proposal.proposed_by_id == actor.account_id and actor.acting_by is None


def works_on_part(actor: Actor, dossier: Dossier) -> bool:
    """A handler, head or approver of the office of the part in hand."""
    return dossier.part is not None and dossier.part.office_id in actor.offices(*PART_ROLES)


def holds_part(actor: Actor, dossier: Dossier) -> bool:
    """The officer in whose hand the part is, still posted at its office."""
    part = dossier.part
    return part is not None and part.holder_id in actor.persons and part.office_id in actor.offices()


def leads_part(actor: Actor, dossier: Dossier) -> bool:
    """A head or approver of the office of the part in hand."""
    return dossier.part is not None and dossier.part.office_id in actor.offices("head", "approver")


def approves_part(actor: Actor, dossier: Dossier) -> bool:
    """An approver of the office of the part in hand."""
    return dossier.part is not None and actor.has("approver", dossier.part.office_id)


def works_on_some_part(actor: Actor, dossier: Dossier) -> bool:
    """Somebody of an agency that has, or had, a part of the dossier while it is under way."""
    is_open = dossier.state not in RESOLVED
    return is_open and not actor.offices(*PART_ROLES).isdisjoint(dossier.joint_offices or ())


PART_ROLES = ("handler", "head", "approver")

# act → any of these is enough
RIGHTS: dict[Act, tuple[Predicate, ...]] = {
    # For oneself, for whom one acts, or for somebody whom one helps, at a unit where one helps.
    Act.SUBMIT: (files_for_owner, has_helped),
    Act.REGISTER: (receives_here,),
    Act.TAKE_IN: (receives_here,),
    Act.ACCEPT: (receives_here,),
    Act.ASK_AT_INTAKE: (receives_here,),
    Act.ANSWER_AT_INTAKE: (answers_for_owner, receives_here),
    Act.REFUSE_INTAKE: (receives_here,),
    Act.REDIRECT: (receives_here,),
    Act.GIVE_AT_ONCE: (approves_for_authority, receives_undecided),
    Act.FORWARD: (holds, may_pick_up, heads_place),
    Act.SEND_BACK: (holds, may_pick_up, heads_place),
    Act.ASK_SUPPLEMENT: (handles_for_authority,),
    Act.ASK_SUPPLEMENT_AGAIN: (leads_authority,),
    Act.ANSWER_SUPPLEMENT: (answers_for_owner,),
    Act.RECEIVE_SUPPLEMENT: (receives_here,),
    Act.ASK_FINANCIAL_DUTY: (handles_for_authority,),
    Act.RECORD_FINANCIAL_DUTY: (receives_here,),
    Act.ALLOW_FOR_OUTAGE: (only_the_system,),
    Act.NOTE_ATTEMPT: (answers_for_owner, receives_here),
    Act.EXTEND: (leads_authority,),
    Act.APPROVE: (approves_there,),
    Act.REFUSE_RESULT: (approves_there,),
    Act.FINISH: (issues_there,),
    Act.SIGN_RESULT: (has_still_to_sign,),
    Act.WITHDRAW: (files_for_owner, receives_here),
    Act.STOP: (leads_authority,),
    Act.END_UNANSWERED: (leads_authority,),
    Act.RESTRICT: (heads_place, leads_authority, heads_unit),
    Act.CONSULT: (handles_for_authority,),
    Act.ANSWER_CONSULTATION: (is_asked,),
    Act.DROP_CONSULTATION: (handles_for_authority,),
    Act.PLAN_VERIFICATION: (handles_for_authority,),
    Act.MOVE_VERIFICATION: (handles_for_authority,),
    Act.RECORD_VERIFICATION: (handles_for_authority,),
    Act.CANCEL_VERIFICATION: (handles_for_authority,),
    Act.CHARGE_FEE: (receives_here,),
    Act.EXEMPT_FEE: (receives_here,),
    Act.TAKE_FEE: (receives_here,),
    Act.REFUND_FEE: (receives_here,),
    Act.CANCEL_RECEIPT: (receives_here,),
    Act.PROPOSE_DATE: (works_for_authority, heads_unit),
    Act.CORRECT_DATE: (approves_another_s_correction,),
    Act.REFUSE_CORRECTION: (decides_another_s_or_takes_back,),
    Act.OPEN_PARTS: (receives_here, handles_for_authority),
    Act.TAKE_PART: (works_on_part,),
    Act.PROPOSE_PART: (holds_part, leads_part),
    Act.FINISH_PART: (approves_part,),
    Act.RETURN_PART: (holds_part, leads_part),
    Act.ASSIGN_PART: (handles_for_authority,),
    Act.DROP_PART: (leads_authority,),
    Act.EXTEND_PART: (leads_part,),
}
# Once a dossier is resolved, the rights from before count no more: whatever touches it needs a row of its own here.
RIGHTS_AFTER_THE_END: dict[Act, tuple[Predicate, ...]] = {
    Act.HAND_OVER: (receives_here,),
    Act.SIGN_RESULT: (has_still_to_sign,),
    # What is owed is settled after the end too, as the states allow.
    Act.CHARGE_FEE: (receives_here,),
    Act.EXEMPT_FEE: (receives_here,),
    Act.TAKE_FEE: (receives_here,),
    Act.REFUND_FEE: (receives_here,),
    Act.CANCEL_RECEIPT: (receives_here,),
    # Whoever finds the error proposes, an approver decides: never one person. Law: ND61-2018 21
    Act.PROPOSE_CORRECTION: (works_for_authority, heads_unit),
    Act.PROPOSE_DATE: (works_for_authority, heads_unit),
    Act.CORRECT_RESULT: (approves_another_s_correction,),
    Act.REOPEN: (approves_another_s_correction,),
    Act.CORRECT_DATE: (approves_another_s_correction,),
    Act.REFUSE_CORRECTION: (decides_another_s_or_takes_back,),
}
OF_THE_SYSTEM = frozenset(act for act, row in RIGHTS.items() if row == (only_the_system,))
DECIDES_A_CORRECTION = frozenset({Act.CORRECT_RESULT, Act.REOPEN, Act.CORRECT_DATE, Act.REFUSE_CORRECTION})
# What one does as an applicant, in one's own matter.
AS_APPLICANT = frozenset({files_for_owner, answers_for_owner})


def has_right(act: Act, actor: Actor, dossier: Dossier) -> bool:
    """Whether this person may do this act, in any capacity."""
    return capacity(act, actor, dossier) is not None


def capacity(act: Act, actor: Actor, dossier: Dossier) -> Actor | None:
    """The person in the first capacity in which a predicate of the act's row says yes: their own before another's.

    An officer has no right as an officer in a matter of their own or of declared relatives.
    """
    if actor.kind == "system":
        return actor
    row = (RIGHTS_AFTER_THE_END if dossier.state in RESOLVED else RIGHTS).get(act, ())
    for one in actor.capacities():
        is_free = not own_interest(one, dossier)
        for predicate in row:
            if (is_free or predicate in AS_APPLICANT) and predicate(one, dossier) and _is_covered(one, dossier):
                return one
    return None


def leading(actor: Actor, dossier: Dossier) -> Actor | None:
    """The person in the first capacity in which they lead its authority; None also in a matter of their own.

    For what a leader says of a dossier without doing anything to it, whatever its state.
    """
    for one in actor.capacities():
        if not own_interest(one, dossier) and leads_authority(one, dossier) and _is_covered(one, dossier):
            return one
    return None


def own_interest(actor: Actor, dossier: Dossier) -> bool:
    """Whether the matter is this officer's own, or a declared relative's, or the person's for whom they act."""
    if not actor.is_officer:
        return False
    numbers = {dossier.owner_id_no, dossier.submitter_id_no}
    return dossier.owner_account_id in actor.persons or not actor.kin.isdisjoint(numbers)


def denial(act: Act, actor: Actor, dossier: Dossier) -> str:
    """Why the act is not this person's, as a sentence."""
    if actor.acting_for is not None:
        return not_in_role(actor.acting_for)
    if own_interest(actor, dossier):
        return _(
            "Hồ sơ này là của bạn hoặc của người thân mà bạn đã kê khai: bạn không được xử lý. "
            "Hãy báo lãnh đạo để phân công người khác."
        )
    if act in DECIDES_A_CORRECTION and dossier.correction_waits and approves_for_authority(actor, dossier):
        return _("Đính chính cần hai người: người đề nghị, hoặc người làm thay họ, không được tự phê duyệt.")
    if not sits_there(actor, dossier) and works_for_authority(actor, dossier):
        return _("Bước này làm tại Trung tâm: chỉ người của cơ quan giải quyết đang được phân công tại đó được làm.")
    return _("Bạn không có quyền “%(act)s” đối với hồ sơ này.") % {"act": act.label}


def not_in_role(one: ActingFor) -> str:
    """Why somebody who acts for another may not go so far, as a sentence."""
    if one.is_over:
        return _("Bạn không còn quyền thay mặt %(whom)s. Hãy chọn lại tư cách ở đầu trang.") % {"whom": one.name}
    sentence = _("Vai trò của bạn khi thay mặt %(whom)s không gồm việc này. Hãy hỏi người đã phân công bạn.")
    return sentence % {"whom": one.name}


def is_evident(actor: Actor, dossier: Dossier) -> bool:
    """Whether it is plain why this person looks at the dossier: its owner, its unit, its step, who leads its authority.

    Everybody else who may see it says why first, and so does an officer whose own interest it touches.
    Law: LBVDLCN-2025
    """
    if actor.kind == "system" or is_owner(actor, dossier):
        return True
    return not own_interest(actor, dossier) and any(
        predicate(one, dossier) for one in actor.capacities() for predicate in EVIDENT if _is_covered(one, dossier)
    )


EVIDENT = (receives_here, holds, may_pick_up, heads_place, leads_authority, is_asked, works_on_some_part, has_helped)


def may_see_contacts(actor: Actor, dossier: Dossier) -> bool:
    """Telephone, mail and address are for the unit that deals with the applicant, for the owner, and for who helped the
    owner to hand them in. Law: ND61-2018 5"""
    return is_owner(actor, dossier) or receives_here(actor, dossier) or has_helped(actor, dossier)


def _is_covered(actor: Actor, dossier: Dossier) -> bool:
    power = actor.acting_by
    return power is None or not power.limits or power.covers(dossier.procedure.code, dossier.version.field)

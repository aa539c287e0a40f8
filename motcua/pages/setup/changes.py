"""Another value: one person proposes it, another decides. The rules are `law.proposals`'s."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere
from motcua.base.times import day_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.law.checking import Sessions
from motcua.law.facts import DECLARED
from motcua.law.models import Proposal, Regime
from motcua.law.proposals import Person, approve, reject
from motcua.law.proposals import propose as propose_change
from motcua.law.saying import say
from motcua.law.store import read_book
from motcua.law.wording import unit_words, value_words
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.forms import DecisionForm, ProposalForm
from motcua.pages.setup.people import READERS, speaker


@officers(*READERS)
def propose(request: PersonRequest, key: str) -> HttpResponse:
    """Propose another value of one parameter."""
    if key not in DECLARED:
        raise NotThere(_("Không có tham số này."))
    person, tomorrow = speaker(request), day_of(request.at) + timedelta(days=1)
    if not person.may_propose:
        raise Forbidden(_("Chỉ quản trị hoặc kiểm soát thủ tục hành chính của tỉnh được đề nghị sửa quy định."))
    regimes = [one for one in Regime.objects.order_by("-valid_from") if one.valid_to is None or one.valid_to > tomorrow]
    form = ProposalForm(key, regimes, posted(request), initial={"regime": request.GET.get("ky", "")})
    if request.method == "POST":
        made = attempt(
            form,
            lambda: propose_change(
                form.change(),
                reason=form.cleaned_data["reason"],
                document=form.cleaned_data["document"],
                by=person,
                at=request.at,
                sessions=office_hours(day_of(request.at)),
            ),
        )
        if made is not None:
            messages.success(request, _("Đã gửi đề nghị. Một người khác có quyền phê duyệt sẽ quyết định."))
            return redirect("setup:proposal", made.pk)
    known = read_book()
    rows = [
        known.deciding(one.code, key, known.shown_day(one.code, day_of(request.at)), known.places(one.code))
        for one in regimes
    ]
    present = [(row.regime, value_words(key, row.value)) for row in rows if row]
    context = {"key": key, "says": say(DECLARED[key].says), "unit": unit_words(key), "present": present}
    return show(request, "setup/propose.html", context, form=form)


@officers(*READERS)
def proposals(request: PersonRequest) -> HttpResponse:
    """What waits for a decision, oldest first; then what was decided, newest first."""
    waiting = Proposal.objects.filter(decision=None).select_related("regime").order_by("id")
    decided = Proposal.objects.exclude(decision=None).select_related("regime", "decision")
    page = cursor_page(decided, request, key="proposed_at", descending=True)
    context = {"waiting": [] if page.first_query else [_said(one) for one in waiting], "page": page}
    context["decided"] = [_said(one) for one in page.items]
    return show(request, "setup/proposals.html", context)


@officers(*READERS)
def proposal(request: PersonRequest, proposal_id: int) -> HttpResponse:
    """One proposal: who, why, old and new; and the decision, by another person."""
    found = Proposal.objects.select_related("regime", "decision").filter(pk=proposal_id).first()
    if found is None:
        raise NotThere(_("Không có đề nghị này."))
    person = speaker(request)
    form = DecisionForm(posted(request))
    if request.method == "POST" and attempt(form, lambda: _decide(request, found, person, form)) is not None:
        return redirect("setup:proposal", found.pk)
    is_open = not hasattr(found, "decision")
    context = {
        "said": _said(found),
        "may_decide": is_open and person.may_decide and person.account_id != found.proposed_by,
        "is_own": is_open and person.account_id == found.proposed_by,
    }
    return show(request, "setup/proposal.html", context, form=form)


def office_hours(on: date) -> Sessions:
    """The usual office hours around a day: those of the next day on which somebody works, within a fortnight."""
    calendar = calendar_for(current_edition())
    day = next(day for day in (on + timedelta(days=ahead) for ahead in range(15)) if calendar.is_working(day))
    return [(session.start, session.end) for session in calendar.sessions(day)]


def _decide(request: PersonRequest, found: Proposal, person: Person, form: DecisionForm) -> bool:
    note = form.cleaned_data["note"]
    verdict = request.POST.get("verdict")
    if verdict not in ("approve", "reject"):
        raise Invalid(_("Hãy chọn phê duyệt hoặc từ chối."))
    if verdict == "approve":
        approve(found.pk, by=person, at=request.at, sessions=office_hours(day_of(request.at)), note=note)
        sentence = _("Đã phê duyệt: áp dụng cho hồ sơ tiếp nhận từ %(day)s.")
        messages.success(request, sentence % {"day": f"{found.valid_from:%d/%m/%Y}"})
    else:
        reject(found.pk, by=person, at=request.at, note=note)
        messages.success(request, _("Đã từ chối đề nghị. Quy định đang áp dụng không đổi."))
    return True


def _said(found: Proposal) -> dict[str, object]:
    """A proposal with its values in words."""
    new = _("thôi quy định riêng") if found.ends else value_words(found.key, found.value)
    return {
        "proposal": found,
        "says": say(DECLARED[found.key].says),
        "old": value_words(found.key, found.old_value),
        "new": new,
        "decision": getattr(found, "decision", None),
    }

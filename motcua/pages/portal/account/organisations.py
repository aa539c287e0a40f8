"""My organisations: register one, name who acts for it, see everybody who ever was. Rules: `people.organisations`."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.account.mandate_forms import EndForm, MemberForm, OrganisationForm
from motcua.people import mandates
from motcua.people.mandate_rows import Mandate, MandateKind, Organisation, OrganisationRequest
from motcua.people.models import Account
from motcua.people.organisations import ask_to_register, not_yet_taken_up, register_by_identity

MOST_SHOWN = 50


def me_of(request: PersonRequest) -> Account:
    """The person's own account, in whatever capacity they act."""
    return Account.objects.get(pk=request.user.pk)


def organisations(request: PersonRequest) -> HttpResponse:
    """For whom I act or acted, which organisations I represent, what I asked to have registered."""
    me = me_of(request)
    held = mandates.held_by(me).select_related("principal__organisation", "named_by", "ended_by")
    own = Organisation.objects.filter(account=me).first()
    context = {
        "mine": me,
        "own": own,
        "held": held.order_by("-named_at", "-id")[:MOST_SHOWN],
        "given": me.mandates_given.filter(mandates.in_force(request.at), kind=MandateKind.AGENT).count(),
        "claim": not_yet_taken_up(me, request.at),
        "asked": me.organisation_requests.order_by("-id")[:20],
        "today": day_of(request.at),
    }
    return render(request, "portal/organisations.html", context)


@require_POST
def register_organisation(request: PersonRequest) -> HttpResponse:
    """Register what the identity provider says that I represent."""
    made = register_by_identity(me_of(request), at=request.at)
    messages.success(request, _("Đã đăng ký %(name)s. Bạn có thể phân công người làm thay.") % {"name": made.name})
    return redirect("portal:organisation", made.pk)


def ask_organisation(request: PersonRequest) -> HttpResponse:
    """Ask to have an organisation registered by a paper."""
    me, form = me_of(request), OrganisationForm(posted(request))

    def ask() -> OrganisationRequest:
        return ask_to_register(me, **form.cleaned_data, at=request.at)

    if request.method == "POST" and attempt(form, ask) is not None:
        messages.success(request, _("Đã gửi đề nghị. Hãy mang bản chính giấy tờ đến Bộ phận Một cửa để đối chiếu."))
        return redirect("portal:organisations")
    return show(request, "portal/ask_organisation.html", form=form)


def organisation(request: PersonRequest, organisation_id: int) -> HttpResponse:
    """Who acts for it, who did, who said so; name another. For whoever represents it."""
    me = me_of(request)
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None or not mandates.manages(me, found.account_id, request.at):
        raise NotThere(_("Không có tổ chức này."))
    form = MemberForm(posted(request), today=day_of(request.at))

    def name() -> Mandate:
        return mandates.name_member(found.account_id, form.naming(), by=me, at=request.at)

    if request.method == "POST" and attempt(form, name) is not None:
        messages.success(request, _("Đã phân công. Người này thấy tổ chức trong ô tư cách ở đầu trang."))
        return redirect("portal:organisation", found.pk)
    page = cursor_page(mandates.trace(found.account_id), request, key="named_at", descending=True)
    context = {"found": found, "page": page, "today": day_of(request.at), "mine": me}
    return show(request, "portal/organisation.html", context, form=form)


def end_mandate(request: PersonRequest, mandate_id: int) -> HttpResponse:
    """Take a mandate back, or lay down one's own, after asking once more, with the reason."""
    me = me_of(request)
    found = Mandate.objects.select_related("principal__organisation").filter(pk=mandate_id).first()
    is_own = found is not None and mandates.held_by(me).filter(pk=found.pk).exists()
    if found is None or not (is_own or mandates.manages(me, found.principal_id, request.at)):
        raise NotThere(_("Không có phân công này."))
    form = EndForm(posted(request))

    def end() -> Mandate:
        return mandates.end_mandate(found.pk, why=form.cleaned_data["why"], by=me, at=request.at)

    if request.method == "POST" and attempt(form, end) is not None:
        messages.success(request, _("Đã kết thúc. Từ lúc này người được phân công không còn quyền."))
        of = getattr(found.principal, "organisation", None)
        if is_own:
            return redirect("portal:organisations")
        return redirect("portal:organisation", of.pk) if of else redirect("portal:authorised")
    return show(request, "portal/end_mandate.html", {"found": found, "is_own": is_own}, form=form)

"""Who decides for whom and who is away: seen and noted by those who lead an office, and by everybody for themselves."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.news.permissions import EDITORS
from motcua.offices import granting
from motcua.offices.models import Absence, Delegation, Office, Posting
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import attempt, posted, show
from motcua.pages.layout.frame import SETTING_UP
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.setup.kiosks import SETS_UP
from motcua.pages.setup.power_forms import AbsenceForm, DelegateForm, PostForm
from motcua.people.models import Account, Relative

MOST_POSTINGS = 100


@officers()
def powers(request: PersonRequest) -> HttpResponse:
    """Delegations and absences in force or coming: at the offices I lead, and my own."""
    today, me, led = day_of(request.at), request.actor.account_id, granting.led_by(request.actor)
    still = Q(valid_to=None) | Q(valid_to__gt=today)
    people = Posting.objects.on(today).filter(office_id__in=led).values("account_id")
    delegations = Delegation.objects.filter(still, Q(office_id__in=led) | Q(from_account=me) | Q(to_account=me))
    absences = Absence.objects.filter(still, Q(account_id__in=people) | Q(account=me) | Q(stand_in=me))
    context = {
        "delegations": delegations.select_related("from_account", "to_account", "office").order_by("valid_from", "id"),
        "absences": absences.select_related("account", "stand_in").order_by("valid_from", "id"),
        "led": led,
        "me": me,
        "may_delegate": bool(request.actor.offices(*granting.LEADING)),
        "may_post": granting.may_post(request.actor),
        "may_set_up_kiosks": bool(request.actor.offices(*SETS_UP)),
        # Whoever sets the province up finds the news there.
        "may_write_news": bool(request.actor.offices(*EDITORS)) and not request.actor.offices(*SETTING_UP),
    }
    return render(request, "setup/powers.html", context)


@officers(*granting.LEADING)
def delegate(request: PersonRequest) -> HttpResponse:
    """Note a delegation."""
    form = DelegateForm(request.actor, day_of(request.at), posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: granting.delegate(**form.facts(), actor=request.actor, at=request.at))
        if made is not None:
            messages.success(request, _("Đã ghi ủy quyền."))
            return redirect("setup:powers")
    return show(request, "setup/power_form.html", {"title": _("Ghi ủy quyền")}, form=form)


@officers()
def absence(request: PersonRequest) -> HttpResponse:
    """Note who is away and who stands in."""
    form = AbsenceForm(request.actor, day_of(request.at), posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: granting.note_absence(**form.facts(), actor=request.actor, at=request.at))
        if made is not None:
            messages.success(request, _("Đã ghi vắng mặt."))
            return redirect("setup:powers")
    return show(request, "setup/power_form.html", {"title": _("Ghi vắng mặt")}, form=form)


@require_POST
@officers()
def end_power(request: PersonRequest, kind: str, row_id: int) -> HttpResponse:
    """From tomorrow on it no longer counts; what has not begun is struck out."""
    tomorrow = day_of(request.at) + timedelta(days=1)
    if kind == "uy-quyen":
        granting.end_delegation(row_id, on=tomorrow, actor=request.actor)
    elif kind == "vang-mat":
        granting.end_absence(row_id, on=tomorrow, actor=request.actor, at=request.at)
    elif kind == "phan-cong":
        granting.end_posting(row_id, on=tomorrow, actor=request.actor)
    else:
        raise NotThere(_("Không có trang này."))
    messages.success(request, _("Đã kết thúc từ ngày mai."))
    return redirect("setup:postings" if kind == "phan-cong" else "setup:powers")


@officers("administrator")
def postings(request: PersonRequest) -> HttpResponse:
    """Postings in force or coming, by name of the officer or the office (`?q=`); the latest without a question."""
    today, text = day_of(request.at), request.GET.get("q", "").strip()[:100]
    rows = Posting.objects.filter(Q(valid_to=None) | Q(valid_to__gt=today))
    if text:
        rows = rows.filter(Q(account__in=_people(text)) | Q(office__in=_places(text)) | Q(account__login=text.lower()))
    # Whether somebody has declared relatives is the administrator's to know; whom, is not.
    declared = Exists(Relative.objects.filter(account=OuterRef("account"), ended_at=None))
    rows = rows.annotate(has_declared=declared).select_related("account", "office", "reserve_for", "sent_by")
    found = rows.order_by("-id")[:MOST_POSTINGS]
    return render(request, "setup/postings.html", {"rows": found, "text": text})


@officers("administrator")
def post(request: PersonRequest) -> HttpResponse:
    """Note a posting: ordinary, in reserve, or sent by an agency."""
    form = PostForm(posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: granting.post(form.posting(), actor=request.actor))
        if made is not None:
            messages.success(request, _("Đã ghi phân công."))
            return redirect("setup:postings")
    return show(request, "setup/power_form.html", {"title": _("Ghi phân công"), "is_posting": True}, form=form)


def _people(text: str) -> QuerySet[Account]:
    return Account.objects.search(text).filter(is_officer=True)


def _places(text: str) -> QuerySet[Office]:
    return Office.objects.search(text)

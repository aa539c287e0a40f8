"""What this officer took in today and still has to print, all at once; and what is printed again when the printer was out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base.times import day_of, start_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import Act
from motcua.forms.printing import Printable, print_together, to_print
from motcua.pages.counter.person import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.papers import pdf_response, portal_of
from motcua.pages.layout.requests import PersonRequest
from motcua.readings.log import read
from motcua.readings.models import Through

MOST = 60


@officers(*RECEIVING)
def print_queue(request: PersonRequest) -> HttpResponse:
    """The list with what is not printed ticked; sent, it is one PDF and its marks."""
    rows = papers_of_today(request)
    if request.method != "POST":
        waiting = [one for one in rows if not one.printed]
        return render(request, "counter/print_queue.html", {"rows": rows, "waiting": waiting})
    chosen = set(request.POST.getlist("paper"))
    wanted = [one for one in rows if one.key in chosen]
    if not wanted:
        messages.warning(request, _("Hãy chọn giấy cần in."))
        return HttpResponseRedirect(reverse("counter:print_queue"))
    for dossier in {one.dossier.pk: one.dossier for one in wanted}.values():
        read(request.actor, dossier, Through.PAPER, at=request.at, is_task=True)
    content = print_together(wanted, actor=request.actor, at=request.at, portal=portal_of(request))
    return pdf_response(content, f"in-{request.at:%Y%m%d-%H%M%S}.pdf")


def papers_of_today(request: PersonRequest) -> list[Printable]:
    """Of what this officer accepted today, the newest first."""
    today = Dossier.objects.visible_to(request.actor).filter(
        receiving_office_id__in=request.actor.offices(*RECEIVING),
        accepted_at__gte=start_of(day_of(request.at)),
        events__act__in=(Act.TAKE_IN, Act.ACCEPT),
        events__actor_id=request.actor.account_id,
    )
    return to_print(today.select_related("receiving_office").order_by("-accepted_at", "-id").distinct()[:MOST])

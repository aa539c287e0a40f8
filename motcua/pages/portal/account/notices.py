"""What I was told, on the portal; and the ways on which I am told outside it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.notices import inbox
from motcua.notices.choosing import BY_DUTY, choose, chosen
from motcua.notices.kinds import FOR_OFFICERS, Kind, Way
from motcua.notices.models import Notice
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.portal.petitions import keep_petition


class WaysForm(Form):
    """On which ways I want to be told; Zalo only with my consent."""

    email = forms.BooleanField(label=lazy("Thư điện tử"), required=False)
    sms = forms.BooleanField(label=lazy("Tin nhắn SMS"), required=False)
    zalo = forms.BooleanField(label=lazy("Zalo"), required=False)
    agrees = forms.BooleanField(
        label=lazy(
            "Tôi đồng ý cho gửi số điện thoại của tôi và mã hồ sơ qua Zalo, một dịch vụ bên ngoài cơ quan nhà nước."
        ),
        help_text=lazy("Chỉ cần khi chọn Zalo. Bạn rút lại được bất cứ lúc nào."),
        required=False,
    )


def notices(request: PersonRequest) -> HttpResponse:
    """Everything that I was told, the newest first."""
    mine = Notice.objects.of(inbox.whose(request.actor))
    page = cursor_page(mine, request, key="made_at", descending=True)
    context = {
        "page": page,
        "shown": inbox.shown(page.items, request.at),
        "unread": inbox.unread(inbox.whose(request.actor)),
        "newest": max((one.pk for one in page.items), default=0),
    }
    return render(request, "portal/notices.html", context)


@require_POST
def open_notice(request: PersonRequest, notice_id: int) -> HttpResponse:
    """One is read; on to its dossier, to the petition that I sent, or for officers to what is silent with them."""
    found = inbox.mark_read(notice_id, request.actor, request.at)
    if found.kind in FOR_OFFICERS:
        return redirect("desk:petitions" if found.kind in (Kind.PETITION_DUE, Kind.PETITION_LATE) else "desk:home")
    if found.petition is not None:
        keep_petition(request, found.petition)
        return redirect("portal:followed_petition")
    number = found.facts.get("submission_no")
    return redirect("portal:dossier", number) if number else redirect("portal:notices")


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """Everything up to the newest that was on the page is read."""
    upto = request.POST.get("upto", "")
    number = inbox.mark_all_read(int(upto) if upto.isdecimal() and len(upto) < 19 else 0, request.actor, request.at)
    said = ngettext("Đã đánh dấu %(n)s thông báo là đã đọc.", "Đã đánh dấu %(n)s thông báo là đã đọc.", number)
    messages.success(request, said % {"n": number})
    return redirect("portal:notices")


def notice_ways(request: PersonRequest) -> HttpResponse:
    """Choose the ways outside the portal."""
    account_id = request.actor.account_id or 0
    now_on = chosen([account_id])[account_id]
    initial = {way.value: is_on for way, is_on in now_on.items()}
    form = WaysForm(posted(request), initial={**initial, "agrees": now_on[Way.ZALO]})
    if request.method == "POST":
        done = attempt(
            form,
            lambda: choose(
                {way.value: form.cleaned_data[way.value] for way in BY_DUTY},
                agrees=form.cleaned_data["agrees"],
                actor=request.actor,
                at=request.at,
            ),
        )
        if done is not None:
            messages.success(request, _("Đã lưu kênh nhận thông báo của bạn."))
            return redirect("portal:account")
    return show(request, "portal/notice_ways.html", form=form)


def told_by(account_id: int) -> str:
    """The ways that this person is told on, in words; the portal is always one."""
    on = chosen([account_id])[account_id]
    return ", ".join([str(_("Cổng dịch vụ công")), *(str(way.label) for way, is_on in on.items() if is_on)])

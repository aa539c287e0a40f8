"""Machines in the hall: this browser becomes one, others are ended. Rules: `offices.kiosks`."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.times import day_of
from motcua.offices.kiosks import end, looked_after_by, set_up
from motcua.offices.models import Kiosk
from motcua.pages.layout.access import officers
from motcua.pages.layout.at_kiosk import KIOSK_COOKIE, YEARS, forget
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField

SETS_UP = ("administrator", "unit_head")


class KioskForm(Form):
    """Where the machine stands, and what it is called there."""

    office = OfficeField(
        label=lazy("Đặt tại cơ quan"), help_text=lazy("Mã hoặc vài chữ của tên, không cần dấu"), required=True
    )
    use = forms.ChoiceField(
        label=lazy("Máy này dùng làm"), choices=Kiosk.Use.choices, initial=Kiosk.Use.KIOSK, widget=forms.RadioSelect
    )
    name = forms.CharField(label=lazy("Tên máy"), max_length=100, help_text=lazy("Ví dụ: Ki-ốt số 1, sảnh tầng trệt"))


@officers(*SETS_UP)
def kiosks(request: PersonRequest) -> HttpResponse:
    """The machines I look after; sent, this browser becomes one and I am signed out of it."""
    form = KioskForm(posted(request))
    form.fields["office"].on = day_of(request.at)  # type: ignore[attr-defined]
    if request.method == "POST":
        made = attempt(form, lambda: set_up(**form.cleaned_data, actor=request.actor, at=request.at))
        if made is not None:
            _kiosk, secret = made
            forget(request)
            response = redirect("portal:kiosk")
            response.set_cookie(
                KIOSK_COOKIE,
                secret,
                max_age=YEARS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return response
    rows = looked_after_by(request.actor).select_related("office", "set_up_by", "ended_by")
    return show(request, "setup/kiosks.html", {"rows": rows.order_by("-ended_at", "-set_up_at")[:500]}, form=form)


@require_POST
@officers(*SETS_UP)
def end_kiosk(request: PersonRequest, kiosk_id: int) -> HttpResponse:
    """From now on the machine is like any other browser."""
    end(kiosk_id, actor=request.actor, at=request.at)
    messages.success(request, _("Đã ngừng ki-ốt. Từ bây giờ máy đó như mọi trình duyệt khác."))
    return redirect("setup:kiosks")

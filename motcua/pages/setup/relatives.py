"""My relatives, in whose dossiers I have no hand: declared and ended by each officer alone. Rules: `people.relatives`."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.people.models import Account, Relative
from motcua.people.relatives import declare, end, own


class RelativeForm(Form):
    """One relative, or an enterprise of one's own or of a relative."""

    full_name = forms.CharField(label=lazy("Họ tên, tên doanh nghiệp"), max_length=200)
    relation = forms.CharField(
        label=lazy("Quan hệ"),
        max_length=100,
        help_text=lazy("Vợ, chồng, con, cha, mẹ, anh chị em, doanh nghiệp của vợ…"),
    )
    id_no = forms.CharField(label=lazy("Số định danh hoặc mã số doanh nghiệp"), max_length=30)


class EndForm(Form):
    why = forms.CharField(label=lazy("Lý do kết thúc"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


@officers()
def relatives(request: PersonRequest) -> HttpResponse:
    """What I have declared, what has ended, and one more."""
    me = Account.objects.get(pk=request.actor.account_id)
    form = RelativeForm(posted(request))
    if request.method == "POST":
        made = attempt(form, lambda: declare(me, **form.cleaned_data, at=request.at))
        if made is not None:
            messages.success(request, _("Đã kê khai. Từ bây giờ bạn không xử lý hồ sơ của người này."))
            return redirect("setup:relatives")
    rows = Relative.objects.filter(account=me).order_by("-ended_at", "-declared_at", "-id")
    return show(request, "setup/relatives.html", {"rows": rows}, form=form)


@officers()
def end_relative(request: PersonRequest, relative_id: int) -> HttpResponse:
    """Say why a declaration no longer holds; from tomorrow on it does not count."""
    me = Account.objects.get(pk=request.actor.account_id)
    found = own(me, relative_id)
    form = EndForm(posted(request))
    if request.method == "POST":
        done = attempt(form, lambda: end(me, relative_id, **form.cleaned_data, at=request.at))
        if done is not None:
            messages.success(request, _("Đã kết thúc từ ngày mai."))
            return redirect("setup:relatives")
    return show(request, "setup/end_relative.html", {"relative": found}, form=form)

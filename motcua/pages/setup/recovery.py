"""A code for a new password, handed over the counter to whoever shows their paper. Rule: `offices.recovering`."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.debug import sensitive_post_parameters

from motcua.offices.recovering import give_code
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest
from motcua.people.code_rows import AccountEvent


class GiveCodeForm(Form):
    """Whose account, and the paper that was looked at."""

    login = forms.CharField(
        label=lazy("Số điện thoại hoặc thư điện tử dùng để đăng nhập"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    number = forms.CharField(
        label=lazy("Số định danh trên giấy tờ đã xem"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    paper = forms.CharField(
        label=lazy("Giấy tờ đã xem"), help_text=lazy("Loại giấy tờ, ngày và nơi cấp; được lưu lại."), max_length=200
    )


@officers("administrator")
@sensitive_post_parameters("number")
def give_login_code(request: PersonRequest) -> HttpResponse:
    """The digits are shown once; the person sets the password with them, on any device."""
    form = GiveCodeForm(posted(request))
    given = None
    if request.method == "POST":
        given = attempt(form, lambda: give_code(**form.cleaned_data, actor=request.actor, at=request.at))
    last = (
        AccountEvent.objects.filter(what=AccountEvent.What.COUNTER).select_related("account", "by").order_by("-id")[:20]
    )
    context = {"given": given, "login": form.cleaned_data["login"] if given else "", "last": last}
    response = show(request, "setup/give_login_code.html", context, form=form)
    response["Cache-Control"] = "private, no-store"
    return response

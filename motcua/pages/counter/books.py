"""Books of receipts: everybody who takes money sees what is left; who heads the counter opens and closes them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.times import day_of
from motcua.fees.books import KEEPER, books_of, close_book, following, open_book, takers
from motcua.fees.models import ReceiptBook
from motcua.offices.models import Office
from motcua.pages.counter.intake import RECEIVING
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.requests import PersonRequest

ROUTE = "counter:receipt_books"


class BookForm(Form):
    """Which numbers come into use, where, from when, in whose hand."""

    office = forms.TypedChoiceField(label=lazy("Nơi thu"), coerce=int)
    template_no = forms.CharField(label=lazy("Mẫu số"), max_length=30)
    serial = forms.CharField(label=lazy("Ký hiệu"), max_length=20)
    first_no = forms.IntegerField(label=lazy("Từ số"), min_value=1, max_value=9_999_999)
    last_no = forms.IntegerField(label=lazy("Đến số"), min_value=1, max_value=9_999_999)
    valid_from = forms.DateField(
        label=lazy("Dùng từ ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    holder = forms.TypedChoiceField(
        label=lazy("Người giữ quyển"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=lazy("Giao cho ai thì chỉ người ấy viết biên lai của quyển này."),
    )

    def __init__(self, offices: list[Office], on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [(office.pk, office.name) for office in offices]  # type: ignore[attr-defined]
        people = {
            row.account_id: row.account.full_name
            for office in offices
            for row in takers(office.pk, on).select_related("account").order_by("account__full_name_order")
        }
        shared = [("", _("Dùng chung cả quầy"))]
        self.fields["holder"].choices = [*shared, *people.items()]  # type: ignore[attr-defined]


@officers(*RECEIVING)
def receipt_books(request: PersonRequest) -> HttpResponse:
    """The books of my counters with what is left of each; opening one is for who heads the counter."""
    led = list(Office.objects.filter(pk__in=request.actor.offices(KEEPER)).in_vi_order())
    today = day_of(request.at)
    initial: dict[str, Any] = {"valid_from": today}
    if led:
        initial |= {"office": led[0].pk, **following(led[0].pk)}
    form = BookForm(led, today, posted(request), initial=initial)
    if request.method == "POST":
        made = attempt(form, lambda: _opened(form, request))
        if made is not None:
            messages.success(request, _("Đã mở quyển biên lai %(book)s.") % {"book": made})
            return redirect(ROUTE)
    context = {
        "books": books_of(request.actor.offices(*RECEIVING)),
        "may_open": bool(led),
        "led": {office.pk for office in led},
    }
    return show(request, "counter/receipt_books.html", context, form=form)


@require_POST
@officers(KEEPER)
def close_receipt_book(request: PersonRequest, book_id: int) -> HttpResponse:
    """No receipt is written from it from now on."""
    book = close_book(book_id, actor=request.actor, at=request.at)
    messages.success(request, _("Đã đóng quyển biên lai %(book)s.") % {"book": book})
    return redirect(ROUTE)


def _opened(form: BookForm, request: PersonRequest) -> ReceiptBook:
    data = form.cleaned_data
    names = ("template_no", "serial", "first_no", "last_no", "valid_from")
    words = {name: data[name] for name in names}
    return open_book(office_id=data["office"], holder_id=data["holder"], actor=request.actor, **words)

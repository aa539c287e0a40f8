"""A session that ended while a long form was being filled: what was typed waits until the person has logged in again.

It lies in the new, nameless session, is bound to the page it was meant for, and is shown once, on that page only: who may
not see the page does not see it either. Files can't wait; the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

View = TypeVar("View", bound=Callable[..., Any])
TYPED = "typed_before_login"
MOST_LETTERS = 30_000
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "kept"})


def shows_typed(view: View) -> View:
    """Marks a page that asks `typed_before`; for no other is anything kept."""
    view.shows_typed = True  # type: ignore[attr-defined]
    return view


def remember_typed(request: HttpRequest, view: Any) -> None:
    """Keep what a form sent that comes from nobody any more. Only where this browser once had a session."""
    if not getattr(view, "shows_typed", False) or request.method != "POST":
        return
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_TYPED}
    letters = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if 0 < letters <= MOST_LETTERS:
        request.session[TYPED] = {"path": request.path, "fields": fields, "files": bool(request.FILES)}


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was typed into this page before the session ended, once; with a word about it."""
    kept: dict[str, Any] = request.session.get(TYPED, {})
    if request.method != "GET" or kept.get("path") != request.path:
        return None
    del request.session[TYPED]
    typed = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        typed.setlist(name, values)
    sentence = _("Phiên làm việc đã hết hạn giữa chừng; nội dung bạn đã khai vẫn còn dưới đây. Hãy xem lại rồi gửi.")
    if kept["files"]:
        sentence += " " + _("Riêng tệp đã chọn thì cần chọn lại.")
    messages.warning(request, sentence)
    return typed

"""Which pages are for whom. Every page wants a login unless it is marked public."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required as public
from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from motcua.base.errors import NotThere
from motcua.pages.layout.requests import PersonRequest

__all__ = ["officers", "public"]

View = Callable[..., HttpResponseBase]


def officers(*roles: str) -> Callable[[View], View]:
    """A page for officers with any of these roles somewhere (none named: any); for others it does not exist."""

    def wrap(view: View) -> View:
        @wraps(view)
        def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.actor.is_officer or not request.actor.offices(*roles):
                raise NotThere(_("Không có trang này."))
            return view(request, *args, **kwargs)

        return guarded

    return wrap

"""How this person likes to read: text size, contrast, ground, language. Remembered in cookies, without JavaScript."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from motcua.pages.layout.access import public
from motcua.pages.layout.frame import CONTRAST_COOKIE, CONTRASTS, TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES
from motcua.people.models import Account

A_YEAR = 365 * 24 * 3600


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Remember one choice and go back to where the person was."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    response = redirect(back if safe and back.startswith("/") else "/")
    wanted = (
        ("text", TEXT_COOKIE, TEXT_SIZES),
        ("contrast", CONTRAST_COOKIE, CONTRASTS),
        ("theme", THEME_COOKIE, THEMES),
        ("language", settings.LANGUAGE_COOKIE_NAME, tuple(dict(settings.LANGUAGES))),
    )
    for name, cookie, values in wanted:
        value = request.POST.get(name, "")
        if value in values:
            response.set_cookie(
                cookie, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE or False
            )
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and request.user.is_authenticated:
        Account.objects.filter(pk=request.user.pk).update(language=language)
    return response

"""News: the list, one article, and what its readers think of it. For everybody; drafts only for their editors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.times import day_of, start_of
from motcua.news.models import LEAST_STARS, MOST_STARS, Article, Told
from motcua.news.permissions import edits_for, is_shown
from motcua.news.reading import Tally, article_for, count_visit, shown, tallies
from motcua.news.voting import own_stars, vote, voter_of
from motcua.pages.layout.access import public
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest

# Which articles this browser opened today, so that reading on is not another visit. It goes nowhere else.
SEEN_COOKIE = "da-doc"
MOST_SEEN = 50


@dataclass(frozen=True, slots=True)
class Headline:
    """A line of a list of news."""

    article: Article
    told: Told
    tally: Tally | None = None


class StarsForm(Form):
    """One star to five."""

    stars = forms.TypedChoiceField(
        label=lazy("Bài viết có ích với bạn đến đâu?"),
        choices=[
            (1, lazy("1: không có ích")),
            (2, "2"),
            (3, lazy("3: bình thường")),
            (4, "4"),
            (5, lazy("5: rất có ích")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
    )


assert [stars for stars, _label in StarsForm.base_fields["stars"].choices] == list(range(LEAST_STARS, MOST_STARS + 1))  # type: ignore[attr-defined]


def headlines(found: Iterable[Article], known: dict[int, Tally] | None = None) -> list[Headline]:
    """Articles as the reader reads them, with their tallies where these are known."""
    language = get_language() or "vi"
    return [
        Headline(one, one.told(language), known.get(one.pk, Tally()) if known is not None else None) for one in found
    ]


@public
def news(request: PersonRequest) -> HttpResponse:
    """Everything that is published, the newest first, with visits and votes."""
    page = cursor_page(shown(request.at), request, key="published_at", descending=True)
    lines = headlines(page.items, tallies([one.pk for one in page.items]) if page.items else {})
    return render(request, "portal/news.html", {"page": page, "lines": lines})


@public
def article(request: PersonRequest, article_id: int) -> HttpResponse:
    """One article; opened for the first time today by this browser, it counts a visit."""
    found = article_for(article_id, request.actor, request.at)
    response = _article(request, found, StarsForm())
    if is_shown(found, request.at) and not edits_for(request.actor, found.office_id):
        _count(request, response, found)
    return response


def _article(request: PersonRequest, found: Article, form: StarsForm) -> HttpResponse:
    edits = edits_for(request.actor, found.office_id)
    voter = "" if edits else voter_of(found.pk, request.actor, request.session.session_key or "")
    context = {
        "article": found,
        "told": found.told(get_language() or "vi"),
        "tally": tallies([found.pk])[found.pk],
        "is_shown": is_shown(found, request.at),
        "edits": edits,
        "own": own_stars(found.pk, voter),
    }
    return show(request, "portal/article.html", context, form=form)


@public
@require_POST
def rate_article(request: PersonRequest, article_id: int) -> HttpResponse:
    """A vote: one for a reader. Whoever has no session yet gets one, which names nobody."""
    found = article_for(article_id, request.actor, request.at)
    form = StarsForm(posted(request))
    if form.is_valid():
        if request.actor.account_id is None and not request.session.session_key:
            request.session.create()
        session = request.session.session_key or ""
        done = attempt(form, lambda: _vote(found, form, session, request))
        if done is not None:
            messages.success(request, _("Cảm ơn bạn. Đánh giá của bạn đã được ghi nhận."))
            return redirect("portal:article", article_id)
    return _article(request, found, form)


def _vote(found: Article, form: StarsForm, session: str, request: PersonRequest) -> bool:
    vote(found.pk, form.cleaned_data["stars"], actor=request.actor, session=session, at=request.at)
    return True


def _count(request: PersonRequest, response: HttpResponse, found: Article) -> None:
    """A person who opens it; not a browser that fetches ahead of one, nor one that looks only whether it is there."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    today = day_of(request.at)
    seen = _seen(request, today)
    if request.method != "GET" or "prefetch" in ahead or found.pk in seen:
        return
    count_visit(found.pk, today)
    kept = ".".join(map(str, [*seen, found.pk][-MOST_SEEN:]))
    response.set_cookie(
        SEEN_COOKIE,
        f"{today:%Y%m%d}.{kept}",
        max_age=start_of(today + timedelta(days=1)) - request.at,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _seen(request: PersonRequest, today: date) -> list[int]:
    day, _dot, ids = request.COOKIES.get(SEEN_COOKIE, "").partition(".")
    if day != f"{today:%Y%m%d}":
        return []
    return [int(one) for one in ids.split(".")[:MOST_SEEN] if one.isascii() and one.isdigit() and len(one) < 19]

"""Writing news: my articles, a new one, changing, publishing, withdrawing. Rules: `motcua.news`."""

from __future__ import annotations

from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST

from motcua.base.errors import NotThere
from motcua.base.times import day_of
from motcua.news import acts
from motcua.news.acts import Text
from motcua.news.models import LONGEST_BODY, LONGEST_REASON, LONGEST_TITLE, Article
from motcua.news.permissions import EDITORS
from motcua.news.reading import edited, tallies
from motcua.pages.layout.access import officers
from motcua.pages.layout.forms import Form, attempt, posted, show
from motcua.pages.layout.frame import SETTING_UP
from motcua.pages.layout.paging import cursor_page
from motcua.pages.layout.requests import PersonRequest
from motcua.pages.layout.voices import OfficeField

# Two forms stand on one page.
PUBLISHING = "publish_%s"
F = TypeVar("F", bound="ArticleForm")
LONG = forms.Textarea(attrs={"rows": 12})


class ArticleForm(Form):
    """Whose news, and what it says."""

    office = OfficeField(label=lazy("Cơ quan đăng tin"), help_text=lazy("Mã hoặc vài chữ của tên, không cần dấu"))
    title = forms.CharField(label=lazy("Tên bài"), max_length=LONGEST_TITLE)
    body = forms.CharField(
        label=lazy("Nội dung"),
        max_length=LONGEST_BODY,
        widget=LONG,
        help_text=lazy("Chữ thường, không có mã HTML. Để một dòng trống giữa hai đoạn; đoạn đầu là đoạn mở bài."),
    )
    title_en = forms.CharField(label=lazy("Tên bài bằng tiếng Anh"), max_length=LONGEST_TITLE, required=False)
    body_en = forms.CharField(
        label=lazy("Nội dung bằng tiếng Anh"),
        max_length=LONGEST_BODY,
        required=False,
        widget=LONG,
        help_text=lazy("Có thể để trống cả hai ô tiếng Anh."),
    )

    def text(self) -> Text:
        """What was filled in."""
        given = self.cleaned_data
        return Text(given["title"], given["body"], given["title_en"], given["body_en"])


class ChangeForm(ArticleForm):
    """Another text of an article as it was when the page was opened."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class CorrectForm(ChangeForm):
    """After publication readers are told why."""

    reason = forms.CharField(
        label=lazy("Lý do sửa"), max_length=LONGEST_REASON, help_text=lazy("Người đọc thấy bài đã sửa và lý do này.")
    )


class PublishForm(Form):
    """From when on everybody may read it."""

    on = forms.DateField(
        label=lazy("Ngày đăng"),
        required=False,
        help_text=lazy("Để trống: đăng ngay. Ngày sau hôm nay: bài hiện từ đầu ngày đó."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
    )
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class WithdrawForm(Form):
    """Why readers may not read it any more."""

    reason = forms.CharField(
        label=lazy("Lý do gỡ"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


@officers(*EDITORS)
def news(request: PersonRequest) -> HttpResponse:
    """What I edit, the last changed first, with visits and votes."""
    page = cursor_page(edited(request.actor), request, key="changed_at", descending=True)
    known = tallies([one.pk for one in page.items]) if page.items else {}
    rows = [(one, known[one.pk]) for one in page.items]
    sets_up = bool(request.actor.offices(*SETTING_UP))
    return show(request, "setup/news.html", {"page": page, "rows": rows, "at": request.at, "sets_up": sets_up})


@officers(*EDITORS)
def write_article(request: PersonRequest) -> HttpResponse:
    """A new draft."""
    form = _dated(ArticleForm(posted(request)), request)
    if request.method == "POST":
        made = attempt(
            form,
            lambda: acts.write(form.cleaned_data["office"], form.text(), actor=request.actor, at=request.at),
        )
        if made is not None:
            messages.success(request, _("Đã lưu bản nháp. Chưa ai đọc được, cho đến khi bạn đăng."))
            return redirect("setup:edit_article", made.pk)
    return show(request, "setup/write_article.html", form=form)


@officers(*EDITORS)
def edit_article(request: PersonRequest, article_id: int) -> HttpResponse:
    """One article: change its text, publish it, what happened to it."""
    found = _mine(request, article_id)
    form = _change_form(request, found)
    if request.method == "POST":
        made = attempt(
            form,
            lambda: acts.change(
                found.pk,
                form.cleaned_data["office"],
                form.text(),
                reason=form.cleaned_data.get("reason", ""),
                seen=form.cleaned_data["seen"],
                actor=request.actor,
                at=request.at,
            ),
        )
        if made is not None:
            messages.success(request, _("Đã lưu."))
            return redirect("setup:edit_article", found.pk)
    return _page(request, found, form)


@require_POST
@officers(*EDITORS)
def publish_article(request: PersonRequest, article_id: int) -> HttpResponse:
    """A draft becomes news, at once or from a day on."""
    found = _mine(request, article_id)
    form = PublishForm(posted(request), auto_id=PUBLISHING)
    made = attempt(
        form,
        lambda: acts.publish(
            found.pk, on=form.cleaned_data["on"], seen=form.cleaned_data["seen"], actor=request.actor, at=request.at
        ),
    )
    if made is None:
        change = _change_form(request, found, bound=False)
        change.status = form.status
        return _page(request, found, change, publishing=form)
    messages.success(request, _("Đã đăng."))
    return redirect("setup:edit_article", found.pk)


@officers(*EDITORS)
def withdraw_article(request: PersonRequest, article_id: int) -> HttpResponse:
    """Published news is taken back, with a reason, for good."""
    found = _mine(request, article_id)
    form = WithdrawForm(posted(request), initial={"seen": found.revision})
    if request.method == "POST":
        made = attempt(form, lambda: acts.withdraw(found.pk, **form.cleaned_data, actor=request.actor, at=request.at))
        if made is not None:
            messages.success(request, _("Đã gỡ. Người đọc không mở được bài này nữa."))
            return redirect("setup:edit_article", found.pk)
    return show(request, "setup/withdraw_article.html", {"article": found}, form=form)


def _mine(request: PersonRequest, article_id: int) -> Article:
    found = edited(request.actor).filter(pk=article_id).first()
    if found is None:
        raise NotThere(_("Không có bài này."))
    return found


def _change_form(request: PersonRequest, found: Article, *, bound: bool = True) -> ChangeForm:
    initial = {name: getattr(found, name) for name in ("title", "body", "title_en", "body_en")}
    initial |= {"office": found.office.code_qd20 or found.office.name, "seen": found.revision}
    kind = CorrectForm if found.state == Article.State.PUBLISHED else ChangeForm
    return _dated(kind(posted(request) if bound else None, initial=initial), request)


def _dated(form: F, request: PersonRequest) -> F:
    form.fields["office"].on = day_of(request.at)  # type: ignore[attr-defined]
    return form


def _page(
    request: PersonRequest, found: Article, form: ChangeForm, *, publishing: PublishForm | None = None
) -> HttpResponse:
    context = {
        "article": found,
        "publishing": publishing or PublishForm(initial={"seen": found.revision}, auto_id=PUBLISHING),
        "events": found.events.order_by("-revision")[:100],
        "tally": tallies([found.pk])[found.pk],
        "at": request.at,
    }
    return show(request, "setup/edit_article.html", context, form=form)

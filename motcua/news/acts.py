"""Writing, changing, publishing and withdrawing an article: each one transaction and one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused, Stale
from motcua.base.text import tidy
from motcua.base.times import day_of, start_of
from motcua.news.models import LONGEST_BODY, LONGEST_REASON, LONGEST_TITLE, Article, ArticleEvent
from motcua.news.permissions import edited_by, edits_for
from motcua.offices.actors import Actor
from motcua.offices.models import Office

# A day further ahead is a slip of the finger.
FARTHEST = timedelta(days=366)
State, Act = Article.State, ArticleEvent.Act


@dataclass(frozen=True, slots=True)
class Text:
    """What an article says; English is whole or absent."""

    title: str
    body: str
    title_en: str = ""
    body_en: str = ""


@transaction.atomic
def write(office: Office, text: Text, *, actor: Actor, at: datetime) -> Article:
    """A new draft for an office. Raises Forbidden for who edits for none, Invalid for a text or an office that can't be."""
    _check_office(office, actor)
    said = _checked(text)
    assert actor.account_id is not None
    made = Article(written_by_id=actor.account_id, revision=0)
    _put(made, office, said)
    return _done(made, Act.WRITE, actor, at)


@transaction.atomic
def change(
    article_id: int, office: Office, text: Text, *, reason: str = "", seen: int, actor: Actor, at: datetime
) -> Article:
    """Another text. After publication readers are told when and why, so it needs a reason.

    Raises NotThere, Stale where somebody was first, Refused for a withdrawn one, Invalid.
    """
    found = _locked(article_id, seen, actor)
    if found.state == State.WITHDRAWN:
        raise Refused(_("Bài đã gỡ không sửa được nữa. Hãy viết bài mới."), code="withdrawn")
    _check_office(office, actor)
    said, why = _checked(text), _reason(reason) if found.state == State.PUBLISHED else ""
    if found.state == State.PUBLISHED:
        found.corrected_at, found.corrected_why = at, why
    _put(found, office, said)
    return _done(found, Act.CHANGE, actor, at, why)


@transaction.atomic
def publish(article_id: int, *, on: date | None = None, seen: int, actor: Actor, at: datetime) -> Article:
    """From a Vietnamese day on (None or today: at once) everybody may read it.

    Raises NotThere, Stale, Refused unless it is a draft, Invalid for a day that is over or too far ahead.
    """
    found = _locked(article_id, seen, actor)
    if found.state != State.DRAFT:
        raise Refused(_("Bài này đã được đăng hoặc đã gỡ."), code="not_a_draft")
    today = day_of(at)
    if on is not None and not today <= on <= today + FARTHEST:
        sentence = _("Ngày đăng phải từ hôm nay đến một năm sau.")
        raise Invalid(sentence, fields={"on": sentence}, code="day")
    found.state = State.PUBLISHED
    found.published_at = at if on is None or on == today else start_of(on)
    return _done(found, Act.PUBLISH, actor, at)


@transaction.atomic
def withdraw(article_id: int, *, reason: str, seen: int, actor: Actor, at: datetime) -> Article:
    """Nobody but the editors reads it any more; for good. Raises NotThere, Stale, Refused unless published, Invalid."""
    found = _locked(article_id, seen, actor)
    if found.state != State.PUBLISHED:
        raise Refused(_("Chỉ gỡ được bài đã đăng."), code="not_published")
    why = _reason(reason)
    found.state = State.WITHDRAWN
    return _done(found, Act.WITHDRAW, actor, at, why)


def _locked(article_id: int, seen: int, actor: Actor) -> Article:
    found = Article.objects.select_for_update(of=("self",)).filter(edited_by(actor), pk=article_id).first()
    if found is None:
        raise NotThere(_("Không có bài này."))
    if found.revision != seen:
        raise Stale(_("Vừa có người khác sửa bài này. Hãy xem lại trước khi làm tiếp."))
    return found


def _check_office(office: Office, actor: Actor) -> None:
    if not edited_by_any(actor):
        raise Forbidden(_("Chỉ quản trị hoặc người phụ trách Bộ phận Một cửa được viết tin."))
    if not edits_for(actor, office.pk):
        sentence = _("Bạn không viết tin cho cơ quan này.")
        raise Invalid(sentence, fields={"office": sentence}, code="office")


def edited_by_any(actor: Actor) -> bool:
    """Whether they edit for any office at all."""
    return any(edits_for(actor, office) for _role, office in actor.postings)


def _checked(text: Text) -> Text:
    """Titles on one line, bodies with their paragraphs. Raises Invalid with a sentence for every field that is wrong."""
    said = Text(tidy(text.title), _lines(text.body), tidy(text.title_en), _lines(text.body_en))
    wrong: dict[str, str] = {}
    for name, longest in (("title", LONGEST_TITLE), ("body", LONGEST_BODY)):
        if not getattr(said, name):
            wrong[name] = _("Không để trống.")
        for field in (name, f"{name}_en"):
            if len(getattr(said, field)) > longest:
                wrong[field] = _("Nhiều nhất %(most)s chữ.") % {"most": longest}
    if bool(said.title_en) != bool(said.body_en):
        wrong["body_en" if said.title_en else "title_en"] = _("Bản tiếng Anh cần cả tên bài và nội dung.")
    if wrong:
        raise Invalid(_("Bài viết chưa đủ hoặc quá dài."), fields=wrong, code="text")
    return said


def _lines(body: str) -> str:
    """Each line tidy, at most one empty one between two."""
    kept: list[str] = []
    for line in (tidy(line) for line in body.splitlines()):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")


def _reason(reason: str) -> str:
    why = tidy(reason)
    if not why or len(why) > LONGEST_REASON:
        sentence = _("Hãy nêu lý do, nhiều nhất %(most)s chữ.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, fields={"reason": sentence}, code="reason")
    return why


def _put(article: Article, office: Office, text: Text) -> None:
    article.office = office
    article.title, article.body, article.title_en, article.body_en = text.title, text.body, text.title_en, text.body_en


def _done(article: Article, act: ArticleEvent.Act, actor: Actor, at: datetime, reason: str = "") -> Article:
    article.revision += 1
    article.changed_at = at
    article.save()
    assert actor.account_id is not None
    published = article.published_at and article.published_at.isoformat()
    names = ("title", "body", "title_en", "body_en")
    content = {
        "office": article.office_id,
        "published_at": published,
        **{name: getattr(article, name) for name in names},
    }
    ArticleEvent.objects.create(
        article=article,
        revision=article.revision,
        act=act,
        at=at,
        by_id=actor.account_id,
        by_name=actor.full_name,
        reason=reason,
        content=content,
    )
    return article

"""Articles as tests need them."""

from __future__ import annotations

from datetime import date

from motcua.news import acts
from motcua.news.acts import Text
from motcua.news.models import Article
from motcua.offices.models import Office
from tests.cast import Cast
from tests.world import moment

TEXT = Text("Mở thêm giờ tiếp nhận", "Từ tháng 11, quầy mở cả sáng thứ Bảy.\n\nNgười dân gọi trước để khỏi chờ.")
ENGLISH = Text(
    TEXT.title, TEXT.body, "Longer opening hours", "The counter is open on Saturday mornings.\n\nPlease call."
)
WROTE_AT = "2021-11-01 08:00"


def draft(cast: Cast, text: Text = TEXT, *, by: str = "dung", office: Office | None = None) -> Article:
    """Of the centre, by Dung, unless said otherwise."""
    return acts.write(office or cast.center, text, actor=cast.actor(by), at=moment(WROTE_AT))


def article(
    cast: Cast,
    text: Text = TEXT,
    *,
    by: str = "dung",
    on: date | None = None,
    at: str = WROTE_AT,
    office: Office | None = None,
) -> Article:
    """The same, published."""
    one = draft(cast, text, by=by, office=office)
    return acts.publish(one.pk, on=on, seen=one.revision, actor=cast.actor(by), at=moment(at))

"""What the bulletin says of ratings and petitions; every figure leads to its own list. Law: ND61-2018 29; ND20-2008 9"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from motcua.base.numbers import percent
from motcua.ratings.kinds import Level
from motcua.reports.bulletin.pieces import Piece, count, rate, say, shares_note
from motcua.reports.month import Report
from motcua.reports.petitions import petition_report
from motcua.reports.votes import vote_report

_LEVELS = (
    ("rất hài lòng", Level.VERY_SATISFIED.value),
    ("hài lòng", Level.SATISFIED.value),
    ("không hài lòng", Level.NOT_SATISFIED.value),
)
_ENDS = (("đã trả lời", "answered"), ("chuyển cơ quan có thẩm quyền", "passed_on"), ("không tiếp nhận", "refused"))
_SAME = " Kết quả của {whole} phản ánh, kiến nghị đã xử lý: "
_IN_TIME = (("đúng hạn", "done_in_time"), ("quá hạn", "done_late"))


def ratings_words(made: Report) -> tuple[Piece, ...]:
    """Votes by level and how many of those who could answered; empty where nobody rated."""
    report = vote_report(made.period, made.scope)
    figures = report.total
    if not figures["votes"]:
        return ()
    said = _divided("Có {whole} lượt đánh giá sự hài lòng, trong đó ", "lượt", "votes", _LEVELS, figures, "votes")
    return said + say(
        " Có {ratable} hồ sơ có thể đánh giá, trong đó đã được đánh giá {answered} hồ sơ (chiếm {rate}).",
        ratable=count(figures["ratable"], "ratable", of="votes"),
        answered=count(figures["answered"]),
        rate=rate(report.response_rate),
    )


def petitions_words(made: Report) -> tuple[Piece, ...]:
    """What came and what became of it; empty where there was nothing to handle."""
    figures = petition_report(made.period, made.scope).total
    if not figures["total"]:
        return ()
    of = partial(count, of="petitions")
    said = say(
        "Phải xử lý {total} phản ánh, kiến nghị, gồm kỳ trước chuyển sang {carried_over} phản ánh, kiến nghị, tiếp nhận"
        " mới {new} phản ánh, kiến nghị và xem xét lại {reopened} phản ánh, kiến nghị.",
        **{key: of(figures[key], key) for key in ("total", "carried_over", "new", "reopened")},
    )
    if figures["done"]:
        words = "phản ánh, kiến nghị"
        for before, ways in ((" Đã xử lý {whole} " + words + ", trong đó ", _IN_TIME), (_SAME, _ENDS)):
            said += _divided(before, words, "done", ways, figures, "petitions")
    else:
        said += (" Chưa xử lý xong phản ánh, kiến nghị nào.",)
    for key, words in (("open", "Đang xử lý"), ("published", "Công khai câu trả lời của")):
        if figures[key]:
            said += say(f" {words} {{figure}} phản ánh, kiến nghị.", figure=of(figures[key], key))
    return said


def _divided(
    words: str, unit: str, whole: str, ways: Sequence[tuple[str, str]], figures: Mapping[str, int], of: str
) -> tuple[Piece, ...]:
    """A whole and its parts with their shares; a part that is nought is said in words."""
    said = say(words, whole=count(figures[whole], whole, of=of))
    shares = []
    for place, (name, key) in enumerate(ways):
        joint = ", " if place else ""
        share = percent(figures[key], figures[whole]) or Decimal(0)
        shares.append(share)
        if figures[key]:
            part = count(figures[key], key, of=of)
            said += say(joint + name + " {part} " + unit + " (chiếm {rate})", part=part, rate=rate(share))
        else:
            said += (f"{joint}không có {unit} {name}",)
    return (*said, ".", *((note,) if (note := shares_note(shares)) else ()))

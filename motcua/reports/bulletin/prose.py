"""What the bulletin of a period says, in Vietnamese: papers are Vietnamese. Every figure is one of the period's report.

Figures are printed as `base.numbers` prints them; shares are rounded one by one, and where they don't make up 100 the
text says so. A part without anything to tell is absent. Law: ND61-2018 19; TT01-2020 2
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from motcua.base.numbers import percent
from motcua.offices.models import Office
from motcua.reports.bulletin.pieces import Paragraph, Piece, Printed, count, rate, say, shares_note
from motcua.reports.bulletin.voices import petitions_words, ratings_words
from motcua.reports.bulletin.words import office_words, period_words
from motcua.reports.measures import rates
from motcua.reports.month import Report, Row

TOP = 6


def paragraphs_of(made: Report) -> list[Paragraph]:
    """The bulletin of a report by agency; one sentence of dossiers when there was nothing to resolve."""
    found = []
    parts = PARTS
    if not any(made.total[key] for key in ("total", "resolved", "returned", "waiting_acceptance", "refused")):
        said = f"{_when(made)}, {office_words(made.scope)} không có hồ sơ nào phải giải quyết và không trả kết quả nào."
        found, parts = [Paragraph("empty", "Kết quả chung", (said,))], VOICES
    for key, title, write in parts:
        pieces = write(made)
        if pieces:
            found.append(Paragraph(key, title, pieces))
    return found


def _summary(made: Report) -> tuple[Piece, ...]:
    figures = made.total
    within = figures["resolved"] - figures["resolved_late"]
    if not figures["resolved"]:
        return say(
            "{when}, {office} phải giải quyết {total} hồ sơ; chưa có hồ sơ nào giải quyết xong, tỷ lệ trước và đúng hạn: –.",
            when=_when(made), office=office_words(made.scope), total=count(figures["total"], "total"),
        )  # fmt: skip
    return say(
        "{when}, {office} giải quyết {resolved} hồ sơ, trong đó trước và đúng hạn {within} hồ sơ (chiếm {rate}).",
        when=_when(made),
        office=office_words(made.scope),
        resolved=count(figures["resolved"], "resolved"),
        within=count(within),
        rate=rate(rates(figures)["on_time_rate"]),
    )


def _intake(made: Report) -> tuple[Piece, ...]:
    figures = made.total
    whole = say(
        "Tổng số hồ sơ phải giải quyết là {total} hồ sơ, gồm kỳ trước chuyển sang {carried_over} hồ sơ và tiếp nhận mới"
        " {new} hồ sơ.",
        **{key: count(figures[key], key) for key in ("total", "carried_over", "new")},
    )
    online: tuple[tuple[str, str], ...] = (("nhận trực tuyến", "new_online"),)
    if figures["new_online_helped"]:
        # Help is told apart wherever there was any, so that no share of online dossiers holds it.
        online = (("tự nộp trực tuyến", "new_online_self"), ("nộp trực tuyến có người giúp", "new_online_helped"))
    ways = (
        ("nhận trực tiếp", "new_counter"),
        *online,
        ("nhận qua dịch vụ bưu chính công ích", "new_post"),
    )
    return whole + _divided("Tiếp nhận mới {whole} hồ sơ, trong đó ", "new", ways, made)


def _outcome(made: Report) -> tuple[Piece, ...]:
    ways = (
        ("trước hạn", "resolved_early"),
        ("đúng hạn", "resolved_on_time"),
        ("quá hạn", "resolved_late"),
    )
    return _divided("Đã giải quyết {whole} hồ sơ, trong đó ", "resolved", ways, made)[1:]


def _open(made: Report) -> tuple[Piece, ...]:
    figures = made.total
    keys = ("open", "open_within", "open_late", "waiting_supplement", "ended", "withdrawn", "stopped")
    shown = {key: count(figures[key], key) for key in keys}
    said: tuple[Piece, ...] = ("Đến hết kỳ, không có hồ sơ nào đang giải quyết",)
    if figures["open"]:
        said = say("Đến hết kỳ, đang giải quyết {open} hồ sơ", **shown)
        if figures["open_late"] and figures["open_within"]:
            said += say(", gồm {open_within} hồ sơ trong hạn và {open_late} hồ sơ quá hạn", **shown)
        else:
            said += (", tất cả đã quá hạn" if figures["open_late"] else ", tất cả trong hạn",)
    if figures["waiting_supplement"]:
        said += say("; chờ tổ chức, cá nhân bổ sung {waiting_supplement} hồ sơ", **shown)
    else:
        said += ("; không có hồ sơ chờ bổ sung",)
    if figures["ended"]:
        said += say("; trả lại, rút hoặc dừng {ended} hồ sơ (gồm {withdrawn} hồ sơ rút, {stopped} hồ sơ dừng)", **shown)
    else:
        said += ("; không có hồ sơ trả lại, rút hoặc dừng",)
    return (*said, ".")


def _post(made: Report) -> tuple[Piece, ...]:
    figures = made.total
    both = figures["new_post"] + figures["returned_post"]
    if not both:
        return ("Trong kỳ không có hồ sơ nào nhận hoặc trả kết quả qua dịch vụ bưu chính công ích.",)
    said = say(
        "Qua dịch vụ bưu chính công ích có {both} hồ sơ, gồm tiếp nhận {new_post} hồ sơ và trả kết quả {returned_post} hồ sơ.",
        both=count(both),
        new_post=count(figures["new_post"], "new_post"),
        returned_post=count(figures["returned_post"], "returned_post"),
    )
    if not figures["resolved"]:
        return said
    return said + say(
        " Số trả kết quả qua bưu chính là {returned_post} hồ sơ, bằng {rate} số hồ sơ đã giải quyết ({resolved} hồ sơ).",
        returned_post=count(figures["returned_post"], "returned_post"),
        rate=rate(rates(figures)["returned_post_rate"]),
        resolved=count(figures["resolved"], "resolved"),
    )


def _agencies(made: Report) -> tuple[Piece, ...]:
    busiest = busiest_of(made)
    if len(busiest) < 2:
        return ()
    said: tuple[Piece, ...] = ("Các cơ quan có nhiều hồ sơ tiếp nhận mới: ",)
    for place, row in enumerate(busiest):
        joint = "" if place == 0 else "; "
        said += say(joint + "{name} ({new} hồ sơ)", name=row.name, new=count(row.figures["new"], "new", str(row.key)))
    of_departments = sum(row.figures["new"] for row in departments_of(made))
    more = say(" Các sở, ban, ngành thuộc Ủy ban nhân dân tỉnh tiếp nhận mới {new} hồ sơ.", new=count(of_departments))
    return (*said, ".", *(more if of_departments else ()))


def _onsite(made: Report) -> tuple[Piece, ...]:
    figures = made.total
    if not figures["new_onsite"]:
        return ()
    said = say(
        "Tiếp nhận mới theo quy trình tại chỗ {whole} hồ sơ, gồm {four} hồ sơ “4 tại chỗ” và {five} hồ sơ “5 tại chỗ”.",
        whole=count(figures["new_onsite"], "new_onsite"),
        four=count(figures["new_onsite_four"], "new_onsite_four"),
        five=count(figures["new_onsite_five"], "new_onsite_five"),
    )
    rows = departments_of(made)
    new, onsite = (sum(row.figures[key] for row in rows) for key in ("new", "new_onsite"))
    if onsite:
        said += say(
            " Riêng các sở, ban, ngành có {onsite} hồ sơ, chiếm {rate} số hồ sơ tiếp nhận mới của các sở, ban, ngành ({new} hồ sơ).",
            onsite=count(onsite),
            rate=rate(percent(onsite, new)),
            new=count(new),
        )
    ways = (
        ("trước hạn", "resolved_onsite_early"),
        ("đúng hạn", "resolved_onsite_on_time"),
        ("quá hạn", "resolved_onsite_late"),
    )
    return said + _divided(
        "Đã giải quyết theo quy trình tại chỗ {whole} hồ sơ, trong đó ", "resolved_onsite", ways, made
    )


def _beside(made: Report) -> tuple[Piece, ...]:
    """What stands beside the month's balance: at the door, apologised for, corrected."""
    sentences = (
        ("waiting_acceptance", "chờ tiếp nhận {figure} hồ sơ"),
        ("refused", "không được tiếp nhận {figure} hồ sơ"),
        ("extended", "có văn bản xin lỗi và hẹn lại ngày trả {figure} hồ sơ"),
        ("corrected", "được đính chính sai sót {figure} hồ sơ"),
    )
    said: tuple[Piece, ...] = ()
    for key, words in sentences:
        if made.total[key]:
            said += say(("; " if said else "Trong kỳ: ") + words, figure=count(made.total[key], key))
    return (*said, ".") if said else ()


# The order of the bulletin: a function (Report) → pieces, empty while there is nothing to tell.
Part = tuple[str, str, Callable[[Report], tuple[Piece, ...]]]
VOICES: tuple[Part, ...] = (
    ("ratings", "Đánh giá sự hài lòng", ratings_words),
    ("petitions", "Phản ánh, kiến nghị", petitions_words),
)
PARTS: tuple[Part, ...] = (
    ("summary", "Kết quả chung", _summary),
    ("intake", "Tiếp nhận", _intake),
    ("outcome", "Giải quyết", _outcome),
    ("open", "Còn lại cuối kỳ", _open),
    ("post", "Bưu chính công ích", _post),
    ("agencies", "Cơ quan nhiều hồ sơ", _agencies),
    ("onsite", "Giải quyết tại chỗ", _onsite),
    *VOICES,
    ("beside", "Ngoài số cân đối", _beside),
)


def busiest_of(made: Report) -> list[Row]:
    """The agencies with the most new dossiers, at most TOP; equals in the order of their names."""
    return sorted((row for row in made.rows if row.figures["new"]), key=lambda row: -row.figures["new"])[:TOP]


def departments_of(made: Report) -> list[Row]:
    """The rows of departments under the province."""
    kept = set(
        Office.objects.filter(pk__in=[row.key for row in made.rows], kind=Office.Kind.DEPARTMENT).values_list(
            "pk", flat=True
        )
    )
    return [row for row in made.rows if row.key in kept]


def _divided(words: str, whole: str, ways: Sequence[tuple[str, str]], made: Report) -> tuple[Piece, ...]:
    """A whole and its parts with their shares; a part that is nought is said in words."""
    figures = made.total
    if not figures[whole]:
        return (" ", *say(words.partition(",")[0] + ".", whole=count(0)))
    said: tuple[Piece, ...] = (" ", *say(words, whole=count(figures[whole], whole)))
    shares = []
    for place, (name, key) in enumerate(ways):
        joint = ", " if place else ""
        share = percent(figures[key], figures[whole]) or Decimal(0)
        shares.append(share)
        if figures[key]:
            said += say(joint + name + " {part} hồ sơ (chiếm {rate})", part=count(figures[key], key), rate=rate(share))
        else:
            said += (f"{joint}không có hồ sơ {name}",)
    return (*said, ".", *((note,) if (note := shares_note(shares)) else ()))


def _when(made: Report) -> str:
    words = period_words(made.period)
    return words[:1].upper() + words[1:]


__all__ = ["PARTS", "Printed", "busiest_of", "departments_of", "paragraphs_of", "shares_note"]

"""The bulletin's pictures: bars of one series, with title and description; the same numbers stand in a table beside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from motcua.base.numbers import percent, show_count, show_percent
from motcua.reports.bulletin.prose import busiest_of
from motcua.reports.measures import MEASURES
from motcua.reports.month import Report

# In the units of the picture: a bar's row, where bars begin, how long the longest is.
ROW, LEFT, LONGEST, WIDTH, TOP = 48, 8, 270, 460, 8
CHANNELS = ("new_counter", "new_online", "new_post")
CHANNELS_HELPED = ("new_counter", "new_online_self", "new_online_helped", "new_post")
TIMES = ("resolved_early", "resolved_on_time", "resolved_late")
STANDS = ("open_within", "open_late", "waiting_supplement", "withdrawn", "stopped")


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a picture and of its table. `share` as printed; `measure` and `row`: the list behind it."""

    name: str
    value: int
    share: str
    measure: str
    row: str = ""

    @property
    def count(self) -> str:
        """The number as printed."""
        return show_count(self.value)


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture with its table; `whole`: what the shares are of, in words, empty where there are none."""

    key: str
    title: str
    whole: str
    bars: tuple[Bar, ...]

    @property
    def description(self) -> str:
        """The picture in words."""
        return (
            "; ".join(f"{bar.name}: {bar.count}" + (f" ({bar.share})" if bar.share else "") for bar in self.bars) + "."
        )

    def svg(self, prefix: str = "chart") -> SafeString:
        """The picture; `prefix` keeps its ids apart from those of other pictures of the page."""
        longest = max((bar.value for bar in self.bars), default=0)
        context = {
            "id": f"{prefix}-{self.key}",
            "chart": self,
            "width": WIDTH,
            "height": TOP * 2 + ROW * len(self.bars),
            "rows": [_row(place, bar, longest) for place, bar in enumerate(self.bars)],
        }
        return render_to_string("reports/bars.svg", context)


def charts_of(made: Report) -> list[Chart]:
    """The pictures of a bulletin; one whose bars are all nought is left out."""
    channels = CHANNELS_HELPED if made.total["new_online_helped"] else CHANNELS
    charts = [
        _of(made, "channels", "Hồ sơ tiếp nhận mới theo cách nộp", "new", channels),
        _of(made, "times", "Hồ sơ đã giải quyết theo thời hạn", "resolved", TIMES),
        _of(made, "stands", "Hồ sơ chưa có kết quả, theo tình trạng", "", STANDS),
    ]
    busiest = busiest_of(made)
    if len(busiest) > 1:
        rows = tuple(
            Bar(
                row.name,
                row.figures["new"],
                show_percent(percent(row.figures["new"], made.total["new"])),
                "new",
                str(row.key),
            )
            for row in busiest
        )
        charts.append(Chart("agencies", "Cơ quan có nhiều hồ sơ tiếp nhận mới", "hồ sơ tiếp nhận mới", rows))
    return [chart for chart in charts if any(bar.value for bar in chart.bars)]


def _of(made: Report, key: str, title: str, whole: str, measures: Sequence[str]) -> Chart:
    bars = tuple(
        Bar(
            str(MEASURES[measure].name),
            made.total[measure],
            show_percent(percent(made.total[measure], made.total[whole])) if whole else "",
            measure if made.total[measure] else "",
        )
        for measure in measures
    )
    named = {"new": "hồ sơ tiếp nhận mới", "resolved": "hồ sơ đã giải quyết"}.get(whole, "")
    return Chart(key, title, named, bars)


def _row(place: int, bar: Bar, longest: int) -> dict[str, Any]:
    top = TOP + place * ROW
    # A bar that counts something is seen, however short.
    length = max(round(LONGEST * bar.value / longest), 2) if bar.value else 0
    return {
        "name": bar.name,
        "label": bar.count + (f" ({bar.share})" if bar.share else ""),
        "x": LEFT,
        "name_y": top + 14,
        "bar_y": top + 21,
        "label_x": LEFT + length + 8,
        "label_y": top + 36,
        "length": length,
    }

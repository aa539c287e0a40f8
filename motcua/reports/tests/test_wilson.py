"""The interval of a share, against values worked by hand with the formula."""

from decimal import Decimal

import pytest

from motcua.reports.wilson import share


@pytest.mark.parametrize(
    ("part", "whole", "percent", "low", "high"),
    [
        # 0 of 10: low 0; high z²/(n + z²) = 3,841459/13,841459.
        (0, 10, "0.00", "0.00", "27.75"),
        # All of 429: low n/(n + z²) = 429/432,841459.
        (429, 429, "100.00", "99.11", "100.00"),
        # 8 of 10: (0,8 + 0,19207295 ± 1,959964·√(0,016 + 0,0096036))/1,3841459 = (0,9920730 ± 0,3136147)/1,3841459.
        (8, 10, "80.00", "49.02", "94.33"),
        # 1 of 2: 0,5 ± 1,959964·√(0,125 + 0,24009119)/2,9207295 = 0,5 ± 0,4054693.
        (1, 2, "50.00", "9.45", "90.55"),
    ],
)
def test_the_interval_is_wilson_s(part: int, whole: int, percent: str, low: str, high: str) -> None:
    found = share(part, whole)
    assert (found.percent, found.low, found.high) == (Decimal(percent), Decimal(low), Decimal(high))


def test_nobody_s_opinion_has_no_share() -> None:
    found = share(0, 0)
    assert (found.percent, found.low, found.high) == (None, None, None)


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 3)])
def test_a_part_is_a_part(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="of"):
        share(part, whole)

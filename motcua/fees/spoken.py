"""An amount in words, as receipts say it beside the figure. Law: ND123-2020 32"""

from __future__ import annotations

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu", "tỷ")


def vnd_in_words(amount: int) -> str:
    """`Một trăm linh năm nghìn đồng`; amount: whole đồng from 0 to below LARGEST_VND. Raises ValueError beyond."""
    if not 0 <= amount < 1000 ** len(GROUPS):
        raise ValueError(f"{amount} is no amount that a receipt says")
    words: list[str] = []
    for place in reversed(range(len(GROUPS))):
        group = amount // 1000**place % 1000
        if group:
            words += [*_group(group, is_first=not words), GROUPS[place]]
    said = " ".join(word for word in [*(words or [DIGITS[0]]), "đồng"] if word)
    return said[:1].upper() + said[1:]


def _group(group: int, *, is_first: bool) -> list[str]:
    """Three digits; only the first group leaves out hundreds that are not there."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [] if is_first and not hundreds else [DIGITS[hundreds], "trăm"]
    if not tens:
        return words + (([] if is_first and not hundreds else ["linh"]) + [DIGITS[ones]] if ones else [])
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if ones == 1 and tens > 1:
        return [*words, "mốt"]
    return [*words, *({0: [], 5: ["lăm"]}.get(ones, [DIGITS[ones]]))]

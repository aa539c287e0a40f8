"""What a figure is about, by the words around it: when it was done, which way it came, how people rated it …

A dimension divides one whole. A list that names every class that its dimension needs (`COMPLETE`) claims to add up.
"""

from __future__ import annotations

import re

# dimension → (class, words), the surer first; a figure has at most one class in a dimension.
DIMENSIONS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    name: tuple((key, re.compile(words)) for key, words in classes)
    for name, classes in {
        "timing": (
            ("within", r"trước(?: hạn)?(?:,| và| hoặc) đúng hạn|đúng(?: hạn)?(?:,| và| hoặc) trước hạn"),
            ("late", r"(?:quá|trễ|chậm) (?:thời )?hạn|trả muộn|giải quyết muộn"),
            ("on_time", r"đúng (?:thời )?hạn"),
            ("early", r"trước (?:thời )?hạn|sớm hạn|sớm hơn hạn"),
            ("inside", r"(?:trong|còn|chưa đến|chưa tới) (?:thời )?hạn"),
        ),
        "channel": (
            ("counter_post", r"trực tiếp(?:,| và| hoặc) (?:qua )?(?:dịch vụ )?bưu"),
            ("online", r"trực tuyến|qua mạng|dvctt"),
            ("post", r"bưu (?:chính|điện)|bcci"),
            ("counter", r"trực tiếp|tại quầy"),
        ),
        "intake": (
            ("carried", r"(?:kỳ|tháng|quý|năm|kì) trước|chuyển (?:sang|qua|tiếp)|tồn (?:đọng|kỳ)"),
            ("new", r"(?:tiếp )?nhận mới|mới (?:tiếp )?nhận|phát sinh (?:mới|trong)"),
        ),
        "rating": (
            ("very", r"rất hài lòng|rất tốt"),
            ("unsatisfied", r"(?:không|chưa) hài lòng"),
            ("normal", r"bình thường"),
            ("satisfied", r"hài lòng"),
        ),
        "outcome": (
            ("open", r"đang (?:được )?(?:giải quyết|xử lý|thực hiện|trong)|chưa (?:giải quyết|đến hạn|tới hạn)"),
            ("waiting", r"bổ sung"),
            ("ended", r"xin rút|rút|trả lại|từ chối|dừng"),
            ("resolved", r"giải quyết|trả kết quả|xử lý xong|đã xử lý|hoàn thành"),
        ),
        "direction": (
            ("returned", r"trả (?:kết quả|cho)|chuyển trả|phát kết quả"),
            ("received", r"tiếp nhận|nhận hồ sơ|nhận và chuyển"),
        ),
    }.items()
}
# The sets of classes that make up a whole; each needs all of one of these.
COMPLETE: dict[str, tuple[frozenset[str], ...]] = {
    "timing": (
        frozenset({"within", "late"}), frozenset({"on_time", "late"}), frozenset({"inside", "late"}),
    ),
    "channel": (frozenset({"online", "counter", "post"}), frozenset({"online", "counter_post"})),
    "intake": (frozenset({"carried", "new"}),),
    "rating": (frozenset({"satisfied", "unsatisfied"}), frozenset({"very", "satisfied", "unsatisfied"})),
    "outcome": (frozenset({"resolved", "open"}),),
    "direction": (frozenset({"received", "returned"}),),
}  # fmt: skip
TOTAL = re.compile(r"\btổng(?: cộng| số)?\b|\btoàn bộ\b")


def classes_of(words: str) -> dict[str, str]:
    """The class of these small-lettered words in every dimension that they speak of."""
    found = {}
    for dimension, classes in DIMENSIONS.items():
        key = next((key for key, pattern in classes if pattern.search(words)), None)
        if key:
            found[dimension] = key
    return found


def is_complete(dimension: str, classes: set[str]) -> bool:
    """Whether these classes leave nothing of a whole out."""
    return any(needed <= classes for needed in COMPLETE[dimension])

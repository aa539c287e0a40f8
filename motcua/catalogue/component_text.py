"""Reading the name of one paper and the heading it stands under. Pure: rules over printed text, all in this file.

A paper is demanded of everybody unless its own words or its heading make it depend on something. Within one paper
alternatives (“A hoặc B”) leave it demanded: one of them is handed in. The source sets no channel apart, so a paper for
one channel only is conditional too.
"""

import re

from motcua.catalogue.limit_text import plain

_MARK = re.compile(r"^[\W_]*(?:(?:[a-zđ]|[ivx]+|\d{1,2})(?:\.\d{1,2})*[.)]\d?\)?[\W_]*)*")
# Ends like a heading: what it announces stands in the items after it.
_ANNOUNCES = re.compile(r"(?::|\b(?:bao gồm|hồ sơ gồm|, gồm|sau đây|sau))[\s.;:]*$")
_OF_PAPERS = re.compile(
    r"(?:thành phần )?hồ sơ\b|thành phần|giấy tờ phải|người (?:có )?yêu cầu|(?:đối với|trường hợp)\b"
)

_BEGINS = re.compile(r"(?:đối với|trường hợp|nếu|khi|hoặc|tùy|tuỳ|xuất trình|lưu ý|ghi chú)\b")
_ANYWHERE = re.compile(
    r"nếu có\b|trong trường hợp|lưu ý|tùy từng trường hợp|tuỳ từng trường hợp|nếu thuộc|khi có yêu cầu"
)
_EXCUSED = re.compile(r"không phải nộp (?:giấy tờ|thành phần|tài liệu|văn bản) này|không phải nộp thành phần hồ sơ này")
_DUTY = re.compile(r"^(?:người|cơ quan|cá nhân|tổ chức)\b.*\b(?:chịu trách nhiệm|có trách nhiệm|có quyền)\b")
# In its first sentence, outside brackets.
_APPLIES = re.compile(r"\bđối với\b|[,\s]trường hợp\b(?! được miễn hợp pháp)|, nếu\b|\bchỉ (?:nộp|áp dụng|yêu cầu)\b")
_WAY = re.compile(r"(?:đối với )?trường hợp nộp (?:hồ sơ )?(?:trực tiếp|trực tuyến|qua|trên)[^,.;]*")
# A bracket that says when, and not in which form or way the paper is handed in.
_BRACKET = re.compile(r"\(([^()]*)\)?")
_BRACKET_WHEN = re.compile(
    r"\s*(?:(?:chỉ )?(?:áp dụng|dùng|sử dụng) (?:cho|đối với|trong)|(?:áp dụng |sử dụng )?đối với|trường hợp|trừ|khi|chỉ)\b"
)
_BRACKET_WAY = re.compile(r"\bnộp (?:hồ sơ )?(?:trực tiếp|trực tuyến|qua)|nộp hồ sơ|bản (?:gốc|chính|sao|điện tử|dịch)")
_BRACKET_IF = re.compile(r"(?:^|,)\s*nếu (?!nộp|gửi|là bản|hồ sơ nộp)")

_INSTEAD = re.compile(r"không có (?:các )?(?:loại )?(?:giấy tờ|văn bản) (?:nêu|quy định) (?:ở )?trên")
_SECTION = re.compile(
    r"\b(?:đối với|trường hợp|nếu|khi|lưu ý|ghi chú|một trong)\b|tùy|tuỳ|có thể ủy quyền|người ủy quyền"
)
_SHOWN = re.compile(r"\bxuất trình\b")
_HANDED_IN = re.compile(r"\b(?:nộp|gửi|đối chiếu|bản sao)\b")


def is_heading(name: str, copies: int, form_name: str = "") -> bool:
    """Does it only announce other papers (“Hồ sơ gồm:”)? One with copies or a form is a paper unless it plainly is the
    announcement of a dossier.
    """
    text = plain(name)
    if not _ANNOUNCES.search(text):
        return False
    if not copies and not form_name:
        return text.rstrip().endswith(":") or bool(_OF_PAPERS.match(_unmarked(text)))
    return text.rstrip().endswith(":") and bool(_OF_PAPERS.match(_unmarked(text)))


def mark_of(name: str) -> str:
    """The kind of sign before a name: “-”, “+”, “*”, “a)”, “1.”, “1.1”; empty: none."""
    sign = _MARK.match(plain(name))
    text = sign.group().strip() if sign else ""
    return re.sub(r"\d+", "1", re.sub(r"[a-zđ]+", "a", text))


def is_mandatory(name: str, *sections: str) -> bool:
    """Must everybody hand it in, whatever the case? Papers to show, and those with a condition, are not mandatory."""
    return not (any(map(_section_is_conditional, sections)) or _name_is_conditional(name))


def replaces_others(name: str) -> bool:
    """Does it stand in for those listed beside it (“Trường hợp không có giấy tờ nêu trên thì …”)?"""
    return bool(_INSTEAD.search(plain(name)))


def _section_is_conditional(section: str) -> bool:
    text = plain(section)
    return bool(_SECTION.search(text)) or (bool(_SHOWN.search(text)) and not _HANDED_IN.search(text))


def _name_is_conditional(name: str) -> bool:
    text = plain(name)
    bare = _unmarked(text)
    if _BEGINS.match(bare) or _ANYWHERE.search(text) or _EXCUSED.search(text) or _DUTY.search(bare):
        return True
    if any(_bracket_is_condition(inner) for inner in _BRACKET.findall(text)):
        return True
    first = re.split(r"[.;:](?:\s|$)", _WAY.sub(" ", _BRACKET.sub(" ", bare)), maxsplit=1)[0]
    shown = bool(_SHOWN.search(first)) and not _HANDED_IN.search(first)
    return shown or bool(_APPLIES.search(first))


def _bracket_is_condition(inner: str) -> bool:
    if _BRACKET_IF.search(inner):
        return True
    return bool(_BRACKET_WHEN.match(inner)) and not _BRACKET_WAY.search(inner)


def _unmarked(text: str) -> str:
    return _MARK.sub("", text, count=1)

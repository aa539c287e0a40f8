"""Reading the name of one paper and the heading it stands under. Pure: rules over printed text, all in this file.

A paper is demanded of everybody unless its own words or its heading make it depend on something. Within one paper
alternatives (“A hoặc B”) leave it demanded: one of them is handed in. “Only when handed in online” is no condition but
a channel. What is to be shown at the counter is not handed in, and what only explains is no paper.
"""

import re

from motcua.catalogue.limit_text import plain
from motcua.catalogue.models import Channel, Component

Kind = Component.Kind

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

# “…, nếu người có yêu cầu lựa chọn nộp hồ sơ theo hình thức trực tiếp hoặc gửi hồ sơ qua hệ thống bưu chính”
_BY_CHANNEL = re.compile(
    r",? ?\bnếu (?:người (?:có )?yêu cầu )?(?:lựa chọn )?nộp hồ sơ theo hình thức (?:trực tiếp|trực tuyến)"
    r"(?: hoặc (?:gửi|nộp) hồ sơ qua (?:hệ thống|dịch vụ) bưu chính)?"
)
# A heading that sets a channel apart: “Trường hợp gửi hồ sơ trực tuyến”, “a.1) Trường hợp thực hiện bằng hình thức …”
_CHANNEL_HEADING = re.compile(
    r"^(?:đối với )?(?:trường hợp|khi) (?:nộp|gửi|thực hiện|đăng ký) ?(?:hồ s[ơợ] )?"
    r"(?:bằng hình thức |qua |theo hình thức |trên )?(?:trực tiếp|trực tuyến|môi trường điện tử|(?:dịch vụ )?bưu chính)"
    r"(?: hoặc (?:qua )?(?:dịch vụ )?(?:trực tiếp|trực tuyến|bưu chính))*"
)
_BY_POST = re.compile(r"^trường hợp gửi hồ sơ qua hệ thống bưu chính\b")
_CHANNEL_WORDS = (
    (Channel.DIRECT, re.compile(r"trực tiếp")),
    (Channel.ONLINE, re.compile(r"trực tuyến|môi trường điện tử")),
    (Channel.POST, re.compile(r"bưu chính|bưu điện")),
)
_ON_SCREEN = re.compile(r"^(?:biểu )?mẫu (?:hộ tịch )?điện tử tương tác\b")
_TO_SHOW = re.compile(r"(?:phải|cần) xuất trình|^(?:các )?giấy tờ xuất trình")
_SHOW = re.compile(r"^xuất trình\b")
_NOTES = re.compile(r"^(?:lưu ý|ghi chú)\b")
_EXPLAINS = re.compile(
    r"^(?:trường hợp|đối với)\b.*(?:không phải (?:nộp|tải lên|xuất trình)|chỉ cần cung cấp thông tin)"
    r"|\bcơ quan đăng ký hộ tịch yêu cầu\b|^lưu ý|^ghi chú|^trường hợp gửi hồ sơ qua hệ thống bưu chính"
)
_OF_ALL_PAPERS = re.compile(
    r"thành phần hồ sơ (?:là|phải là|thực hiện theo)\b|hình thức hồ sơ thực hiện theo"
    r"|^(?:trường hợp .*: ?)?hồ sơ .*trên môi trường điện tử (?:bao gồm các giấy tờ theo quy định|có giá trị)"
)
_SENT_AS_COPIES = re.compile(
    r"^trường hợp gửi hồ sơ qua .*bưu chính.* bản sao có chứng thực các giấy tờ phải xuất trình"
)
# One paper from a person, another from an organisation: everybody hands one in.
_OF_BOTH_KINDS = re.compile(
    r"trong trường hợp người yêu cầu là cá nhân (hoặc .*?)trong trường hợp người yêu cầu là cơ quan, tổ chức"
)

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


def channels_of(name: str, *sections: str) -> tuple[int, ...]:
    """The channels that its own words or a heading name; empty: no channel is set apart."""
    text, bare = plain(name), _unmarked(plain(name))
    if _ON_SCREEN.match(bare):
        return (int(Channel.ONLINE),)
    named = _BY_CHANNEL.search(text) or _BY_POST.match(bare)
    heads = [named] if named else [head for section in sections if (head := _channel_heading(section))]
    words = " ".join(head.group() for head in heads)
    return tuple(int(channel) for channel, way in _CHANNEL_WORDS if way.search(words))


def names_channel(section: str) -> bool:
    """Does a heading set a channel apart, and no case?"""
    return _channel_heading(section) is not None


def kind_of(name: str, sheets: int, form_name: str, *sections: str) -> Component.Kind:
    """Is it handed in, filled in on the screen, only shown, or no paper but an explanation?

    sheets: originals and copies as printed; what comes with sheets or a form is no mere explanation, unless it
    speaks of all papers at once.
    """
    bare, heads = _unmarked(plain(name)), [_unmarked(plain(section)) for section in sections]
    explains = _EXPLAINS.search(bare) or _DUTY.search(bare) or any(map(_NOTES.match, heads))
    if _OF_ALL_PAPERS.search(bare) or (explains and not sheets and not form_name):
        return Kind.NOTE
    if _ON_SCREEN.match(bare):
        return Kind.ON_SCREEN
    heads = [_CHANNEL_HEADING.sub("", head) for head in heads]
    if any(_TO_SHOW.search(head) and not re.search(r"\b(?:nộp|gửi|bản sao)\b", head) for head in heads):
        return Kind.SHOW
    first = re.split(r"[.;:](?:\s|$)", bare, maxsplit=1)[0]
    return Kind.SHOW if _SHOW.match(bare) and not _HANDED_IN.search(first) else Kind.HAND_IN


def sent_as_copies(note: str) -> bool:
    """Does it say that by post the papers to be shown are sent as certified copies?"""
    return bool(_SENT_AS_COPIES.match(_unmarked(plain(note))))


def is_mandatory(name: str, *sections: str) -> bool:
    """Must everybody who comes by its channels hand it in? Papers to show, and those with a condition, are not mandatory."""
    return not (any(map(_section_is_conditional, sections)) or _name_is_conditional(name))


def replaces_others(name: str) -> bool:
    """Does it stand in for those listed beside it (“Trường hợp không có giấy tờ nêu trên thì …”)?"""
    return bool(_INSTEAD.search(plain(name)))


def _section_is_conditional(section: str) -> bool:
    text = _CHANNEL_HEADING.sub("", _unmarked(plain(section)))
    return bool(_SECTION.search(text)) or (bool(_SHOWN.search(text)) and not _HANDED_IN.search(text))


def _name_is_conditional(name: str) -> bool:
    text = _OF_BOTH_KINDS.sub(r"\1", _BY_CHANNEL.sub("", plain(name)))
    bare = _unmarked(text)
    if _BEGINS.match(bare) or _ANYWHERE.search(text) or _EXCUSED.search(text) or _DUTY.search(bare):
        return True
    if any(_bracket_is_condition(inner) for inner in _BRACKET.findall(text)):
        return True
    first = re.split(r"[.;:](?:\s|$)", _WAY.sub(" ", _BRACKET.sub(" ", bare)), maxsplit=1)[0]
    shown = bool(_SHOWN.search(first)) and not _HANDED_IN.search(first)
    return shown or bool(_APPLIES.search(first))


def _channel_heading(section: str) -> re.Match[str] | None:
    return _CHANNEL_HEADING.match(_unmarked(plain(section)))


def _bracket_is_condition(inner: str) -> bool:
    if _BRACKET_IF.search(inner):
        return True
    return bool(_BRACKET_WHEN.match(inner)) and not _BRACKET_WAY.search(inner)


def _unmarked(text: str) -> str:
    return _MARK.sub("", text, count=1)

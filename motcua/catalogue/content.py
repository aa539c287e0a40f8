"""From the source rows of one procedure to the content of one version. Pure; nothing is written here.

A version's digest is over its source rows and not over their reading. So a better reading here makes no row “changed”:
versions already published stay as they were read (they are immutable, and dossiers hold them), and a procedure is read
anew when its row changes or the catalogue is loaded into an empty database.
"""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from motcua.base.canonical import digest
from motcua.base.text import fold
from motcua.catalogue.component_text import (
    channels_of,
    is_heading,
    is_mandatory,
    kind_of,
    mark_of,
    names_channel,
    replaces_others,
)
from motcua.catalogue.fee_text import FeeReading, read_fees
from motcua.catalogue.limit_text import LimitReading, plain, read_row
from motcua.catalogue.models import Channel, Component

Row = dict[str, Any]
CHANNELS = {"TRUC_TIEP": Channel.DIRECT, "TRUC_TUYEN": Channel.ONLINE, "BUU_CHINH": Channel.POST}
VERSION_PARTS = ("core", "dossier", "prose", "form")
# What the compiler of the files counted or crossed for himself, and not what the procedure demands.
BOOKKEEPING = {
    "in_2025_04_list",
    "also_in",
    "steps_chars",
    "dossier_items",
    "dossier_cases",
    "older_time",
    "older_time_src",
}
_CASE = re.compile(r"^[\W\d_]*(?:[a-zđ0-9.]{1,5}[.)]\s*)?(?:đối với|trường hợp)\b")
_ADDED = re.compile(r"ủy quyền|uỷ quyền|cơ sở dữ liệu|kết nối|môi trường điện tử|tài khoản|lưu ý|trực tuyến")


@dataclass(frozen=True, slots=True)
class ComponentContent:
    """One paper, with the heading it stands under and the channels that the source names for it (none: every one)."""

    name: str
    section: str
    form_name: str
    originals: int
    copies: int
    mandatory: bool
    kind: str
    channels: tuple[int, ...]
    unsure_channels: tuple[int, ...] = ()
    fields: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitContent:
    """One limit as printed, its reading, and the fees printed beside it."""

    channels: list[int]
    reading: LimitReading
    source_text: str
    note: str
    fees: list[tuple[FeeReading, str, str]]


@dataclass(slots=True)
class VersionContent:
    """Everything of a version, ready to be written."""

    fields: Row
    cases: list[tuple[str, list[ComponentContent]]]
    limits: list[LimitContent]
    components_missing: bool = field(default=False)


def part_digest(part: str, row: Row) -> bytes:
    """SHA-256 over what the row says of the procedure."""
    return digest({key: value for key, value in row.items() if part != "core" or key not in BOOKKEEPING})


def version_digest(parts: dict[str, bytes]) -> bytes:
    """SHA-256 over the digests of the parts that make a version; the older snapshot is none of them."""
    return hashlib.sha256(
        b"".join(f"{name}:".encode() + parts[name] for name in VERSION_PARTS if name in parts)
    ).digest()


def is_local(row: Row) -> bool:
    """Is it one of the procedures that a province or commune resolves, as far as the source tells?"""
    local = row.get("local")
    if local is None:
        return bool({"TINH", "XA"} & set(row.get("levels") or ())) and not row["code"].startswith(("5.", "6."))
    return bool(local)


def content_of(parts: dict[str, Row]) -> VersionContent:
    """The content of the version that these source rows make; `core` must be among them."""
    core, prose = parts["core"], parts.get("prose", {})
    groups = (parts.get("dossier") or {}).get("groups") or []
    fields = {
        "name": " ".join(core["name"].split()),
        "field": core.get("field") or "",
        "ministry": core.get("ministry") or "",
        "levels": core.get("levels") or [],
        "kind": core.get("kind") or "",
        "decision": core.get("decision") or "",
        "subjects": core.get("subjects") or [],
        "executing": core.get("executing") or ([core["authority"]] if core.get("authority") else []),
        "results": core.get("results") or [],
        "laws": core.get("laws") or [],
        "steps_text": prose.get("steps") or "",
        "conditions_text": prose.get("conditions") or "",
        "source": core.get("src") or "",
        "source_url": core.get("url") or "",
        "snapshot": core.get("snapshot") or "",
    }
    missing = bool(core.get("dossier_items")) and not any(group.get("items") for group in groups)
    limits = limits_of(core.get("channels") or [])
    accepted = {channel for limit in limits for channel in limit.channels}
    cases = [(title, with_unsure_channels(papers, accepted)) for title, papers in cases_of(groups)]
    if form := parts.get("form"):
        cases = [(title, with_fields(papers, form)) for title, papers in cases]
    return VersionContent(fields, cases, limits, missing)


def cases_of(groups: list[Row]) -> list[tuple[str, list[ComponentContent]]]:
    """Cases and their papers. Headings such as “Giấy tờ phải nộp” are sections; only two or more headings that begin
    with “Trường hợp” or “Đối với” make cases, and what stands before the first belongs to every case.
    """
    titles = [group.get("case") or "" for group in groups]
    if sum(map(_opens_case, titles)) < 2:
        return [("", [paper for group in groups for paper in _papers(group)])]
    common: list[ComponentContent] = []
    cases: list[tuple[str, list[ComponentContent]]] = []
    for title, group in zip(titles, groups, strict=True):
        if _opens_case(title):
            cases.append((title.strip(" *+-–•:"), [*common]))
        (cases[-1][1] if cases else common).extend(_papers(group, opens_case=_opens_case(title)))
    return cases


def with_unsure_channels(papers: list[ComponentContent], accepted: set[int]) -> list[ComponentContent]:
    """Where a person must say by which channels a form is handed in: when papers are named by channel, but none for a
    channel that the procedure accepts, and when a form on paper is named for the online channel beside one on the screen.
    What is named for the online channel alone is never meant for another.
    """
    bound = [paper for paper in papers if paper.channels and paper.mandatory]
    left = accepted - {channel for paper in bound for channel in paper.channels}
    twice = {int(Channel.ONLINE)} if any(paper.kind == Component.Kind.ON_SCREEN for paper in bound) else set()

    def settled(paper: ComponentContent) -> ComponentContent:
        if paper not in bound or paper.channels == (Channel.ONLINE,):
            return paper
        return replace(paper, unsure_channels=tuple(sorted(left | twice & set(paper.channels))))

    return [settled(paper) for paper in papers]


def with_fields(papers: list[ComponentContent], form: Row) -> list[ComponentContent]:
    """The papers, of which those whose name has the form's own words ask its fields; a form that no paper names asks nobody."""
    words = fold(form["component"])
    return [replace(one, fields=tuple(form["fields"])) if words in fold(one.name) else one for one in papers]


def _opens_case(title: str) -> bool:
    text = plain(title)
    return bool(_CASE.match(text)) and not _ADDED.search(text) and not names_channel(title)


def _papers(group: Row, opens_case: bool = False) -> list[ComponentContent]:
    """The papers of a group. A heading among them is no paper: in a group without a title (the others' order isn't the
    printed one) it becomes the section of those after it, up to the next with the heading's own mark (“-”, “1.”).
    Where there is nothing but headings they stay, as all that is known.
    """
    given = "" if opens_case else (group.get("case") or "").strip()
    items = [item for item in group.get("items") or () if item["name"].strip()]
    replaced = {mark_of(item["name"]) for item in items if replaces_others(item["name"])}
    papers: list[ComponentContent] = []
    section, ends_at = given, None
    for item in items:
        name, mark = item["name"].strip(), mark_of(item["name"])
        if is_heading(name, item.get("original", 0) + item.get("copy", 0), item.get("form") or ""):
            section, ends_at = (section, ends_at) if group.get("case") else (name, mark)
            continue
        if mark == ends_at:
            section, ends_at = given, None
        papers.append(_paper(item, given, section, is_mandatory(name, given, section) and mark not in replaced))
    return papers or [_paper(item, given, given, mandatory=False) for item in items]


def _paper(item: Row, given: str, section: str, mandatory: bool) -> ComponentContent:
    name, form = item["name"].strip(), item.get("form") or ""
    originals, copies = item.get("original", 0), item.get("copy", 0)
    kind = kind_of(name, originals + copies, form, given, section)
    return ComponentContent(
        name,
        section,
        form,
        originals,
        copies,
        mandatory and kind in (Component.Kind.HAND_IN, Component.Kind.ON_SCREEN),
        kind,
        channels_of(name, given, section),
    )


def limits_of(channels: list[Row]) -> list[LimitContent]:
    """The limit rows; where one channel has several that differ, each waits for a person to say which case it means.
    Fees of several rows of one channel are a tariff, also where the limits are equal.
    """
    rows = [_limit_of(row) for row in channels]
    by_channel: dict[int, list[LimitContent]] = defaultdict(list)
    for row in rows:
        for channel in row.channels:
            by_channel[channel].append(row)
    return [
        LimitContent(
            row.channels,
            _told_apart(row.reading, [other for channel in row.channels for other in by_channel[channel]]),
            row.source_text,
            row.note,
            _as_tariff(row.fees) if any(len(by_channel[channel]) > 1 for channel in row.channels) else row.fees,
        )
        for row in rows
    ]


def _told_apart(reading: LimitReading, rows: list[LimitContent]) -> LimitReading:
    if reading.certain and any(other.reading != reading for other in rows):
        return LimitReading(reading.limit, "several_limits")
    return reading


def _as_tariff(fees: list[tuple[FeeReading, str, str]]) -> list[tuple[FeeReading, str, str]]:
    return [
        (replace(reading, doubt=reading.doubt or "choose_tariff"), note, printed) for reading, note, printed in fees
    ]


def _limit_of(row: Row) -> LimitContent:
    fees = row.get("fees") or []
    read = [(reading, fee.get("note") or "", _printed(fee)) for reading, fee in zip(read_fees(fees), fees, strict=True)]
    if row.get("fee_raw"):
        read.append((FeeReading("", None, "VND", None, "no_amount"), "", row["fee_raw"]))
    channels = sorted({int(CHANNELS[way]) for way in row.get("channels") or ()})
    return LimitContent(channels, read_row(row), row.get("time_raw") or "", row.get("note") or "", read)


def _printed(fee: Row) -> str:
    """The fee as the source has it."""
    if fee.get("raw"):
        return str(fee["raw"])
    return " ".join(str(piece) for piece in (fee.get("amount"), fee.get("currency")) if piece is not None)

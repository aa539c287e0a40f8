"""What a checked text is told about, as lines for people and as plain data for programs.

{"file", "figures", "checked", "holds", "mistakes": [row], "unsure": [row], "unchecked": [row]}
row: {"kind", "verdict", "words", "printed", "start", "end", "line", "sentence"}; places are characters of the text (NFC).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from motcua.reports.texts.checking import Checked, sentence_of
from motcua.reports.texts.verdicts import Finding, Verdict, printed

KINDS = {
    "sum": "tổng",
    "part": "phần và toàn bộ",
    "share": "tỷ lệ",
    "rest": "phần còn lại",
    "change": "mức tăng, giảm",
    "comparison": "so sánh",
    "equation": "phép tính",
    "balance": "cân đối",
}
SAID = {
    Verdict.WRONG: "không khớp",
    Verdict.TRUNCATED: "bị cắt, không được làm tròn",
    Verdict.ROUNDED_UP: "bị nâng lên, không được làm tròn",
    Verdict.UNSURE: "không chắc",
    Verdict.UNCHECKED: "không kiểm được",
}


def lines(name: str, checked: Checked) -> Iterator[str]:
    """The verdict first, then every mistake with its place, then what can't be told."""
    mistakes, unsure = checked.mistakes, checked.of(Verdict.UNSURE)
    holds = checked.of(Verdict.HOLDS)
    yield (
        f"{name}: đọc {checked.figures} con số, kiểm {len(mistakes) + len(holds)} quan hệ: "
        f"{len(holds)} đúng, {len(mistakes)} sai, {len(unsure)} không chắc."
    )
    for number, finding in enumerate(mistakes, 1):
        yield ""
        yield from _finding(checked, finding, f"{number}. ")
    for title, verdict in (("Không chắc", Verdict.UNSURE), ("Không kiểm được", Verdict.UNCHECKED)):
        found = checked.of(verdict)
        if found:
            yield ""
            yield f"{title}:"
        for finding in found:
            yield from _finding(checked, finding, "– ")


def _finding(checked: Checked, finding: Finding, mark: str) -> Iterator[str]:
    line, sentence = _where(checked, finding)
    yield f"{mark}Dòng {line}, ký tự {finding.figure.token.start}: {KINDS[finding.kind]} {SAID[finding.verdict]}."
    yield f"   {finding.words}"
    yield f"   “{_short(sentence, printed(finding.figure))}”"


def _short(sentence: str, figure: str, width: int = 220) -> str:
    if len(sentence) <= width:
        return sentence
    at = max(sentence.find(figure), 0)
    begin = max(at - width * 2 // 3, 0)
    end = min(begin + width, len(sentence))
    return ("…" if begin else "") + sentence[begin:end] + ("…" if end < len(sentence) else "")


def _where(checked: Checked, finding: Finding) -> tuple[int, str]:
    _start, sentence = sentence_of(checked.text, finding.figure)
    return checked.text.count("\n", 0, finding.figure.token.start) + 1, sentence


def as_json(name: str, checked: Checked) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "file": name,
        "figures": checked.figures,
        "checked": len(checked.mistakes) + len(checked.of(Verdict.HOLDS)),
        "holds": [_row(checked, one) for one in checked.of(Verdict.HOLDS)],
        "mistakes": [_row(checked, one) for one in checked.mistakes],
        "unsure": [_row(checked, one) for one in checked.of(Verdict.UNSURE)],
        "unchecked": [_row(checked, one) for one in checked.of(Verdict.UNCHECKED)],
    }


def _row(checked: Checked, finding: Finding) -> dict[str, Any]:
    line, sentence = _where(checked, finding)
    token = finding.figure.token
    return {
        "kind": finding.kind,
        "verdict": finding.verdict.value,
        "words": finding.words,
        "printed": printed(finding.figure),
        "start": token.start,
        "end": token.end,
        "line": line,
        "sentence": sentence,
    }

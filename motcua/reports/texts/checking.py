"""A text in, its relations out: what holds, what doesn't, what can't be told."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from motcua.reports.texts.attaching import attach
from motcua.reports.texts.balance import check_balance
from motcua.reports.texts.changes import check_changes
from motcua.reports.texts.equations import check_equations
from motcua.reports.texts.figures import Figure, figures_of
from motcua.reports.texts.lists import lists_of
from motcua.reports.texts.rests import check_rests
from motcua.reports.texts.shares import check_shares
from motcua.reports.texts.sums import divide, share_sets
from motcua.reports.texts.tokens import tokenize
from motcua.reports.texts.verdicts import MISTAKES, Finding, Verdict


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a text, in its order. Places are characters of `text` (NFC)."""

    text: str
    findings: tuple[Finding, ...]
    figures: int

    def of(self, *verdicts: Verdict) -> list[Finding]:
        """Those with one of these verdicts."""
        return [one for one in self.findings if one.verdict in verdicts]

    @property
    def mistakes(self) -> list[Finding]:
        """What doesn't hold."""
        return self.of(*MISTAKES)


def check_text(text: str) -> Checked:
    """Every sum, rate, rest and comparison of a Vietnamese text, judged."""
    text = unicodedata.normalize("NFC", text)
    tokens = tokenize(text)
    figures = figures_of(text, tokens)
    found = check_equations(text, tokens, figures)
    found += check_changes(text, tokens, figures)
    attached = attach(text, tokens, figures)
    lists = lists_of(text, tokens, figures)
    division = divide(lists, attached)
    found += division.findings
    found += check_shares(text, tokens, figures, attached, division)
    found += check_rests(text, tokens, figures, division)
    found += check_balance(figures)
    found += share_sets(figures, {rate.place for rate in attached.values()})
    return Checked(text, tuple(sorted(_once(found), key=lambda one: one.figure.token.start)), len(figures))


def _once(findings: list[Finding]) -> list[Finding]:
    """The same relation, found from two sides, is told once; a mistake before anything else said of the same figures."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.kind, finding.figure.place, frozenset(one.place for one in finding.figures))
        kept.setdefault(key, finding)
    return list(kept.values())


def sentence_of(text: str, figure: Figure) -> tuple[int, str]:
    """Where the sentence of a figure starts, and its words on one line."""
    start = figure.token.start
    begin = max(text.rfind(mark, 0, start) + len(mark) if mark in text[:start] else 0 for mark in (". ", "\n", "; "))
    ends = [place for mark in (". ", "\n", "; ", ".\n") if (place := text.find(mark, figure.token.end)) >= 0]
    return begin, " ".join(text[begin : min(ends, default=len(text))].split())

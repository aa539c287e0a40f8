"""Every law that the code or the data names is in docs/law.md."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
LAW = (HOUSE / "docs" / "law.md").read_text(encoding="utf-8")
KNOWN = set(re.findall(r"^\| ([A-Z][A-Z0-9.]*-\d{4}) \| .+? \| .+? \| .+? \| .+? \|$", LAW, re.MULTILINE))
CITATION = re.compile(r"^([A-Z][A-Z0-9.]*-\d{4})((?: \d+[a-zđ]?(?:\(\d+[a-zđ]?\))*,?)*)$")


def cited(text: str) -> Iterator[str]:
    """The citations after `Law:` in a docstring, up to the end of its paragraph."""
    for passage in re.findall(r"\bLaw:\s*(.+?)(?:\n\s*\n|$)", text, re.DOTALL):
        yield from (piece.strip() for piece in " ".join(passage.split()).rstrip(".").split(";"))


def docstrings() -> Iterator[tuple[str, str]]:
    for path in sorted((HOUSE / "motcua").rglob("*.py")):
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                for citation in cited(ast.get_docstring(node) or ""):
                    yield f"{path.relative_to(HOUSE)}:{getattr(node, 'name', 'module')}", citation


def unresolved(citations: Iterator[tuple[str, str]]) -> list[str]:
    """Citations that are misspelt or name a text that docs/law.md doesn't have."""
    wrong = []
    for place, citation in citations:
        found = CITATION.match(citation)
        if found is None or found[1] not in KNOWN:
            wrong.append(f"{place}: {citation}")
    return wrong


def test_every_law_in_a_docstring_is_in_the_table() -> None:
    assert len(list(docstrings())) > 30
    assert unresolved(docstrings()) == []


def test_every_basis_of_a_regime_is_in_the_table() -> None:
    regimes = json.loads((HOUSE / "data" / "law" / "regimes.json").read_text(encoding="utf-8"))["regimes"]
    bases = [
        (f"{regime['code']}.{key}", piece.strip())
        for regime in regimes
        for part in (regime["parameters"], *(change["parameters"] for change in regime.get("changes", ())))
        for key, basis in [("basis", regime["basis"]), *((key, row[1]) for key, row in part.items())]
        for piece in basis.split(";")
        if piece.strip()
    ]
    assert unresolved(iter(bases)) == []


def test_the_rules_name_known_texts_too() -> None:
    rules = LAW.partition("## 2. Rules")[2]
    named = re.findall(r"^\| ([A-Z][A-Z0-9.]*-\d{4})[ ,]", rules, re.MULTILINE)
    assert len(named) > 20
    assert set(named) <= KNOWN


@pytest.mark.parametrize(
    "docstring", ["Law: ND61-2019 17", "Law: Nghị định 61", "Law: ND61-2018 art. 17", "Law:\n  XX-1"]
)
def test_an_unknown_or_misspelt_law_is_found(docstring: str) -> None:
    assert unresolved(("here", citation) for citation in cited(docstring))


def test_a_word_stands_once_in_each_language() -> None:
    words = (HOUSE / "docs" / "words.md").read_text(encoding="utf-8")
    rows = [
        line.strip("|").split("|") for line in words.splitlines() if line.startswith("| ") and "Vietnamese" not in line
    ]
    assert len(rows) > 140
    for column in (0, 1):
        terms = [row[column].strip().lower() for row in rows]
        assert sorted(terms) == sorted(set(terms))

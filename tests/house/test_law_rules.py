"""The table article → rule → test of docs/law.md holds: every function and test is there, every cited article has a row."""

import ast
import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

from motcua.law.facts import DECLARED
from tests.house.test_law_ids import CITATION, HOUSE, LAW, docstrings

ROW = re.compile(r"^\| ([A-Z][A-Z0-9.]*-\d{4}[^|]*) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAME = re.compile(r"`([\w.]+)`")
RULES = ROW.findall(LAW.partition("## 2. Rules")[2].partition("### Parameters")[0])
UNREAD = re.compile(r"read by no rule yet: (.+?)\.\n", re.DOTALL)


def articles(citation: str) -> set[str]:
    """`ND61-2018 17, 18` as `ND61-2018 17` and `ND61-2018 18`; a text alone as itself."""
    found: set[str] = set()
    for piece in citation.split(";"):
        text, _, numbers = piece.strip().partition(" ")
        found |= {f"{text} {number.strip()}" for number in numbers.split(",")} if numbers else {text}
    return found


def names_of(column: int) -> list[str]:
    return sorted({name for row in RULES for name in NAME.findall(row[column])})


def resolve(name: str) -> object:
    """`dossiers.acts.delay.extend` as the thing itself. Raises AttributeError, ModuleNotFoundError."""
    pieces = name.split(".")
    for length in range(len(pieces), 0, -1):
        if (HOUSE / "motcua" / "/".join(pieces[:length])).with_suffix(".py").exists():
            module = importlib.import_module(".".join(["motcua", *pieces[:length]]))
            return reduce(getattr, pieces[length:], module)
    raise ModuleNotFoundError(name)


def functions_of(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_table_is_read() -> None:
    assert len(RULES) > 40
    assert all(NAME.findall(row[2]) and NAME.findall(row[3]) for row in RULES)


@pytest.mark.parametrize("name", names_of(2))
def test_every_function_of_the_table_is_there(name: str) -> None:
    assert resolve(name)


@pytest.mark.parametrize("name", names_of(3))
def test_every_test_of_the_table_is_there(name: str) -> None:
    module, _, test = name.rpartition(".")
    assert test.startswith("test_")
    assert test in functions_of((HOUSE / "motcua" / module.replace(".", "/")).with_suffix(".py"))


def test_every_cited_article_has_a_row() -> None:
    known = {article for row in RULES for article in articles(row[0])}
    missing = {
        f"{place}: {article}"
        for place, citation in docstrings()
        if CITATION.match(citation)
        for article in articles(citation) - known
    }
    assert missing == set()


def test_what_no_rule_reads_yet_is_said() -> None:
    """Both ways: a parameter that a rule begins to read leaves the list in docs/law.md."""
    said = UNREAD.search(LAW)
    assert said is not None
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (HOUSE / "motcua").rglob("*.py")
        if "tests" not in path.parts and "parameters" not in path.parts and path.name != "checking.py"
    )
    unread = {key for key in DECLARED if not re.search(rf"\.{key}\b", code)}
    assert set(NAME.findall(said[1])) == unread


@pytest.mark.parametrize("name", ["dossiers.acts.delay.extent", "dossiers.nothing.here"])
def test_a_function_that_is_not_there_is_found(name: str) -> None:
    with pytest.raises((AttributeError, ModuleNotFoundError)):
        resolve(name)

"""Every text of the reports and of the oversight has its English."""

import ast
import re
from pathlib import Path

import polib
import pytest

HOUSE = Path(__file__).resolve().parents[4]
IN_TEMPLATE = re.compile(r"{% translate [\"'](.+?)[\"']")
IN_BLOCK = re.compile(r"{% blocktranslate[^%]*%}(.+?){% (?:plural|endblocktranslate) %}")


def texts_of(room: Path) -> set[str]:
    found: set[str] = set()
    for path in room.rglob("*.py"):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                    found.add(ast.literal_eval(node.args[0]))
    for path in room.rglob("*.html"):
        found.update(IN_TEMPLATE.findall(path.read_text()))
        found.update(re.sub(r"{{ (\w+) }}", r"%(\1)s", text) for text in IN_BLOCK.findall(path.read_text()))
    return found


@pytest.mark.parametrize("room", ["motcua/reports", "motcua/pages/oversight"])
def test_every_text_is_translated(room: str) -> None:
    catalogue = polib.pofile(str(HOUSE / room / "locale/en/LC_MESSAGES/django.po"))
    translated = {entry.msgid for entry in catalogue if entry.msgstr or all(entry.msgstr_plural.values())}
    assert texts_of(HOUSE / room) - translated == set()
    assert translated - texts_of(HOUSE / room) == set()

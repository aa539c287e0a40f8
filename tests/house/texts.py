"""Every text of the screens that is meant to be translated, found in code and templates without gettext's tools."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.template.base import DebugLexer, TokenType
from django.utils.text import smart_split

MOTCUA = Path(__file__).resolve().parents[2] / "motcua"
SINGLE = {"gettext", "gettext_lazy"}
PLURAL = {"ngettext", "ngettext_lazy"}
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def texts_of_code(source: str) -> set[str]:
    """Msgids of a Python file: the literal arguments of gettext and its kin, under whatever name they are imported."""
    tree = ast.parse(source)
    singles, plurals = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            singles |= {alias.asname or alias.name for alias in node.names if alias.name in SINGLE}
            plurals |= {alias.asname or alias.name for alias in node.names if alias.name in PLURAL}
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        if node.func.id in singles | plurals and isinstance(node.args[0], ast.Constant):
            found.add(str(node.args[0].value))
    return found


def texts_of_template(source: str) -> set[str]:
    """Msgids of a template: {% translate %} and the (first) body of {% blocktranslate %}."""
    found: set[str] = set()
    body: list[str] | None = None
    trimmed = False
    for token in DebugLexer(source).tokenize():
        words = list(smart_split(token.contents)) if token.token_type == TokenType.BLOCK else []
        word = words[0] if words else ""
        if word in {"translate", "trans"}:
            found.add(words[1].strip("\"'"))
        elif word in {"blocktranslate", "blocktrans"}:
            body, trimmed = [], "trimmed" in words
        elif body is not None and word in {"plural", "endblocktranslate", "endblocktrans"}:
            found.add(_msgid("".join(body), trimmed))
            body = None
        elif body is not None:
            body.append(f"%({token.contents})s" if token.token_type == TokenType.VAR else token.contents)
    return found


def _msgid(text: str, trimmed: bool) -> str:
    return " ".join(line.strip() for line in text.splitlines() if line.strip()) if trimmed else text


def texts_of_room(room: Path) -> set[str]:
    """Every msgid of a room: its code without tests, its templates."""
    found: set[str] = set()
    for path in room.rglob("*.py"):
        if "tests" not in path.parts and "migrations" not in path.parts:
            found |= texts_of_code(path.read_text(encoding="utf-8"))
    for path in room.rglob("templates/**/*.*"):
        if path.suffix in {".html", ".txt"}:
            found |= texts_of_template(path.read_text(encoding="utf-8"))
    return found


def rooms() -> list[Path]:
    """Every room that has a face or sentences of its own."""
    tops = [path for path in MOTCUA.iterdir() if path.is_dir() and path.name not in {"pages", "launcher"}]
    pages = [path for path in (MOTCUA / "pages").iterdir() if path.is_dir()]
    return sorted(path for path in tops + pages if path.name != "__pycache__" and texts_of_room(path))

"""`make measure`: how large files and functions are, against what the house allows."""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from motcua.launcher import places

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 50
LINES_OF_BASE = 1000
SEEN = ("motcua", "tests", "bin", "run.py")


def files(root: Path = places.CHECKOUT) -> Iterator[Path]:
    """Every Python file that people write; migrations are generated."""
    for name in SEEN:
        top = root / name
        found = [top] if top.is_file() else sorted(top.rglob("*.py"))
        yield from (path for path in found if "migrations" not in path.parts)


def violations(root: Path = places.CHECKOUT) -> list[str]:
    """What is over its budget: one sentence each."""
    found, base = [], 0
    for path in files(root):
        name, text = path.relative_to(root), path.read_text()
        lines = len(text.splitlines())
        if name.parts[:2] == ("motcua", "base") and "tests" not in name.parts:
            base += lines
        if lines > LINES_OF_A_FILE:
            found.append(f"{name}: {lines} lines, allowed {LINES_OF_A_FILE}")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                if size > LINES_OF_A_FUNCTION:
                    found.append(f"{name}:{node.lineno} {node.name}: {size} lines, allowed {LINES_OF_A_FUNCTION}")
    if base > LINES_OF_BASE:
        found.append(f"motcua/base: {base} lines in all, allowed {LINES_OF_BASE}")
    return found


def main() -> int:
    """Print the sizes and whatever is over its budget."""
    sizes = [len(path.read_text().splitlines()) for path in files()]
    print(f"{len(sizes)} files, {sum(sizes)} lines, median {statistics.median(sizes):.0f}, largest {max(sizes)}")
    found = violations()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

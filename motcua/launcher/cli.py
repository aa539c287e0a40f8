"""The command `motcua`: finds or starts the database, then runs one of the house's commands in plain words."""

import difflib
import os
import signal
import subprocess
import sys
from types import FrameType

from motcua.launcher import places
from motcua.launcher.places import LaunchError

HELP = {"help", "-h", "--help", "version", "--version"}
WITHOUT_DATABASE = {"check", "check_text", "collectstatic", "makemessages", "compilemessages"}
ON_ANY_SCHEMA = {"migrate", "makemigrations", "showmigrations", "sqlmigrate", "dbshell"}
OURS = {
    "serve": "chạy trang web / run the product",
    "prepare": "chuẩn bị cơ sở dữ liệu và tệp tĩnh / migrate, collect static files, load the demo",
    "test": "chạy các phép thử / run the tests",
}


# A share of the tests per core, each with a database of its own.
SHARED_OUT = ["-n", str(len(os.sched_getaffinity(0))), "--dist", "worksteal"]


def main(words: list[str]) -> int:
    """Run one command; returns its exit status."""
    signal.signal(signal.SIGTERM, _end_in_good_order)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError

    try:
        return _run(words)
    except OperationalError as error:
        print(f"motcua: cơ sở dữ liệu không trả lời / the database does not answer: {error}", file=sys.stderr)
        return 1
    except (LaunchError, ImproperlyConfigured) as error:
        print(f"motcua: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _end_in_good_order(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


def _run(words: list[str]) -> int:
    if words[:1] == ["serve"]:
        from motcua.launcher import serve

        return serve.main(words[1:])
    if words[:1] == ["test"]:
        import pytest

        return int(pytest.main(["--rootdir", str(places.CHECKOUT), *words[1:]])) if words[1:] else _whole_suite()
    if words[:1] == ["prepare"]:
        from motcua.launcher import postgres, prepare

        os.environ["MOTCUA_COLLECTED"] = "1"
        with postgres.database():
            prepare.everything()
            print(prepare.demo_accounts(), end="")
        return 0
    return _django(words)


def _whole_suite() -> int:
    """What can share a server, over all cores; then what has to be alone on it."""
    start = [sys.executable, "-m", "motcua", "test", str(places.CHECKOUT), "-m"]
    shared = subprocess.call([*start, "not alone", *SHARED_OUT])
    return subprocess.call([*start, "alone"]) or shared


def _django(words: list[str]) -> int:
    """A management command; `load procedures` means load_procedures."""
    from motcua.launcher import postgres, prepare

    with postgres.named_database() as cluster:
        import django
        from django.core.management import get_commands

        django.setup()  # the settings name the database; without them get_commands knows Django's own commands only
        words = join_words(words, known := set(get_commands())) or ["help"]
        if words[0] not in known | HELP:
            print(unknown(words[0], known), file=sys.stderr)
            return 2
        if cluster is not None and words[0] not in WITHOUT_DATABASE | HELP and not HELP & set(words):
            cluster.enter()
            if words[0] not in ON_ANY_SCHEMA:
                prepare.once(cluster)
            os.environ["PATH"] = f"{cluster.programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"  # dbshell
        if words[0] in HELP and len(words) == 1:
            print("motcua — " + "; ".join(f"{name}: {meaning}" for name, meaning in OURS.items()) + "\n")
        return _execute(words)


def join_words(words: list[str], known: set[str]) -> list[str]:
    """`load procedures PATH` or `load-procedures PATH` becomes `load_procedures PATH` where such a command exists."""
    if words and (plain := words[0].replace("-", "_")) in known:
        return [plain, *words[1:]]
    for count in (3, 2):
        if len(words) >= count and (joined := "_".join(words[:count])) in known:
            return [joined, *words[count:]]
    return words


def unknown(word: str, known: set[str]) -> str:
    """The message for a word that is no command, with the nearest ones that are."""
    first_words = {name.partition("_")[0]: None for name in known}
    near = []
    for like in difflib.get_close_matches(word, [*first_words, *known, *OURS], n=3):
        near += [like] if like in known or like in OURS else sorted(k for k in known if k.startswith(f"{like}_"))
    lines = [f"motcua: không có lệnh «{word}» / there is no command '{word}'."]
    if near:
        names = ", ".join(name.replace("_", " ") for name in dict.fromkeys(near))
        lines.append(f"Có phải / did you mean: {names}?")
    lines.append("Xem tất cả / see all: motcua help")
    return "\n".join(lines)


def _execute(words: list[str]) -> int:
    from django.core.management import ManagementUtility

    ManagementUtility(["motcua", *words]).execute()
    return 0

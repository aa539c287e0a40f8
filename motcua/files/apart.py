"""Files of strangers are opened in a process apart: what goes wrong there costs nobody else anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from motcua.files.check import HEIC, JPEG, PDF, PNG
from motcua.files.sentences import refused

CHILD = Path(__file__).parent / "kinds" / "child.py"
KINDS = {PDF: "pdf", JPEG: "image", PNG: "image", HEIC: "image"}
LOOK_SECONDS = 5.0
PHOTO_SECONDS = 3.0  # and one more for each photo


@dataclass(frozen=True, slots=True)
class Found:
    """What the file is: `pages` (None where it has none to count), `signed`, and `notes` as codes of sentences.

    bad: of several photos those that can't be taken, as "2:image_damaged".
    """

    pages: int | None
    signed: bool
    notes: tuple[str, ...]
    bad: tuple[str, ...] = ()


def look(content: bytes, media_type: str) -> Found:
    """Open one file apart. Raises Invalid with the sentence of what is wrong with it."""
    return _ask({"work": KINDS.get(media_type, "office")}, [content], LOOK_SECONDS)[0]


def one_pdf(photos: Sequence[bytes], most_bytes: int) -> tuple[Found, bytes]:
    """Photos as one upright PDF of at most `most_bytes`, without those that are `bad`. Raises Invalid."""
    return _ask({"work": "photos", "most_bytes": most_bytes}, photos, PHOTO_SECONDS + len(photos))


def _ask(asked: dict[str, object], files: Sequence[bytes], seconds: float) -> tuple[Found, bytes]:
    """seconds: of processor time; on the wall it may be twice that, on a busy machine."""
    head = json.dumps({**asked, "sizes": [len(one) for one in files], "seconds": ceil(seconds)}).encode() + b"\n"
    command = [sys.executable, "-s", "-P", str(CHILD)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of the stranger's on its line
            command,
            input=b"".join([head, *files]),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * seconds,
            check=False,
            env=_surroundings(),
        )
    except subprocess.TimeoutExpired as late:
        raise refused("file_too_complex") from late
    line, _newline, made = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        raise refused("file_too_complex")
    told = json.loads(line)
    if "fault" in told:
        raise refused(told["fault"])
    return Found(told["pages"], told["signed"], tuple(told["notes"]), tuple(told.get("bad", ()))), made


def _surroundings() -> dict[str, str]:
    """No secret of ours goes along: only where compiled modules are kept."""
    kept = {name: os.environ[name] for name in ("PYTHONPYCACHEPREFIX", "LANG", "PATH") if name in os.environ}
    return {
        **kept,
        "PYTHONDONTWRITEBYTECODE": "" if "PYTHONPYCACHEPREFIX" in kept else "1",
        "MALLOC_ARENA_MAX": "2",  # each arena counts as memory asked for, whether it is used or not
    }

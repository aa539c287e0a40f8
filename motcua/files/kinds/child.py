"""The process that opens what strangers sent: with little memory, little time, no network of ours and no database.

Reads from its input one line of JSON {"work", "sizes", "most_bytes"} and then the files; writes one line of JSON and,
for photos, the PDF. Started by motcua.files.apart only.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

MEMORY = 1024 * 1024 * 1024
FILE_SIZE = 1024 * 1024


def limit(seconds: int) -> None:
    """Memory, processor time, files: what the kernel takes away from a process that wants more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(asked: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], bytes]:
    """What was found, and a PDF where one was made."""
    from motcua.files.kinds.fault import Fault

    try:
        if asked["work"] == "photos":
            from motcua.files.kinds.image import one_pdf

            made, told = one_pdf(files, asked["most_bytes"])
            return told, made
        return looker(asked["work"])(files[0]), b""
    except Fault as fault:
        return {"fault": fault.code}, b""
    except MemoryError:
        return {"fault": "file_too_complex"}, b""
    except RecursionError:
        return {"fault": "file_too_complex"}, b""


def looker(kind: str) -> Callable[[bytes], dict[str, Any]]:
    """The module of a kind; only that one is loaded."""
    if kind == "pdf":
        from motcua.files.kinds.pdf import look
    elif kind == "image":
        from motcua.files.kinds.image import look
    else:
        from motcua.files.kinds.office import look
    return look


def main() -> None:
    """One piece of work, then the end."""
    asked = json.loads(sys.stdin.buffer.readline())
    limit(int(asked["seconds"]))
    files = [sys.stdin.buffer.read(size) for size in asked["sizes"]]
    told, made = work(asked, files)
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + made)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    main()

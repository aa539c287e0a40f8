"""Puts a database out of memory, so that a question finds nothing there."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from motcua.launcher.postgres import Cluster


def chill(url: str) -> bool:
    """Restart our own server and give its files back to the disk; False for a server that is not ours.

    The kernel forgets the pages of a file that whoever may read it says it no longer needs.
    """
    cluster = Cluster()
    if parse_qs(urlsplit(url).query).get("host") != [str(cluster.socket)]:
        return False
    cluster.stop()
    for path in Path(cluster.data / "base").rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
    cluster.revive()
    return True

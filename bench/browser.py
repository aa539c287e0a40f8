"""A scratch province that is served as it is to people, and a real Chromium before it."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.serving import served
from bench.stage import fill, scratch_database
from motcua.launcher import places, postgres

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@contextmanager
def province(suffix: str, *, keep: bool) -> Iterator[None]:
    """The demo province in a scratch database, its files and accounts away from the real ones; Django is set up."""
    if not CHROMIUM.exists():
        raise SystemExit("no Chromium on this machine (apt-get install chromium)")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    os.environ["MOTCUA_SECRET_KEY"] = secrets.token_hex(32)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's event loop makes Django take us for asynchronous
    with postgres.database(), _state(suffix if keep else "") as state:
        os.environ["MOTCUA_STATE_DIR"] = state
        os.environ["MOTCUA_KEYS_DIR"], os.environ["MOTCUA_FILES_DIR"] = f"{state}/keys", f"{state}/files"
        with scratch_database(os.environ["DATABASE_URL"], keep=keep, suffix=suffix) as (_url, is_new):
            began = time.monotonic()
            fill(is_new)
            print(f"scratch province ready in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            yield


def _state(kept_as: str) -> AbstractContextManager[str]:
    """Where keys and files of the scratch province lie: kept with its database, else thrown away with it."""
    if not kept_as:
        return tempfile.TemporaryDirectory(prefix="motcua-bench-")
    kept = places.state() / f"bench-{kept_as}"
    kept.mkdir(mode=0o700, exist_ok=True)
    return nullcontext(str(kept))


@contextmanager
def seen(workers: int) -> Iterator[tuple[Browser, str]]:
    """A browser, and where the product answers. What was written before is there, for its connections are closed."""
    from django.db import connections

    connections.close_all()
    with served(workers) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser, f"http://127.0.0.1:{server.port}"
        finally:
            browser.close()

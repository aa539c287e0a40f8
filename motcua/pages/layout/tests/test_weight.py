"""What a first visit to the portal weighs: everything that the home page loads, compressed as it is sent."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django_htmx import __file__ as htmx

LIMIT = 150_000
LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="/static/([^"]+)"')
FONT = re.compile(r"url\(\.?/?([\w-]+\.woff2)\)")
PICTURE = re.compile(r'url\("([\w-]+\.svg)"\)')


def weight_of_first_view(client: Client) -> dict[str, int]:
    """Bytes by file name: the page, styles, scripts and pictures by gzip, fonts as they are."""
    html = client.get("/").content.decode()
    found = {"/": len(gzip.compress(html.encode()))}
    for name in LOADED.findall(html):
        path = finders.find(name) or str(Path(htmx).parent / "static" / name)
        data = Path(str(path)).read_bytes()
        found[name] = len(gzip.compress(data))
        for inner in (FONT.findall if name.startswith("vendor") else PICTURE.findall)(data.decode()):
            beside = (Path(str(path)).parent / inner).read_bytes()
            found[inner] = len(beside) if inner.endswith("woff2") else len(gzip.compress(beside))
    return found


@pytest.mark.django_db
def test_a_first_view_weighs_less_than_150_kilobytes(client: Client) -> None:
    found = weight_of_first_view(client)
    assert {"layout/app.css", "layout/dark.css", "layout/app.js", "drum.svg"} <= set(found)
    assert sum(name.endswith("woff2") for name in found) == 4
    assert sum(found.values()) <= LIMIT, found

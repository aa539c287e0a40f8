"""For tests of papers: files and keys in folders of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Any) -> None:
    settings.FILES_ROOT = tmp_path / "files"
    settings.KEYS_DIR = tmp_path / "keys"

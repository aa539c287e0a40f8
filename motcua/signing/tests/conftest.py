"""For tests of signing: a key folder of their own, Tuấn's and the department's development certificates, a paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from motcua.base.times import parse_local
from motcua.signing import development
from motcua.signing.models import Certificate
from tests.pdf_tools import make_pdf

MADE_AT = parse_local("2021-10-01 08:00")
SIGNED_AT = parse_local("2021-11-03 10:00")


@dataclass(frozen=True)
class Desk:
    """Who may sign, and what there is to be signed."""

    tuan: Certificate
    justice: Certificate
    paper: bytes

    @property
    def authority(self) -> Certificate:
        return Certificate.objects.authorities().get()


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Path:
    """An empty key folder."""
    settings.KEYS_DIR = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def desk(db: None, keys: Path) -> Desk:
    """Tuấn of the Department of Justice, its seal, and a decision."""
    return Desk(
        development.for_person(7, "Nguyễn Anh Tuấn", "Sở Tư pháp tỉnh Thái Bình", MADE_AT),
        development.for_office(3, "Sở Tư pháp tỉnh Thái Bình", MADE_AT),
        make_pdf("Quyết định", MADE_AT),
    )

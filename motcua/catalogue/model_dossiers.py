"""Declarations filled in as an example, marked “MẪU”, with personal data hidden: `data/model_dossiers.json`. Law: ND61-2018 15"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class ModelDossier:
    """One declaration: its lines with what an invented person wrote, and what is often done wrong."""

    code: str
    title: str
    fields: tuple[tuple[str, str], ...]
    tips: tuple[str, ...]


@cache
def model_dossiers() -> dict[str, ModelDossier]:
    """By code of the procedure."""
    rows = json.loads((Path(settings.DATA_DIR) / "model_dossiers.json").read_text(encoding="utf-8"))["dossiers"]
    return {
        row["code"]: ModelDossier(
            row["code"], row["title"], tuple((line, value) for line, value in row["fields"]), tuple(row["tips"])
        )
        for row in rows
    }

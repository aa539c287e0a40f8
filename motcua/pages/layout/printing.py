"""Slips of the one-stop service as PDF/A: a template file, facts as JSON, one compiler per process.

Facts go in as JSON strings, never as markup, so a name full of signs prints as it was typed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst

FORMS_DIR = Path(__file__).parent / "printing_forms"
FONTS_DIR = Path(__file__).parent / "fonts"
FONT = "Tinos"
# Part of typst itself: what a machine without our fonts prints with.
EMBEDDED_FONT = "Libertinus Serif"

_one_at_a_time = Lock()


@lru_cache(maxsize=1)
def forms() -> dict[str, Any]:
    """Form sets of the regimes: number, title and template of each slip."""
    return json.loads((FORMS_DIR / "forms.json").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _compiler() -> tuple[typst.Compiler, str]:
    has_fonts = any(FONTS_DIR.glob("*.ttf"))
    paths = [str(FONTS_DIR)] if has_fonts else []
    compiler = typst.Compiler(root=str(FORMS_DIR), font_paths=paths, ignore_system_fonts=True)
    return compiler, FONT if has_fonts else EMBEDDED_FONT


def pdf(template: str, facts: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """One slip, PDF/A-2b. The same facts and `made_at` give the same document."""
    with _one_at_a_time:
        compiler, font = _compiler()
        made = compiler.compile(
            input=str(FORMS_DIR / f"{template}.typ"),
            format="pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False), "font": font},
            pdf_standards="a-2b",
            timestamp=int(made_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise AssertionError("one slip is one document")
    return made


def qr_svg(text: str) -> str:
    """A QR code as SVG, readable after a bad photocopy."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=1, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()

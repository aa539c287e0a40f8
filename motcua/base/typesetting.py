"""Documents as tagged PDF/A-2a and PDF/UA-1: a template file, facts as JSON, one compiler per process and folder.

Facts go in as JSON strings, never as markup, so a name full of signs prints as it was typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst

FONTS_DIR = Path(__file__).parent / "fonts"
FONT = "Tinos"
# Part of typst itself: what a machine without our fonts prints with.
EMBEDDED_FONT = "Libertinus Serif"
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]

_one_at_a_time = Lock()


@lru_cache(maxsize=8)
def _compiler(folder: Path) -> tuple[typst.Compiler, str]:
    has_fonts = any(FONTS_DIR.glob("*.ttf"))
    paths = [str(FONTS_DIR)] if has_fonts else []
    compiler = typst.Compiler(root=str(folder), font_paths=paths, ignore_system_fonts=True)
    return compiler, FONT if has_fonts else EMBEDDED_FONT


def typeset(template: Path, facts: Mapping[str, Any], *, made_at: datetime, accessible: bool = True) -> bytes:
    """One document as PDF. The same facts and `made_at` (aware instant) give the same bytes.

    accessible: tagged PDF/A-2a + PDF/UA-1; without it a bare page, to be drawn into another document.
    """
    with _one_at_a_time:
        compiler, font = _compiler(template.parent)
        made = compiler.compile(
            input=str(template),
            format="pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False), "font": font},
            pdf_standards=[*STANDARDS] if accessible else None,
            timestamp=int(made_at.timestamp()),
        )
    if not isinstance(made, bytes):
        raise AssertionError("one call makes one document")
    return made


def draw(template: Path, facts: Mapping[str, Any], *, ppi: float = 200) -> bytes:
    """One page as a PNG picture, for documents that can't hold anything else."""
    with _one_at_a_time:
        compiler, font = _compiler(template.parent)
        said = {"facts": json.dumps(facts, ensure_ascii=False), "font": font}
        made = compiler.compile(input=str(template), format="png", ppi=ppi, sys_inputs=said)
    if not isinstance(made, bytes):
        raise AssertionError("one page makes one picture")
    return made

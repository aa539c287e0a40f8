"""Papers that a database makes unnecessary (resolution 66.7/2025)."""

from typing import Any

from motcua.base.text import fold
from motcua.catalogue.models import ComponentReplacement

FEWEST_WORDS = 3


def load_replacements(rows: list[dict[str, Any]]) -> int:
    """Keep the rows of the resolution's table, each once; how many were given."""
    made = {
        (
            r["code"].strip(),
            r["component_replaced"].strip(),
            r["database"].strip(),
            r["legal_doc"].strip(),
            r["clause"].strip(),
        ): r
        for r in rows
        if r["code"].strip() and r["component_replaced"].strip()
    }
    ComponentReplacement.objects.bulk_create(
        [
            ComponentReplacement(
                procedure_code=code,
                component_text=text,
                database=database,
                database_owner=row.get("database_owner", ""),
                legal_doc=legal_doc,
                clause=clause,
            )
            for (code, text, database, legal_doc, clause), row in made.items()
        ],
        ignore_conflicts=True,
        batch_size=500,
    )
    return len(made)


def replaced_by(component: str, replacements: list[tuple[str, str]]) -> str:
    """The database that replaces a paper, when the resolution's words stand in its name; else empty.

    The texts differ, so only a whole match counts, and a person sees both.
    """
    name = f" {fold(component)} "
    for text, database in replacements:
        words = fold(text).strip(" .;:")
        if len(words.split()) >= FEWEST_WORDS and f" {words} " in name.replace(",", " ").replace(";", " ").replace(
            ".", " "
        ):
            return database
    return ""

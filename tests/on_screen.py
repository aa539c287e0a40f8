"""A procedure of the world whose first paper is filled in on the screen, field by field."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection

from motcua.catalogue.models import Component, ProcedureCase
from motcua.catalogue.offers import forget_offers

FIELDS: list[dict[str, Any]] = [
    {"key": "name", "kind": "text", "label": {"vi": "Tên của trẻ", "en": "Name of the child"}, "longest": 100},
    {"key": "born_on", "kind": "date", "label": {"vi": "Ngày sinh của trẻ", "en": "Date of birth"}, "past": True},
    {"key": "has_father", "kind": "yes_no", "label": {"vi": "Khai người cha?", "en": "Is there a father?"}},
    {
        "key": "father_id",
        "kind": "id_no",
        "label": {"vi": "Số định danh của cha", "en": "Personal number of the father"},
        "only_if": {"key": "has_father", "among": ["yes"]},
    },
    {
        "key": "nationality",
        "kind": "text",
        "label": {"vi": "Quốc tịch", "en": "Nationality"},
        "usual": "Việt Nam",
    },
    {"key": "capital", "kind": "money", "label": {"vi": "Số tiền", "en": "Amount"}, "required": False},
]
RIGHT = {"name": "Trần Minh An", "born_on": "2021-10-01", "has_father": "yes", "father_id": "000190000002"}


def ask_on_screen(case: ProcedureCase, fields: list[dict[str, Any]] | None = None) -> Component:
    """The first paper of a published case asks these fields; what freezes it is let go for this moment."""
    with connection.cursor() as cursor:
        cursor.execute("alter table catalogue_component disable trigger user")
        cursor.execute(
            "update catalogue_component set fields = %s::jsonb where case_id = %s and seq = 1",
            [json.dumps(FIELDS if fields is None else fields), case.pk],
        )
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table catalogue_component enable trigger user")
    forget_offers()
    return case.components.get(seq=1)

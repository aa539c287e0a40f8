"""Foreign keys go down, as imports do (import-linter can't see keys that are written as strings)."""

from pathlib import Path

from django.apps import apps
from django.db import models

import motcua

FLOOR = {
    "base": 0,
    "calendar": 1,
    "law": 1,
    "files": 1,
    "people": 1,
    "signing": 1,
    "offices": 2,
    "catalogue": 3,
    "post": 3,
    "fees": 3,
    "news": 3,
    "dossiers": 4,
    "forms": 5,
    "readings": 5,
    "petitions": 5,
    "payments": 5,
    "tickets": 5,
    "ratings": 5.5,  # above petitions and tickets, as its imports are
    "reports": 6,
    "notices": 6,
    "indices": 7,
    "operations": 7,
    "ahead": 7,
    "replays": 7,
    "layout": 8,
    "portal": 8,
    "counter": 8,
    "desk": 8,
    "oversight": 8,
    "control": 8,
    "setup": 8,
    "api": 8,
}


def room_of(model: type[models.Model]) -> str | None:
    """The room of a model of ours; None for Django's own."""
    module = model.__module__
    return model._meta.app_label if module.startswith("motcua.") else None


def test_every_room_has_its_floor() -> None:
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("motcua.")}
    assert rooms == set(FLOOR)


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        room = room_of(model)
        for field in model._meta.get_fields():
            target = room_of(field.related_model) if field.concrete and field.is_relation else None  # type: ignore[arg-type]
            if room and target and target != room and FLOOR[target] >= FLOOR[room]:
                wrong.append(f"{model.__name__}.{field.name} → {target}")
    assert wrong == []


def test_pages_and_api_have_no_tables() -> None:
    assert [model.__name__ for model in apps.get_models() if FLOOR.get(room_of(model) or "", 0) == 8] == []


def test_no_signals_no_save_overrides_no_now_below_the_edge() -> None:
    forbidden = ("django.dispatch", "post_save", "pre_save", "def save(self", "GenericForeignKey")
    below = (
        "dossiers",
        "catalogue",
        "offices",
        "people",
        "files",
        "law",
        "calendar",
        "reports",
        "post",
        "fees",
        "signing",
        "forms",
        "payments",
        "tickets",
    )
    wrong = []
    for path in Path(motcua.__file__).parent.rglob("*.py"):
        room = path.relative_to(Path(motcua.__file__).parent).parts[0]
        if "tests" in path.parts or "migrations" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        wrong += [f"{path.name}: {word}" for word in forbidden if word in text]
        if room in below and "commands" not in path.parts:
            wrong += [f"{path.name}: {word}" for word in ("timezone.now", "datetime.now", " now()") if word in text]
    assert wrong == []

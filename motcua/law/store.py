"""The regimes in the database, read once per revision."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere
from motcua.base.postgresql import prepared
from motcua.law.facts import RegimeError, RegimeFacts, check_value, facts_from
from motcua.law.models import Regime, RegimeParameter, Revision

__all__ = ["RegimeFacts", "current_revision", "load_presets", "regime", "regime_on", "set_parameter"]

# One statement for both floors' editions, because every act asks for both before anything else. The calendar is
# a room beside this one, so its table is named here and nothing of it is imported.
_REVISIONS = "SELECT (SELECT max(id) FROM calendar_edition), (SELECT max(id) FROM law_revision)"

_by_revision: dict[int, dict[str, RegimeFacts]] = {}
_latest: int | None = None


def current_revision() -> int:
    """The calendar edition in force (0 before the first), and a look whether the regimes changed. One query."""
    edition, revision = prepared(_REVISIONS).fetchone()
    _look_at(revision or 0)
    return edition or 0


def regime(code: str) -> RegimeFacts:
    """A regime by its code, as of the last look. Raises NotThere."""
    try:
        return _facts()[code]
    except KeyError as error:
        raise NotThere(_("Không có chế độ pháp lý %(code)s.") % {"code": code}) from error


def regime_on(day: date) -> RegimeFacts:
    """The regime in force on a Vietnamese day, as of the last look. Raises NotThere."""
    for facts in _facts().values():
        if facts.valid_from <= day and (facts.valid_to is None or day < facts.valid_to):
            return facts
    raise NotThere(_("Không có chế độ pháp lý nào cho ngày %(day)s.") % {"day": f"{day:%d/%m/%Y}"})


def set_parameter(code: str, key: str, value: Any, *, basis: str, approved_by: str, at: datetime) -> RegimeParameter:
    """Set one value of a regime under a person's name and a document; what stood before is kept in the revision.

    Raises RegimeError for a value that makes no sense, Invalid without a name or document, NotThere.
    """
    check_value(key, value)
    if not basis.strip() or not approved_by.strip():
        raise Invalid(_("Cần căn cứ và người duyệt."), code="approval_needed")
    with transaction.atomic():
        parameter = (
            RegimeParameter.objects.select_for_update()
            .filter(regime__code=code, key=key)
            .select_related("regime")
            .first()
        )
        if parameter is None:
            raise NotThere(_("Không có chế độ pháp lý %(code)s.") % {"code": code})
        before = f"{parameter.value!r} ({parameter.basis})"
        parameter.value, parameter.basis = value, basis.strip()
        parameter.confidence = RegimeParameter.Confidence.HIGH
        parameter.approved_by, parameter.approved_at = approved_by.strip(), at
        parameter.save()
        _revise(at, f"{code}.{key}: {before} → {value!r} ({basis.strip()}), {approved_by.strip()}")
    return parameter


def load_presets(folder: Path, *, at: datetime) -> int:
    """Add the bundled regimes that are not there yet; how many were new. Those that stand are left alone."""
    presets = json.loads((folder / "law" / "regimes.json").read_text(encoding="utf-8"))["regimes"]
    known = set(Regime.objects.values_list("code", flat=True))
    with transaction.atomic():
        for preset in presets:
            if preset["code"] not in known:
                _add(preset, presets)
        new = len([preset for preset in presets if preset["code"] not in known])
        if new:
            _read_all()
            _revise(at, "Các chế độ pháp lý kèm theo phần mềm")
    return new


def _add(preset: dict[str, Any], presets: list[dict[str, Any]]) -> None:
    """A preset says only what it changes against the one it follows."""
    identity = {key: preset[key] for key in ("code", "name", "valid_from", "valid_to", "basis")}
    added = Regime.objects.create(**identity)
    RegimeParameter.objects.bulk_create(
        RegimeParameter(regime=added, key=key, value=value, basis=basis, confidence=confidence)
        for key, (value, basis, confidence) in _whole(preset, presets).items()
    )


def _whole(preset: dict[str, Any], presets: list[dict[str, Any]]) -> dict[str, list[Any]]:
    before = next((other for other in presets if other["code"] == preset.get("follows")), None)
    return {**(_whole(before, presets) if before else {}), **preset["parameters"]}


def _facts() -> dict[str, RegimeFacts]:
    if _latest is None:
        current_revision()
    return _by_revision[_latest or 0]


def _look_at(revision: int) -> None:
    global _latest  # noqa: PLW0603
    if revision not in _by_revision:
        _by_revision[revision] = _read_all() if revision else {}
    _latest = revision


def _read_all() -> dict[str, RegimeFacts]:
    """Every regime, oldest first. Raises RegimeError when one of them is incomplete."""
    regimes = {}
    for row in Regime.objects.prefetch_related("parameters"):
        identity = {"code": row.code, "name": row.name, "valid_from": row.valid_from, "valid_to": row.valid_to}
        values = {parameter.key: parameter.value for parameter in row.parameters.all()}
        regimes[row.code] = facts_from({**identity, "basis": row.basis}, values)
    for earlier, later in zip(regimes.values(), list(regimes.values())[1:], strict=False):
        if earlier.valid_to is None or earlier.valid_to > later.valid_from:
            raise RegimeError(f"Chế độ {earlier.code} và {later.code} cùng có hiệu lực.")
    return regimes


def _revise(at: datetime, note: str) -> None:
    # One after the other, so that whoever sees a revision sees all the rows before it.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE law_revision IN SHARE ROW EXCLUSIVE MODE")
    Revision.objects.create(made_at=at, note=note)

"""Which office takes a dossier and which one decides it, on a day.

Law: ND61-2018 17; ND309-2026 7
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.postgresql import columns_of, read
from motcua.catalogue.models import ProcedureVersion
from motcua.offices.competence import office_for
from motcua.offices.models import Office

UNITS_BY_LEVEL = {
    "TINH": ("center_province",),
    "XA": ("commune_unit", "center_commune"),
    "KHAC": ("center_province",),
    "BO": ("center_province",),
}
# The unit that receives is also the authority where the People's Committee of its own level decides.
OWN_LEVEL_KEYS = frozenset({"ubnd-xa", "ubnd-huyen", "ban-chqs-xa", "cong-an-xa", "own"})
ONE_STOP_KINDS = frozenset({"center_province", "district_unit", "commune_unit", "center_commune", "branch", "point"})


_ONE_STOP_UNIT = f"""
select {columns_of(Office)} from offices_office
where id = %s and kind = any(%s) and valid_from <= %s and (valid_to is null or valid_to > %s)
"""  # noqa: S608 - only the names of our own columns are put in


def one_stop_unit(office_id: int, on: date) -> Office | None:
    """The unit if it takes dossiers in on that day."""
    found = read(Office, _ONE_STOP_UNIT, [office_id, sorted(ONE_STOP_KINDS), on, on])
    return next(iter(found), None)


def receiving_offices(version: ProcedureVersion, on: date, province: str | None = None) -> list[Office]:
    """The one-stop units that take this procedure in on a day, in Vietnamese order."""
    kinds = {kind for level in version.levels for kind in UNITS_BY_LEVEL.get(level, ())}
    offices = Office.objects.on(on).filter(kind__in=kinds)
    if province is not None:
        offices = offices.filter(province=province)
    return list(offices.order_by("level", "name_order", "id"))


def competent_office(key: str | None, field: str, receiving: Office, on: date) -> Office:
    """The office that decides for a dossier received there: by the catalogue's key and the procedure's field.

    Raises Invalid where the catalogue does not say: a person then names the office.
    """
    if key in OWN_LEVEL_KEYS and receiving.level in {"commune", "district"}:
        return receiving
    if key is not None:
        office = office_for(key, field, receiving.province, on)
        if office is not None:
            return office
    sentence = _("Chưa xác định được cơ quan giải quyết thủ tục này: cần cán bộ chọn cơ quan có thẩm quyền.")
    raise Invalid(sentence, fields={"competent_office": sentence}, code="competent_office_needed")

"""Which office takes a dossier and which one decides it, on a day; where the catalogue doesn't say, a person does.

Law: ND61-2018 17; ND309-2026 7
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.postgresql import columns_of, read
from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers.visibility import HELPING
from motcua.offices.actors import Actor
from motcua.offices.competence import keys_for, office_for
from motcua.offices.models import Office

if TYPE_CHECKING:
    from motcua.dossiers.models import Dossier

UNITS_BY_LEVEL = {
    "TINH": ("center_province",),
    "XA": ("commune_unit", "center_commune"),
    "KHAC": ("center_province",),
    "BO": ("center_province",),
}
# The unit that receives is also the authority where the People's Committee of its own level decides.
OWN_LEVEL_KEYS = frozenset({"ubnd-xa", "ubnd-huyen", "ban-chqs-xa", "cong-an-xa", "own"})
AUTHORITY_KINDS = ("department", "vertical_agency", "province")
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
    raise _unnamed()


def is_named(key: str | None, field: str, receiving: Office, on: date) -> bool:
    """Does the catalogue say who decides for a dossier received there?"""
    try:
        competent_office(key, field, receiving, on)
    except Invalid:
        return False
    return True


def authorities(receiving: Office, on: date) -> list[Office]:
    """The offices that a person may name as deciding a dossier received there: its own, then the province's by name."""
    at_level = Office.objects.on(on).filter(province=receiving.province, kind__in=AUTHORITY_KINDS)
    return [receiving, *at_level.exclude(pk=receiving.pk).order_by("name_order", "id")]


def named_authority(office_id: int | None, receiving: Office, on: date) -> Office:
    """The office that a person named, if it can decide. Raises Invalid where nobody was named, or one that can't."""
    if office_id is None:
        raise _unnamed()
    office = next((one for one in authorities(receiving, on) if one.pk == office_id), None)
    if office is None:
        sentence = _("Cơ quan này không giải quyết hồ sơ nộp tại đây: hãy chọn cơ quan khác.")
        raise Invalid(sentence, fields={"competent_office": sentence}, code="competent_office_wrong")
    return office


def helping_units(actor: Actor, on: date) -> list[Office]:
    """The one-stop units in whose name this person may hand in for somebody else, on a day, in Vietnamese order."""
    mine = actor.offices(*HELPING)
    if not mine:
        return []
    units = Office.objects.on(on).filter(pk__in=mine, kind__in=ONE_STOP_KINDS)
    return list(units.order_by("level", "name_order", "id"))


def support_units(province: str, on: date) -> list[Office]:
    """The one-stop units that may be named as having helped an applicant to file, on a day, in Vietnamese order."""
    units = Office.objects.on(on).filter(province=province, kind__in=ONE_STOP_KINDS)
    return list(units.order_by("level", "name_order", "id"))


def support_unit(office_id: int | None, receiving_id: int, competent_id: int | None, on: date) -> int | None:
    """The unit that helped, if it may be named: a one-stop unit in force that day, and a third place. None: nobody did.

    Raises Invalid on `support_office`. Law: ND309-2026 7
    """
    if office_id is None:
        return None
    sentence = None
    if one_stop_unit(office_id, on) is None:
        sentence = _("Nơi hỗ trợ phải là một Bộ phận Một cửa đang hoạt động vào ngày này.")
    elif office_id in (receiving_id, competent_id):
        sentence = _("Nơi hỗ trợ phải khác nơi tiếp nhận và cơ quan giải quyết.")
    if sentence is not None:
        raise Invalid(sentence, fields={"support_office": sentence}, code="support_office_wrong")
    return office_id


def office_of_part(key: str, dossier: Dossier, offices: Sequence[Office]) -> Office | None:
    """Which of the offices of a province a group proposes for a part of this dossier; None where a person has to say.

    key: `lead`, `receiving`, `province` (its People's Committee), or a key of the table of agencies. Law: ND61-2018 19(6), 19(7)
    """
    receiving = dossier.receiving_office
    if key == "lead":
        return dossier.competent_office
    if key == "receiving" or (key in OWN_LEVEL_KEYS and receiving.level in {"commune", "district"}):
        return receiving
    if key == "province":
        return next((office for office in offices if office.kind == Office.Kind.PROVINCE), None)
    by_key = {office.key: office for office in offices}
    return next((by_key[one] for one in keys_for(key, dossier.version.field) if one in by_key), None)


def _unnamed() -> Invalid:
    sentence = _("Chưa xác định được cơ quan giải quyết thủ tục này: cần cán bộ chọn cơ quan có thẩm quyền.")
    return Invalid(sentence, fields={"competent_office": sentence}, code="competent_office_needed")

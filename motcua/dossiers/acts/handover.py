"""The result goes back: over the counter, by post, or online. Law: ND61-2018 20; ND61-2018 6; QD45-2016 5"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.postgresql import insert
from motcua.base.text import tidy
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.kinds import ResultKind, ReturnWay
from motcua.dossiers.models import Dossier, Handover
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.post.custody import Item, dispatch
from motcua.post.models import Zone


def hand_over(
    dossier_id: Key,
    *,
    way: str,
    actor: Actor,
    at: datetime,
    taken_by: str = "",
    taken_by_id_no: str = "",
    authorisation: str = "",
    parcel_no: str = "",
    postman: str = "",
    zone: str = Zone.PROVINCE,
    seen: int | None = None,
) -> Dossier:
    """Hand the result over.

    way `counter`: to whom (the owner unless named; anybody else needs an authorisation). `post`: under which item
    number, to which postman, how far. `online`: into the owner's account. The result is given back with the signature
    of whoever takes it; for the post that is the postman's, what becomes of the parcel then stands in its custody.
    Law: ND61-2018 20; ND61-2018 6; QD45-2016 7
    """
    with performing(Act.HAND_OVER, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        taker = tidy(taken_by) or dossier.owner_name
        _check(way, dossier, taker, authorisation, parcel_no, zone)
        if way == ReturnWay.POST:
            item = _item(dossier, parcel_no.strip(), postman, zone)
            dossier.parcel_out = dispatch(item, actor=actor, at=performance.at)
        insert(
            Handover(
                dossier_id=dossier.pk,
                way=way,
                taken_by=taker,
                taken_by_id_no=taken_by_id_no.strip(),
                authorisation=tidy(authorisation),
                given_by_id=actor.account_id,
                at=performance.at,
            )
        )
        dossier.returned_at = dossier.returned_at or performance.at
        performance.place(dossier.receiving_office_id, step=None)
        performance.say(way=way, taken_by=taker, parcel=parcel_no.strip())
    return dossier


def _check(way: str, dossier: Dossier, taker: str, authorisation: str, parcel_no: str, zone: str) -> None:
    wrong: dict[str, str] = {}
    if way not in ReturnWay.values:
        wrong["way"] = _("Cách trả kết quả không hợp lệ.")
    if way == ReturnWay.POST and not parcel_no.strip():
        wrong["parcel_no"] = _("Cần số hiệu bưu gửi.")
    if way == ReturnWay.POST and zone not in Zone.values:
        wrong["zone"] = _("Vùng chuyển phát không hợp lệ.")
    if way == ReturnWay.COUNTER and taker != dossier.owner_name and not authorisation.strip():
        wrong["authorisation"] = _("Người nhận không phải chủ hồ sơ: cần giấy ủy quyền.")
    if way == ReturnWay.ONLINE and dossier.owner_account_id is None:
        wrong["way"] = _("Chủ hồ sơ không có tài khoản để nhận kết quả trực tuyến.")
    if wrong:
        raise Invalid(_("Chưa thể trả kết quả."), fields=wrong)


def _item(dossier: Dossier, item_no: str, postman: str, zone: str) -> Item:
    result = str(ResultKind(dossier.result_kind).label) if dossier.result_kind else dossier.content
    papers = [{"name": f"{result} – {dossier}", "originals": 1, "copies": 0}]
    office = dossier.receiving_office_id
    return Item(item_no, dossier.owner_name, office, dossier.owner_address, postman, zone=zone, papers=papers)

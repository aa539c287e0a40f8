"""The result goes back: over the counter, by post, or online. Law: ND61-2018 20; ND61-2018 6; QD45-2016 5"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.postgresql import insert
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.kinds import ResultKind, ReturnWay
from motcua.dossiers.models import Dossier, Handover
from motcua.dossiers.persons import Collector, collector, return_way_fault
from motcua.dossiers.states import Act
from motcua.files.models import StoredFile
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
    signature_id: int | None = None,
    seen: int | None = None,
) -> Dossier:
    """Hand the result over. signature_id: the stored file with what whoever took it at the counter has signed.

    way `counter`: to whom (the owner unless named; the agent whom the dossier names, by the same identity number;
    anybody else needs an authorisation and an identity number of their own). `post`: under which item
    number, to which postman, how far. `online`: into the owner's account. The result is given back with the signature
    of whoever takes it; for the post that is the postman's, what becomes of the parcel then stands in its custody.
    Law: ND61-2018 20; ND61-2018 6; QD45-2016 7
    """
    with performing(Act.HAND_OVER, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        taker = _checked(way, dossier, taken_by, taken_by_id_no, authorisation, parcel_no, zone)
        if way == ReturnWay.POST:
            item = _item(dossier, parcel_no.strip(), postman, zone)
            dossier.parcel_out = dispatch(item, actor=actor, at=performance.at)
        insert(
            Handover(
                dossier_id=dossier.pk,
                way=way,
                taken_by=taker.name,
                taken_by_id_no=taker.id_no,
                authorisation=taker.authorisation,
                given_by_id=actor.account_id,
                at=performance.at,
                signature_id=signature_id if way == ReturnWay.COUNTER else None,
            )
        )
        if dossier.returned_at is None:
            dossier.returned_at, dossier.returned_way = performance.at, way
        performance.place(dossier.receiving_office_id, step=None)
        performance.say(way=way, taken_by=taker.name, parcel=parcel_no.strip())
        if way == ReturnWay.COUNTER:
            performance.say(taken_as=taker.by)
            if signature_id is not None:
                performance.say(signature=StoredFile.objects.values_list("sha256", flat=True).get(pk=signature_id))
    return dossier


def _checked(
    way: str, dossier: Dossier, taken_by: str, id_no: str, authorisation: str, parcel_no: str, zone: str
) -> Collector:
    """Who takes it, if nothing forbids that; whoever it goes to by post or online is the owner, or acts for them."""
    submitter = dossier.submitter
    taker, faults = collector(
        submitter,
        owner_name=dossier.owner_name,
        owner_id_no=dossier.owner_id_no,
        taker=taken_by,
        id_no=id_no,
        authorisation=authorisation,
    )
    wrong = faults if way == ReturnWay.COUNTER else {}
    if way not in ReturnWay.values:
        wrong["way"] = _("Cách trả kết quả không hợp lệ.")
    if way == ReturnWay.POST and not parcel_no.strip():
        wrong["parcel_no"] = _("Cần số hiệu bưu gửi.")
    if way == ReturnWay.POST and zone not in Zone.values:
        wrong["zone"] = _("Vùng chuyển phát không hợp lệ.")
    if way == ReturnWay.ONLINE and dossier.owner_account_id is None:
        wrong["way"] = _("Chủ hồ sơ không có tài khoản để nhận kết quả trực tuyến.")
    elif fault := return_way_fault(submitter, way, is_online=True):
        wrong["way"] = fault
    if wrong:
        raise Invalid(_("Chưa thể trả kết quả."), fields=wrong)
    return taker


def _item(dossier: Dossier, item_no: str, postman: str, zone: str) -> Item:
    result = str(ResultKind(dossier.result_kind).label) if dossier.result_kind else dossier.content
    papers = [{"name": f"{result} – {dossier}", "originals": 1, "copies": 0}]
    office = dossier.receiving_office_id
    return Item(item_no, dossier.owner_name, office, dossier.owner_address, postman, zone=zone, papers=papers)

"""The result goes back: over the counter, by post, or online. Law: ND61-2018 20; ND61-2018 6; QD45-2016 5"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.errors import Invalid
from motcua.base.postgresql import insert
from motcua.base.text import tidy
from motcua.dossiers.journal import Key, performing
from motcua.dossiers.kinds import ReturnWay
from motcua.dossiers.models import Dossier, Handover
from motcua.dossiers.states import Act
from motcua.offices.actors import Actor
from motcua.post.models import Direction, Parcel


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
    seen: int | None = None,
) -> Dossier:
    """Hand the result over.

    way `counter`: to whom (the owner unless named; anybody else needs an authorisation). `post`: under which item
    number. `online`: into the owner's account. Law: ND61-2018 20; ND61-2018 6
    """
    with performing(Act.HAND_OVER, dossier_id, actor=actor, at=at, seen=seen) as performance:
        dossier = performance.dossier
        taker = tidy(taken_by) or dossier.owner_name
        _check(way, dossier, taker, authorisation, parcel_no)
        if way == ReturnWay.POST:
            dossier.parcel_out = _parcel_out(parcel_no.strip(), dossier, performance.at)
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
        dossier.returned_at = performance.at
        performance.place(dossier.receiving_office_id, step=None)
        performance.say(way=way, taken_by=taker, parcel=parcel_no.strip())
    return dossier


def _check(way: str, dossier: Dossier, taker: str, authorisation: str, parcel_no: str) -> None:
    wrong: dict[str, str] = {}
    if way not in ReturnWay.values:
        wrong["way"] = _("Cách trả kết quả không hợp lệ.")
    if way == ReturnWay.POST and not parcel_no.strip():
        wrong["parcel_no"] = _("Cần số hiệu bưu gửi.")
    if way == ReturnWay.COUNTER and taker != dossier.owner_name and not authorisation.strip():
        wrong["authorisation"] = _("Người nhận không phải chủ hồ sơ: cần giấy ủy quyền.")
    if way == ReturnWay.ONLINE and dossier.owner_account_id is None:
        wrong["way"] = _("Chủ hồ sơ không có tài khoản để nhận kết quả trực tuyến.")
    if wrong:
        raise Invalid(_("Chưa thể trả kết quả."), fields=wrong)


def _parcel_out(item_no: str, dossier: Dossier, at: datetime) -> Parcel:
    if Parcel.objects.filter(direction=Direction.OUTBOUND, item_no=item_no).exists():
        sentence = _("Số hiệu bưu gửi này đã được ghi nhận.")
        raise Invalid(sentence, fields={"parcel_no": sentence}, code="parcel_known")
    return Parcel.objects.create(
        direction=Direction.OUTBOUND, item_no=item_no, handed_at=at, address=dossier.owner_address
    )

"""What did not reach anybody, for who oversees and for the administrator; sending it anew. Law: ND224-2026 15"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from motcua.base.errors import Forbidden, NotThere, Refused
from motcua.base.times import day_of
from motcua.dossiers.models import Dossier
from motcua.notices.kinds import TOLD_ORIGINS, Kind, Way
from motcua.notices.models import (
    GIVEN_UP,
    Delivery,
    DeliveryQuerySet,
    Notice,
    NoticeQuerySet,
    Progress,
    petitions_told_to,
)
from motcua.notices.telling import Tell, addresses
from motcua.offices.actors import Actor
from motcua.people.models import Account
from motcua.reports.measures import Measure
from motcua.reports.scope import REPORTERS, offices_reported_to

READERS = (*REPORTERS, "administrator")
LATELY = timedelta(days=30)
MEASURES: dict[str, Measure] = {
    row.key: row
    for row in (
        Measure(
            "given_up",
            lazy("Không gửi được"),
            lazy("Đã thử hết số lần hoặc bị từ chối; chờ người gửi lại hoặc gọi điện."),
            "ND224-2026 15",
        ),
        Measure(
            "waiting", lazy("Chờ gửi"), lazy("Chưa gửi, hoặc đang chờ thử lại, hết giờ yên lặng."), "ND224-2026 15"
        ),
        Measure("sent", lazy("Đã gửi trong 30 ngày"), lazy("Nơi nhận đã nhận lời chuyển tin."), "ND224-2026 15"),
        Measure(
            "unreachable",
            lazy("Không có cách nào báo"),
            lazy("30 ngày qua: người nộp không có tài khoản, và không có kênh nào mở tới địa chỉ đã ghi."),
            "ND224-2026 15",
        ),
    )
}


def counts(actor: Actor, at: datetime) -> dict[str, int]:
    """How many deliveries are in each state, of those that this person may see; two statements."""
    since = at - LATELY
    rows = Delivery.objects.seen_by(actor, day_of(at)).aggregate(
        given_up=Count("pk", filter=Q(state__in=GIVEN_UP)),
        waiting=Count("pk", filter=Q(state__in=(Progress.WAITING, Progress.SENDING))),
        sent=Count("pk", filter=Q(state=Progress.SENT, sent_at__gte=since)),
    )
    return {**rows, "unreachable": unreachable(actor, at).count()}


def deliveries(actor: Actor, measure: str, at: datetime) -> DeliveryQuerySet:
    """The deliveries behind a figure. Raises NotThere for an unknown one."""
    rows = Delivery.objects.seen_by(actor, day_of(at))
    if measure == "given_up":
        return rows.filter(state__in=GIVEN_UP)
    if measure == "waiting":
        return rows.filter(state__in=(Progress.WAITING, Progress.SENDING))
    if measure == "sent":
        return rows.filter(state=Progress.SENT, sent_at__gte=at - LATELY)
    raise NotThere(_("Không có chỉ tiêu này."))


def unreachable(actor: Actor, at: datetime) -> NoticeQuerySet:
    """Notices of the last thirty days that nobody can have got, as this person may see them."""
    none = ~Exists(Delivery.objects.filter(notice=OuterRef("pk")))
    told = Q(dossier__origin__in=TOLD_ORIGINS) | Q(petition__in=petitions_told_to(actor))
    rows = Notice.objects.filter(none, told, account=None, member=None, made_at__gte=at - LATELY)
    shut = Dossier.objects.filter(confidential_to__isnull=False)
    rows = rows.filter(Q(dossier__confidential_to__isnull=True) | Q(dossier__in=shut.visible_to(actor)))
    allowed = _allowed(actor, day_of(at))
    if allowed is None:
        return rows
    theirs = Q(dossier__receiving_office_id__in=allowed) | Q(petition__isnull=False)
    return rows.filter(theirs | Q(dossier__competent_office_id__in=allowed))


@transaction.atomic
def send_again(delivery_id: int, *, actor: Actor, at: datetime) -> Delivery:
    """Have a delivery that was given up sent anew, to the person's address as it is now, with all its attempts.

    After a refusal the gateway is asked anew under another key; where it only did not answer, the key stays, so that what
    it took after all is not sent twice. Raises NotThere, Forbidden; Refused for what is not given up.
    """
    if not actor.offices(*READERS):
        raise Forbidden(_("Bạn không có quyền gửi lại thông báo."))
    seen = Delivery.objects.seen_by(actor, day_of(at)).filter(pk=delivery_id).values("pk")
    found = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("notice__dossier", "notice__petition")
        .filter(pk__in=seen)
        .first()
    )
    if found is None:
        raise NotThere(_("Không có thông báo này."))
    if found.state not in GIVEN_UP:
        raise Refused(_("Thông báo này không nằm trong số gửi không được."), code="not_given_up")
    found.address = _address_now(found) or found.address
    found.round += found.state == Progress.REFUSED
    found.state, found.attempts, found.next_at = Progress.WAITING, 0, at
    found.again_by_id, found.again_at = actor.account_id, at
    found.save(update_fields=["address", "round", "state", "attempts", "next_at", "again_by", "again_at"])
    return found


def _address_now(found: Delivery) -> str | None:
    notice = found.notice
    account = Account.objects.filter(pk=notice.account_id or notice.member_id or 0, is_active=True).first()
    dossier, petition = notice.dossier if notice.member_id is None else None, notice.petition
    email = (account.email if account else "") or (dossier.owner_email if dossier else "")
    phone = (account.phone if account else "") or (dossier.owner_phone or dossier.submitter_phone if dossier else "")
    if petition is not None:
        email, phone = petition.person_email or email, petition.person_phone or phone
    now = Tell(notice.key, Kind(notice.kind), notice.dossier_id, notice.account_id, {}, email=email, phone=phone)
    return addresses(now).get(Way(found.way))


def _allowed(actor: Actor, on: date) -> frozenset[int] | None:
    return None if actor.offices("administrator") else offices_reported_to(actor, on)


__all__ = ["MEASURES", "READERS", "counts", "deliveries", "send_again", "unreachable"]

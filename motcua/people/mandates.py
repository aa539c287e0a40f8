"""Naming who may act for an organisation or a person, and taking it back. Nothing is struck out: it ends, dated.

Whoever manages an account names: its own person, or who represents the organisation by law. Only a representative
names; what one was given can't be handed on. Law: BLDS-2015 138; BLDS-2015 140; BLDS-2015 563
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.base.errors import Forbidden, Invalid, NotThere, Refused
from motcua.base.text import fold, tidy
from motcua.base.times import day_of
from motcua.people.mandate_rows import Mandate, MandateKind
from motcua.people.models import Account, bare_number, login_of

OF_A_PERSON = re.compile(r"\d{12}|\d{9}")
MOST_DOSSIERS = 20


@dataclass(frozen=True, slots=True)
class Naming:
    """Whom somebody names and how far. whom: a login, or an identity number; name: must be that person's.

    valid_from, valid_to: Vietnamese days, inclusive; without a last day it holds for a year.
    """

    whom: str
    name: str
    valid_from: date
    valid_to: date | None = None
    may_file: bool = False
    may_answer: bool = False
    may_pay: bool = False
    paper: str = ""
    paper_on: date | None = None
    dossiers: tuple[str, ...] = ()


def held_by(account: Account) -> QuerySet[Mandate]:
    """Every mandate that this person has or had."""
    of_number = Q(agent=None, agent_number=account.personal_id) if account.number_verified_at else Q(pk__in=())
    return Mandate.objects.filter(Q(agent=account) | of_number)


def in_force(at: datetime) -> Q:
    """Those that hold at an instant."""
    day = day_of(at)
    return Q(ended_at=None, valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))


def acting(accounts: Iterable[Account], at: datetime) -> list[tuple[Account, Mandate]]:
    """Who of these acts for which organisation at an instant, by which mandate; one statement beside theirs."""
    known = {one.pk: one for one in accounts}
    by_number = {one.personal_id: one for one in known.values() if one.number_verified_at}
    theirs = Q(agent__in=known) | Q(agent=None, agent_number__in=by_number)
    rows = Mandate.objects.filter(in_force(at), theirs, principal__organisation__isnull=False).order_by("id")
    return [(known.get(one.agent_id or 0) or by_number[one.agent_number], one) for one in rows]


def manages(account: Account, principal_id: int, at: datetime) -> bool:
    """Whether this person says who acts for that account: it is their own, or an organisation that they represent."""
    represents = held_by(account).filter(in_force(at), principal_id=principal_id, kind=MandateKind.REPRESENTATIVE)
    return account.pk == principal_id or represents.exists()


def managed(account: Account, principal_id: int, at: datetime, *, lock: bool = False) -> Account:
    """The account for which this person names others; for everybody else it does not exist. Raises NotThere.

    lock: until the transaction ends, so that two namings at once can't overlap.
    """
    rows = Account.objects.select_for_update() if lock else Account.objects.all()
    found = rows.filter(pk=principal_id).first()
    if found is None or not manages(account, principal_id, at):
        raise NotThere(_("Không có tổ chức này."))
    return found


def trace(principal_id: int) -> QuerySet[Mandate]:
    """Everybody who was ever named for an account, with who named and who ended it; the newest first."""
    rows = Mandate.objects.filter(principal_id=principal_id).select_related("agent", "named_by", "ended_by")
    return rows.order_by("-named_at", "-id")


def name_member(principal_id: int, naming: Naming, *, by: Account, at: datetime) -> Mandate:
    """Name somebody who acts for an organisation. Raises NotThere, Invalid with a sentence per field."""
    with transaction.atomic():
        principal = managed(by, principal_id, at, lock=True)
        if not hasattr(principal, "organisation"):
            raise NotThere(_("Không có tổ chức này."))
        return _name(principal, naming, MandateKind.MEMBER, by, at)


def authorise(naming: Naming, *, by: Account, at: datetime) -> Mandate:
    """Authorise a person to follow one's own dossiers, all or some, and if one says so to supplement and pay for them.

    Raises Invalid with a sentence per field. Law: BLDS-2015 138
    """
    with transaction.atomic():
        principal = managed(by, by.pk, at, lock=True)
        return _name(principal, naming, MandateKind.AGENT, by, at)


def end_mandate(mandate_id: int, *, why: str, by: Account, at: datetime) -> Mandate:
    """Take it back, or lay it down: from this instant it holds no more. Raises NotThere, Refused, Forbidden, Invalid.

    A representative is no member: they lay it down themselves, or an administrator ends it by a paper.
    """
    with transaction.atomic():
        mandate = Mandate.objects.select_for_update().filter(pk=mandate_id).first()
        is_own = mandate is not None and held_by(by).filter(pk=mandate.pk).exists()
        if mandate is None or not (is_own or manages(by, mandate.principal_id, at)):
            raise NotThere(_("Không có phân công này."))
        if mandate.kind == MandateKind.REPRESENTATIVE and not is_own:
            raise Forbidden(_("Việc đổi người đại diện theo pháp luật do quản trị thực hiện theo giấy tờ."))
        return ended(mandate, why=why, by=by, at=at)


def ended(mandate: Mandate, *, why: str, by: Account, at: datetime) -> Mandate:
    """End a locked row whose ending was permitted. Raises Refused where it has ended, Invalid without a reason."""
    reason = tidy(why)
    if mandate.ended_at is not None:
        raise Refused(_("Phân công này đã kết thúc."), code="ended")
    if not reason or len(reason) > 300:
        sentence = _("Cần nêu lý do, không quá 300 ký tự.")
        raise Invalid(sentence, fields={"why": sentence}, code="reason_needed")
    mandate.ended_at, mandate.ended_by, mandate.ended_why = at, by, reason
    mandate.save(update_fields=["ended_at", "ended_by", "ended_why"])
    return mandate


def a_year_from(day: date) -> date:
    """The last day, inclusive, of an authority without a stated end: the day before its anniversary. Law: BLDS-2015 563"""
    try:
        anniversary = day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        anniversary = day.replace(year=day.year + 1, month=3, day=1)
    return date.fromordinal(anniversary.toordinal() - 1)


def _name(principal: Account, naming: Naming, kind: MandateKind, by: Account, at: datetime) -> Mandate:
    wrong = {**_wrong_words(naming, kind), **_wrong_days(naming, day_of(at))}
    agent, number, fault = _agent(naming)
    if fault and "whom" not in wrong:
        wrong["whom"] = fault
    if agent is not None and agent.pk in (by.pk, principal.pk):
        wrong["whom"] = _("Đây là chính bạn: bạn không cần phân công cho mình.")
    last = naming.valid_to or a_year_from(naming.valid_from)
    if not wrong and _overlaps(principal, agent, number, naming.valid_from, last):
        wrong["whom"] = _("Người này đã được phân công trong khoảng thời gian ấy. Hãy kết thúc phân công cũ trước.")
    if wrong:
        raise Invalid(_("Chưa thể phân công."), fields=wrong)
    return Mandate.objects.create(
        principal=principal,
        agent=agent,
        agent_number=number,
        agent_name=agent.full_name if agent else tidy(naming.name),
        kind=kind,
        may_file=naming.may_file and kind != MandateKind.AGENT,
        may_answer=naming.may_answer or naming.may_file,
        may_pay=naming.may_pay,
        dossiers=sorted(set(naming.dossiers)),
        paper=tidy(naming.paper),
        paper_on=naming.paper_on,
        valid_from=naming.valid_from,
        valid_to=last,
        named_by=by,
        named_at=at,
    )


def _wrong_words(naming: Naming, kind: MandateKind) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not tidy(naming.name):
        wrong["name"] = _("Cần họ tên của người này.")
    if not tidy(naming.whom):
        wrong["whom"] = _("Cần tên đăng nhập hoặc số định danh của người này.")
    if len(tidy(naming.paper)) > 100:
        wrong["paper"] = _("Không được dài quá %(most)s ký tự.") % {"most": 100}
    if kind == MandateKind.AGENT and not tidy(naming.paper):
        wrong["paper"] = _("Cần số hoặc tên của giấy ủy quyền.")
    if kind == MandateKind.AGENT and naming.paper_on is None:
        wrong["paper_on"] = _("Cần ngày của giấy ủy quyền.")
    if len(naming.dossiers) > MOST_DOSSIERS:
        wrong["dossiers"] = _("Mỗi lần ủy quyền chọn nhiều nhất %(most)s hồ sơ.") % {"most": MOST_DOSSIERS}
    return wrong


def _wrong_days(naming: Naming, today: date) -> dict[str, str]:
    """Nothing is named for days gone by, and nothing for longer than anybody can see ahead."""
    wrong: dict[str, str] = {}
    if naming.valid_from < today:
        wrong["valid_from"] = _("Không phân công được cho ngày đã qua.")
    if naming.valid_to is not None and naming.valid_to < naming.valid_from:
        wrong["valid_to"] = _("Ngày cuối phải từ ngày đầu trở đi.")
    elif naming.valid_to is not None and naming.valid_to.year > today.year + 10:
        wrong["valid_to"] = _("Không quá mười năm.")
    if naming.paper_on is not None and naming.paper_on > today:
        wrong["paper_on"] = _("Ngày này còn ở phía trước.")
    return wrong


def _agent(naming: Naming) -> tuple[Account | None, str, str]:
    """The account that is named, or the number of somebody who has none yet; and what is wrong, in one sentence.

    A login without its right name says the same as no such login: who has an account here is nobody's business.
    A number that an account merely wrote proves nothing: it waits for whoever is verified to have it.
    """
    number = bare_number(naming.whom)
    persons = Account.objects.filter(is_active=True, organisation=None)
    if OF_A_PERSON.fullmatch(number):
        found = persons.filter(personal_id=number, number_verified_at__isnull=False).first()
        if found is None:
            return None, number, ""
    else:
        number = ""
        found = persons.filter(login=login_of(naming.whom)).first()
    if found is None or fold(tidy(found.full_name)) != fold(tidy(naming.name)):
        return None, number, _("Không có người nào với họ tên và tên đăng nhập hoặc số định danh này.")
    return found, number, ""


def _overlaps(principal: Account, agent: Account | None, number: str, first: date, last: date) -> bool:
    """Whether the same person is named already on one of these days."""
    who: Iterable[Q] = [Q(agent=agent)] if agent else []
    numbers = {number, agent.personal_id if agent and agent.number_verified_at else ""} - {""}
    same = Q(agent_number__in=numbers)
    for one in who:
        same |= one
    rows = Mandate.objects.filter(same, principal=principal, ended_at=None, valid_from__lte=last)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gte=first)).exists()

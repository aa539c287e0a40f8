"""An organisation gets a place of its own here, through somebody who is proved to represent it.

Proved by the identity provider, which says so when they sign in; or by an administrator who saw the paper
(`offices.deciding_organisations`). What is merely written proves nothing. Law: ND69-2024; BLDS-2015 135
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_hex

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.base.errors import Invalid, NotThere, Refused
from motcua.base.text import tidy
from motcua.base.times import day_of
from motcua.people.mandate_rows import (
    Mandate,
    MandateKind,
    Organisation,
    OrganisationKind,
    OrganisationRequest,
    Proof,
)
from motcua.people.mandates import held_by, in_force
from motcua.people.models import ENTERPRISE_NO, Account, bare_number


@dataclass(frozen=True, slots=True)
class Claimed:
    """An organisation that the identity provider says this person represents."""

    number: str
    name: str


def claimed_by(account: Account) -> Claimed | None:
    """What the provider said when this person last signed in with it; None: no organisation.

    An account that is itself an organisation's, vouched for by the provider, speaks for that organisation.
    """
    identity = account.identities.filter(ended_at=None).order_by("-last_used_at").first()
    if identity is None:
        return None
    if identity.organisation_number:
        return Claimed(identity.organisation_number, identity.organisation_name)
    if ENTERPRISE_NO.fullmatch(identity.personal_id):
        return Claimed(identity.personal_id, identity.full_name)
    return None


def not_yet_taken_up(account: Account, at: datetime) -> Claimed | None:
    """The claim of this person with which they can still register, or become a representative."""
    claim = claimed_by(account)
    if claim is None:
        return None
    known = Organisation.objects.filter(number=claim.number).first()
    if known is None:
        return claim
    is_there = known.account_id == account.pk or represents(account, known, at)
    return None if is_there else claim


def represents(account: Account, organisation: Organisation, at: datetime) -> bool:
    """Whether this person represents that organisation by law at an instant."""
    rows = held_by(account).filter(in_force(at), principal_id=organisation.account_id)
    return rows.filter(kind=MandateKind.REPRESENTATIVE).exists()


def register_by_identity(account: Account, *, at: datetime) -> Organisation:
    """Register the organisation that the provider says this person represents; there already, they join as another
    representative. Raises NotThere without such a claim.
    """
    claim = not_yet_taken_up(account, at)
    if claim is None:
        raise NotThere(_("Nhà cung cấp định danh chưa xác nhận bạn đại diện cho tổ chức nào."))
    return settle(
        account,
        number=claim.number,
        name=claim.name,
        kind=OrganisationKind.ENTERPRISE,
        proof=Proof.IDENTITY,
        paper=_("Tài khoản định danh của tổ chức"),
        paper_on=day_of(at),
        by=account,
        at=at,
    )


def ask_to_register(
    account: Account,
    *,
    kind: int,
    number: str,
    name: str,
    position: str,
    paper: str,
    paper_on: date | None,
    at: datetime,
) -> OrganisationRequest:
    """Say that one represents an organisation; an administrator looks at the paper at the counter and decides.

    Raises Invalid with a sentence per field, Refused where one's request waits or one represents it already.
    """
    code = bare_number(number)
    texts = {"name": tidy(name), "position": tidy(position), "paper": tidy(paper)}
    wrong = {field: _("Cần điền.") for field, text in texts.items() if not text}
    for field, most in (("name", 200), ("position", 100), ("paper", 100)):
        if len(texts[field]) > most:
            wrong[field] = _("Không được dài quá %(most)s ký tự.") % {"most": most}
    if kind not in OrganisationKind.values:
        wrong["kind"] = _("Hãy chọn loại tổ chức.")
    if not ENTERPRISE_NO.fullmatch(code):
        wrong["number"] = _("Mã số doanh nghiệp, mã số thuế có 10 chữ số; của chi nhánh thêm gạch nối và 3 chữ số.")
    if paper_on is None:
        wrong["paper_on"] = _("Cần ngày của giấy tờ này.")
    elif paper_on > day_of(at):
        wrong["paper_on"] = _("Ngày này còn ở phía trước.")
    if wrong or paper_on is None:
        raise Invalid(_("Chưa gửi được đề nghị."), fields=wrong)
    known = Organisation.objects.filter(number=code).first()
    if known is not None and represents(account, known, at):
        raise Refused(_("Bạn đã là người đại diện của tổ chức này."), code="represents")
    try:
        with transaction.atomic():
            return OrganisationRequest.objects.create(
                account=account, kind=kind, number=code, paper_on=paper_on, asked_at=at, **texts
            )
    except IntegrityError:
        raise Refused(_("Bạn đã có một đề nghị đang chờ."), code="waits") from None


def settle(
    account: Account,
    *,
    number: str,
    name: str,
    kind: int,
    proof: Proof,
    paper: str,
    paper_on: date,
    by: Account,
    at: datetime,
) -> Organisation:
    """The organisation with its place, and this person as its representative, once that is proved. `by`: who says so."""
    try:
        with transaction.atomic():
            known = Organisation.objects.select_for_update().filter(number=number).first()
            if known is None:
                place = _place(number, name, at)
                known = Organisation.objects.create(
                    account=place,
                    kind=kind,
                    number=number,
                    name=name,
                    proof=proof,
                    registered_by=account,
                    registered_at=at,
                )
            if known.account_id != account.pk and not represents(account, known, at):
                Mandate.objects.create(
                    principal_id=known.account_id,
                    agent=account,
                    agent_name=account.full_name,
                    kind=MandateKind.REPRESENTATIVE,
                    may_file=True,
                    may_answer=True,
                    may_pay=True,
                    paper=paper[:100],
                    paper_on=paper_on,
                    valid_from=day_of(at),
                    named_by=by,
                    named_at=at,
                )
    except IntegrityError:
        raise Refused(_("Tổ chức này vừa được đăng ký. Hãy xem lại."), code="taken") from None
    return known


def _place(number: str, name: str, at: datetime) -> Account:
    """The account that is the organisation's: the one that is vouched for with its number, else a new one without a way in."""
    known = Account.objects.filter(personal_id=number, number_verified_at__isnull=False).first()
    if known is not None:
        return known
    login = f"to-chuc-{number}-{token_hex(4)}"
    return Account.objects.create_account(login, None, name, personal_id=number, number_verified_at=at, created_at=at)

"""motcua make certificates"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motcua.base.times import day_of, now
from motcua.offices.models import Office, Posting, Role
from motcua.signing import development
from motcua.signing.models import Certificate

# Offices seal where somebody of theirs issues; people sign where they decide.
SIGN = (Role.APPROVER,)
SEAL = (Role.RECEIVER, Role.APPROVER, Role.CLERK)


class Command(BaseCommand):
    help = "Makes DEVELOPMENT certificates (no legal value) for approvers and for the seals of their offices."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--offices", nargs="*", help="only these offices, by code")
        parser.add_argument("--people", nargs="*", help="only these officers, by login, and the offices they serve")

    def handle(self, *args: Any, offices: list[str] | None, people: list[str] | None, **options: Any) -> None:
        at = now()
        postings = Posting.objects.on(day_of(at)).filter(account__is_active=True)
        if offices:
            postings = postings.filter(office__code__in=offices) | postings.filter(office__code_qd20__in=offices)
        if people:
            postings = postings.filter(account__login__in=people)
        signing = postings.filter(role__in=SIGN).select_related("account", "office").order_by("account_id", "id")
        with_one = set(Certificate.objects.in_force(at).filter(kind="person").values_list("account_id", flat=True))
        made = 0
        for posting in signing:
            if posting.account_id not in with_one:
                with_one.add(posting.account_id)
                development.for_person(posting.account_id, posting.account.full_name, posting.office.name, at)
                made += 1
        sealed = Certificate.objects.in_force(at).filter(kind="office").values("office_id")
        wanted = Office.objects.filter(pk__in=postings.filter(role__in=SEAL).values("office")).exclude(pk__in=sealed)
        for office in wanted:
            development.for_office(office.pk, office.name, at)
            made += 1
        self.stdout.write(f"Chứng thư số thử nghiệm mới / new development certificates: {made}")

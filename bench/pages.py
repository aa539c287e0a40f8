"""python -m bench.pages: what the pages cost, with many at once: the portal over a replayed month, officers over a province-year.

The month is replayed, and the year loaded, into databases of their own beside the given one, and kept.
"""

from __future__ import annotations

import argparse
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench import jobs
from bench.load import Measured, Speaker, measure
from bench.serving import served
from bench.stage import fill, scratch_database, session_of
from motcua.launcher import postgres

if TYPE_CHECKING:
    from motcua.people.models import Account

MONTH = "thai-binh-2021-11"
VISITORS, OFFICERS = 16, 32
# An officer reads what came before asking for more; the visitors ask again at once, which no crowd of people does.
PAUSE_SECONDS = 2.0
AIM_MS = 100
TOKEN = "a" * 32


@dataclass(frozen=True)
class Asked:
    """One page that somebody asks for: a GET, or a POST with a form."""

    title: str
    path: str
    form: str = ""

    def ask(self, speaker: Speaker, session: str) -> None:
        cookie = f"csrftoken={TOKEN}" + (f"; sessionid={session}" if session else "")
        if self.form:
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            speaker.raw("POST", self.path, headers, f"{self.form}&csrfmiddlewaretoken={TOKEN}")
        else:
            speaker.raw("GET", self.path, {"Cookie": cookie})


def main() -> int:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings")
    os.environ["MOTCUA_SECRET_KEY"] = secrets.token_hex(32)
    with postgres.database(), tempfile.TemporaryDirectory(prefix="motcua-bench-") as state:
        os.environ["MOTCUA_STATE_DIR"] = state
        suffix = "year" if options.officers else "month"
        with scratch_database(os.environ["DATABASE_URL"], keep=True, suffix=suffix) as (_url, is_new):
            fill(is_new)
            _fill_up(options)
            print(f"\n| {'page':44} | clients | per second | median ms | p95 ms | p99 ms |")
            print(f"|{'-' * 46}|--------:|-----------:|----------:|-------:|-------:|")
            missed = _officers(options.seconds) if options.officers else _visitors(options.seconds)
    print(f"p95 above {AIM_MS} ms: {', '.join(missed) or 'none'}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="length of each measurement, at most 30")
    parser.add_argument("--officers", action="store_true", help="the desk over a province-year instead of the portal")
    parser.add_argument("--dossiers", type=int, default=1_150_343, help="of that year, where it is not loaded yet")
    options = parser.parse_args()
    options.seconds = min(options.seconds, 30)
    return options


def _fill_up(options: argparse.Namespace) -> None:
    """The month or the year, or what of it is not there yet."""
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0, interactive=False)
    if options.officers:
        from motcua.dossiers.kinds import Origin
        from motcua.dossiers.models import Dossier

        if not Dossier.objects.filter(origin=Origin.LIVE).exists():
            call_command("year", dossiers=options.dossiers)
    else:
        call_command("replay", MONTH)
    connections.close_all()


def _visitors(seconds: float) -> list[str]:
    """Every page that citizens open most, each by all visitors at once and without a pause."""
    asked = _of_citizens()
    missed = []
    with served(2) as server:
        for one, session in asked:
            missed += _print(measure(one.title, VISITORS, seconds, _again(one, server.port, session)))
    return missed


def _of_citizens() -> list[tuple[Asked, str]]:
    """(page, session of its reader, empty for nobody's): of everybody, of somebody with ten dossiers, of one with thousands."""
    from motcua.dossiers.models import Dossier
    from motcua.people.models import Account
    from motcua.replays.company import APPLICANT

    applicant, citizen = Account.objects.get(login=APPLICANT), _with_ten()
    theirs = Dossier.objects.filter(owner_account=applicant)
    one = Dossier.objects.filter(owner_account=citizen).select_related("procedure").order_by("-pk")[0]
    code, session = one.procedure.code, session_of(citizen)
    both = urlencode({"code": one.code, "secret": one.secret})
    return [
        (Asked("home", "/"), ""),
        (Asked("search, everyday words", "/tim-thu-tuc/?" + urlencode({"tim": "lam giay khai sinh cho con"})), ""),
        (Asked("answers as one types", "/tim-thu-tuc/goi-y/?" + urlencode({"tim": "khai sinh"})), ""),
        (Asked("procedure", f"/thu-tuc/{code}/"), ""),
        (Asked("papers in my case", f"/thu-tuc/{code}/giay-to/"), ""),
        (Asked("track, code alone", "/ho-so/tra-cuu/?" + urlencode({"ma": one.code})), ""),
        (Asked("track, code and secret", "/ho-so/tra-cuu/", both), ""),
        (Asked("public statistics", "/thong-ke/"), ""),
        (Asked("petition form", "/phan-anh/"), ""),
        (Asked("my dossiers, ten", "/ho-so/"), session),
        (Asked(f"my dossiers, {theirs.count()}", "/ho-so/"), session_of(applicant)),
        (Asked("one of mine", f"/ho-so/{one.submission_no}/"), session),
        (Asked("my account", "/tai-khoan/"), session),
    ]


def _with_ten() -> Account:
    """A citizen with ten dossiers of the month: the replay's applicant has all of them, as no citizen does.

    They are given past the acts, in a database that only this program uses.
    """
    from motcua.base.times import now
    from motcua.dossiers.models import Dossier
    from motcua.people.models import Account
    from motcua.replays.company import APPLICANT

    facts = {"full_name": "Người có mười hồ sơ", "password": "!", "is_demo": True, "created_at": now()}
    citizen, is_new = Account.objects.get_or_create(login="bench-muoi", defaults=facts)
    if is_new:
        coded = Dossier.objects.filter(owner_account__login=APPLICANT, code__isnull=False).order_by("-pk")
        Dossier.objects.filter(pk__in=list(coded.values_list("pk", flat=True)[:10])).update(owner_account=citizen)
    return citizen


def _again(asked: Asked, port: int, session: str) -> Callable[[int], jobs.Job]:
    def make(_number: int) -> jobs.Job:
        speaker = Speaker(port)
        return lambda: asked.ask(speaker, session)

    return make


def _officers(seconds: float) -> list[str]:
    """Officers at work, each with their own list, search and dossier; one page every `PAUSE_SECONDS`."""
    people = _at_work()
    missed = []
    with served(2) as server:
        for row in _work(server.port, people, max(seconds, 15)):
            missed += _print(row)
    return missed


def _at_work() -> list[tuple[str, list[Asked]]]:
    """(session, pages) of officers of different offices who have something in hand."""
    from motcua.base.times import day_of, now
    from motcua.dossiers.models import Dossier
    from motcua.offices.models import Posting

    postings = Posting.objects.on(day_of(now())).filter(role__in=("receiver", "handler", "approver"), reserve_for=None)
    people: list[tuple[str, list[Asked]]] = []
    seen: set[int] = set()
    for posting in postings.select_related("account", "office").order_by("office__code", "role", "id"):
        lying = Dossier.objects.in_hand().filter(at_office_id=posting.office_id).order_by("-pk").first()
        if lying is None or posting.account_id in seen or len(people) == OFFICERS:
            continue
        seen.add(posting.account_id)
        pages = [
            Asked("inbox", "/ban-lam-viec/"),
            Asked("inbox, late ones", "/ban-lam-viec/?" + urlencode({"due": "qua-han"})),
            Asked("inbox, by a name", "/ban-lam-viec/?" + urlencode({"q": lying.owner_name.split(" (")[0]})),
            Asked("inbox, by a code", "/ban-lam-viec/?" + urlencode({"q": lying.code or lying.submission_no})),
        ]
        people.append((session_of(posting.account), pages))
    return people


def _work(port: int, people: Sequence[tuple[str, list[Asked]]], seconds: float) -> list[Measured]:
    """What each kind of page took, all officers together; nobody begins in step with another."""
    rows = {asked.title: Measured(asked.title, len(people), seconds) for asked in people[0][1]}
    failures: list[BaseException] = []
    end = time.perf_counter() + seconds

    def work(number: int) -> None:
        session, pages = people[number]
        speaker, turn = Speaker(port), number
        time.sleep(PAUSE_SECONDS * number / len(people))
        try:
            while time.perf_counter() < end and not failures:
                asked = pages[turn % len(pages)]
                began = time.perf_counter()
                asked.ask(speaker, session)
                rows[asked.title].times.append(time.perf_counter() - began)
                time.sleep(max(0.0, PAUSE_SECONDS - (time.perf_counter() - began)))
                turn += 1
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return list(rows.values())


def _print(row: Measured) -> list[str]:
    """One line of the table; its title where it misses the aim."""
    print(
        f"| {row.name:44} | {row.clients:7} | {row.rate:10.1f} | {row.percentile(0.5):9.1f} | {row.percentile(0.95):6.1f} |"
        f" {row.percentile(0.99):6.1f} |",
        flush=True,
    )
    return [row.name] if row.percentile(0.95) > AIM_MS else []


if __name__ == "__main__":
    raise SystemExit(main())

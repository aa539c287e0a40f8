"""A few weeks of synthetic work up to now, so that every page of the demo has something to show.

Made by the same lives as the replays, marked `origin = demo`, with the named cast at the Department of Justice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from motcua.base.times import day_of
from motcua.calendar.store import calendar_for, current_edition
from motcua.calendar.working_days import WorkingCalendar
from motcua.dossiers.acts import reception, submission
from motcua.dossiers.acts.intake import Intake, Owner, Paper
from motcua.dossiers.kinds import Origin
from motcua.dossiers.models import Dossier
from motcua.fees.books import open_book
from motcua.offices.actors import SYSTEM, Actor
from motcua.people.models import Account
from motcua.replays.plans import Fate, Plan
from motcua.replays.play import Player
from motcua.replays.scripts import ONLINE, POST, Ware, write_scripts
from motcua.replays.stage import Stage, wares_of
from motcua.tickets.demo import settle_hall

CENTRE = "trung-tam-phuc-vu-hanh-chinh-cong-tinh"
WEEKS = 4


def demo_plan(last: date) -> Plan:
    """Sixty dossiers of the four weeks before the last working day."""
    return Plan(
        name="demo",
        title="Dữ liệu minh hoạ",
        doc="",
        place="",
        period="",
        province="H54",
        unit_key=CENTRE,
        first=last - timedelta(weeks=WEEKS),
        last=last,
        carried=0,
        counter=46,
        online=9,
        post=5,
        fates={
            Fate.EARLY: 16,
            Fate.ON_TIME: 12,
            Fate.LATE: 1,
            Fate.WITHDRAWN: 1,
            Fate.SUPPLEMENT: 3,
            Fate.OPEN_WITHIN: 26,
            Fate.OPEN_LATE: 1,
        },
        returned_by_post=3,
        agencies={"so-tu-phap": 36},
        others=("so-cong-thuong", "so-y-te", "bao-hiem-xa-hoi-tinh"),
    )


def load_demo_dossiers(at: datetime) -> int:
    """Make the demo's dossiers as they would stand at `at`; how many are new. Twice makes none."""
    if Dossier.objects.exists():
        return 0
    calendar = calendar_for(current_edition())
    plan = demo_plan(last_working_day(calendar, day_of(at)))
    wares = wares_of(plan)
    _open_the_till(plan)
    settle_hall(Stage(plan).unit)
    lan = Account.objects.get(login="0900000001")
    player = Player(plan, Stage(plan), calendar, lan, Origin.DEMO)
    player.play(write_scripts(plan, "demo", calendar, wares), lambda: None, until=at)
    _waiting_for_acceptance(player, wares["so-tu-phap"], at)
    return Dossier.objects.count()


def _open_the_till(plan: Plan) -> None:
    """A book of receipts for the centre, so that the demo can take money."""
    open_book(
        office_id=Stage(plan).unit.pk,
        template_no="01BLP0-001",
        serial=f"MH-{plan.first:%y}T",
        first_no=1,
        last_no=5000,
        valid_from=plan.first,
        actor=SYSTEM,
    )


def last_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The day itself, or the last working day before it."""
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day


def _waiting_for_acceptance(player: Player, wares: list[Ware], at: datetime) -> None:
    """What came in a moment ago and waits for Minh: online from Lan and an enterprise, by post from Bảy."""
    company = Account.objects.get(login="ketoan@maysongtra.example")
    applicants = (player.applicant, Actor(company.pk, company.full_name, "citizen"))
    for number, applicant in enumerate(applicants):
        ware = wares[number % len(wares)]
        intake = _intake(player, ware, ONLINE, Owner(applicant.full_name, account_id=applicant.account_id), number)
        submission.submit(intake, actor=applicant, at=at - timedelta(minutes=50 - 10 * number))
    bay = _intake(player, wares[-1], POST, Owner("Nguyễn Văn Bảy", address="Đông Hưng (minh hoạ)"), 9)
    receiver = player.stage.officer("receiver", player.stage.unit.pk)
    reception.register(bay, parcel_no="EH000000001VN", actor=receiver, at=at - timedelta(minutes=30))


def _intake(player: Player, ware: Ware, channel: int, owner: Owner, number: int) -> Intake:
    return Intake(
        case_id=ware.case_id,
        channel=channel,
        receiving_office_id=player.stage.unit.pk,
        competent_office_id=player.stage.offices["so-tu-phap"].pk,
        owner=owner,
        papers=[Paper(component_id, originals=1) for component_id in ware.component_ids],
        device="demo",
        origin=Origin.DEMO,
        origin_ref=f"demo:waiting:{number}",
    )

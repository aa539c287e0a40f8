"""An interlinked group for the test world, and short ways to bring a dossier of it anywhere, through the real acts.

Three parts: the Department of Justice leads and does 1, Đông Các commune does 2 at the same time, the Department of
Industry does 3 with the results of both.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from motcua.calendar.limits import Limit
from motcua.catalogue.groups import load_groups
from motcua.dossiers.acts import parts
from motcua.dossiers.acts.parts import Plan
from motcua.dossiers.models import Dossier, Part
from motcua.dossiers.tests import lives
from motcua.offices.models import Posting
from motcua.people.models import Account
from tests.world import World, moment

GROUP: dict[str, Any] = {
    "key": "test",
    "codes": ["9.000001"],
    "name": "Nhóm thử nghiệm",
    "decision": "1/QĐ-TEST",
    "decided_on": "2021-01-04",
    "province": "",
    "lead": "Sở Tư pháp",
    "source": "test",
    "confidence": "high",
    "parts": [
        {"number": 1, "name": "Đăng ký", "code": "", "office": "lead", "agency": "", "task": "Ghi sổ", "waits_for": [],
         "limit": "2wd", "limit_source": ""},
        {"number": 2, "name": "Xác nhận cư trú", "code": "", "office": "ubnd-xa", "agency": "", "task": "", "waits_for": [],
         "limit": "1wd", "limit_source": ""},
        {"number": 3, "name": "Cấp thẻ", "code": "", "office": "so-cong-thuong", "agency": "", "task": "", "waits_for": [1, 2],
         "limit": "2wd", "limit_source": ""},
    ],
}  # fmt: skip


def joined(world: World) -> World:
    """The world in which the passport is resolved by three agencies, and Lý approves at the Department of Industry."""
    load_groups([GROUP], moment("2021-01-04 08:00"))
    return world


def ly(world: World) -> Account:
    """Who approves at the Department of Industry, where the cast has a handler only."""
    account, new = Account.objects.get_or_create(
        login="ly", defaults={"full_name": "Mai Thị Lý", "is_officer": True, "created_at": moment("2018-06-21 08:00")}
    )
    if new:
        facts = {"office": world.cast.industry, "role": "approver", "basis": "x"}
        Posting.objects.create(account=account, valid_from=date(2018, 6, 21), **facts)
    return account


def plans(world: World) -> list[Plan]:
    """The three parts, as the group proposes them."""
    one, two = Limit.parse("1wd"), Limit.parse("2wd")
    return [
        Plan(1, world.cast.justice.pk, "Đăng ký", two, "Ghi sổ"),
        Plan(2, world.cast.commune.pk, "Xác nhận cư trú", one),
        Plan(3, world.cast.industry.pk, "Cấp thẻ", two, waits_for=(1, 2)),
    ]


def handled(world: World) -> Dossier:
    """In Hoa's hand at the lead agency, the parts not given out yet."""
    return lives.handled(joined(world))


def opened(world: World, given: list[Plan] | None = None) -> Dossier:
    """The parts are given out on Monday 1 November at 10:30: 1 and 2 have begun, 3 waits."""
    dossier = handled(world)
    at = moment("2021-11-01 10:30")
    parts.open_parts(dossier.pk, plans=given or plans(world), actor=world.actor("hoa"), at=at)
    return dossier


def done(world: World, dossier: Dossier, number: int, name: str, at: str, outcome: str = "granted") -> Dossier:
    """A part's result, approved by somebody."""
    result: dict[str, Any] = {"part": number, "outcome": outcome, "summary": f"Kết quả {number}"}
    return parts.finish_part(dossier.pk, **result, actor=world.actor(name), at=moment(at))


def both_done(world: World) -> Dossier:
    """1 and 2 are done, 3 has begun on Tuesday at 15:00."""
    dossier = opened(world)
    done(world, dossier, 2, "son", "2021-11-02 09:00")
    return done(world, dossier, 1, "tuan", "2021-11-02 15:00")


def part(dossier: Dossier, number: int) -> Part:
    """A part as the database has it now."""
    return Part.objects.get(dossier=dossier, number=number)

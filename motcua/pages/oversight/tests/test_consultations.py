"""Which offices let the lead agencies wait. Law: ND61-2018 19(5)"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from re import findall

from django.test import Client

from motcua.dossiers.acts import consultation
from motcua.dossiers.acts.consultation import Question
from motcua.dossiers.models import Consultation, Dossier
from motcua.dossiers.tests.lives import handled
from motcua.pages.conftest import WallClock
from tests.house.pages import assert_good_page
from tests.world import World, moment

LogIn = Callable[[str], Client]
ADDRESS = "/dieu-hanh/lay-y-kien/"


def asked(world: World, office: int, days: int) -> Dossier:
    dossier = handled(world)
    questions = [Question(office, "Ngành nghề?", days=days)]
    consultation.consult(dossier.pk, questions=questions, actor=world.actor("hoa"), at=moment("2021-11-02 09:00"))
    return dossier


def answered(world: World, dossier: Dossier, at: str) -> None:
    consultation.answer_consultation(
        dossier.pk,
        consultation_id=Consultation.objects.get(dossier=dossier).pk,
        answer="Được",
        actor=world.actor("khang"),
        at=moment(at),
    )


def test_the_head_of_the_unit_is_told_who_is_late_and_every_figure_opens_its_list(
    world: World, logged_in: LogIn, clock: WallClock
) -> None:
    industry, commune = world.cast.industry, world.cast.commune
    late, later = asked(world, industry.pk, 3), asked(world, industry.pk, 1)  # due on the 5th and the 3rd
    asked(world, commune.pk, 9)
    slow, quick = asked(world, industry.pk, 1), asked(world, industry.pk, 3)
    answered(world, slow, "2021-11-04 09:00")
    answered(world, quick, "2021-11-04 09:00")
    clock("2021-11-08 08:00")
    for name in ("dung", "quang"):
        html = unescape(assert_good_page(logged_in(name).get(ADDRESS)))
        assert html.index(industry.name) < html.index(commune.name)
        figures = findall(rf'\?xem=([a-z-]+)&coquan={industry.code}">(\d+)<', html)
        assert figures == [("qua-han", "2"), ("tra-loi-tre", "1")]
        assert findall(rf'\?xem=([a-z-]+)&coquan={commune.code}">(\d+)<', html) == [("con-han", "1")]
        assert "5 ngày" in html
    dung = logged_in("dung")
    for key, codes in {"qua-han": [later, late], "tra-loi-tre": [slow]}.items():
        html = unescape(assert_good_page(dung.get(ADDRESS, {"xem": key, "coquan": industry.code})))
        assert findall(r'ho-so/\d+/">([^<]+)</a>', html) == [str(dossier) for dossier in codes]
    assert "2 ý kiến quá hạn chưa được trả lời" in dung.get("/dieu-hanh/").content.decode()
    assert dung.get(ADDRESS, {"xem": "khac"}).status_code == 404


def test_a_unit_is_told_of_its_own_dossiers_only(world: World, logged_in: LogIn) -> None:
    asked(world, world.cast.industry.pk, 3)
    Dossier.objects.update(receiving_office=world.cast.district)
    assert "Không có cơ quan nào" in assert_good_page(logged_in("dung").get(ADDRESS))
    for name in ("minh", "hoa", "khang", "lan", "yen"):
        assert logged_in(name).get(ADDRESS).status_code == 404, name

"""Acting for an organisation on the portal: chosen in the head, held to role and days, never mixed, never lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers.acts import reception
from motcua.dossiers.models import Dossier, Draft, Event
from motcua.pages.portal.tests.conftest import Watch
from motcua.pages.portal.tests.test_submit import a_file
from motcua.people.mandate_rows import Mandate, Organisation, OrganisationRequest
from motcua.people.mandates import Naming, authorise, end_mandate
from motcua.people.tests.made import NUMBER, member, organisation
from tests.house.pages import assert_good_page
from tests.world import World, moment

pytestmark = pytest.mark.django_db
NOW = "2021-11-01 08:00"
SWITCH = "/tai-khoan/tu-cach/"


@pytest.fixture
def pottery(world: World) -> Organisation:
    return organisation(world.cast, NOW)


def act_as(client: Client, of: Organisation | None) -> Any:
    return client.post(SWITCH, {"principal": of.account_id if of else ""}, follow=True)


def owner_of(html_client: Client, draft: Draft) -> dict[str, str]:
    """What the form of a draft has when it is opened, as a browser sends it back."""
    form = html_client.get(f"/nop-ho-so/{draft.pk}/thong-tin/").context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value or "") for name, value in told.items()}


def begin(client: Client, world: World) -> Draft:
    client.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk})
    return Draft.objects.latest("id")


def with_papers(client: Client, world: World) -> Draft:
    draft = begin(client, world)
    facts = {**owner_of(client, draft), "owner_phone": "02273123456", "owner_address": "Cụm công nghiệp Đông Các"}
    answer = client.post(f"/nop-ho-so/{draft.pk}/thong-tin/", facts)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    files = {f"file-{one.pk}": a_file() for one in world.passport.components.all()}
    client.post(f"/nop-ho-so/{draft.pk}/giay-to/", files)
    return draft


def hand_in(client: Client, draft: Draft) -> Any:
    return client.post(f"/nop-ho-so/{draft.pk}/xem-lai/", {"true": "on"})


def handed_in(client: Client, world: World) -> Dossier:
    hand_in(client, with_papers(client, world))
    return Dossier.objects.latest("id")


def test_a_member_chooses_files_and_follows_and_the_journal_says_for_whom(
    lan: Client, world: World, pottery: Organisation
) -> None:
    assert "Làm việc với tư cách" not in assert_good_page(lan.get("/ho-so/"))
    member(pottery, world.cast.lan, world.cast.bay, NOW, may_file=True)
    assert "Làm việc với tư cách" in assert_good_page(lan.get("/ho-so/"))
    html = assert_good_page(act_as(lan, pottery))
    assert "Hồ sơ của Công ty TNHH Gốm Trà Lý" in html
    assert "Bạn đang làm việc thay mặt <strong>Công ty TNHH Gốm Trà Lý</strong>" in html
    made = handed_in(lan, world)
    assert (made.owner_account_id, made.owner_name, made.owner_id_no) == (pottery.account_id, pottery.name, NUMBER)
    assert (made.owner_kind, made.submitter_role, made.submitter_name) == (2, "agent", "Trần Thị Lan")
    event = Event.objects.get(dossier=made, act="submit")
    assert (event.actor_id, event.data["on_behalf_of"]["name"]) == (world.cast.lan.pk, pottery.name)
    html = assert_good_page(lan.get(f"/ho-so/{made.submission_no}/"))
    assert "Trần Thị Lan thay mặt Công ty TNHH Gốm Trà Lý" in html
    assert made.secret not in html + assert_good_page(lan.get(f"/ho-so/{made.submission_no}/da-nop/"))
    assert made.submission_no in assert_good_page(lan.get("/ho-so/"))


def test_as_oneself_the_organisation_s_dossiers_are_not_there_and_the_other_way_round(
    lan: Client, world: World, pottery: Organisation
) -> None:
    member(pottery, world.cast.lan, world.cast.bay, NOW, may_file=True)
    own = handed_in(lan, world)
    act_as(lan, pottery)
    theirs = handed_in(lan, world)
    assert lan.get(f"/ho-so/{own.submission_no}/").status_code == 404
    assert own.submission_no not in lan.get("/ho-so/").content.decode()
    act_as(lan, None)
    assert lan.get(f"/ho-so/{theirs.submission_no}/").status_code == 404
    assert theirs.submission_no not in lan.get("/ho-so/").content.decode()
    assert_good_page(lan.get(f"/ho-so/{own.submission_no}/"))


def test_two_organisations_are_never_mixed(lan: Client, world: World, pottery: Organisation) -> None:
    weaving = organisation(world.cast, NOW, "0100109108", "Hợp tác xã Dệt Phương La")
    for one in (pottery, weaving):
        member(one, world.cast.lan, world.cast.bay, NOW, may_file=True)
    act_as(lan, pottery)
    draft, made = with_papers(lan, world), handed_in(lan, world)
    act_as(lan, weaving)
    assert lan.get(f"/ho-so/{made.submission_no}/").status_code == 404
    answer = hand_in(lan, draft)
    assert answer.status_code == 409
    assert "thay mặt Công ty TNHH Gốm Trà Lý" in answer.content.decode()
    assert Dossier.objects.count() == 1
    # Its number is not to be typed over with another's.
    mine = begin(lan, world)
    facts = {**owner_of(lan, mine), "owner_id_no": NUMBER, "owner_phone": "02273123456", "owner_address": "Phương La"}
    lan.post(f"/nop-ho-so/{mine.pk}/thong-tin/", facts)
    lan.post(f"/nop-ho-so/{mine.pk}/giay-to/", {f"file-{one.pk}": a_file() for one in world.passport.components.all()})
    html = assert_good_page(hand_in(lan, mine), 422)
    assert "mã số phải là 0100109108" in html


def test_a_role_that_only_looks_looks(lan: Client, bay: Client, world: World, pottery: Organisation) -> None:
    act_as(bay, pottery)
    made = handed_in(bay, world)
    member(pottery, world.cast.lan, world.cast.bay, NOW)
    act_as(lan, pottery)
    answer = lan.post(f"/ho-so/{made.submission_no}/rut/", {"reason": "Đổi ý"})
    assert (answer.status_code, "không gồm việc này" in answer.content.decode()) == (403, True)
    assert lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk}).status_code == 403
    assert not Draft.objects.exists()
    reception.ask_at_intake(
        made.pk,
        items=[{"name": "Ảnh", "why": "mờ"}],
        reason="Mờ",
        actor=world.actor("minh"),
        at=moment("2021-11-01 09:30"),
    )
    html = assert_good_page(lan.get(f"/ho-so/{made.submission_no}/"))
    assert "Rút hồ sơ" not in html
    assert "/bo-sung/" not in html
    # Whoever represents it knows the secret, as the owner does.
    assert made.secret in assert_good_page(bay.get(f"/ho-so/{made.submission_no}/"))


def test_after_the_last_day_nothing_is_there_and_what_was_typed_is_kept(
    lan: Client, world: World, watch: Watch, pottery: Organisation
) -> None:
    member(pottery, world.cast.lan, world.cast.bay, NOW, may_file=True, valid_to=date(2021, 11, 1))
    act_as(lan, pottery)
    made, draft = handed_in(lan, world), with_papers(lan, world)
    watch.set("2021-11-02 00:00")
    html = assert_good_page(lan.get("/ho-so/"))
    assert "Bạn không còn quyền thay mặt <strong>Công ty TNHH Gốm Trà Lý</strong>" in html
    assert "Ngày cuối: 01/11/2021" in html
    assert made.submission_no not in html
    assert lan.get(f"/ho-so/{made.submission_no}/").status_code == 404
    answer = hand_in(lan, draft)
    html = assert_good_page(answer, 403)
    assert "Những gì bạn đã nhập vẫn còn" in html
    for capacity in ("over", "self"):
        if capacity == "self":
            act_as(lan, None)
            assert "thay mặt Công ty TNHH Gốm Trà Lý" in assert_good_page(lan.get("/ho-so/"))
        html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/thong-tin/"))
        assert "Cụm công nghiệp Đông Các" in html
        assert "Bạn không còn quyền nộp hồ sơ thay mặt" in html
        assert hand_in(lan, draft).status_code == 403
    assert Dossier.objects.count() == 1
    assert Draft.objects.get().papers.count() == 2


def test_taken_away_between_two_requests(lan: Client, world: World, watch: Watch, pottery: Organisation) -> None:
    one = member(pottery, world.cast.lan, world.cast.bay, NOW, may_file=True)
    act_as(lan, pottery)
    made = handed_in(lan, world)
    end_mandate(one.pk, why="Nghỉ việc", by=world.cast.bay, at=watch.at)
    for address in ("", "giay-to/1/", "ai-da-xem/", "rut/", "bo-sung/", "da-nop/", "ket-qua/"):
        assert lan.get(f"/ho-so/{made.submission_no}/{address}").status_code == 404, address
    assert lan.post(SWITCH, {"principal": pottery.account_id}).status_code == 403


def test_the_switch_takes_nobody_where_they_were_not_named(lan: Client, world: World, pottery: Organisation) -> None:
    for who in (pottery.account_id, world.cast.bay.pk, "x", "0"):
        assert lan.post(SWITCH, {"principal": who}).status_code == 403
    session = lan.session
    session["acting_for"] = pottery.account_id
    session.save()
    assert "Bạn không còn quyền thay mặt" in assert_good_page(lan.get("/ho-so/"))
    assert lan.post("/thu-tuc/9.000001/nop/", {"unit": world.cast.center.pk}).status_code == 403


def test_who_signs_in_is_themselves(lan: Client, world: World, pottery: Organisation) -> None:
    member(pottery, world.cast.lan, world.cast.bay, NOW)
    world.cast.lan.set_password("mật khẩu của Lan 1")
    world.cast.lan.save()
    lan.force_login(world.cast.lan, backend="django.contrib.auth.backends.ModelBackend")
    act_as(lan, pottery)
    lan.post("/dang-nhap/", {"login": "0900000001", "password": "mật khẩu của Lan 1"})
    assert "Bạn đang làm việc thay mặt" not in lan.get("/ho-so/").content.decode()


def test_the_vault_of_the_organisation_is_offered_to_who_files_for_it_and_no_other(
    lan: Client, world: World, watch: Watch, pottery: Organisation
) -> None:
    own = handed_in(lan, world)
    one = member(pottery, world.cast.lan, world.cast.bay, NOW, may_file=True)
    act_as(lan, pottery)
    theirs = handed_in(lan, world)
    draft = begin(lan, world)
    html = assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/kho-giay-to/"))
    assert theirs.submission_no in html
    assert own.submission_no not in html
    end_mandate(one.pk, why="Nghỉ việc", by=world.cast.bay, at=watch.at)
    assert theirs.submission_no not in assert_good_page(lan.get(f"/nop-ho-so/{draft.pk}/kho-giay-to/"))


def test_an_officer_who_acts_for_it_is_nobody_s_officer_meanwhile(
    world: World, watch: Watch, pottery: Organisation
) -> None:
    member(pottery, world.cast.khang, world.cast.bay, NOW)
    khang = Client()
    khang.force_login(world.cast.khang)
    assert khang.get("/ban-lam-viec/").status_code == 200
    act_as(khang, pottery)
    assert khang.get("/ban-lam-viec/").status_code == 404
    act_as(khang, None)
    assert khang.get("/ban-lam-viec/").status_code == 200


def test_an_organisation_from_the_request_to_the_member(bay: Client, world: World, watch: Watch) -> None:
    page = "/tai-khoan/to-chuc/de-nghi/"
    assert_good_page(bay.get(page))
    facts = {"kind": "2", "name": "Công ty TNHH Gốm Trà Lý", "number": "12", "position": "Giám đốc", "paper": "GCN 12"}
    html = assert_good_page(bay.post(page, {**facts, "paper_on": "2021-10-01"}), 422)
    assert 'value="GCN 12"' in html
    bay.post(page, {**facts, "number": NUMBER, "paper_on": "2021-10-01"})
    request = OrganisationRequest.objects.get()
    yen = Client()
    yen.force_login(world.cast.yen)
    assert request.name in assert_good_page(yen.get("/thiet-lap/to-chuc/"))
    answer = f"/thiet-lap/to-chuc/{request.pk}/"
    assert_good_page(yen.get(answer))
    assert_good_page(yen.post(answer, {"grant": "1", "answer": ""}), 422)
    assert yen.post(answer, {"grant": "1", "answer": "Đã xem bản chính"}).status_code == 302
    made = Organisation.objects.get()
    assert "Đã xem bản chính" in assert_good_page(bay.get("/tai-khoan/to-chuc/"))

    page = f"/tai-khoan/to-chuc/{made.pk}/"
    naming = {"name": "Trần Thị Lan", "whom": "0900000001", "may_file": "on", "valid_from": "2021-11-01"}
    html = assert_good_page(bay.post(page, {**naming, "name": "Lan Trần"}), 422)
    assert 'value="0900000001"' in html
    assert bay.post(page, naming).status_code == 302
    one = Mandate.objects.get(agent=world.cast.lan)
    html = assert_good_page(bay.get(page))
    assert "Nguyễn Văn Bảy" in html
    assert "31/10/2022" in html
    end = f"/tai-khoan/phan-cong/{one.pk}/ket-thuc/"
    assert_good_page(bay.get(end))
    assert_good_page(bay.post(end, {"why": ""}), 422)
    bay.post(end, {"why": "Chuyển việc"})
    assert "Chuyển việc" in assert_good_page(bay.get(page))
    # The representative's own place ends by a paper only.
    yen_end = f"/thiet-lap/to-chuc/dai-dien/{world.cast.bay.mandates_held.get().pk}/"
    assert_good_page(yen.get(yen_end))
    assert yen.post(yen_end, {"why": "QĐ 9"}).status_code == 302
    assert bay.get(page).status_code == 404


def test_a_person_authorises_another_to_follow_and_supplement_one_dossier(
    lan: Client, bay: Client, world: World, watch: Watch
) -> None:
    one, other = handed_in(lan, world), handed_in(lan, world)
    page = "/tai-khoan/uy-quyen/"
    assert_good_page(lan.get(page))
    facts = {
        "name": "Nguyễn Văn Bảy", "whom": "0900000007", "may_answer": "on", "valid_from": "2021-11-01",
        "valid_to": "2021-11-05", "dossiers": one.submission_no,
    }  # fmt: skip
    assert_good_page(lan.post(page, facts), 422)
    assert lan.post(page, {**facts, "paper": "UQ 5/2021", "paper_on": "2021-10-30"}).status_code == 302
    assert_good_page(lan.get(page))
    bay.post(SWITCH, {"principal": world.cast.lan.pk})
    html = assert_good_page(bay.get("/ho-so/"))
    assert one.submission_no in html
    assert other.submission_no not in html
    assert bay.get(f"/ho-so/{other.submission_no}/").status_code == 404
    assert one.secret not in assert_good_page(bay.get(f"/ho-so/{one.submission_no}/"))
    assert bay.post(f"/ho-so/{one.submission_no}/rut/", {"reason": "Đổi ý"}).status_code == 403
    watch.set("2021-11-01 10:00")
    asked = [{"name": "Ảnh", "why": "mờ"}]
    reception.ask_at_intake(one.pk, items=asked, reason="Mờ", actor=world.actor("minh"), at=watch.at)
    assert_good_page(bay.get(f"/ho-so/{one.submission_no}/bo-sung/"))
    assert bay.post(f"/ho-so/{one.submission_no}/bo-sung/", {"file-0": a_file()}).status_code == 302
    event = Event.objects.get(dossier=one, act="answer_at_intake")
    assert event.data["on_behalf_of"] == {"account": world.cast.lan.pk, "name": "Trần Thị Lan", "document": "UQ 5/2021"}
    watch.set("2021-11-06 00:00")
    assert bay.get(f"/ho-so/{one.submission_no}/").status_code == 404


def test_own_data_tell_whom_one_acts_for_and_whom_one_authorised(
    lan: Client, world: World, pottery: Organisation
) -> None:
    member(pottery, world.cast.lan, world.cast.bay, NOW, may_pay=True)
    paper: dict[str, Any] = {"paper": "UQ 1", "paper_on": date(2021, 10, 1), "valid_from": date(2021, 11, 1)}
    authorise(Naming("0900000007", "Nguyễn Văn Bảy", **paper), by=world.cast.lan, at=moment(NOW))
    told = lan.get("/tai-khoan/du-lieu/du-lieu-cua-toi.json").json()
    assert [(one["principal__full_name"], one["may_pay"]) for one in told["memberships"]] == [(pottery.name, True)]
    assert [(one["agent_name"], one["paper"]) for one in told["authorised"]] == [("Nguyễn Văn Bảy", "UQ 1")]
    assert_good_page(lan.get("/tai-khoan/du-lieu/"))

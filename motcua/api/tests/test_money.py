"""Money and post through the API: the bill is read, cash is taken once, parcels say whose hands they went through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from motcua.api.tests.conftest import Caller
from motcua.dossiers.tests.purse import book, paid_procedure
from motcua.fees.models import Receipt
from tests.world import World

Call = Callable[..., Caller]
Intake = Callable[..., dict[str, Any]]


def test_cash_is_taken_once_and_the_bill_says_so(world: World, call: Call, intake: Intake) -> None:
    book(world)
    minh = call("minh")
    ref = minh.post("/dossiers", intake(case_id=paid_procedure().pk, papers=[])).json()["code"]
    bill = minh.get(f"/dossiers/{ref}").json()["bill"]
    assert (bill["state"], bill["outstanding_vnd"], bill["due_when"]) == ("unpaid", 150_000, "after")
    assert [(line["kind"], line["charged_vnd"]) for line in bill["lines"]] == [("PHI", 100_000), ("LE_PHI", 50_000)]
    body = {"way": "cash", "reference": "MAY-1-0001", "amount_vnd": 150_000}
    for wrong, status in (({"amount_vnd": 1}, 422), ({"amount_vnd": 150_000.5}, 422), ({"amount_vnd": "150000"}, 422)):
        assert minh.post(f"/dossiers/{ref}/take_fee", {**body, **wrong}).status_code == status
    first = minh.post(f"/dossiers/{ref}/take_fee", body, key="p-1")
    assert first.status_code == 200, first.content
    assert minh.post(f"/dossiers/{ref}/take_fee", body, key="p-1").json() == first.json()
    assert minh.post(f"/dossiers/{ref}/take_fee", body).json() == first.json()
    refused = minh.post(f"/dossiers/{ref}/take_fee", {**body, "reference": "khác"})
    assert (refused.status_code, refused.json()["detail"]) == (409, "Không còn khoản nào phải nộp.")
    bill = minh.get(f"/dossiers/{ref}").json()["bill"]
    assert (bill["state"], bill["outstanding_vnd"], Receipt.objects.count()) == ("paid", 0, 1)
    assert [(row["number"], row["serial"], row["cancelled"]) for row in bill["receipts"]] == [
        ("0000001", "AA-21T", False)
    ]
    assert call("hoa").post(f"/dossiers/{ref}/take_fee", body).status_code == 403


def test_a_dossier_without_a_fee_has_no_bill(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    ref = minh.post("/dossiers", intake()).json()["code"]
    said = minh.get(f"/dossiers/{ref}").json()
    assert (said["bill"], said["parcels"]) == (None, [])
    assert minh.post(f"/dossiers/{ref}/take_fee", {"way": "cash", "reference": "x"}).status_code == 409


def test_a_parcel_says_whose_hands_it_went_through(world: World, call: Call, intake: Intake) -> None:
    minh = call("minh")
    ref = minh.post("/dossiers", intake(act="register", channel=3, parcel_no="EA1VN")).json()["submission_no"]
    (parcel,) = minh.get(f"/dossiers/{ref}").json()["parcels"]
    assert (parcel["direction"], parcel["item_no"], parcel["state"]) == ("in", "EA1VN", "arrived")
    assert [(link["from_name"], link["to_name"]) for link in parcel["custody"]] == [
        ("VNPost", world.cast.minh.full_name)
    ]

"""What the clients do: an intake with all rules on, a whole life, the two pages that are read most."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from bench.load import Speaker
from bench.stage import Stage

Job = Callable[[], object]
DOSSIERS = "/api/v1/dossiers"
OWNER = {"name": "Trần Thị Lan", "id_no": "000190000001", "phone": "0900000001", "address": "Xã Đông Các"}


def body(stage: Stage, act: str) -> dict[str, Any]:
    """A complete dossier."""
    return {
        "act": act,
        "case_id": stage.case_id,
        "receiving_office": stage.receiving_office,
        "owner": OWNER,
        "papers": [{"component_id": component, "originals": 1, "copies": 1} for component in stage.components],
    }


def intake(stage: Stage, port: int) -> Callable[[int], Job]:
    """Take a complete dossier in at the counter: checks, number, clock, event, stay, papers."""
    content = body(stage, "take_in")

    def make(_number: int) -> Job:
        speaker = Speaker(port)
        return lambda: speaker.json("POST", DOSSIERS, stage.receiver, content, 201)

    return make


def life(stage: Stage, port: int) -> Callable[[int], Job]:
    """Submit, accept, three forwards, approve, finish where the process issues, hand over, track."""
    content = body(stage, "submit")

    def make(_number: int) -> Job:
        speaker = Speaker(port)

        def act(ref: str, name: str, token: str, **more: Any) -> Any:
            return speaker.json("POST", f"{DOSSIERS}/{ref}/{name}", token, more)

        def live() -> None:
            founded = speaker.json("POST", DOSSIERS, stage.applicant, content, 201)
            code = act(founded["submission_no"], "accept", stage.receiver)["code"]
            for token in stage.forwarders:
                act(code, "forward", token)
            if act(code, "approve", stage.approver, number="12/QĐ")["state"] == "decided":
                act(code, "finish", stage.clerk)
            act(code, "hand_over", stage.receiver, way="counter")
            speaker.json("POST", "/api/v1/track", body={"code": code, "secret": founded["secret"]})

        return live

    return make


def track(stage: Stage, port: int) -> Callable[[int], Job]:
    """The public page of a dossier in hand, by code and secret."""
    founded = Speaker(port).json("POST", DOSSIERS, stage.receiver, body(stage, "take_in"), 201)

    def make(_number: int) -> Job:
        speaker = Speaker(port)
        return lambda: speaker.json(
            "POST", "/api/v1/track", body={"code": founded["code"], "secret": founded["secret"]}
        )

    return make


def track_page(stage: Stage, port: int) -> Callable[[int], Job]:
    """The portal's page of a dossier in hand, by code and secret: who holds it, its story, why its date is what it is."""
    founded = Speaker(port).json("POST", DOSSIERS, stage.receiver, body(stage, "take_in"), 201)
    token = "a" * 32
    form = urlencode({"code": founded["code"], "secret": founded["secret"], "csrfmiddlewaretoken": token})
    headers = {"Cookie": f"csrftoken={token}", "Content-Type": "application/x-www-form-urlencoded"}

    def make(_number: int) -> Job:
        speaker = Speaker(port)
        return lambda: speaker.raw("POST", "/ho-so/tra-cuu/", headers, form)

    return make


def page(port: int, path: str, session: str = "", **query: str) -> Callable[[int], Job]:
    """An HTML page, as somebody who is logged in, or as nobody."""
    address = f"{path}?{urlencode(query)}" if query else path
    headers = {"Cookie": f"sessionid={session}"} if session else {}

    def make(_number: int) -> Job:
        speaker = Speaker(port)
        return lambda: speaker.raw("GET", address, headers)

    return make

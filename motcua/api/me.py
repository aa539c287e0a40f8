"""Who the caller is, and what they may do where."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from ninja import Router, Schema

from motcua.api.callers import calling, needs
from motcua.api.reading import later
from motcua.offices.models import Office
from motcua.people.tokens import SCOPES

router = Router(tags=["me"])


class PostOut(Schema):
    office: str
    office_name: str
    role: str


class MeOut(Schema):
    login: str
    full_name: str
    kind: str
    scopes: list[str]
    postings: list[PostOut]


@router.get("", auth=needs("dossiers:read"), response=MeOut, summary=later(gettext_lazy("Bạn là ai")))
def me(request: HttpRequest) -> dict[str, Any]:
    """Account, scopes of this token, and today's postings."""
    caller = calling(request)
    offices = Office.objects.in_bulk(caller.actor.offices())
    return {
        "login": caller.account.login,
        "full_name": caller.account.full_name,
        "kind": caller.actor.kind,
        "scopes": sorted(SCOPES if caller.scopes is None else caller.scopes),
        "postings": [
            {"office": offices[office].code, "office_name": offices[office].name, "role": role}
            for role, office in sorted(caller.actor.roles)
        ],
    }

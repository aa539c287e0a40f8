"""What the frame of every page shows: the way round for this person, and how they like to read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.reports.scope import REPORTERS

TEXT_SIZES = ("small", "normal", "large")
CONTRASTS = ("normal", "high")
TEXT_COOKIE = "co-chu"
CONTRAST_COOKIE = "tuong-phan"

RECEIVING = ("receiver", "unit_head")
DESK = ("handler", "head", "approver", "clerk", "receiver")
OVERSEEING = REPORTERS
SAYING_LIMITS = ("procedure_control", "administrator")
SETTING_UP = ("administrator", "procedure_control", "overseer")


@dataclass(frozen=True)
class Way:
    """One entry of the navigation."""

    address: str
    label: str
    here: bool = False


def ways(request: Any) -> list[Way]:
    """Where this person can go."""
    actor = request.actor
    found = []
    if actor.is_officer:
        if actor.offices(*RECEIVING):
            found.append(("counter:home", _("Quầy tiếp nhận")))
        if actor.offices(*DESK):
            found.append(("desk:home", _("Bàn làm việc")))
        if actor.offices(*OVERSEEING):
            found += [("oversight:home", _("Điều hành")), ("control:home", _("Vận hành"))]
        elif actor.offices(*SAYING_LIMITS):
            found.append(("oversight:catalogue", _("Danh mục thủ tục")))
        if actor.offices(*SAYING_LIMITS):
            found.append(("counter:limits", _("Thời hạn cần xác nhận")))
        if actor.offices(*SETTING_UP):
            found.append(("setup:home", _("Thiết lập")))
        found.append(("setup:powers", _("Ủy quyền, vắng mặt")))
    found += [("portal:find", _("Tìm thủ tục")), ("portal:track", _("Tra cứu hồ sơ"))]
    if actor.kind == "citizen":
        found.append(("portal:dossiers", _("Hồ sơ của tôi")))
    match = request.resolver_match
    here = _nearest([route for route, _label in found], match.view_name if match else "")
    return [Way(_address(route), label, route == here) for route, label in found]


@cache
def _address(route: str) -> str:
    """Finding out is slow, and the answer never changes."""
    return reverse(route)


def _nearest(routes: list[str], view: str) -> str:
    """The entry that leads to this page, else the first one of its room; the portal's pages stand each for itself."""
    room = view.partition(":")[0]
    of_room = (route for route in routes if room != "portal" and route.startswith(f"{room}:"))
    return view if view in routes else next(of_room, "")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page. Requests that were stopped before they had a person get the bare frame."""
    known = hasattr(request, "actor")
    text = request.COOKIES.get(TEXT_COOKIE, "normal")
    contrast = request.COOKIES.get(CONTRAST_COOKIE, "normal")
    return {
        "ways": ways(request) if known else [],
        "actor": request.actor if known else None,  # type: ignore[attr-defined]
        "text_size": text if text in TEXT_SIZES else "normal",
        "contrast": contrast if contrast in CONTRASTS else "normal",
        "language": get_language(),
    }

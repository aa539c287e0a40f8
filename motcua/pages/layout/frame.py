"""What the frame of every page shows: the way round for this person, and how they like to read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as said

from motcua.dossiers.visibility import HELPING
from motcua.pages.layout.at_kiosk import ASKS, IDLE
from motcua.reports.scope import REPORTERS

TEXT_SIZES = ("small", "normal", "large", "double")
CONTRASTS = ("normal", "high")
# When the colours of the dark hold; paper is always light.
DARK_WHEN = {"auto": "screen and (prefers-color-scheme: dark)", "light": "not all", "dark": "screen"}
THEMES = tuple(DARK_WHEN)
TEXT_COOKIE = "co-chu"
CONTRAST_COOKIE = "tuong-phan"
THEME_COOKIE = "nen"
SIZES_SAID = tuple(
    zip(TEXT_SIZES, (said("Chữ nhỏ"), said("Chữ thường"), said("Chữ lớn"), said("Chữ gấp đôi")), strict=True)
)
THEMES_SAID = tuple(zip(THEMES, (said("Theo máy"), said("Nền sáng"), said("Nền tối")), strict=True))

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
        if actor.offices(*HELPING):
            found.append(("portal:helping", _("Giúp nộp hồ sơ")))
        if actor.offices(*SETTING_UP):
            found.append(("setup:home", _("Thiết lập")))
        found.append(("setup:powers", _("Ủy quyền, vắng mặt")))
    found += [("portal:find", _("Tìm thủ tục")), ("portal:track", _("Tra cứu hồ sơ"))]
    if actor.kind == "citizen":
        found.append(("portal:dossiers", _("Hồ sơ được thay mặt") if actor.acting_for else _("Hồ sơ của tôi")))
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
    kiosk = getattr(request, "kiosk", None)
    theme = _chosen(request, THEME_COOKIE, THEMES, "auto")
    return {
        "ways": ways(request) if known else [],
        "actor": request.actor if known else None,  # type: ignore[attr-defined]
        "kiosk": kiosk,
        "idle": IDLE,
        "asks": ASKS,
        "text_size": _chosen(request, TEXT_COOKIE, TEXT_SIZES, "large" if kiosk else "normal"),
        "contrast": _chosen(request, CONTRAST_COOKIE, CONTRASTS, "normal"),
        "theme": theme,
        "dark_when": DARK_WHEN[theme],
        "sizes": SIZES_SAID,
        "grounds": THEMES_SAID,
        "language": get_language(),
    }


def _chosen(request: HttpRequest, cookie: str, values: tuple[str, ...], usual: str) -> str:
    """What this device remembers, if it is one of the values."""
    value = request.COOKIES.get(cookie, usual)
    return value if value in values else usual

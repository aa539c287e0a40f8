"""The links by which a person rates, or says something about, their own dossier; and naming an office in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.dossiers.states import State
from motcua.offices.models import Office
from motcua.ratings.kinds import RATABLE, Place
from motcua.ratings.links import link_key

# Places as addresses say them.
SLUGS = {Place.HOME: "nha", Place.COUNTER: "quay", Place.KIOSK: "ki-ot"}
PLACES = {slug: place for place, slug in SLUGS.items()}
SHOWN_AT_MOST = 6


def rating_address(submission_no: str, secret: str, place: Place = Place.HOME) -> str:
    """Where this dossier is rated, at this place."""
    return reverse("portal:rate", args=[SLUGS[place], submission_no, link_key(submission_no, secret, place)])


def petition_address(submission_no: str, secret: str, about_what: str = "") -> str:
    """Where something is said about this dossier; `about_what`: a question (hoi) or its delay (cham), begun for them."""
    about = {"ma": submission_no, "khoa": link_key(submission_no, secret, Place.HOME)}
    about |= {"loai": about_what} if about_what else {}
    return f"{reverse('portal:send_petition')}?{urlencode(about)}"


def voice_links(
    submission_no: str, secret: str, state: str, *, is_accepted: bool, place: Place = Place.HOME
) -> dict[str, str]:
    """For the page of a dossier: `rate` where there is an answer to rate; `petition`, `delay` always."""
    may_rate = state in RATABLE and (is_accepted or state == State.REFUSED)
    return {
        "rate": rating_address(submission_no, secret, place) if may_rate else "",
        "petition": petition_address(submission_no, secret),
        "delay": petition_address(submission_no, secret, "cham"),
    }


class OfficeField(forms.CharField):
    """An office by its code or some words of its name; several that match are named for a better choice."""

    def __init__(self, *, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.on = on

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = offices_named(text, self.on or date.max)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(_("Không tìm thấy cơ quan nào như vậy."))
        names = "; ".join(office.name for office in found[:SHOWN_AT_MOST])
        raise forms.ValidationError(_("Có nhiều cơ quan khớp, hãy ghi rõ hơn: %(names)s.") % {"names": names})


def offices_named(text: str, on: date) -> Sequence[Office]:
    """Offices in force on a day that these words name; one whose whole name it is stands alone."""
    there = Office.objects.on(on)
    exact = list(there.by_code(text.strip())) or list(there.filter(name__iexact=text.strip()))
    return exact if len(exact) == 1 else list(there.search(text).in_vi_order()[: SHOWN_AT_MOST + 1])

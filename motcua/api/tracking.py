"""Where a dossier is, for whoever has its code and secret: public, and not to be guessed."""

from __future__ import annotations

import hmac
from collections import deque
from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from motcua.api import answers
from motcua.api.bodies import Body
from motcua.api.problems import TooMany
from motcua.api.reading import Code, later
from motcua.base.errors import NotThere
from motcua.base.ids import tidy_key
from motcua.dossiers.models import Dossier
from motcua.dossiers.states import State

router = Router(tags=["track"])


class TrackIn(Body):
    code: Code
    secret: Code


class Guesses:
    """Wrong guesses by address within the last minutes, in this process; a secret has 39 bits."""

    def __init__(self, most: int = 20, seconds: int = 300, addresses: int = 10_000) -> None:
        self.most, self.seconds, self.addresses = most, seconds, addresses
        self.wrong: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """Raises TooMany after `most` wrong guesses."""
        times = self.wrong.get(address)
        moment = monotonic()
        while times and times[0] < moment - self.seconds:
            times.popleft()
        if times and len(times) >= self.most:
            wait = int(times[0] + self.seconds - moment) + 1
            raise TooMany(_("Bạn đã nhập sai quá nhiều lần. Hãy thử lại sau %(wait)s giây.") % {"wait": wait}, wait)

    def note(self, address: str) -> None:
        """One more."""
        if len(self.wrong) >= self.addresses:
            self.wrong.clear()
        self.wrong.setdefault(address, deque()).append(monotonic())

    def forget(self) -> None:
        """For tests."""
        self.wrong.clear()


guesses = Guesses()


@router.post("", response=answers.Tracked, summary=later(gettext_lazy("Tra cứu hồ sơ")))
def track(request: HttpRequest, body: TrackIn) -> dict[str, Any]:
    """By dossier code (or submission number) and secret; after 20 wrong guesses wait (429)."""
    address = request.META.get("REMOTE_ADDR", "")
    guesses.check(address)
    code = body.code.strip().upper()
    by = {"submission_no": code} if code.startswith("TN-") else {"code": code}
    found = Dossier.objects.select_related("procedure", "at_office").filter(**by).first()
    if found is None or not hmac.compare_digest(found.secret.encode(), tidy_key(body.secret).encode()):
        guesses.note(address)
        raise NotThere(_("Không có hồ sơ với mã số và mã bí mật này."))
    return {
        "code": found.code,
        "submission_no": found.submission_no,
        "state": found.state,
        "state_label": str(State(found.state).label),
        "procedure": {"code": found.procedure.code, "label": found.procedure.name},
        "at_office": answers.office_ref(found.at_office),
        "due_at": found.due_at,
        "timeline": answers.timeline(found, for_applicant=True),
        "clock": answers.clock(found),
    }

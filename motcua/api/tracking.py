"""Where a dossier is, for whoever has its code and secret: public, and not to be guessed."""

from __future__ import annotations

import hmac
from math import ceil
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Router

from motcua.api import answers, shapes
from motcua.api.bodies import Body
from motcua.api.problems import TooMany
from motcua.api.reading import Code, later
from motcua.base.errors import NotThere
from motcua.base.ids import tidy_key
from motcua.base.times import now
from motcua.dossiers.states import State
from motcua.dossiers.telling import followed, ledger_of, told_of
from motcua.people.guesses import Guesser

router = Router(tags=["track"])


class TrackIn(Body):
    code: Code
    secret: Code


@router.post("", response=shapes.Tracked, summary=later(gettext_lazy("Tra cứu hồ sơ")))
def track(request: HttpRequest, body: TrackIn) -> dict[str, Any]:
    """By dossier code (or submission number) and secret; after 5 wrong guesses wait (429)."""
    at, guesser = now(), Guesser(body.code, request.META.get("REMOTE_ADDR", ""))
    if until := guesser.closed_until(at):
        wait = ceil((until - at).total_seconds())
        raise TooMany(_("Bạn đã nhập sai quá nhiều lần. Hãy thử lại sau %(wait)s giây.") % {"wait": wait}, wait)
    found = followed(body.code)
    if found is None or not hmac.compare_digest(found.secret.encode(), tidy_key(body.secret).encode()):
        guesser.was_wrong(at)
        raise NotThere(_("Không có hồ sơ với mã số và mã bí mật này."))
    events = told_of(found.pk)
    return {
        "code": found.code,
        "submission_no": found.submission_no,
        "state": found.state,
        "state_label": str(State(found.state).label),
        "procedure": {"code": found.procedure_code, "label": found.procedure},
        "at_office": {"code": found.at_office_code, "name": found.at_office},
        "due_at": found.due_at,
        "next_step": answers.next_step(found.facts, at),
        "timeline": answers.timeline(events, for_applicant=True),
        "clock": answers.clock(ledger_of(events)),
        "appointments": answers.appointments(events, found.state, at),
    }

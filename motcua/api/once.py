"""`Idempotency-Key`: a POST that is sent again gets the answer of the first, and nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from motcua.api.callers import Caller, caller_of
from motcua.api.problems import Unreadable, of_error, of_failure
from motcua.base.errors import Invalid, MotcuaError, Refused
from motcua.people.idempotency import Claim, claim, release, settle

Run = Callable[..., HttpResponse]
HEADER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "same key and same body within 24 hours: the first answer again, and no second dossier",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_:.-]{1,128}$"},
}
LONGEST = 128
SIGNS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:.-")


def once(run: Run) -> Run:
    """Run an operation at most once per account, key and body."""

    def run_once(request: HttpRequest, **values: Any) -> HttpResponse:
        key = request.headers.get("Idempotency-Key")
        if key is None:
            return run(request, **values)
        try:
            if not 0 < len(key) <= LONGEST or not SIGNS.issuperset(key):
                raise Unreadable(_("Idempotency-Key gồm 1 đến 128 chữ cái, chữ số hoặc dấu _ : . -"))
            caller = caller_of(request)
            if caller is None:
                return run(request, **values)
            known = _claim(caller, key, _digest(request))
            if known.status is not None:
                return _again(known)
            return _first(run, request, values, known)
        except MotcuaError as error:
            return of_error(error)
        except Exception as error:
            return of_failure(request, error)

    return run_once


def reference_of(request: HttpRequest) -> str | None:
    """What a founding act writes on the dossier, uniquely, so that even a cut-off request can't make a second one."""
    known: Claim | None = request.__dict__.get("motcua_claim")
    return f"api:{known.id}:{known.made_at:%Y%m%d%H%M%S%f}" if known else None


def is_second_try(request: HttpRequest) -> bool:
    """Whether an earlier try under this key was cut off, and may have left its dossier."""
    known: Claim | None = request.__dict__.get("motcua_claim")
    return known is not None and not known.is_mine


def _digest(request: HttpRequest) -> str:
    return sha256(b"\n".join([str(request.method).encode(), request.path.encode(), request.body])).hexdigest()


def _claim(caller: Caller, key: str, digest: str) -> Claim:
    known = claim(caller.actor.account_id or 0, key, digest, caller.at)
    if known is not None and known.digest != digest:
        raise Invalid(
            _("Idempotency-Key này đã dùng cho một yêu cầu khác."), code="key_reused", fields={"Idempotency-Key": key}
        )
    if known is None or (known.status is None and not known.is_mine and not known.is_cut_off(caller.at)):
        raise Refused(_("Yêu cầu với Idempotency-Key này đang được thực hiện."), code="in_progress")
    return known


def _first(run: Run, request: HttpRequest, values: dict[str, Any], known: Claim) -> HttpResponse:
    is_founding = "ref" not in values
    if not known.is_mine and not is_founding:
        raise Refused(
            _("Lần gửi trước bị ngắt giữa chừng; hãy xem lại hồ sơ rồi gửi với khóa mới."), code="outcome_unknown"
        )
    request.__dict__["motcua_claim"] = known
    response = run(request, **values)
    if response.status_code < 300:
        settle(known.id, response.status_code, response.content.decode())
    elif response.status_code < 500:
        release(known.id)
    return response


def _again(known: Claim) -> HttpResponse:
    response = HttpResponse(known.body, content_type="application/json; charset=utf-8", status=known.status)
    response["Idempotency-Replayed"] = "true"
    return response

"""Errors that a person reads: a sentence in the reader's language, a stable code, an HTTP status."""

from collections.abc import Mapping, Sequence
from typing import Any

Message = Any  # a str or a lazily translated str


class MotcuaError(Exception):
    """Something a person asked for that the house does not do; says why, and loses nothing."""

    status = 400
    code = "error"

    def __init__(self, message: Message, *, code: str | None = None, **detail: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.detail = detail

    def __str__(self) -> str:
        return str(self.message)


class Invalid(MotcuaError):
    """What was entered can't be taken; `fields` names each field with its sentence."""

    status = 422
    code = "invalid"

    def __init__(
        self, message: Message, *, fields: Mapping[str, Message] | None = None, code: str | None = None
    ) -> None:
        super().__init__(message, code=code)
        self.fields = dict(fields or {})


class Refused(MotcuaError):
    """The act is not allowed now; `possible` names the acts that are open to this person instead."""

    status = 409
    code = "refused"

    def __init__(self, message: Message, *, code: str | None = None, possible: Sequence[str] = ()) -> None:
        super().__init__(message, code=code)
        self.possible = tuple(possible)


class Forbidden(Refused):
    """The person has no right to this act on this thing, which they may see."""

    status = 403
    code = "forbidden"


class Stale(Refused):
    """Somebody else acted first; the person is told and sees the thing as it is now."""

    code = "stale"


class NotThere(MotcuaError):
    """No such thing for this person: outsiders can't tell hidden from absent."""

    status = 404
    code = "not_found"


class TooLarge(MotcuaError):
    """A body or file over the limit, refused before it is read."""

    status = 413
    code = "too_large"

"""Sessions as Django keeps them in the database, read by a statement whose plan is kept."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from motcua.base.postgresql import prepared

_SESSION = (
    "select session_data, expire_date from django_session where session_key = %s and expire_date > current_timestamp"
)


class SessionStore(db.SessionStore):
    """Django's own; whoever is logged in has it read at every request, and to put the question together costs more."""

    def _get_session_from_db(self) -> Any:
        row = prepared(_SESSION, [self.session_key]).fetchone()
        if row is None:
            self._session_key = None
            return None
        return self.model(session_key=str(self.session_key), session_data=row[0], expire_date=row[1])

"""Telling a database that is away for a moment from any other fault."""

from django.db import InterfaceError, OperationalError, connections

# SQLSTATE classes and codes: connection lost or refused, server going down or coming up, no connection left.
_AWAY = ("08", "57P", "53300")


def is_outage(error: BaseException) -> bool:
    """Did the connection to the database break, or could none be made? A statement that was refused is no outage."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state.startswith(_AWAY)


def drop_connections() -> None:
    """Forget this thread's connections: the next statement opens a fresh one."""
    for connection in connections.all(initialized_only=True):
        connection.close()
